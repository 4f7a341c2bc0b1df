import type { ColumnShape, TableName, TableShape } from '../../../app/model/shape.ts'
import type { CopyColumn, Operation, Statement } from '../../flavor.ts'
import { join, sql, type Sql } from '../../sql.ts'
import { assigned } from './cast-sql.ts'
import { defaultExpression } from './default.ts'
import { continueBehindHighest, continueNumbers, counterType } from './identity.ts'
import { columnList, displayTable, identifier, tableSql } from './names.ts'
import { isRowVersion } from './native.ts'
import { statement } from './statement.ts'
import { storedOf } from './stored.ts'
import type { Features } from './version.ts'

/** Columns that rows are copied into: computed ones and row versions make their own values, one without a source takes its default. */
const copied = (columns: readonly CopyColumn[], features: Features) =>
  columns.flatMap(({ from, to, lossy = false }) => (from === null || to.generated !== null || isRowVersion(storedOf(to.type, features)) ? [] : [{ from, to, lossy }]))

/**
 * Rows of the old table into the new one. Where numbers are kept, IDENTITY_INSERT is on for this batch alone: in a batch of its own it would end with it,
 * and only one table of a session can have it. Source: Microsoft Learn, "SET IDENTITY_INSERT".
 */
export function copyRows(from: TableName, to: TableShape, columns: readonly CopyColumn[], features: Features): readonly Statement[] {
  const pairs = copied(columns, features)
  const table = tableSql(to)
  const summary = `Copy the rows of ${displayTable(from)} into ${displayTable(to)}`
  const back = [sql`DELETE FROM ${table}`]
  if (pairs.length === 0) return defaultRows(from, to, features).map((text) => statement(text, summary, 'restore', back))
  const values = pairs.map(({ from: old, to: column, lossy }) => assigned(identifier(old.name), storedOf(old.type, features), storedOf(column.type, features), lossy))
  const insert = sql`INSERT INTO ${table} WITH (TABLOCK) ${columnList(pairs.map(({ to: column }) => column.name))}\nSELECT ${join(values)}\nFROM ${tableSql(from)}`
  const keepsNumbers = pairs.some(({ to: column }) => column.identity !== null)
  const text = keepsNumbers ? sql`SET IDENTITY_INSERT ${table} ON;\n${insert};\nSET IDENTITY_INSERT ${table} OFF` : insert
  return [statement(text, summary, 'restore', back)]
}

/** Nothing is continued, but the rows are: each takes the defaults. */
function defaultRows(from: TableName, to: TableShape, features: Features): readonly Sql[] {
  const isStored = (column: ColumnShape) => column.generated === null && !isRowVersion(storedOf(column.type, features))
  const first = to.columns.find((column) => isStored(column) && column.identity === null)
  if (first !== undefined) {
    const value = defaultExpression(first, features) ?? sql`NULL`
    return [sql`INSERT INTO ${tableSql(to)} WITH (TABLOCK) (${identifier(first.name)})\nSELECT ${value}\nFROM ${tableSql(from)}`]
  }
  // Only numbers are left, and they have no DEFAULT to name: MERGE alone inserts default values for each row of a source.
  return [sql`MERGE INTO ${tableSql(to)} USING ${tableSql(from)} AS [old] ON 1 = 0 WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;`]
}

/** Numbers go on where the old counter stood; behind the highest where the old column had none. */
export function continueIdentity({ from, to, columns }: Extract<Operation, { kind: 'continueIdentity' }>, features: Features): readonly Statement[] {
  return columns.flatMap(({ from: old, to: column }) => {
    if (column.identity === null || old === null) return []
    const text = old.identity === null ? continueBehindHighest(to) : continueNumbers(from, to, counterType(column, features))
    return [statement(text, `Continue the numbers of ${displayTable(to)}.${column.name}`, 'restore', [])]
  })
}
