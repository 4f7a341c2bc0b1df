import type { TableName } from '../../../app/model/shape.ts'
import type { Statement } from '../../flavor.ts'
import { sql } from '../../sql.ts'
import { displayTable, tableSql } from './names.ts'
import { statement } from './statement.ts'

/**
 * One transaction that any error ends whole, with the settings that filtered indexes and computed columns ask for, and a bounded wait for locks
 * (the session's own, else 10 s). Locks are taken in name order, so that two runs cannot wait for each other; one row is read, since reading none may
 * take no lock. Claims in MetaMigrate's own tables keep a second run away, so no application lock is needed.
 * Source: Microsoft Learn, "SET XACT_ABORT", "SET options for filtered indexes", "Table hints".
 */
export function begin(tables: readonly TableName[]): readonly Statement[] {
  const frame = (text: ReturnType<typeof sql>, summary: string) => statement(text, summary, 'frame', [])
  const ordered = tables.map((table) => ({ table, text: tableSql(table) })).toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
  return [
    frame(sql`SET XACT_ABORT ON`, 'Let any error end the whole transaction'),
    frame(sql`SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON`, 'Use the settings that every index can be kept under'),
    frame(sql`IF @@LOCK_TIMEOUT = -1 SET LOCK_TIMEOUT 10000`, 'Wait a bounded time for locks'),
    frame(sql`BEGIN TRANSACTION`, 'Begin'),
    ...ordered.map(({ table, text }) =>
      statement(sql`SELECT TOP (1) 1 AS [locked] FROM ${text} WITH (TABLOCKX, HOLDLOCK)`, `Lock ${displayTable(table)}`, 'frame', [], 'locks'),
    ),
  ]
}

/** End of the transaction. */
export const commit = (): readonly Statement[] => [statement(sql`COMMIT TRANSACTION`, 'Commit', 'frame', [])]

/** Every foreign key of the tables is checked against all rows, and trusted again. Gives no row; a violation is error 547. */
export const checkReferences = (tables: readonly TableName[]): readonly Statement[] =>
  tables.map((table) =>
    statement(sql`ALTER TABLE ${tableSql(table)} WITH CHECK CHECK CONSTRAINT ALL`, `Check every constraint of ${displayTable(table)} against its rows`, 'verify', []),
  )
