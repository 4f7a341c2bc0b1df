import { isBalanced, isSign, isWord, tokenize, withoutOuterParentheses, type LexicalRules, type Token } from './lexer.ts'
import { rememberBy } from './remember.ts'

/** A default, read from any flavor's spelling. */
export type DefaultValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** A number as written, with its sign. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  /** Lower-case hex digits. */
  | { readonly kind: 'binary'; readonly hex: string }
  /** The present moment with its zone, without one (local or UTC), the present date, the present time. `precision` null: not given. */
  | { readonly kind: 'now' | 'localNow' | 'utcNow' | 'today' | 'timeNow'; readonly precision: number | null }
  | { readonly kind: 'uuid' }
  /** Everything else: an expression in the flavor's own words. */
  | { readonly kind: 'expression'; readonly text: string }

/** The signs of all flavors at once: what a person may type whatever flavor is shown. */
const anyFlavor: LexicalRules = { nameQuotes: { '"': '"', '`': '`', '[': ']' }, textQuotes: "'", backslashes: false, doubledQuotes: true, lineComments: ['--'], dollarQuotes: false }

const calls: Readonly<Record<string, Exclude<DefaultValue['kind'], 'null' | 'bool' | 'number' | 'text' | 'binary' | 'expression'>>> = {
  now: 'now', current_timestamp: 'now', transaction_timestamp: 'now', statement_timestamp: 'now', sysdatetimeoffset: 'now',
  localtimestamp: 'localNow', sysdatetime: 'localNow', getdate: 'localNow',
  sysutcdatetime: 'utcNow', getutcdate: 'utcNow', utc_timestamp: 'utcNow',
  current_date: 'today', curdate: 'today', current_time: 'timeNow', localtime: 'timeNow', curtime: 'timeNow',
  gen_random_uuid: 'uuid', uuid_generate_v4: 'uuid', newid: 'uuid', newsequentialid: 'uuid', uuid: 'uuid', uuid4: 'uuid',
}
/** Words that are a call without parentheses. */
const bareCalls = new Set(['current_timestamp', 'localtimestamp', 'current_date', 'current_time', 'localtime'])
// SQLite's spellings of the present moment.
const spelled: readonly (readonly [RegExp, DefaultValue])[] = [
  [/^datetime\(\s*'now'\s*\)$/i, { kind: 'utcNow', precision: null }],
  [/^date\(\s*'now'\s*\)$/i, { kind: 'today', precision: null }],
  [/^convert\(\s*date\s*,\s*(?:getdate|sysdatetime)\(\)\s*\)$/i, { kind: 'today', precision: null }],
  [/^cast\(\s*(?:getdate|sysdatetime)\(\)\s+as\s+date\s*\)$/i, { kind: 'today', precision: null }],
  [/^lower\(\s*hex\(\s*randomblob\(\s*16\s*\)\s*\)\s*\)$/i, { kind: 'uuid' }],
]

/** What a default says, whichever flavor it was written for. PostgreSQL's casts of literals (`'x'::text`) are taken off. */
export const readDefault = (text: string, rules: LexicalRules = anyFlavor): DefaultValue => remembered(text, rules)

const remembered = rememberBy(readText)

function readText(text: string, rules: LexicalRules): DefaultValue {
  const all = tokenize(text, rules)
  const expression: DefaultValue = { kind: 'expression', text: text.trim() }
  if (all.length === 0 || !isBalanced(all)) return expression
  const tokens = withoutOuterParentheses(withoutCast(withoutOuterParentheses(all)))
  const [first, second] = tokens
  if (first === undefined) return expression
  if (tokens.length === 1) return single(first) ?? expression
  if (tokens.length === 2 && (isSign(first, '-') || isSign(first, '+')) && second?.kind === 'number') return { kind: 'number', text: (first.value === '-' ? '-' : '') + second.text }
  const plain = text.slice(first.start, tokens.at(-1)?.end)
  return call(tokens) ?? spelled.find(([pattern]) => pattern.test(plain))?.[1] ?? expression
}

function single(token: Token): DefaultValue | null {
  if (token.kind === 'number') return /^0x/i.test(token.text) ? binary(token.text.slice(2)) : { kind: 'number', text: token.text }
  if (token.kind === 'text') return /^x/i.test(token.text) ? binary(token.value) : { kind: 'text', value: token.value }
  if (token.kind !== 'word') return null
  if (isWord(token, 'NULL')) return { kind: 'null' }
  if (isWord(token, 'TRUE') || isWord(token, 'FALSE')) return { kind: 'bool', value: isWord(token, 'TRUE') }
  const name = token.value.toLowerCase()
  const kind = bareCalls.has(name) ? calls[name] : undefined
  return kind === undefined ? null : named(kind, null)
}

const binary = (digits: string): DefaultValue | null => (/^(?:[0-9a-f]{2})*$/i.test(digits) ? { kind: 'binary', hex: digits.toLowerCase() } : null)

const named = (kind: NonNullable<(typeof calls)[string]>, precision: number | null): DefaultValue => (kind === 'uuid' ? { kind } : { kind, precision })

/** `name()` or `name(3)`. */
function call(tokens: readonly Token[]): DefaultValue | null {
  const [name, open, inside] = tokens
  if (name?.kind !== 'word' || !isSign(open, '(') || !isSign(tokens.at(-1), ')') || tokens.length > 4) return null
  const lower = name.value.toLowerCase()
  const kind = Object.hasOwn(calls, lower) ? calls[lower] : undefined
  if (kind === undefined) return null
  if (tokens.length === 3) return named(kind, null)
  return inside?.kind === 'number' && /^\d$/.test(inside.text) && kind !== 'uuid' ? named(kind, Number(inside.text)) : null
}

/** Tokens before a trailing `::type`, when what stands before it is one literal or call. */
function withoutCast(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex((token, index) => isSign(token, ':') && isSign(tokens[index + 1], ':'))
  if (at < 1) return tokens
  const isType = tokens.slice(at + 2).every(({ kind, value }) => kind === 'word' || kind === 'name' || kind === 'number' || '()[],.'.includes(value))
  return isType ? tokens.slice(0, at) : tokens
}
