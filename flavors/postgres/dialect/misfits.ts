import { assertNever } from '../../../app/errors.ts'
import type { IndexShape } from '../../../app/model/shape.ts'
import type { NewRows, Question, RowTest } from '../../flavor.ts'
import { join, sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { cannotBeNull, cannotCast, isChanged, isContinued, isLeftOut, projected } from './new-value.ts'
import type { Continued, Place } from './new-value.ts'
import { identifier, literal, tableSql } from './names.ts'
import { columnType, expressionSql, limitSql } from './table-sql.ts'

const keyName = (at: number): Sql => identifier(`__mm_key_${at + 1}`)
const asText = (value: Sql): Sql => sql`${value}::text`

/** The query that finds the rows of which a test is true, with their number and their keys. */
export function misfits({ rows, test, limit }: Extract<Question, { kind: 'misfits' }>, place: Place): Sql {
  const { from, where } = asked(rows, test, place)
  const keys = rows.key.map((name, at) => sql`, ${asText(keyName(at))} AS ${identifier(name)}`)
  const order = rows.key.length === 0 ? sql`` : sql`\nORDER BY ${join(rows.key.map((_, at) => sql`${alias(rows)}.${keyName(at)}`))}`
  return sql`SELECT count(*) OVER () AS "count"${join(keys, '')}\nFROM ${from}\nWHERE ${where}${order}\n${verbatim(limitSql(limit).trim())}`
}

const alias = (rows: NewRows): Sql => identifier(rows.to.name)

interface Asked {
  /** With its alias. */
  readonly from: Sql
  readonly where: Sql
}

function asked(rows: NewRows, test: RowTest, place: Place): Asked {
  switch (test.kind) {
    case 'fails':
    case 'changes':
      return { from: sql`(${oldRows(rows)}) AS ${alias(rows)}`, where: valueTest(rows, test, place) }
    case 'null':
      return { from: newRows(rows, place), where: sql`${identifier(test.column)} IS NULL` }
    case 'check':
      return { from: newRows(rows, place), where: sql`NOT (${expressionSql(test.check.expression, test.check.name)})` }
    case 'equal':
      return equalRows(rows, test, place)
    case 'orphan':
      return { from: newRows(rows, place), where: orphans(rows, test, place) }
    default:
      return assertNever(test)
  }
}

function valueTest(rows: NewRows, test: Extract<RowTest, { kind: 'fails' | 'changes' }>, place: Place): Sql {
  const { column } = test
  if (!isContinued(column)) return sql`false`
  if (test.kind === 'changes') return isChanged(column, rows.to, place)
  return (test.why === 'null' ? cannotBeNull(column) : cannotCast(column, rows.to, place)) ?? sql`false`
}

/** The old rows, under the names that the rest speaks of, with their keys beside. */
function oldRows(rows: NewRows): Sql {
  const renamed = rows.names.every(({ from, to }) => from === to)
    ? tableSql(rows.source)
    : sql`(SELECT ${join(rows.names.map(({ from, to }) => (from === to ? identifier(from) : sql`${identifier(from)} AS ${identifier(to)}`)))} FROM ${tableSql(rows.source)}) AS o`
  return sql`SELECT *${join(rows.key.map((name, at) => sql`, ${identifier(name)} AS ${keyName(at)}`), '')} FROM ${renamed}`
}

/** The rows as the new table will hold them, under its name; generated fields are computed from the others, as they are in the table. */
function newRows(rows: NewRows, place: Place): Sql {
  const { to, columns } = rows
  const stored = columns.filter((pair) => pair.to.generated === null).map((pair) => sql`${projected(pair, to, place)} AS ${identifier(pair.to.name)}`)
  const keys = rows.key.map((_, at) => keyName(at))
  const out = isLeftOut(columns, to, place)
  const kept = out === null ? sql`` : sql` WHERE NOT coalesce(${out}, false)`
  const plain = sql`(SELECT ${join([...keys, ...stored, ...(keys.length + stored.length === 0 ? [sql`1 AS "__mm_row"`] : [])])} FROM (${oldRows(rows)}) AS s${kept}) AS ${alias(rows)}`
  const generated = to.columns.filter((column) => column.generated !== null)
  if (generated.length === 0) return plain
  const computed = generated.map((column) => sql`(${expressionSql(column.generated?.expression ?? '', column.name)})::${columnType(to, column)} AS ${identifier(column.name)}`)
  return sql`(SELECT ${alias(rows)}.*, ${join(computed)} FROM ${plain}) AS ${alias(rows)}`
}

function partSql(part: IndexShape['parts'][number], name: string): Sql {
  return part.column === null ? sql`(${expressionSql(part.expression, name)})` : identifier(part.column)
}

function equalRows(rows: NewRows, { parts, predicate }: Extract<RowTest, { kind: 'equal' }>, place: Place): Asked {
  const values = parts.map((part) => partSql(part, rows.to.name))
  const conditions = [...values.map((value) => sql`${value} IS NOT NULL`), ...(predicate === '' ? [] : [sql`(${expressionSql(predicate, rows.to.name)})`])]
  const keys = rows.key.map((_, at) => sql`${keyName(at)}, `)
  const inside = sql`SELECT ${join(keys, '')}count(*) OVER (PARTITION BY ${join(values)}) AS "__mm_equal" FROM ${newRows(rows, place)} WHERE ${join(conditions, ' AND ')}`
  return { from: sql`(${inside}) AS ${alias(rows)}`, where: sql`"__mm_equal" > 1` }
}

function orphans(rows: NewRows, { reference, parent }: Extract<RowTest, { kind: 'orphan' }>, place: Place): Sql {
  const named = reference.columns.map((name) => sql`${alias(rows)}.${identifier(name)} IS NOT NULL`)
  if (parent === null) return join(named, ' AND ')
  const from = 'source' in parent ? sql`(SELECT ${join(reference.parentColumns.map(identifier))} FROM ${newRows(parent, place)})` : tableSql(parent)
  const same = reference.columns.map((name, at) => sql`"__mm_parent".${identifier(reference.parentColumns[at] ?? '')} = ${alias(rows)}.${identifier(name)}`)
  return sql`${join(named, ' AND ')} AND NOT EXISTS (SELECT 1 FROM ${from} AS "__mm_parent" WHERE ${join(same, ' AND ')})`
}

/** Every value that is left out, one row for each: key, field, value, reason. */
export function rejects({ rows }: Extract<Question, { kind: 'rejects' }>, place: Place): Sql {
  const columns = rows.columns.filter((pair): pair is Continued => isContinued(pair) && pair.wayOut?.kind === 'reject')
  const selects = columns.map((pair) => {
    const value = identifier(pair.from.name)
    const keys = rows.key.map((name, at) => sql`${asText(keyName(at))} AS ${identifier(name)}, `)
    const reason = cannotBeNull(pair) === null ? literal(reasonOf(pair, rows)) : sql`CASE WHEN ${value} IS NULL THEN 'no value' ELSE ${literal(reasonOf(pair, rows))} END`
    const bad = [cannotCast(pair, rows.to, place), cannotBeNull(pair)].flatMap((test) => test ?? [])
    const where = bad.length === 0 ? sql`false` : join(bad, ' OR ')
    return sql`SELECT ${join(keys, '')}${literal(pair.to.name)} AS "field", ${asText(value)} AS "value", ${reason} AS "reason"\nFROM (${oldRows(rows)}) AS ${alias(rows)}\nWHERE ${where}`
  })
  return join(selects, '\nUNION ALL\n')
}

const reasonOf = ({ to }: Continued, rows: NewRows): string => `does not fit ${columnType(rows.to, to) as string}`
