import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape } from '../../../app/model/shape.ts'
import { sql, type Sql } from '../../sql.ts'
import { identifier } from './names.ts'
import { affinityOf, toNative, type Affinity } from './types.ts'

/** The affinity of a column: of its declared type where that is known, else of our word for its type. */
export const columnAffinity = ({ type, declared }: ColumnShape): Affinity => storesAnything(type) ? 'blob' : affinityOf(declared ?? toNative(type).text)

/** ANY of a STRICT table takes every value as it is. Source: sqlite.org/stricttables.html. */
const storesAnything = (type: DataType) => type.kind === 'native' && /^any$/i.test(type.text)

/** Whether both columns store a value alike: INTEGER and NUMERIC differ in a CAST only. Source: sqlite.org/datatype3.html#type_affinity. */
function isSameStorage(from: ColumnShape, to: ColumnShape): boolean {
  const [a, b] = [columnAffinity(from), columnAffinity(to)].map((one) => (one === 'integer' ? 'numeric' : one))
  return a === b
}

/**
 * The value of column `from` as column `to` stores it. A value that `to` stores as `from` did is not touched. What another affinity would do on storing
 * is done here by words, so that the copy can be compared with its source: only what is a number exactly becomes one, and what is none stays the text
 * it is (nothing is cut or zeroed).
 */
export function converted(from: ColumnShape, to: ColumnShape): Sql {
  const value = identifier(from.name)
  const isTruth = to.type.kind === 'bool' && from.type.kind !== 'bool'
  return isSameStorage(from, to) && !isTruth ? value : stored(value, to)
}

/** A value as a column stores it. */
export function stored(value: Sql, to: ColumnShape): Sql {
  switch (columnAffinity(to)) {
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
