/** A piece of SQL text. `name`: an identifier with its quotes taken off; `word`: unquoted, lower case; `string`: its value. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'bits' | 'number' | 'operator' | 'mark'
  readonly text: string
}

const operatorCharacters = '+-*/<>=~!@#%^&|`?'

/** Tokens of an expression, without blanks and comments; null where a quote or comment has no end. Source: manual, chapter "Lexical Structure". */
export function tokenize(text: string): readonly Token[] | null {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const blank = /^(?:\s+|--[^\n]*)/.exec(text.slice(at, at + 2000))
    if (blank !== null) at += blank[0].length
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2)
      if (end < 0) return null
      at = end + 2
    } else {
      const found = quoted(text, at) ?? plain(text, at)
      if (found === null) return null
      tokens.push(found.token)
      at = found.end
    }
  }
  return tokens
}

interface Found {
  readonly token: Token
  readonly end: number
}

/** End of a text quoted by `quote` at `at`, behind the closing sign; -1 without one. */
function endOfQuote(text: string, at: number, quote: string, escapes: boolean): number {
  for (let i = at + 1; i < text.length; i++) {
    if (escapes && text[i] === '\\') i++
    else if (text[i] === quote) {
      if (text[i + 1] !== quote) return i + 1
      i++
    }
  }
  return -1
}

function quoted(text: string, at: number): Found | null {
  const head = /^(?:[eE]|[bBxX]|[nN])?'/.exec(text.slice(at, at + 2))
  if (head !== null) {
    const start = at + head[0].length - 1
    const letter = head[0].length > 1 ? head[0].charAt(0).toLowerCase() : ''
    const end = endOfQuote(text, start, "'", letter === 'e')
    if (end < 0) return null
    const body = text.slice(start + 1, end - 1)
    if (letter === 'b' || letter === 'x') return { token: { kind: 'bits', text: `${letter}'${body}'` }, end }
    return { token: { kind: 'string', text: letter === 'e' ? unescape(body) : body.replaceAll("''", "'") }, end }
  }
  if (text[at] === '"') {
    const end = endOfQuote(text, at, '"', false)
    return end < 0 ? null : { token: { kind: 'name', text: text.slice(at + 1, end - 1).replaceAll('""', '"') }, end }
  }
  const dollar = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(text.slice(at, at + 70))
  if (dollar === null) return null
  const close = text.indexOf(dollar[0], at + dollar[0].length)
  return close < 0 ? null : { token: { kind: 'string', text: text.slice(at + dollar[0].length, close) }, end: close + dollar[0].length }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** Value of the body of an E'' text. */
function unescape(body: string): string {
  return body.replaceAll(
    /''|\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g,
    (all, short, long, hex, octal, other) => {
      if (all === "''") return "'"
      const code = short ?? long ?? hex
      if (typeof code === 'string') return String.fromCodePoint(Number.parseInt(code, 16))
      if (typeof octal === 'string') return String.fromCodePoint(Number.parseInt(octal, 8))
      return typeof other === 'string' ? (escapes[other] ?? other) : ''
    },
  )
}

function plain(text: string, at: number): Found | null {
  const rest = text.slice(at, at + 300)
  const number = /^(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(rest)
  if (number !== null) return { token: { kind: 'number', text: number[0].toLowerCase() }, end: at + number[0].length }
  const word = /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/.exec(rest)
  if (word !== null) return { token: { kind: 'word', text: word[0].toLowerCase() }, end: at + word[0].length }
  if (rest.startsWith('::')) return { token: { kind: 'mark', text: '::' }, end: at + 2 }
  const sign = rest.charAt(0)
  if ('()[],.:;'.includes(sign)) return { token: { kind: 'mark', text: sign }, end: at + 1 }
  const operator = operatorAt(rest)
  return operator === '' ? null : { token: { kind: 'operator', text: operator }, end: at + operator.length }
}

/** An operator ends before a comment, and before + or - unless it holds a sign that makes it no plain comparison. */
function operatorAt(rest: string): string {
  let end = 0
  while (end < rest.length && operatorCharacters.includes(rest.charAt(end)) && !rest.startsWith('--', end) && !rest.startsWith('/*', end))
    end++
  let text = rest.slice(0, end)
  while (text.length > 1 && /[+-]$/.test(text) && !/[~!@#%^&|`?]/.test(text)) text = text.slice(0, -1)
  return text
}
