import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape } from '../../../app/model/shape.ts'
import { sql, type Sql } from '../../sql.ts'
import { identifier } from './names.ts'
import { affinityOf, toNative } from './types.ts'

/** Kinds whose column in a file of someone else may have another affinity than ours, so that even "the same type" is converted. */
const convertedAlways = new Set<DataType['kind']>(['decimal', 'uuid', 'json', 'xml', 'inet', 'interval', 'bit', 'uint64'])

/**
 * The value of column `from` as column `to` stores it. What affinity would do on storing is done here by words, so that the copy can be
 * compared with its source: only what is a number exactly becomes one, and what is none stays the text it is (nothing is cut or zeroed).
 */
export function converted(from: ColumnShape, to: ColumnShape): Sql {
  const value = identifier(from.name)
  const same = JSON.stringify(from.type) === JSON.stringify(to.type)
  if (same && !convertedAlways.has(to.type.kind)) return value
  switch (affinityOf(toNative(to.type).text)) {
    case 'text':
      return sql`CASE WHEN typeof(${value}) IN ('integer', 'real') THEN CAST(${value} AS TEXT) ELSE ${value} END`
    case 'real':
      return sql`CASE WHEN typeof(${value}) = 'integer' OR ${isNumberText(value)} THEN CAST(${value} AS REAL) ELSE ${value} END`
    case 'blob':
      return value
    default:
      return to.type.kind === 'bool' ? truth(value) : number(value)
  }
}

// Compared with a CAST to NUMERIC, a text that is wholly a number counts as that number, and any other text stays a text and is never equal.
const isNumberText = (value: Sql): Sql => sql`(typeof(${value}) = 'text' AND CAST(${value} AS NUMERIC) = ${value})`
const isWholeReal = (value: Sql): Sql => sql`(typeof(${value}) = 'real' AND CAST(${value} AS INTEGER) = ${value})`

const number = (value: Sql): Sql =>
  sql`CASE WHEN ${isNumberText(value)} THEN CAST(${value} AS NUMERIC) WHEN ${isWholeReal(value)} THEN CAST(${value} AS INTEGER) ELSE ${value} END`

/** The words for true and false that people and other databases write. */
const truth = (value: Sql): Sql =>
  sql`CASE WHEN lower(${value}) IN ('true', 't', 'yes', 'y', 'on') THEN 1 WHEN lower(${value}) IN ('false', 'f', 'no', 'n', 'off') THEN 0 WHEN ${isNumberText(value)} THEN CAST(${value} AS NUMERIC) WHEN ${isWholeReal(value)} THEN CAST(${value} AS INTEGER) ELSE ${value} END`
