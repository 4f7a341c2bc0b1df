import type { TableName, TableShape } from '../../../app/model/shape.ts'
import type { Statement, Swap } from '../../flavor.ts'
import { join, sql, type Sql } from '../../sql.ts'
import { displayTable, identifier, names, tableSql } from './names.ts'
import { withNames } from './normalize.ts'
import type { Server } from './server.ts'
import { statement } from './statement.ts'
import { checkSql, referenceSql, tableTail } from './table-sql.ts'

const renames = (list: readonly (readonly [TableName, TableName])[]): Sql => sql`RENAME TABLE ${join(list.map(([from, to]) => sql`${tableSql(from)} TO ${tableSql(to)}`))}`

/** What drops a check: older servers have a word of their own. */
export const dropCheckSql = (name: string, server: Server): Sql => sql`${server.dropConstraint ? sql`DROP CONSTRAINT` : sql`DROP CHECK`} ${identifier(name)}`

/** Foreign keys of the table go: their names are taken once per database, and the copy must not hold back changes of the parents. So do checks on MySQL. */
function freeNames(shape: TableShape, server: Server): readonly Statement[] {
  const table = sql`ALTER TABLE ${tableSql(shape)}`
  const columns = new Set(shape.columns.map(({ name }) => name))
  const checks = server.checks && server.checkNamesPerSchema ? shape.checks : []
  return [
    ...shape.references.map((one) =>
      statement(sql`${table} DROP FOREIGN KEY ${identifier(one.name)}`, `Drop foreign key ${one.name} of ${displayTable(shape)}`, 'backup', [sql`${table} ADD ${referenceSql(one)}`], 'locks')),
    ...checks.map((one) =>
      statement(sql`${table} ${dropCheckSql(one.name, server)}`, `Free the name of the check ${one.name}`, 'backup', [sql`${table} ADD ${checkSql(one, columns)}`], 'locks')),
  ]
}

/** The table goes to its backup name, with its indexes and keys: their names belong to the table. */
export function setAside(given: TableShape, to: string, server: Server): readonly Statement[] {
  const shape = withNames(given)
  const [old, aside] = [{ schema: shape.schema, name: shape.name }, { schema: shape.schema, name: to }]
  return [
    ...freeNames(shape, server),
    statement(renames([[old, aside]]), `Set ${displayTable(shape)} aside as ${displayTable(aside)}`, 'backup', [renames([[aside, old]])], 'locks'),
  ]
}

/**
 * All names at once: one RENAME TABLE is done whole or not at all, and nobody sees a name missing.
 * Source: MySQL manual, "RENAME TABLE Statement"; MariaDB documentation, "Atomic DDL".
 */
export function swapTables(swaps: readonly Swap[]): readonly Statement[] {
  const olds = swaps.flatMap(({ old }) => (old === null ? [] : [[plain(old.shape), { schema: old.shape.schema, name: old.aside }] as const]))
  const fresh = swaps.map(({ fresh: one, to }) => [plain(one), plain(to)] as const)
  const there = [...olds, ...fresh]
  if (there.length === 0) return []
  const back = there.toReversed().map(([from, to]) => [to, from] as const)
  const titles = swaps.map(({ to }) => displayTable(to)).join(', ')
  return [statement(renames(there), `Put the new ${titles} in place of the old`, 'restore', [renames(back)], 'locks')]
}

const plain = ({ schema, name }: TableName): TableName => ({ schema, name })

/** One rename, there and back. */
export function renameTable(from: TableName, to: TableName, summary: string): readonly Statement[] {
  return [statement(renames([[plain(from), to]]), summary, 'create', [renames([[to, plain(from)]])], 'locks')]
}

/** A plain copy of the rows, without keys, counters and references; generated values as they are now. */
export function copyTable(shape: TableShape, to: string, server: Server): readonly Statement[] {
  const copy = { schema: shape.schema, name: to }
  const columns = names(shape.columns.map(({ name }) => name))
  const text = sql`CREATE TABLE ${tableSql(copy)} ${tableTail({ options: withoutCounter(shape.options), comment: shape.comment }, server)} AS SELECT ${columns} FROM ${tableSql(shape)}`
  return [statement(text, `Copy the rows of ${displayTable(shape)} to ${displayTable(copy)}`, 'backup', [sql`DROP TABLE ${tableSql(copy)}`])]
}

const withoutCounter = (options: TableShape['options']): TableShape['options'] => Object.fromEntries(Object.entries(options).filter(([key]) => key !== 'MYSQL.AUTO_INCREMENT'))
