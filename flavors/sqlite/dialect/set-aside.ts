import type { TableName, TableShape } from '../../../app/model/shape.ts'
import type { CopyColumn, Statement } from '../../flavor.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { hasAutoincrement, isStrict } from './facts.ts'
import { displayTable, identifier, literal, tableSql } from './names.ts'
import { inserted, isContinued, keptOnly } from './new-value.ts'
import { hasNumbers, keepsNumbers, rowNumber } from './rows.ts'
import { statement } from './statement.ts'
import { checkedName, defaultSql, storedColumns, typeSql } from './table-sql.ts'

/**
 * A copy of the rows, then the table goes. Renaming the old table away would rewrite every foreign key, view and trigger that means it
 * (sqlite.org/lang_altertable.html), and leave a backup whose foreign keys still act; a plain copy does neither.
 * `remake`: the texts that make the old table, its indexes and triggers again, triggers last.
 */
export function setAside(shape: TableShape, to: string, remake: readonly string[]): readonly Statement[] {
  const isTrigger = (text: string) => /^\s*CREATE\s+(?:TEMP(?:ORARY)?\s+)?TRIGGER/i.test(text)
  const columns = numbered(shape, keepsNumbers(shape, shape))
  const back = [
    ...remake.filter((text) => !isTrigger(text)).map(verbatim),
    sql`INSERT INTO ${tableSql(shape)} (${columns}) SELECT ${columns} FROM ${identifier(to)}`,
    ...(hasAutoincrement(shape) ? counterFrom(to, shape.name) : []),
    ...remake.filter(isTrigger).map(verbatim),
  ]
  return [...copyTable(shape, to), statement(sql`DROP TABLE ${tableSql(shape)}`, `Drop ${displayTable(shape)}, whose rows are in ${to}`, 'delete', back, 'drops')]
}

/** The stored columns, after the number of the row where that is asked for. */
const numbered = (shape: TableShape, withNumber: boolean): Sql => join([...(withNumber ? [rowNumber(shape)] : []), ...storedColumns(shape).map(identifier)])

/**
 * The rows in a table of their own, without keys or references; the counter of numbers given is kept beside them. Its columns are declared as the
 * table's are where that is known, so that every value is stored in the class it had, and its rows have the numbers of the table's.
 */
export function copyTable(shape: TableShape, to: string): readonly Statement[] {
  const summary = `Copy the rows of ${displayTable(shape)} to ${to}`
  const drop = [sql`DROP TABLE ${identifier(to)}`]
  const plain = { ...shape, primaryKey: null }
  const columns = shape.columns.filter((column) => column.generated === null).map((column) => {
    // A column without a type keeps every value as it is.
    const type = column.declared === undefined && !isStrict(shape) ? '' : typeSql(plain, column, false)
    return type === '' ? identifier(column.name) : sql`${identifier(column.name)} ${type}`
  })
  const list = numbered(shape, hasNumbers(shape))
  const made = [
    statement(sql`CREATE TABLE ${checkedName(to)} (${join(columns)})${isStrict(shape) ? sql` STRICT` : sql``}`, `Create ${to}`, 'backup', drop),
    statement(sql`INSERT INTO ${identifier(to)} (${list}) SELECT ${list} FROM ${tableSql(shape)}`, summary, 'backup', []),
  ]
  if (!hasAutoincrement(shape)) return made
  const counter = sql`INSERT INTO sqlite_sequence (name, seq) SELECT ${literal(to)}, seq FROM sqlite_sequence WHERE name = ${literal(shape.name)}`
  return [...made, statement(counter, `Keep the counter of ${displayTable(shape)}`, 'backup', [sql`DELETE FROM sqlite_sequence WHERE name = ${literal(to)}`])]
}

/** The counter of `to` becomes that of `from`, also where no row is left to show it. */
function counterFrom(from: string, to: string): readonly Sql[] {
  return [
    sql`DELETE FROM sqlite_sequence WHERE name = ${literal(to)}`,
    sql`INSERT INTO sqlite_sequence (name, seq) SELECT ${literal(to)}, seq FROM sqlite_sequence WHERE name = ${literal(from)}`,
  ]
}

/**
 * Rows of `from` into `to`. Columns without a source take their default by being left out. `fromShape`, whose rows `from` holds, tells whether the rows
 * have numbers that they keep.
 */
export function copyRows(from: TableName, to: TableShape, columns: readonly CopyColumn[], fromShape: TableShape | null): readonly Statement[] {
  const pairs = columns.filter(isContinued)
  const summary = `Copy the rows of ${displayTable(from)} into ${displayTable(to)}`
  const back = [sql`DELETE FROM ${tableSql(to)}`]
  const isNumbered = fromShape !== null && keepsNumbers(fromShape, to)
  const [number, oldNumber] = isNumbered ? [[rowNumber(to)], [rowNumber(fromShape)]] : [[], []]
  if (pairs.length === 0) {
    // Nothing is continued, but the rows are: each takes the defaults.
    const first = to.columns.find((column) => column.generated === null)
    if (first === undefined) return []
    const value = first.default === null ? sql`NULL` : defaultSql(first.default)
    return [statement(sql`INSERT INTO ${tableSql(to)} (${join([...number, identifier(first.name)])}) SELECT ${join([...oldNumber, value])} FROM ${tableSql(from)}`, summary, 'restore', back)]
  }
  const values = join([...oldNumber, ...pairs.map(inserted)])
  const targets = join([...number, ...pairs.map(({ to: column }) => identifier(column.name))])
  return [statement(sql`INSERT INTO ${tableSql(to)} (${targets})\nSELECT ${values}\nFROM ${tableSql(from)}${keptOnly(columns)}`, summary, 'restore', back)]
}

/** Numbers go on where the old counter stood. Without AUTOINCREMENT SQLite itself takes the highest there is. */
export function continueIdentity(from: TableName, fromShape: TableShape, to: TableShape): readonly Statement[] {
  if (!hasAutoincrement(to) || !hasAutoincrement(fromShape)) return []
  const [own, old] = [literal(to.name), literal(from.name)]
  const summary = `Continue the numbers of ${displayTable(to)}`
  const raise = sql`UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ${old})) WHERE name = ${own}`
  const make = sql`INSERT INTO sqlite_sequence (name, seq) SELECT ${own}, seq FROM sqlite_sequence WHERE name = ${old} AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ${own})`
  return [statement(raise, summary, 'restore', []), statement(make, summary, 'restore', [])]
}
