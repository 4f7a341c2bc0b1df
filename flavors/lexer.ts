import { rememberBy } from './remember.ts'

/** How one flavor's SQL is cut into words. */
export interface LexicalRules {
  /** Signs around an identifier, opening to closing; the closing sign doubled stands for itself. */
  readonly nameQuotes: Readonly<Record<string, string>>
  /** Signs around a text: `'`, and `"` where the flavor takes it. */
  readonly textQuotes: string
  /** A backslash inside a text takes the next sign with it (MySQL, Impala). An `E` before the text does so everywhere. */
  readonly backslashes: boolean
  /** A doubled quote inside a text is one quote. False for Impala, where `''` is two texts. */
  readonly doubledQuotes: boolean
  /** What begins a comment to the end of the line. */
  readonly lineComments: readonly string[]
  /** `$tag$ ... $tag$` is a text (PostgreSQL). */
  readonly dollarQuotes: boolean
  /** A block comment inside a block comment has an end of its own (PostgreSQL, SQL Server). Left out: it has not. */
  readonly nestedComments?: boolean
}

/** A piece of SQL. `text`: as written; `value`: of names and texts without quotes and escapes, else as written. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign'
  readonly text: string
  readonly value: string
  /** Offset in the whole, and the one behind it. */
  readonly start: number
  readonly end: number
  /** Its closing quote is there. */
  readonly closed: boolean
}

const space = /[\s\0\ufeff]+/y
const word = /[A-Za-z_@\u0080-\u{10FFFF}][\w$#@\u0080-\u{10FFFF}]*/uy
const number = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const prefix = /(?:[nNxXbBeE]|_[a-z0-9]+)(?=['"])/y
const dollar = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y
const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', '0': '\0', Z: '\u001a' }

const match = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** Tokens of a text without blanks and comments. Never throws: a quote that is left open runs to the end and is not `closed`; so is an open block comment. */
export function tokenize(text: string, rules: LexicalRules): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const blank = match(space, text, at)
    if (blank !== undefined) {
      at += blank.length
      continue
    }
    if (rules.lineComments.some((sign) => text.startsWith(sign, at))) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end + 1
      continue
    }
    if (text.startsWith('/*', at)) {
      const end = endOfComment(text, at, rules.nestedComments === true)
      if (end < 0) tokens.push({ kind: 'sign', text: text.slice(at), value: '/*', start: at, end: text.length, closed: false })
      at = end < 0 ? text.length : end
      continue
    }
    const token = tokenAt(text, at, rules)
    tokens.push(token)
    at = token.end
  }
  return tokens
}

/** Offset behind the block comment that begins at `at`; -1 when it has no end. */
function endOfComment(text: string, at: number, nested: boolean): number {
  let depth = 0
  for (let i = at; i < text.length - 1; i++) {
    const pair = text.slice(i, i + 2)
    if (pair === '/*' && (nested || depth === 0)) depth++
    else if (pair === '*/') depth--
    else continue
    i++
    if (depth === 0) return i + 1
  }
  return -1
}

function tokenAt(text: string, at: number, rules: LexicalRules): Token {
  const sign = text[at] ?? ''
  const make = (kind: Token['kind'], end: number, value = text.slice(at, end), closed = true): Token => ({ kind, text: text.slice(at, end), value, start: at, end, closed })
  const close = rules.nameQuotes[sign]
  if (close !== undefined) {
    const end = endOfQuote(text, at, close, { backslashes: false, doubled: true })
    const closed = end > 0
    return make('name', closed ? end : text.length, text.slice(at + 1, closed ? end - 1 : text.length).replaceAll(close + close, close), closed)
  }
  const lead = match(prefix, text, at) ?? ''
  const quote = text[at + lead.length] ?? ''
  if (quote !== '' && rules.textQuotes.includes(quote)) {
    const escapes = { backslashes: rules.backslashes || /^e$/i.test(lead), doubled: rules.doubledQuotes }
    const end = endOfQuote(text, at + lead.length, quote, escapes)
    const closed = end > 0
    return make('text', closed ? end : text.length, decode(text.slice(at + lead.length + 1, closed ? end - 1 : text.length), quote, escapes), closed)
  }
  const tag = rules.dollarQuotes ? match(dollar, text, at) : undefined
  if (tag !== undefined) {
    const end = text.indexOf(tag, at + tag.length)
    return end < 0 ? make('text', text.length, text.slice(at + tag.length), false) : make('text', end + tag.length, text.slice(at + tag.length, end))
  }
  const digits = match(number, text, at)
  if (digits !== undefined) return make('number', at + digits.length)
  const letters = match(word, text, at)
  if (letters !== undefined) return make('word', at + letters.length)
  return make('sign', at + 1)
}

interface Escapes {
  readonly backslashes: boolean
  readonly doubled: boolean
}

/** Offset behind the closing quote of the text that begins at `at`; -1 without one. */
function endOfQuote(text: string, at: number, close: string, { backslashes, doubled }: Escapes): number {
  for (let i = at + 1; i < text.length; i++) {
    if (backslashes && text[i] === '\\') i++
    else if (text[i] === close) {
      if (!doubled || text[i + 1] !== close) return i + 1
      i++
    }
  }
  return -1
}

