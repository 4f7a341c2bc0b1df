import { remember } from '../../remember.ts'
import { closing, isSign, tokenize, type Token } from './tokens.ts'

/**
 * An expression without the blanks, comments and outer parentheses that change nothing. The words stay as they are written,
 * since SQLite gives back what it was given. An expression that ends inside a quote or a parenthesis is left as it is.
 */
export const normalExpression: (text: string) => string = remember(normalOf)

function normalOf(text: string): string {
  let tokens = tokenize(text)
  if (tokens.length === 0 || !isBalanced(tokens)) return text.trim()
  while (isSign(tokens[0], '(') && closing(tokens, 0) === tokens.length) tokens = tokens.slice(1, -1)
  return spaced(text, tokens)
}

/** Whether the text can stand inside parentheses without closing them: every parenthesis pairs, every quote ends, nothing ends the statement. */
export const isWholeExpression: (text: string) => boolean = remember(isWhole)

function isWhole(text: string): boolean {
  const tokens = tokenize(text)
  return tokens.length > 0 && isBalanced(tokens) && tokens.every((token) => token.end <= text.length && !isSign(token, ';') && !isSign(token, '\\')) && !/--[^\n]*$|\/\*(?!.*\*\/)/s.test(text.slice(tokens.at(-1)?.end ?? 0))
}

function isBalanced(tokens: readonly Token[]): boolean {
  let depth = 0
  for (const token of tokens) {
    if (isSign(token, '(')) depth++
    if (isSign(token, ')') && --depth < 0) return false
  }
  return depth === 0
}

function spaced(text: string, tokens: readonly Token[]): string {
  let result = ''
  let last: Token | undefined
  let before: Token | undefined
  for (const token of tokens) {
    if (last !== undefined && wantsSpace(last, token) && !(token.kind === 'number' && isPrefix(last, before))) result += ' '
    result += text.slice(token.start, token.end)
    before = last
    last = token
  }
  return result
}

// `-1` where nothing stands before it that something could be taken from.
const isPrefix = (sign: Token, before: Token | undefined) => (isSign(sign, '-') || isSign(sign, '+')) && (before === undefined || (before.kind === 'sign' && !isSign(before, ')')))

// Two signs that touch may be one operator (`||`, `<=`, `->>`); a word and its parenthesis may be a call. Both stay as they were written.
function wantsSpace(before: Token, after: Token): boolean {
  if (before.kind === 'sign' && after.kind === 'sign' && !isBracket(before) && !isBracket(after)) return before.end !== after.start
  if (isSign(before, '(') || isSign(after, ')') || isSign(after, ',') || isSign(before, '.') || isSign(after, '.')) return false
  if (isSign(after, '(')) return before.kind !== 'word' || before.end !== after.start
  return true
}

const isBracket = (token: Token) => isSign(token, '(') || isSign(token, ')') || isSign(token, ',')

/** A default that stands without parentheses. */
export const isBareDefault: (text: string) => boolean = remember(isBare)

function isBare(text: string): boolean {
  const tokens = tokenize(text)
  const [first, second] = tokens
  if (tokens.length === 1) return first?.kind === 'number' || first?.kind === 'string' || first?.kind === 'blob' || /^(?:NULL|TRUE|FALSE|CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME)$/i.test(text)
  return tokens.length === 2 && (isSign(first, '-') || isSign(first, '+')) && second?.kind === 'number'
}
