import { MetaMigrateError } from '../../../app/errors.ts'
import { isWholeExpression, normalExpression, tokenize, type LexicalRules } from '../../lexer.ts'
import { verbatim, type Sql } from '../../sql.ts'
import { literal } from './literal.ts'
import { maxNameLength, nameProblem } from './names.ts'

/** How Transact-SQL is cut into words, with QUOTED_IDENTIFIER on. Source: Microsoft Learn, "Transact-SQL syntax conventions", "Constants". */
export const rules: LexicalRules = { nameQuotes: { '[': ']', '"': '"' }, textQuotes: "'", backslashes: false, doubledQuotes: true, lineComments: ['--'], dollarQuotes: false, nestedComments: true }

/** Why a text cannot stand as an expression, or null. */
export function expressionProblem(text: string): string | null {
  if (!text.isWellFormed()) return 'holds half a surrogate pair'
  if (!isWholeExpression(text, rules)) return 'is not one whole expression: close its quotes and parentheses, and leave out semicolons and comments at the end'
  if (/(?:^|[\r\n])[ \t]*GO[ \t]*\d*[ \t]*(?:[\r\n]|$)/i.test(withNational(text))) return 'has a line that says GO, which ends a batch'
  return unkeptName(text)
}

/** A name in the expression that SQL Server could not have kept. */
function unkeptName(text: string): string | null {
  if (text.length <= maxNameLength && !/["[]/.test(text)) return null
  for (const { kind, value } of tokenize(text, rules)) {
    const problem = kind === 'name' || kind === 'word' ? nameProblem(value) : null
    if (problem !== null) return `names ${JSON.stringify(value.slice(0, 40))}, which ${problem}`
  }
  return null
}

/** An expression that a person wrote: SQL by its nature, without its comments, its texts with an N so that no character is lost. Errors: EXPRESSION_REFUSED, TEXT_REFUSED. */
export function expressionSql(text: string): Sql {
  const problem = expressionProblem(text)
  if (problem !== null) throw new MetaMigrateError('EXPRESSION_REFUSED', `${JSON.stringify(text.slice(0, 80))} ${problem}.`, { flavor: 'mssql' })
  return verbatim(withNational(hasComments(text) ? normalExpression(text, rules) : text.trim()))
}

function withNational(text: string): string {
  if (!text.includes("'")) return text
  let result = ''
  let from = 0
  for (const token of tokenize(text, rules)) {
    if (token.kind !== 'text' || !/^n?'/i.test(token.text)) continue
    result += text.slice(from, token.start) + literal(token.value)
    from = token.end
  }
  return result + text.slice(from)
}

function hasComments(text: string): boolean {
  if (!text.includes('--') && !text.includes('/*')) return false
  let from = 0
  for (const { start, end } of tokenize(text, rules)) {
    if (text.slice(from, start).trim() !== '') return true
    from = end
  }
  return text.slice(from).trim() !== ''
}
