import { MetaMigrateError } from '../../../app/errors.ts'
import { isWholeExpression, tokenize, type LexicalRules, type Token } from '../../lexer.ts'
import { verbatim, type Sql } from '../../sql.ts'

/** How MySQL cuts SQL into words with its usual sql_mode. Source: MySQL manual, "Language Structure". `--` begins a comment only before a blank. */
export const rules: LexicalRules = {
  nameQuotes: { '`': '`' }, textQuotes: `'"`, backslashes: true, doubledQuotes: true, lineComments: ['#', '-- ', '--\n', '--\t', '--\r'], dollarQuotes: false,
}

/** A comment that the server runs (`/*! ... * /`, `/*M! ... * /`) or takes as a hint, outside of quotes. */
function holdsCode(text: string, tokens: readonly Token[]): boolean {
  const ends = [0, ...tokens.map(({ end }) => end)]
  return ends.some((end, at) => /\/\*(?:M?!|\+)/.test(text.slice(end, tokens[at]?.start ?? text.length)))
}

/** Whether a text is one whole expression: it neither ends the statement nor swallows what follows. */
export function isWhole(text: string): boolean {
  return isWholeExpression(text, rules) && !text.trim().endsWith('--') && !holdsCode(text, tokenize(text, rules))
}

/** An expression that is SQL of this flavor already. Errors: EXPRESSION_REFUSED for one that is not whole. */
export function wholeSql(text: string): Sql {
  if (isWhole(text)) return verbatim(text)
  throw new MetaMigrateError('EXPRESSION_REFUSED', `${JSON.stringify(text.slice(0, 80))} is not one whole expression: close its quotes and parentheses, and leave out semicolons and comments at the end.`, { flavor: 'mysql' })
}