function decode(body: string, quote: string, { backslashes, doubled }: Escapes): string {
  const single = doubled ? body.replaceAll(quote + quote, quote) : body
  return backslashes ? single.replaceAll(/\\([\s\S])/g, (_, sign: string) => simpleEscapes[sign] ?? sign) : single
}

export const isSign = (token: Token | undefined, sign: string): boolean => token?.kind === 'sign' && token.value === sign
export const isWord = (token: Token | undefined, text: string): boolean => token?.kind === 'word' && token.value.toUpperCase() === text

/** Whether the tokens pair their parentheses and close their quotes. */
export function isBalanced(tokens: readonly Token[]): boolean {
  let depth = 0
  for (const token of tokens) {
    if (!token.closed) return false
    if (isSign(token, '(')) depth++
    if (isSign(token, ')') && --depth < 0) return false
  }
  return depth === 0
}

/**
 * Whether a text is one whole expression: it can stand in a statement without ending it, closing its parentheses or swallowing what follows. A backslash outside
 * of quotes belongs to no expression, and begins a command of the client in psql and mysql (`\! …` runs a program).
 */
export const isWholeExpression: (text: string, rules: LexicalRules) => boolean = rememberBy(isWhole)

function isWhole(text: string, rules: LexicalRules): boolean {
  const tokens = tokenize(text, rules)
  const last = tokens.at(-1)
  if (last === undefined || text.includes('\0') || !isBalanced(tokens) || tokens.some((token) => isSign(token, ';') || isSign(token, '\\'))) return false
  return !rules.lineComments.some((sign) => text.slice(last.end).includes(sign))
}

/** Index behind the `)` that closes the `(` at `open`; the number of tokens when nothing closes it. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    if (isSign(tokens[at], '(')) depth++
    else if (isSign(tokens[at], ')') && --depth === 0) return at + 1
  }
  return tokens.length
}

/** Tokens split at commas that stand in no parentheses. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (isSign(token, '(')) depth++
    if (isSign(token, ')')) depth--
    if (depth === 0 && isSign(token, ',')) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/** Tokens without parentheses that hold all of them. */
export function withoutOuterParentheses(tokens: readonly Token[]): readonly Token[] {
  let rest = tokens
  while (isSign(rest[0], '(') && closing(rest, 0) === rest.length) rest = rest.slice(1, -1)
  return rest
}

/** An expression without the comments, blanks and outer parentheses that change nothing; words as written. One that is not whole stays as it is. */
export const normalExpression: (text: string, rules: LexicalRules) => string = rememberBy(normalOf)

function normalOf(text: string, rules: LexicalRules): string {
  const tokens = tokenize(text, rules)
  if (tokens.length === 0 || !isBalanced(tokens)) return text.trim()
  let result = ''
  let last: Token | undefined
  let before: Token | undefined
  for (const token of withoutOuterParentheses(tokens)) {
    if (last !== undefined && wantsSpace(last, token) && !(token.kind === 'number' && isPrefix(last, before))) result += ' '
    result += token.text
    before = last
    last = token
  }
  return result
}

// `-1` where nothing stands before it that something could be taken from.
const isPrefix = (sign: Token, before: Token | undefined) => (isSign(sign, '-') || isSign(sign, '+')) && (before === undefined || (before.kind === 'sign' && !isSign(before, ')')))

const isBracket = (token: Token) => isSign(token, '(') || isSign(token, ')') || isSign(token, ',')

// Two signs that touch may be one operator (`||`, `<=`, `->>`); a word and its parenthesis may be a call. Both stay as they were written.
function wantsSpace(before: Token, after: Token): boolean {
  if (before.kind === 'sign' && after.kind === 'sign' && !isBracket(before) && !isBracket(after)) return before.end !== after.start
  if (isSign(before, '(') || isSign(after, ')') || isSign(after, ',') || isSign(before, '.') || isSign(after, '.')) return false
  if (isSign(after, '(')) return (before.kind !== 'word' && before.kind !== 'name') || before.end !== after.start
  return true
}

/** SQL in which quoted names stand bare where `isPlain` says that they mean the same without quotes. Nothing else is touched. */
export function unquoted(text: string, rules: LexicalRules, isPlain: (name: string) => boolean): string {
  let result = ''
  let from = 0
  for (const token of tokenize(text, rules)) {
    if (token.kind !== 'name' || !token.closed || !isPlain(token.value)) continue
    // A bare name must not melt with a letter before or behind it, nor make an `E'...'` or `U&"..."` of what touches it.
    const touches = /[\w$\u0080-\uffff]/.test(text[token.start - 1] ?? '') || /[\w$'"&\u0080-\uffff]/.test(text[token.end] ?? '')
    if (touches || /u&$/i.test(text.slice(Math.max(0, token.start - 2), token.start))) continue
    result += text.slice(from, token.start) + token.value
    from = token.end
  }
  return result + text.slice(from)
}
