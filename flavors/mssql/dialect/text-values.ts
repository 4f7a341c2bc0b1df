import { isSign, isWord, tokenize } from '../../lexer.ts'
import { rules } from './lexical.ts'

/** The texts that a check `[c] IN (N'a', N'b')` (or `[c] = N'a'`) in normal form allows for the column `name`; null when it says something else. */
export function textValues(expression: string, name: string): readonly string[] | null {
  const [column, operator, ...rest] = tokenize(expression, rules)
  if (column?.text !== name || operator === undefined) return null
  const isIn = isWord(operator, 'IN') && isSign(rest[0], '(') && isSign(rest.at(-1), ')')
  if (!isIn && !isSign(operator, '=')) return null
  const list = isIn ? rest.slice(1, -1) : rest
  const isList = list.length % 2 === 1 && list.every((token, at) => (at % 2 === 0 ? token.kind === 'text' : isSign(token, ',')))
  return isList && (isIn || list.length === 1) ? list.filter(({ kind }) => kind === 'text').map(({ value }) => value) : null
}
