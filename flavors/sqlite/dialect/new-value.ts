import type { ColumnShape } from '../../../app/model/shape.ts'
import type { CopyColumn } from '../../flavor.ts'
import { integer, join, sql, verbatim, type Sql } from '../../sql.ts'
import { admits, castRisk, survives } from './cast.ts'
import { columnAffinity, converted, stored } from './convert.ts'
import { identifier } from './names.ts'
import { defaultSql, expressionSql } from './table-sql.ts'

/** A column that continues an old one. */
export type Continued = CopyColumn & { readonly from: ColumnShape }

export const isContinued = (pair: CopyColumn): pair is Continued => pair.from !== null && pair.to.generated === null

/** A converted value cut or rounded to what its type admits, where cutting or rounding is what makes the difference; any other value as it is. */
function cut(value: Sql, to: ColumnShape): Sql {
  const { type } = to
  switch (type.kind) {
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint8':
    case 'uint16':
    case 'uint32':
      return sql`CASE WHEN typeof(${value}) = 'real' AND abs(${value}) < 9.2e18 THEN CAST(round(${value}) AS INTEGER) ELSE ${value} END`
    case 'char':
    case 'varchar':
      return type.length === null ? value : sql`CASE WHEN typeof(${value}) = 'text' THEN substr(${value}, 1, ${integer(type.length)}) ELSE ${value} END`
    case 'binary':
    case 'varbinary':
      return type.length === null ? value : sql`CASE WHEN typeof(${value}) = 'blob' THEN substr(${value}, 1, ${integer(type.length)}) ELSE ${value} END`
    case 'decimal':
      return type.precision === null || columnAffinity(to) === 'text' ? value : sql`CASE WHEN typeof(${value}) = 'real' THEN round(${value}, ${integer(Math.min(type.scale ?? 0, 15))}) ELSE ${value} END`
    case 'date':
      return sql`CASE WHEN ${value} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][ T]*' THEN substr(${value}, 1, 10) ELSE ${value} END`
    default:
      return value
  }
}

/** An expression over a value that is computed once: by name where it is more than a column. */
function over(value: Sql, make: (value: Sql) => Sql): Sql {
  if (/^"[^"]*"$/.test(value)) return make(value)
  const named = identifier('__mm_value')
  return sql`(SELECT ${make(named)} FROM (SELECT ${value} AS ${named}))`
}

const isAsked = ({ from, to }: Continued): boolean => castRisk(from.type, to.type) === 'lossy'

/** True for a value that is none of the new type, whatever is cut from it; null where none can be. SQLite itself would store it as it is. */
export function cannotCast(pair: Continued): Sql | null {
  if (!isAsked(pair)) return null
  const value = identifier(pair.from.name)
  const best = over(converted(pair.from, pair.to), (whole) => over(cut(whole, pair.to), (one) => admits(one, pair.to)))
  return sql`(${value} IS NOT NULL AND NOT coalesce(${best}, 0))`
}

/** True for a NULL that the new column does not take; null where the old one has none. */
export const cannotBeNull = ({ from, to }: Continued): Sql | null => (from.nullable && !to.nullable ? sql`${identifier(from.name)} IS NULL` : null)

/** True for a value that the new column cannot hold. */
export function misfit(pair: Continued): Sql | null {
  const [cast, empty] = [cannotCast(pair), cannotBeNull(pair)]
  if (cast === null || empty === null) return cast ?? empty
  return sql`(${empty} OR ${cast})`
}

/** True for a value that is stored as another one. */
export function isChanged(pair: Continued): Sql {
  const fails = cannotCast(pair)
  if (fails === null) return sql`0`
  return sql`(${identifier(pair.from.name)} IS NOT NULL AND NOT ${fails} AND NOT coalesce(${survives(pair.from, pair.to)}, 0))`
}

/** The value that stands in for a misfit, as its column stores it; null where rows are left out, or none is chosen. */
function standIn({ to, wayOut }: CopyColumn): Sql | null {
  if (wayOut === undefined || wayOut.kind === 'reject') return null
  if (wayOut.kind === 'null') return sql`NULL`
  const text = wayOut.kind === 'sql' ? expressionSql(wayOut.expression) : to.default === null ? sql`NULL` : defaultSql(to.default)
  return stored(sql`(${text})`, to)
}

/** What the copy writes into the column. */
export function inserted(pair: Continued): Sql {
  const whole = converted(pair.from, pair.to)
  const value = pair.lossy === true && isAsked(pair) ? over(whole, (one) => cut(one, pair.to)) : whole
  const [other, bad] = [standIn(pair), misfit(pair)]
  return other === null || bad === null ? value : sql`CASE WHEN ${bad} THEN ${other} ELSE ${value} END`
}

/** True for a row that some way out leaves out of the new table; null when none does. */
export function isLeftOut(columns: readonly CopyColumn[]): Sql | null {
  const tests = columns.flatMap((pair) => (isContinued(pair) && pair.wayOut?.kind === 'reject' ? (misfit(pair) ?? []) : []))
  return tests.length === 0 ? null : verbatim(`(${tests.join(' OR ')})`)
}

/** WHERE of a statement that reads the rows which stay; '' when all do. */
export function keptOnly(columns: readonly CopyColumn[]): Sql {
  const out = isLeftOut(columns)
  return out === null ? sql`` : sql`\nWHERE NOT ${out}`
}

const casts = { integer: 'INTEGER', real: 'REAL', numeric: 'NUMERIC', text: 'TEXT' } as const

/**
 * The value that a row's new column will hold, for a question, with the affinity and the collation that the column gives it. A misfit counts as NULL, since
 * it is asked about by itself; numbers that are given later are stood for by the row's place.
 */
export function projected(pair: CopyColumn): Sql {
  const { to, from } = pair
  const affinity = columnAffinity(to)
  const typed = (value: Sql) => (affinity === 'blob' ? value : sql`CAST(${value} AS ${verbatim(casts[affinity])})`)
  const collated = (value: Sql) => (to.collation === '' ? sql`${value}` : sql`${value} COLLATE ${identifier(to.collation)}`)
  if (!isContinued(pair)) {
    if (to.identity !== null) return sql`row_number() OVER ()`
    return collated(to.default === null ? typed(sql`NULL`) : typed(sql`(${defaultSql(to.default)})`))
  }
  const isPlain = JSON.stringify(from?.type) === JSON.stringify(to.type) && pair.wayOut === undefined && pair.from.collation === to.collation
  const value = identifier(pair.from.name)
  if (isPlain && (converted(pair.from, to) as string) === (value as string)) return value
  const bad = misfit(pair)
  const fitting = bad === null ? inserted(pair) : sql`CASE WHEN ${bad} THEN ${standIn(pair) ?? sql`NULL`} ELSE ${inserted({ to: pair.to, from: pair.from, ...(pair.lossy === true ? { lossy: true } : {}) })} END`
  const plain = castRisk(pair.from.type, to.type) === 'same' && pair.wayOut === undefined ? value : typed(fitting)
  return to.collation === '' && pair.from.collation !== '' ? sql`${plain} COLLATE BINARY` : collated(plain)
}

/** Tests joined by AND. */
export const all = (tests: readonly Sql[]): Sql => join(tests, ' AND ')
