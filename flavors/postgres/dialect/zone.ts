import type { DataType } from '../../../app/model/data-type.ts'
import { sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { literal } from './names.ts'

/** The time zone by which values with and without one become each other, and who says so. */
export interface Zone {
  readonly name: string
  /** `database`: what a new session gets there; `chosen`: by the setting; `assumed`: nobody was asked. */
  readonly from: 'database' | 'chosen' | 'assumed'
}

export const assumedZone: Zone = { name: 'UTC', from: 'assumed' }

type Kind = DataType['kind']
const isLocal = (kind: Kind): boolean => kind === 'date' || kind === 'time' || kind === 'timestamp'
const isText = (kind: Kind): boolean => kind === 'text' || kind === 'varchar' || kind === 'char'

/** Whether the way from one stored type to the other hangs on a time zone. */
export function needsZone(from: DataType, to: DataType): boolean {
  if (from.kind === 'array' && to.kind === 'array') return needsZone(from.element, to.element)
  const [a, b] = [from.kind, to.kind]
  return (a === 'timestamptz' && (isLocal(b) || isText(b))) || (b === 'timestamptz' && (isLocal(a) || isText(a)))
}

/** A text ends with an offset behind a time, with a word that is no part of the day (`Z`, `EST`, `Europe/Berlin`, `epoch`), or has such a word before the year. */
const hasZone = (text: Sql): Sql =>
  sql`regexp_replace(${text}, '\\s*\\m(am|pm|bc|ad)\\s*$', '', 'gi') ~* ${literal(String.raw`(:[0-9.]+\s*[+-][0-9:]+|T[0-9.]+[+-][0-9:]+|[a-z]|:[0-9.]+ [a-z]{3,5} [0-9]{4})\s*$`)}`

/**
 * A value on its way between types of which only one knows the moment, as an expression that names the zone: it gives the same in every session whose
 * dates are read and written as ISO. Null where no zone has a part in it. `from` and `to` are stored types, `type` the new one as SQL.
 */
export function zonedCast(value: Sql, from: DataType, to: DataType, type: Sql, zone: Zone): Sql | null {
  if (!needsZone(from, to)) return null
  if (from.kind === 'array' && to.kind === 'array') return elementwise(value, from.element, to.element, type, zone)
  const at = literal(zone.name)
  const exact = 'precision' in to && to.precision !== null ? sql`::${type}` : sql``
  if (to.kind === 'timestamptz') {
    if (isText(from.kind)) return sql`(CASE WHEN ${hasZone(value)} THEN ${value}::timestamptz ELSE ${value}::timestamp AT TIME ZONE ${at} END)${exact}`
    return sql`(${value}${from.kind === 'timestamp' ? sql`` : sql`::timestamp`} AT TIME ZONE ${at})${exact}`
  }
  if (isText(to.kind)) return sql`${momentText(value, at)}::${type}`
  return to.kind === 'timestamp' ? sql`(${value} AT TIME ZONE ${at})${exact}` : sql`(${value} AT TIME ZONE ${at})::${type}`
}

/** A moment as the server writes it in a session of the zone: local time and offset. */
function momentText(value: Sql, at: Sql): Sql {
  const [local, utc] = [sql`(${value} AT TIME ZONE ${at})`, sql`(${value} AT TIME ZONE 'UTC')`]
  const offset = sql`regexp_replace(to_char(greatest(${local} - ${utc}, ${utc} - ${local}), 'HH24:MI:SS'), '(:00)?:00$', '')`
  return sql`CASE WHEN isfinite(${value}) THEN regexp_replace(${local}::text, '( BC)?$', CASE WHEN ${local} < ${utc} THEN '-' ELSE '+' END || ${offset} || '\\1') ELSE ${value}::text END`
}

/** Element by element; a list of lists becomes a list, which is measured as a loss. */
function elementwise(value: Sql, from: DataType, to: DataType, type: Sql, zone: Zone): Sql {
  const element = zonedCast(sql`e`, from, to, elementType(type), zone) ?? sql`e`
  return sql`CASE WHEN ${value} IS NULL THEN NULL ELSE ARRAY(SELECT ${element} FROM unnest(${value}) WITH ORDINALITY AS u(e, n) ORDER BY n) END::${type}`
}

const elementType = (type: Sql): Sql => (type.endsWith('[]') ? (type.slice(0, -2) as Sql) : type)

const utcTexts: ReadonlySet<string> = new Set(['time with time zone', 'tstzrange', 'tstzmultirange'])
const hidesMoments = (type: DataType): boolean =>
  type.kind === 'array' ? type.element.kind === 'timestamptz' || hidesMoments(type.element) : type.kind === 'native' && utcTexts.has(type.text.replace(/\(\d\)/, ''))

/** What a person should know of the zone by which the values of a column are read or written; null where none has a part in it. Stored types. */
export function zoneNote(from: DataType, to: DataType, zone: Zone): string | null {
  const whose = { database: 'the time zone of this database', chosen: 'as the setting timezone says', assumed: 'since no database was asked: the setting timezone names another' }[zone.from]
  if (needsZone(from, to)) {
    const moment = (type: DataType): boolean => type.kind === 'timestamptz' || (type.kind === 'array' && moment(type.element))
    return moment(to)
      ? `values without a time zone are read as local time of ${zone.name}, ${whose}.`
      : `moments are written as local time of ${zone.name}, ${whose}.`
  }
  if (isText(to.kind) && hidesMoments(from)) return 'moments are written with the offset of UTC, +00.'
  return isText(from.kind) && hidesMoments(to) ? 'texts without an offset are read as UTC, +00.' : null
}

const localRanges: ReadonlySet<string> = new Set(['tsrange', 'tsmultirange', 'daterange', 'datemultirange'])
const momentRanges: ReadonlySet<string> = new Set(['tstzrange', 'tstzmultirange'])

/** Ranges of which only one knows moments: PostgreSQL has no cast between them, and their texts would be read by the session's zone. */
export const isZonedRange = (from: DataType, to: DataType): boolean =>
  from.kind === 'native' && to.kind === 'native' && ((localRanges.has(from.text) && momentRanges.has(to.text)) || (momentRanges.has(from.text) && localRanges.has(to.text)))
