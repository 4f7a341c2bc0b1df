import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import { sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { familyOf, storedType } from './cast.ts'
import { identifier } from './names.ts'
import { columnType, enumOf } from './table-sql.ts'
import { assumedZone, needsZone, zonedCast } from './zone.ts'
import type { Zone } from './zone.ts'

/** A cast's two ends. `table` gives enum types their names. */
export interface CastPair {
  readonly from: ColumnShape
  readonly to: ColumnShape
}

const numbers: ReadonlySet<string> = new Set(['integer', 'decimal', 'float'])
const points: ReadonlySet<string> = new Set(['date', 'time', 'timestamp', 'timestamptz'])

/** How a value gets from one type to another. */
type Way = 'none' | 'assign' | 'direct' | 'throughInteger' | 'throughText'

function wayOf(from: ColumnShape, to: ColumnShape): Way {
  const [a, b] = [storedType(from.type), storedType(to.type)]
  if (JSON.stringify(a) === JSON.stringify(b)) return 'none'
  const [f, t] = [familyOf(a), familyOf(b)]
  if (f === 'text' && t !== 'text' && t !== 'char') return 'direct'
  if (enumOf(a) !== null || enumOf(b) !== null) return 'throughText'
  if (t === 'text' || t === 'char') return f === 'text' || f === 'char' ? 'assign' : 'throughText'
  if (f === 'bool' && t === 'integer') return b.kind === 'int32' ? 'direct' : 'throughInteger'
  if (f === 'integer' && t === 'bool') return a.kind === 'int32' ? 'direct' : 'throughInteger'
  // The cast of a float to numeric keeps 15 digits only; its text has them all.
  if (f === 'float' && t === 'decimal') return 'throughText'
  if (numbers.has(f) && numbers.has(t)) return 'assign'
  if (points.has(f) && points.has(t)) return 'assign'
  if (f === t && f === 'array') return 'throughText'
  if (f === 'bit' && t === 'bit') return 'direct'
  return 'throughText'
}

/** Value of `value` as an explicit cast to the new type: it may cut or round. `zone`: the one by which values with and without a time zone become each other. */
export function castTo(value: Sql, from: ColumnShape, to: ColumnShape, table: TableName, zone: Zone = assumedZone): Sql {
  const type = columnType(table, to)
  const zoned = zonedCast(value, storedType(from.type), storedType(to.type), type, zone)
  if (zoned !== null) return zoned
  switch (wayOf(from, to)) {
    case 'none':
      return value
    case 'throughInteger':
      return sql`${value}::integer::${type}`
    case 'throughText':
      return sql`${value}::text::${type}`
    default:
      return sql`${value}::${type}`
  }
}

/** Value of column `from` for an INSERT into `to`: the server's assignment does the last step, and refuses what does not fit; a loss that was accepted is cut or rounded. */
export function assigned({ from, to, lossy }: CastPair & { readonly lossy?: boolean }, table: TableName, zone: Zone = assumedZone): Sql {
  const value = identifier(from.name)
  if (lossy === true) return castTo(value, from, to, table, zone)
  const stored = storedType(to.type)
  // An assignment would go by the session's zone. The text of a moment has a length of its own: a shorter column refuses it.
  const zoned = familyOf(stored) === 'text' || familyOf(stored) === 'char' ? zonedCast(value, storedType(from.type), stored, sql`text`, zone) : zonedCast(value, storedType(from.type), stored, columnType(table, to), zone)
  if (zoned !== null) return zoned
  switch (wayOf(from, to)) {
    case 'none':
    case 'assign':
      return value
    case 'throughText':
      // An explicit cast to a sized text cuts in silence; the text itself is assigned instead.
      return familyOf(stored) === 'text' || familyOf(stored) === 'char' ? sql`${value}::text` : castTo(value, from, to, table)
    default:
      return castTo(value, from, to, table)
  }
}

/** Text of a value, in which two values are the same exactly when they are. */
export const asText = (value: Sql): Sql => sql`${value}::text`

/** Largest whole number up to which a float holds every one. */
const wholeFloats: Readonly<Record<string, string>> = { float32: '16777216', float64: '9007199254740992' }

/** Whether the value is the same after its cast: numbers are compared as numbers, points in time as such, anything else by its text (so json and xml can be, too). */
export function survives(value: Sql, { from, to }: CastPair, table: TableName, zone: Zone = assumedZone): Sql {
  const [a, b] = [storedType(from.type), storedType(to.type)]
  const [f, t] = [familyOf(a), familyOf(b)]
  const there = castTo(value, from, to, table, zone)
  if (needsZone(a, b) && (t === 'text' || t === 'char')) return sql`${castTo(value, from, { ...to, type: { kind: 'text' } }, table, zone)} = ${asText(there)}`
  if (needsZone(a, b) && t !== 'time') return sql`${castTo(sql`(${there})`, to, from, table, zone)} = ${value}`
  if (f === 'bool' && t === 'integer') return sql`true`
  if (f === 'integer' && t === 'bool') return sql`${value} IN (0, 1)`
  if (numbers.has(f) && numbers.has(t)) {
    if (f === 'integer' && t === 'float') return sql`abs(${value}::numeric) <= ${verbatim(wholeFloats[b.kind] ?? '0')}`
    if (f === 'decimal' && t === 'float') return sql`${there}::text::numeric = ${value}`
    return f === 'float' ? sql`${there}::${columnType(table, from)} = ${value}` : sql`${there} = ${value}`
  }
  if (points.has(f) && points.has(t))
    return f !== 'time' && t === 'time' ? sql`false` : sql`${there}::${columnType(table, from)} = ${value}`
  return sql`${asText(there)} = ${asText(value)}`
}
