import type { ColumnShape, TableName, TableShape } from '../../../app/model/shape.ts'
import type { CopyColumn, Statement } from '../../flavor.ts'
import { join, sql, type Sql } from '../../sql.ts'
import { assigned } from './cast-sql.ts'
import { defaultValue } from './default.ts'
import { displayTable, identifier, literal, names, tableSql } from './names.ts'
import { runText } from './prepared.ts'
import type { Server } from './server.ts'
import { statement } from './statement.ts'

/**
 * Rows of the old table into the new one: both column lists written out, generated columns left out, NULL of an identity never asked for. In strict mode
 * (see the session frame) the server refuses what does not fit; one statement is done whole or not at all.
 */
export function copyRows(from: TableName, to: TableShape, columns: readonly CopyColumn[], server: Server): readonly Statement[] {
  const pairs = columns.flatMap(({ from: old, to: column, lossy = false }) => (old === null || column.generated !== null ? [] : [{ old, column, lossy }]))
  const summary = `Copy the rows of ${displayTable(from)} into ${displayTable(to)}`
  const back = [sql`DELETE FROM ${tableSql(to)}`]
  if (pairs.length === 0) {
    // Nothing is continued, but the rows are: each takes the defaults.
    const first = to.columns.find((column) => column.generated === null)
    if (first === undefined) return []
    return [statement(sql`INSERT INTO ${tableSql(to)} (${identifier(first.name)})\nSELECT ${defaultOf(first, server)}\nFROM ${tableSql(from)}`, summary, 'restore', back)]
  }
  const values = join(pairs.map(({ old, column, lossy }) => assigned(old, column, server, lossy)))
  return [statement(sql`INSERT INTO ${tableSql(to)} (${names(pairs.map(({ column }) => column.name))})\nSELECT ${values}\nFROM ${tableSql(from)}`, summary, 'restore', back)]
}

const defaultOf = (column: ColumnShape, server: Server): Sql => (column.identity === null ? (defaultValue(column, server) ?? sql`NULL`) : sql`NULL`)

/**
 * The counter of the new table goes on where the old one stood; InnoDB keeps it above the highest value by itself. A table that had no counter, or a plain
 * copy, has none to go on from. The number is read when the statement runs: ALTER TABLE takes no variable.
 */
export function continueIdentity(from: TableName, to: TableShape, columns: readonly CopyColumn[]): readonly Statement[] {
  const hasOwn = columns.some(({ from: old, to: column }) => column.identity !== null && old !== null && old.identity !== null)
  if (!hasOwn) return []
  const schema = from.schema === '' ? sql`DATABASE()` : literal(from.schema)
  const counter = sql`(SELECT AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${literal(from.name)})`
  const text = sql`COALESCE(CONCAT(${literal(`ALTER TABLE ${tableSql(to)} AUTO_INCREMENT = `)}, ${counter}), 'DO 0')`
  const summary = `Continue the numbers of ${displayTable(to)}`
  return runText(text).map((one) => statement(one, summary, 'restore', []))
}
