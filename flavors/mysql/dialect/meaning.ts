import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import { isSign, tokenize } from '../../lexer.ts'
import { finding } from './finding.ts'
import { rules } from './lexical.ts'

/** What an expression means to MySQL and to nobody else: EXPRESSION_MEANING where it would run and say something else, EXPRESSION_FOREIGN where it would not run. */
export function meaningFindings(what: string, text: string, path: FindingPath): readonly Finding[] {
  const tokens = tokenize(text, rules)
  const touches = (sign: string) => tokens.some((token, at) => isSign(token, sign) && isSign(tokens[at + 1], sign) && tokens[at + 1]?.start === token.end)
  return [
    ...(touches('|') ? [finding('EXPRESSION_MEANING', 'warning', path, `The ${what} ${JSON.stringify(text.slice(0, 80))} says ||, which is OR to MySQL. Write CONCAT(a, b) to join texts, OR otherwise.`)] : []),
    ...(touches(':') ? [finding('EXPRESSION_FOREIGN', 'error', path, `The ${what} ${JSON.stringify(text.slice(0, 80))} says ::, which only PostgreSQL knows. Write CAST(x AS type).`)] : []),
  ]
}
