/** One token of SQLite's SQL. `value` is decoded for quoted names and strings, lower-cased never. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'blob' | 'sign'
  readonly value: string
  /** Offsets in the text, end exclusive. */
  readonly start: number
  readonly end: number
}

const space = /[\s\0]/
const wordStart = /[A-Za-z_\u0080-\u{10FFFF}]/u
const wordPart = /[A-Za-z0-9_$\u0080-\u{10FFFF}]/u
const number = /(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y

/**
 * The tokens of `text` without blanks and comments. Never throws: an unclosed quote runs to the end, as what SQLite stored was closed.
 * Source: sqlite.org, "SQL As Understood By SQLite", tokenizer rules.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const sign = text[at] ?? ''
    if (space.test(sign)) at++
    else if (text.startsWith('--', at)) at = endOr(text, '\n', at)
    else if (text.startsWith('/*', at)) at = endOr(text, '*/', at)
    else {
      const token = tokenAt(text, at)
      tokens.push(token)
      at = token.end
    }
  }
  return tokens
}

function endOr(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from)
  return end < 0 ? text.length : end + mark.length
}

function tokenAt(text: string, at: number): Token {
  const sign = text[at] ?? ''
  if (sign === '"' || sign === '`') return quoted(text, at, sign, 'name')
  if (sign === '[') return bracketed(text, at)
  if (sign === "'") return quoted(text, at, sign, 'string')
  if ((sign === 'x' || sign === 'X') && text[at + 1] === "'") return { ...quoted(text, at + 1, "'", 'blob'), start: at }
  number.lastIndex = at
  const digits = number.exec(text)
  if (digits) return { kind: 'number', value: digits[0], start: at, end: at + digits[0].length }
  if (wordStart.test(text.slice(at, at + 2))) {
    let end = at
    while (end < text.length && wordPart.test(text[end] ?? '')) end++
    // A surrogate pair is one letter; the class above sees its halves one by one.
    if (end > at) return { kind: 'word', value: text.slice(at, end), start: at, end }
  }
  return { kind: 'sign', value: sign, start: at, end: at + 1 }
}

function quoted(text: string, at: number, quote: string, kind: Token['kind']): Token {
  let end = at + 1
  while (end < text.length) {
    if (text[end] !== quote) end++
    else if (text[end + 1] === quote) end += 2
    else break
  }
  return { kind, value: text.slice(at + 1, end).replaceAll(quote + quote, quote), start: at, end: end + 1 }
}

function bracketed(text: string, at: number): Token {
  const close = text.indexOf(']', at)
  const end = close < 0 ? text.length : close
  return { kind: 'name', value: text.slice(at + 1, end), start: at, end: end + 1 }
}

/** Whether the token is this bare keyword. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value.toUpperCase() === word
}

export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.value === sign
}

/** Whether the token can name something: SQLite takes bare words, quoted names and, for old times' sake, strings. */
export function isName(token: Token | undefined): token is Token {
  return token !== undefined && (token.kind === 'word' || token.kind === 'name' || token.kind === 'string')
}

/** Index just past the `)` that closes the `(` at `open`. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    if (isSign(tokens[at], '(')) depth++
    else if (isSign(tokens[at], ')') && --depth === 0) return at + 1
  }
  return tokens.length
}

/** Tokens between two indexes split at commas outside parentheses. */
export function splitAtCommas(tokens: readonly Token[], from: number, to: number): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens.slice(from, to)) {
    if (isSign(token, '(')) depth++
    if (isSign(token, ')')) depth--
    if (depth === 0 && isSign(token, ',')) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/** Source text of a run of tokens, as written. */
export function sourceOf(text: string, tokens: readonly Token[]): string {
  const [first, last] = [tokens[0], tokens.at(-1)]
  return first && last ? text.slice(first.start, last.end) : ''
}
