/**
 * A piece of Transact-SQL. Written for judging alone: it shares nothing with the lexer that the dialect is built on, so that one cannot hide the other's mistake.
 * `value`: of names and texts without their quotes, of words in upper case.
 */
export interface Piece {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign'
  readonly value: string
  /** Of a text: N stands before it. */
  readonly national: boolean
  /** How many parentheses are open around it. */
  readonly depth: number
}

/** What a text is made of, and what is wrong with its quotes and parentheses. */
export interface Scan {
  readonly pieces: readonly Piece[]
  readonly problems: readonly string[]
}

const isLetter = (sign: string): boolean => /[\p{L}\p{M}_@#]/u.test(sign)
const isInWord = (sign: string): boolean => /[\p{L}\p{M}\p{N}_@#$]/u.test(sign)

/** Cuts a text into pieces, and tells what does not close. Walks sign by sign: the doubled closing quote is the only escape there is. */
export function scan(text: string): Scan {
  const signs = Array.from(text)
  const pieces: Piece[] = []
  const problems: string[] = []
  let depth = 0
  let at = 0
  const push = (kind: Piece['kind'], value: string, national = false) => pieces.push({ kind, value, national, depth })

  /** What stands between the quote at `at` and its end; `at` is behind it then. */
  function quoted(close: string, what: string): string {
    let value = ''
    for (at++; at < signs.length; at++) {
      const sign = signs[at] ?? ''
      if (sign !== close) value += sign
      else if (signs[at + 1] === close) {
        value += close
        at++
      } else {
        at++
        return value
      }
    }
    problems.push(`a ${what} has no end: ${value.slice(0, 40)}`)
    return value
  }

  while (at < signs.length) {
    const sign = signs[at] ?? ''
    const next = signs[at + 1] ?? ''
    if (/\s/.test(sign)) at++
    else if (sign === '\0') {
      problems.push('a NUL character')
      at++
    } else if ((sign === '-' && next === '-') || (sign === '/' && next === '*')) {
      problems.push('a comment')
      at += 2
    } else if (sign === '[') push('name', quoted(']', 'bracketed name'))
    else if (sign === '"') push('name', quoted('"', 'quoted name'))
    else if (sign === "'") push('text', quoted("'", 'text'))
    else if ((sign === 'N' || sign === 'n') && next === "'") {
      at++
      push('text', quoted("'", 'text'), true)
    } else if (/\d/.test(sign) || (sign === '.' && /\d/.test(next))) push('number', take((one) => /[\w.]/.test(one)))
    else if (isLetter(sign)) push('word', take(isInWord).toUpperCase())
    else {
      if (sign === ')') depth--
      if (depth < 0) problems.push('a parenthesis closes that none opened')
      push('sign', sign)
      if (sign === '(') depth++
      at++
    }
  }
  if (depth > 0) problems.push(`${depth} parentheses stay open`)
  return { pieces, problems }

  function take(belongs: (sign: string) => boolean): string {
    let value = ''
    for (; at < signs.length && belongs(signs[at] ?? ''); at++) value += signs[at] ?? ''
    return value
  }
}

/** The parts of a path of bracketed names, `[a].[b]`; null when the text is none. */
export function pathOf(text: string): readonly string[] | null {
  const { pieces, problems } = scan(text)
  const isPath = problems.length === 0 && pieces.length % 2 === 1 && pieces.every((piece, index) => (index % 2 === 0 ? piece.kind === 'name' : piece.value === '.'))
  return isPath ? pieces.filter(({ kind }) => kind === 'name').map(({ value }) => value) : null
}
