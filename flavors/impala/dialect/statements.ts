import { assertNever } from '../../../app/errors.ts'
import type { TableName, TableShape } from '../../../app/model/shape.ts'
import type { Operation, Statement } from '../../flavor.ts'
import { sql, type Sql } from '../../sql.ts'
import { addColumn, alterColumn, commentTable, dropColumn, renameColumn } from './alter.ts'
import { copyRows, copyTable } from './load.ts'
import { displayTable, qualified, tableIdentifier, tableSql } from './names.ts'
import { setAside, swapTables } from './set-aside.ts'
import { statement, unsupported } from './statement.ts'
import { createTableSql } from './table-sql.ts'

/** Statements of an operation for a server version, each with its way back. Errors: FLAVOR_UNSUPPORTED, NAME_REFUSED, TYPE_REFUSED, TEXT_REFUSED. */
export function statements(operation: Operation, version: number): readonly Statement[] {
  switch (operation.kind) {
    case 'begin':
      return frame(true)
    case 'commit':
      return frame(false)
    case 'createSchema':
      return createSchema(operation.schema)
    case 'createTable':
      return [statement(createTableSql(operation.shape, operation.references, version), `Create table ${displayTable(operation.shape)}`, 'create', [sql`DROP TABLE ${tableSql(operation.shape)}`])]
    case 'dropTable':
      return dropTable(operation.shape, operation.ifExists === true)
    case 'renameTable':
      return rename(operation.from, { schema: operation.from.schema, name: operation.to }, `Rename ${displayTable(operation.from)} to ${operation.to}`)
    case 'moveTable':
      return rename(operation.from, { schema: operation.toSchema, name: operation.from.name }, `Move ${displayTable(operation.from)} to database ${operation.toSchema}`)
    case 'setAside':
      return setAside(operation.shape, operation.to, version)
    case 'swapTables':
      return swapTables(operation.tables)
    case 'copyTable':
      return copyTable(operation.shape, operation.to, version)
    case 'copyRows':
      return copyRows(operation.from, operation.to, operation.columns, version)
    case 'commentTable':
      return commentTable(operation.table, operation.from, operation.to)
    case 'renameColumn':
      return renameColumn(operation, version)
    case 'addColumn':
      return addColumn(operation, version)
    case 'dropColumn':
      return dropColumn(operation, version)
    case 'alterColumn':
      return alterColumn(operation, version)
    case 'continueIdentity':
    case 'checkReferences':
      // Nothing counts, and nothing is enforced.
      return []
    default:
      return refuse(operation)
  }
}

type Refused = Extract<Operation, { kind: 'createIndex' | 'dropIndex' | 'addReference' | 'dropReference' | 'addKey' | 'dropKey' | 'addCheck' | 'dropCheck' }>

const refusals: Readonly<Record<Refused['kind'], string>> = {
  createIndex: 'Impala has no indexes: sort a file table (IMPALA.SORT_BY) or partition it.',
  dropIndex: 'Impala has no indexes.',
  addReference: 'A foreign key of Impala is written when the table is made, and never later: redeploy the table, which rebuilds it.',
  dropReference: 'A foreign key of Impala goes with its table only: redeploy the table, which rebuilds it.',
  addKey: 'A key of Impala is written when the table is made, and never later; unique constraints do not exist: redeploy the table, which rebuilds it.',
  dropKey: 'A key of Impala goes with its table only: redeploy the table, which rebuilds it.',
  addCheck: 'Impala has no checks: who writes the rows has to look at them.',
  dropCheck: 'Impala has no checks.',
}

function refuse(operation: Refused): never {
  const message = refusals[operation.kind]
  if (message === undefined) return assertNever(operation as never)
  throw unsupported(operation.kind, message)
}

/**
 * No transaction: settings of the session, and back to those of the server. A change is known to all coordinators before the next statement; moments are UTC; a
 * file that cannot be read as it should stops the copy; decimals that do not fit stop it too. Source: Impala manual, "Query Options for the SET Statement".
 */
function frame(opens: boolean): readonly Statement[] {
  const set = (option: Sql, summary: string) => statement(option, summary, 'frame', [])
  if (opens) {
    return [
      set(sql`SET SYNC_DDL=1`, 'Let every coordinator know of a change before going on'),
      set(sql`SET TIMEZONE='UTC'`, 'Take moments as UTC'),
      set(sql`SET ABORT_ON_ERROR=1`, 'Stop at what cannot be read'),
      set(sql`SET DECIMAL_V2=1`, 'Stop at a decimal that does not fit'),
    ]
  }
  return [
    set(sql`SET DECIMAL_V2=''`, 'Decimals as the server has them'),
    set(sql`SET ABORT_ON_ERROR=''`, 'Errors as the server has them'),
    set(sql`SET TIMEZONE=''`, 'Time zone as the server has it'),
    set(sql`SET SYNC_DDL=''`, 'Changes as the server has them'),
  ]
}

/** A database that is there already is taken as it is; the way back drops one only while it is empty. */
function createSchema(schema: string): readonly Statement[] {
  if (schema === '') return []
  const name = tableIdentifier(schema)
  return [statement(sql`CREATE DATABASE IF NOT EXISTS ${name}`, `Create database ${schema}`, 'create', [sql`DROP DATABASE IF EXISTS ${name} RESTRICT`])]
}

function dropTable(shape: TableShape, ifExists: boolean): readonly Statement[] {
  const words = ifExists ? sql`DROP TABLE IF EXISTS` : sql`DROP TABLE`
  return [statement(sql`${words} ${tableSql(shape)}`, `Drop table ${displayTable(shape)}`, 'delete', null, 'drops')]
}

function rename(from: TableName, to: TableName, summary: string): readonly Statement[] {
  const [before, after] = [tableSql(from), qualified(to.schema, to.name)]
  return [statement(sql`ALTER TABLE ${before} RENAME TO ${after}`, summary, 'create', [sql`ALTER TABLE ${after} RENAME TO ${before}`], 'locks')]
}
