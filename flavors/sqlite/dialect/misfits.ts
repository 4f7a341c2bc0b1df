import { assertNever } from '../../../app/errors.ts'
import type { NewRows, Question, RowTest } from '../../flavor.ts'
import { integer, join, sql, type Sql } from '../../sql.ts'
import { all, cannotBeNull, cannotCast, isChanged, isContinued, isLeftOut, projected, type Continued } from './new-value.ts'
import { identifier, literal, tableSql } from './names.ts'
import { expressionSql } from './table-sql.ts'
import { isWithoutRowid } from './facts.ts'
import { toNative } from './types.ts'

/** The query that finds the rows of which a test is true, with their number and their keys; a table without a key has its rowid. */
export function misfits({ rows, test, limit }: Extract<Question, { kind: 'misfits' }>): Sql {
  const { from, where } = asked(rows, test)
  const keys = keysOf(rows)
  const list = keys.map(({ alias, name }) => sql`, ${alias} AS ${identifier(name)}`)
  const order = keys.length === 0 ? sql`` : sql`\nORDER BY ${join(keys.map(({ alias }) => alias))}`
  return sql`SELECT count(*) OVER () AS "count"${join(list, '')}\nFROM ${from}\nWHERE ${where}${order}\nLIMIT ${integer(limit)}`
}

const rowidNames = ['rowid', '_rowid_', 'oid']

/** What names a row: its key, or the rowid under a name that no column has. */
function keysOf(rows: NewRows): readonly { readonly alias: Sql; readonly value: Sql; readonly name: string }[] {
  const alias = (at: number) => identifier(`__mm_key_${at + 1}`)
  if (rows.key.length > 0) return rows.key.map((name, at) => ({ alias: alias(at), value: identifier(name), name }))
  const taken = new Set(rows.names.map(({ to }) => to.toLowerCase()))
  const rowid = rowidNames.find((name) => !taken.has(name))
  return rowid === undefined || isWithoutRowid(rows.to) ? [] : [{ alias: alias(0), value: identifier(rowid), name: rowid }]
}

const alias = (rows: NewRows): Sql => identifier(rows.to.name)

interface Asked {
  /** With its alias. */
  readonly from: Sql
  readonly where: Sql
}

function asked(rows: NewRows, test: RowTest): Asked {
  switch (test.kind) {
    case 'fails':
    case 'changes':
      return { from: sql`(${oldRows(rows)}) AS ${alias(rows)}`, where: valueTest(test) }
    case 'null':
      return { from: newRows(rows), where: sql`${identifier(test.column)} IS NULL` }
    case 'check':
      return { from: newRows(rows), where: sql`NOT (${expressionSql(test.check.expression)})` }
    case 'equal':
      return equalRows(rows, test)
    case 'orphan':
      return { from: newRows(rows), where: orphans(rows, test) }
    default:
      return assertNever(test)
  }
}

function valueTest(test: Extract<RowTest, { kind: 'fails' | 'changes' }>): Sql {
  const { column } = test
  if (!isContinued(column)) return sql`0`
  if (test.kind === 'changes') return isChanged(column)
  return (test.why === 'null' ? cannotBeNull(column) : cannotCast(column)) ?? sql`0`
}

/** The old rows, under the names that the rest speaks of, with their keys beside. */
function oldRows(rows: NewRows): Sql {
  const names = rows.names.map(({ from, to }) => (from === to ? identifier(from) : sql`${identifier(from)} AS ${identifier(to)}`))
  const now = new Map(rows.names.map(({ from, to }) => [to, from]))
  const keys = keysOf(rows).map((key) => sql`${rows.key.length === 0 ? key.value : identifier(now.get(key.name) ?? key.name)} AS ${key.alias}`)
  return sql`SELECT ${join([...names, ...keys])} FROM ${tableSql(rows.source)}`
}

