import type { ColumnShape } from '../../../app/model/shape.ts'
import { readDefault, type DefaultValue } from '../../default-value.ts'
import { doubled, sql, verbatim, type Sql } from '../../sql.ts'
import { literal } from './names.ts'

const bounds: Readonly<Record<string, readonly [bigint, bigint]>> = {
  TINYINT: [-128n, 127n], SMALLINT: [-32_768n, 32_767n], INT: [-2_147_483_648n, 2_147_483_647n], BIGINT: [-(2n ** 63n), 2n ** 63n - 1n],
}

/** A default that Impala keeps: a constant of the column's native type. Null for what is none, or does not fit. Source: ColumnDef.analyzeKuduOptions. */
export function constantSql(value: DefaultValue, native: string): Sql | null {
  const word = /^[A-Z]+/.exec(native)?.[0] ?? ''
  switch (value.kind) {
    case 'bool':
      return word === 'BOOLEAN' ? verbatim(value.value ? 'TRUE' : 'FALSE') : numberSql(value.value ? '1' : '0', native, word)
    case 'number':
      return numberSql(value.text, native, word)
    case 'text':
      return textSql(value.value, native, word)
    default:
      return null
  }
}

function numberSql(text: string, native: string, word: string): Sql | null {
  const range = bounds[word]
  if (range !== undefined) return /^-?\d+$/.test(text) && BigInt(text) >= range[0] && BigInt(text) <= range[1] ? verbatim(BigInt(text).toString()) : null
  if (word === 'BOOLEAN') return /^[01]$/.test(text) ? verbatim(text === '1' ? 'TRUE' : 'FALSE') : null
  if (word === 'FLOAT' || word === 'DOUBLE' || word === 'DECIMAL') return sql`CAST(${verbatim(text)} AS ${verbatim(native)})`
  return textSql(text, native, word)
}

function textSql(text: string, native: string, word: string): Sql | null {
  if (text.includes('\0') || !text.isWellFormed()) return null
  if (word === 'STRING') return literal(text)
  if (word === 'VARCHAR' || word === 'CHAR') return sql`CAST(${literal(text)} AS ${verbatim(native)})`
  if (word === 'DATE') return /^\d{4}-\d\d-\d\d$/.test(text) ? sql`DATE ${literal(text)}` : null
  if (word === 'TIMESTAMP') return /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?)?$/.test(text) ? sql`CAST(${literal(text.replace('T', ' '))} AS TIMESTAMP)` : null
  if (word === 'BOOLEAN') return /^(?:t|true)$/i.test(text) ? sql`TRUE` : /^(?:f|false)$/i.test(text) ? sql`FALSE` : null
  return /^-?\d+(?:\.\d+)?$/.test(text) && word !== 'BINARY' ? numberSql(text, native, word) : null
}

/** The value that fills rows for a default: constants, and those that are made anew for each statement. Null for an expression of another flavor. */
export function fillSql(value: DefaultValue, native: string): Sql | null {
  const word = /^[A-Z]+/.exec(native)?.[0] ?? ''
  const cast = (text: Sql, own: string) => (word === own ? text : sql`CAST(${text} AS ${verbatim(native)})`)
  switch (value.kind) {
    case 'now':
    case 'localNow':
    case 'utcNow':
      return cast(sql`NOW()`, 'TIMESTAMP')
    case 'today':
      return cast(sql`CURRENT_DATE()`, 'DATE')
    case 'timeNow':
      return cast(sql`FROM_TIMESTAMP(NOW(), ${literal('HH:mm:ss')})`, 'STRING')
    case 'uuid':
      return cast(sql`UUID()`, 'STRING')
    default:
      return constantSql(value, native)
  }
}

/** The default in one spelling that every flavor reads; null for none and for NULL, which says nothing. */
export function normalDefault(column: Pick<ColumnShape, 'default'>, native: string): string | null {
  const value = column.default === null ? null : readDefault(column.default)
  if (value === null || value.kind === 'null' || constantSql(value, native) === null) return null
  if (value.kind === 'text') return /^(?:STRING|CHAR|VARCHAR|DATE|TIMESTAMP)/.test(native) ? doubled(value.value, "'") : plain(constantSql(value, native), value.value)
  if (value.kind === 'number') return /^(?:STRING|CHAR|VARCHAR)/.test(native) ? doubled(value.text, "'") : plain(constantSql(value, native), value.text)
  return value.kind === 'bool' ? plain(constantSql(value, native), value.value ? '1' : '0') : null
}

/** A truth or whole number as Impala writes it, another number as it was written. */
const plain = (made: Sql | null, text: string): string => (made === null || made.startsWith('CAST(') ? text : made === 'TRUE' ? 'true' : made === 'FALSE' ? 'false' : made)
