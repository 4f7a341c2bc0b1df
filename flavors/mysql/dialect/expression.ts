import { isBalanced, isSign, normalExpression as spaced, tokenize } from '../../lexer.ts'
import { doubled, type Sql } from '../../sql.ts'
import { isPlainName } from './keywords.ts'
import { isWhole, rules, wholeSql } from './lexical.ts'

/** Names of the columns that an expression may mean; null where they are not known. */
export type KnownColumns = ReadonlySet<string> | null

/**
 * An expression in MySQL's words. `"x"` is a name in every other flavor and a text here: it becomes a name where it is the name of a column,
 * or where the columns are not known; else it is a text, as MySQL reads it. A text that no backslash stands in is written with `'`.
 */
function inOwnWords(text: string, columns: KnownColumns): string {
  let result = ''
  let from = 0
  for (const token of tokenize(text, rules)) {
    if (token.kind !== 'text' || !token.text.startsWith('"') || !token.closed) continue
    const name = token.text.slice(1, -1).replaceAll('""', '"')
    const isName = name !== '' && (columns === null || columns.has(name))
    if (!isName && token.text.includes('\\')) continue
    result += text.slice(from, token.start) + (isName ? doubled(name, '`') : doubled(name, "'"))
    from = token.end
  }
  return result + text.slice(from)
}

/** An expression for a statement. Errors: EXPRESSION_REFUSED. */
export const expressionSql = (text: string, columns: KnownColumns = null): Sql => wholeSql(inOwnWords(text, columns))

// A bare name must not melt with a letter that touches it.
const touches = (text: string, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  /[\w$@\u0080-\uffff]/.test(text[start - 1] ?? '') || /[\w$'"\u0080-\uffff]/.test(text[end] ?? '')

/**
 * An expression without the blanks, outer parentheses, quotes and character-set introducers (`_utf8mb4'x'`, as MySQL reads it back) that change nothing.
 * One that is not whole stays as it is.
 */
export function normalExpression(text: string, columns: KnownColumns): string {
  if (!isWhole(text)) return text.trim()
  // Blanks first: then no name touches a letter that it did not touch before.
  const own = spaced(inOwnWords(text, columns), rules)
  const tokens = tokenize(own, rules)
  if (!isBalanced(tokens)) return text.trim()
  let result = ''
  let from = 0
  for (const [at, token] of tokens.entries()) {
    const isIntroduced = token.kind === 'text' && /^_utf8mb[34]['"]/i.test(token.text)
    const isBare = token.kind === 'name' && isPlainName(token.value) && !isSign(tokens[at + 1], '(') && !touches(own, token)
    if (!isIntroduced && !isBare) continue
    result += own.slice(from, token.start) + (isBare ? token.value : token.text.slice(token.text.search(/['"]/)))
    from = token.end
  }
  return result + own.slice(from)
}
