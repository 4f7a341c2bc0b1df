import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import type { CopyColumn } from '../../flavor.ts'
import { sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { castRisk } from './cast.ts'
import { castGuard } from './cast-guard.ts'
import { assigned, castTo, survives } from './cast-sql.ts'
import { ownDefault } from './default.ts'
import { identifier } from './names.ts'
import { columnType, enumOf, expressionSql } from './table-sql.ts'
import { assumedZone } from './zone.ts'
import type { Zone } from './zone.ts'

/** What a text depends on besides the model. */
export interface Place {
  readonly version: number
  readonly zone: Zone
}

/** Where no server was asked. */
export const assumedPlace: Place = { version: 150_000, zone: assumedZone }

/** A column that continues an old one. */
export type Continued = CopyColumn & { readonly from: ColumnShape }

export const isContinued = (pair: CopyColumn): pair is Continued => pair.from !== null && pair.to.generated === null

/** What is known of a cast before it is tried: it cannot fail, a condition tells, or nobody can tell. */
function guardOf({ from, to }: Continued, table: TableName, place: Place): Sql | 'safe' | 'unknown' {
  if (castRisk(from.type, to.type) !== 'lossy') return 'safe'
  const guard = castGuard(identifier(from.name), from, to, table, place.version)
  return (guard as string) === 'true' ? 'safe' : (guard as string) === 'false' ? 'unknown' : guard
}

/** True for a value that no cast stores; null where none is known to fail. */
export function cannotCast(pair: Continued, table: TableName, place: Place): Sql | null {
  const guard = guardOf(pair, table, place)
  if (guard === 'safe' || guard === 'unknown') return null
  const value = identifier(pair.from.name)
  const sure = isOddPoint(pair, place) ? sql` AND (${value}::text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9:.]*)?$' OR ${value}::text !~* '[0-9]|infinity|epoch|now|today|tomorrow|yesterday')` : sql``
  return sql`(${value} IS NOT NULL AND NOT coalesce(${guard}, false)${sure})`
}

/** A text that becomes a date: servers before 16 cannot be asked whether they read an odd spelling (2 Jan 2024), so only plain ones are known to fail. */
const isOddPoint = ({ to }: Continued, { version }: Place): boolean => version < 160_000 && ['date', 'timestamp', 'timestamptz'].includes(to.type.kind)

/** True for a NULL that the new column does not take; null where the old one has none. */
export const cannotBeNull = ({ from, to }: Continued): Sql | null => (from.nullable && !to.nullable ? sql`${identifier(from.name)} IS NULL` : null)

/** True for a value that the new column cannot hold. */
export function misfit(pair: Continued, table: TableName, place: Place): Sql {
  const [cast, empty] = [cannotCast(pair, table, place), cannotBeNull(pair)]
  if (cast === null) return empty ?? sql`false`
  return empty === null ? cast : sql`(${empty} OR ${cast})`
}

/** True for a value that is stored as another one. Where nobody can tell whether the cast works, every value counts. */
export function isChanged(pair: Continued, table: TableName, place: Place): Sql {
  const value = identifier(pair.from.name)
  const risk = castRisk(pair.from.type, pair.to.type)
  if (risk !== 'lossy') return risk === 'impossible' ? sql`${value} IS NOT NULL` : sql`false`
  const guard = guardOf(pair, table, place)
  if (guard === 'unknown') return sql`${value} IS NOT NULL`
  const lost = sql`NOT coalesce(${survives(value, pair, table, place.zone)}, false)`
  // CASE, since AND promises no order: the cast runs only where the guard holds.
  return guard === 'safe' ? sql`(${value} IS NOT NULL AND ${lost})` : sql`CASE WHEN ${value} IS NULL THEN false WHEN ${guard} THEN ${lost} ELSE ${isOddPoint(pair, place) ? sql`NOT ${cannotCast(pair, table, place) ?? sql`true`}` : sql`false`} END`
}

/** The value that stands in for a misfit, as the new type; null where rows are left out, or none is chosen. */
function standIn({ to, wayOut }: CopyColumn, table: TableName): Sql | null {
  if (wayOut === undefined || wayOut.kind === 'reject') return null
  const type = columnType(table, to)
  if (wayOut.kind === 'null') return sql`NULL::${type}`
  const text = wayOut.kind === 'sql' ? expressionSql(wayOut.expression, to.name) : defaultText(to)
  return enumOf(to.type) === null ? sql`(${text})::${type}` : sql`(${text})::text::${type}`
}

const defaultText = (to: ColumnShape): Sql => (to.default === null ? sql`NULL` : expressionSql(ownDefault(to.default, to.type), to.name))

/** Value for an INSERT: as `assigned`, with what stands in for a misfit. */
export function inserted(pair: Continued, table: TableName, place: Place): Sql {
  const value = assigned({ ...pair, ...(pair.lossy === undefined ? {} : { lossy: pair.lossy }) }, table, place.zone)
  const other = standIn(pair, table)
  return other === null ? value : sql`CASE WHEN ${misfit(pair, table, place)} THEN ${other} ELSE ${value} END`
}

/** Value as an explicit cast, with what stands in for a misfit: what `inserted` leaves in the column. */
export function castValue(pair: Continued, table: TableName, place: Place): Sql {
  const value = castTo(identifier(pair.from.name), pair.from, pair.to, table, place.zone)
  const other = standIn(pair, table)
  return other === null ? value : sql`CASE WHEN ${misfit(pair, table, place)} THEN ${other} ELSE ${value} END`
}

/** True for a row that some way out leaves out of the new table; null when none does. */
export function isLeftOut(columns: readonly CopyColumn[], table: TableName, place: Place): Sql | null {
  const tests = columns.filter((pair) => isContinued(pair) && pair.wayOut?.kind === 'reject').map((pair) => misfit(pair as Continued, table, place))
  return tests.length === 0 ? null : verbatim(`(${tests.join(' OR ')})`)
}

/** WHERE of a statement that reads the rows which stay; '' when all do. */
export function keptOnly(columns: readonly CopyColumn[], table: TableName, place: Place): Sql {
  const out = isLeftOut(columns, table, place)
  return out === null ? sql`` : sql`\nWHERE NOT coalesce(${out}, false)`
}

/**
 * The value that a row's new column will hold, for a question: a misfit counts as NULL, since it is asked about by itself; numbers that are given later
 * are stood for by the row's place. An enum is read as its text: its type may not be there yet.
 */
export function projected(pair: CopyColumn, table: TableName, place: Place): Sql {
  const { to, from } = pair
  const type = enumOf(to.type) === null ? columnType(table, to) : sql`text`
  if (!isContinued(pair)) {
    if (to.identity !== null || /\bnextval\s*\(/i.test(to.default ?? '')) return sql`row_number() OVER ()`
    return to.default === null ? sql`NULL::${type}` : sql`(${defaultText(to)})::${type}`
  }
  const collated = from !== null && from.collation !== to.collation ? sql` COLLATE ${to.collation === '' ? sql`"default"` : to.collation.startsWith('"') ? verbatim(to.collation) : identifier(to.collation)}` : sql``
  if (enumOf(to.type) !== null) return enumText(pair, table, place)
  const bad = cannotCast(pair, table, place)
  const value = castTo(identifier(pair.from.name), pair.from, to, table, place.zone)
  const other = standIn(pair, table)
  const safe = bad === null && other === null ? value : sql`CASE WHEN ${misfit(pair, table, place)} THEN ${other ?? sql`NULL`} ELSE ${value} END`
  return sql`${safe}${collated}`
}

function enumText(pair: Continued, table: TableName, place: Place): Sql {
  const value = sql`${identifier(pair.from.name)}::text`
  const { wayOut, to } = pair
  const bad = misfit(pair, table, place)
  if ((bad as string) === 'false') return value
  const other = wayOut?.kind === 'sql' ? sql`(${expressionSql(wayOut.expression, to.name)})::text` : wayOut?.kind === 'default' ? sql`(${defaultText(to)})::text` : sql`NULL`
  return sql`CASE WHEN ${bad} THEN ${other} ELSE ${value} END`
}