/** The rows as the new table will hold them, under its name; generated fields are computed from the others, one after another. */
function newRows(rows: NewRows): Sql {
  const { to, columns } = rows
  const values = columns.filter((pair) => pair.to.generated === null).map((pair) => sql`${projected(pair)} AS ${identifier(pair.to.name)}`)
  const out = isLeftOut(columns)
  const kept = out === null ? sql`` : sql` WHERE NOT ${out}`
  const keys = keysOf(rows).map((key) => key.alias)
  const list = [...keys, ...values]
  const plain = sql`(SELECT ${list.length === 0 ? sql`1` : join(list)} FROM (${oldRows(rows)})${kept}) AS ${alias(rows)}`
  // A generated field may read one that stands before or behind it: those that read none come first.
  const known = new Set<string>()
  let from = plain
  let left = to.columns.filter((column) => column.generated !== null)
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name.toLowerCase()))
    const ready = left.filter((column) => [...waiting].every((name) => name === column.name.toLowerCase() || !(column.generated?.expression ?? '').toLowerCase().includes(name)))
    const next = ready.length === 0 ? left : ready
    const computed = next.map((column) => sql`${projected({ to: { ...column, generated: null, default: column.generated?.expression ?? null }, from: null })} AS ${identifier(column.name)}`)
    from = sql`(SELECT ${alias(rows)}.*, ${join(computed)} FROM ${from}) AS ${alias(rows)}`
    for (const { name } of next) known.add(name)
    left = left.filter(({ name }) => !known.has(name))
  }
  return from
}

function equalRows(rows: NewRows, { parts, predicate }: Extract<RowTest, { kind: 'equal' }>): Asked {
  const values = parts.map(({ column, expression }) => (column === null ? sql`(${expressionSql(expression)})` : identifier(column)))
  const conditions = [...values.map((value) => sql`${value} IS NOT NULL`), ...(predicate === '' ? [] : [sql`(${expressionSql(predicate)})`])]
  const keys = keysOf(rows).map((key) => sql`${key.alias}, `)
  const inside = sql`SELECT ${join(keys, '')}count(*) OVER (PARTITION BY ${join(values)}) AS "__mm_equal" FROM ${newRows(rows)} WHERE ${all(conditions)}`
  return { from: sql`(${inside}) AS ${alias(rows)}`, where: sql`"__mm_equal" > 1` }
}

/** A list of parents, so that they are read once: the engine compares with the parent's collation. */
function orphans(rows: NewRows, { reference, parent }: Extract<RowTest, { kind: 'orphan' }>): Sql {
  const own = reference.columns.map((name) => sql`${alias(rows)}.${identifier(name)}`)
  const named = own.map((name) => sql`${name} IS NOT NULL`)
  if (parent === null) return all(named)
  const isProjected = 'source' in parent
  const shape = isProjected ? parent.to : parent
  const keys = reference.parentColumns.map(identifier)
  const collated = own.map((name, at) => {
    const collation = shape.columns.find((column) => column.name.toLowerCase() === reference.parentColumns[at]?.toLowerCase())?.collation ?? ''
    return collation === '' ? name : sql`${name} COLLATE ${identifier(collation)}`
  })
  const from = isProjected ? newRows(parent) : tableSql(parent)
  const value = collated.length === 1 ? join(collated) : sql`(${join(collated)})`
  return sql`${all(named)} AND ${value} NOT IN (SELECT ${join(keys)} FROM ${from} WHERE ${all(keys.map((key) => sql`${key} IS NOT NULL`))})`
}

/** Every value that is left out, one row for each: key, field, value, reason. */
export function rejects({ rows }: Extract<Question, { kind: 'rejects' }>): Sql {
  const columns = rows.columns.filter((pair): pair is Continued => isContinued(pair) && pair.wayOut?.kind === 'reject')
  const selects = columns.map((pair) => {
    const value = identifier(pair.from.name)
    const keys = keysOf(rows).map((key) => sql`${key.alias} AS ${identifier(key.name)}, `)
    const reason = literal(`does not fit ${toNative(pair.to.type).text}`)
    const why = cannotBeNull(pair) === null ? reason : sql`CASE WHEN ${value} IS NULL THEN 'no value' ELSE ${reason} END`
    const bad = [cannotCast(pair), cannotBeNull(pair)].flatMap((test) => test ?? [])
    return sql`SELECT ${join(keys, '')}${literal(pair.to.name)} AS "field", ${value} AS "value", ${why} AS "reason"\nFROM (${oldRows(rows)}) AS ${alias(rows)}\nWHERE ${bad.length === 0 ? sql`0` : join(bad, ' OR ')}`
  })
  return join(selects, '\nUNION ALL\n')
}
