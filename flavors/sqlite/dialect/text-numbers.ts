import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { isSign, isWord, tokenize } from './tokens.ts'
import { affinityOf, toNative, type Decimals } from './types.ts'

const lower = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
const isTextNumber = ({ type, declared }: ColumnShape, decimals: Decimals): boolean =>
  declared !== undefined ? (type.kind === 'decimal' || type.kind === 'uint64') && affinityOf(declared) === 'text' : toNative(type, decimals).losses.some(({ code }) => code === 'DECIMAL_AS_TEXT' || code === 'UINT64_AS_TEXT')

/**
 * Names of fields in an expression whose numbers SQLite keeps as texts, and would compare as texts: `price >= 9` is false for 10.
 * A field inside CAST(... AS ...) or before IS is meant as it is; `>= 0` holds for texts too, since only a negative one begins with `-`.
 */
export function comparedAsText(expression: string, columns: TableShape['columns'], decimals: Decimals): readonly string[] {
  const texts = new Map(columns.filter((column) => isTextNumber(column, decimals)).map(({ name }) => [lower(name), name]))
  if (texts.size === 0) return []
  const tokens = tokenize(expression)
  const found = tokens.flatMap((token, at) => {
    if (token.kind !== 'word' && token.kind !== 'name') return []
    const name = texts.get(lower(token.value))
    const isCast = isSign(tokens[at - 1], '(') && isWord(tokens[at - 2], 'CAST')
    const isSignOnly = isSign(tokens[at + 1], '>') && isSign(tokens[at + 2], '=') && tokens[at + 3]?.value === '0'
    return name === undefined || isCast || isSignOnly || isWord(tokens[at + 1], 'IS') || isWord(tokens[at + 1], 'ISNULL') || isWord(tokens[at + 1], 'NOTNULL') ? [] : [name]
  })
  return [...new Set(found)]
}
