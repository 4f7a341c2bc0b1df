import { MetaMigrateError, assertNever } from '../../../app/errors.ts'
import type { Operation, Statement } from '../../flavor.ts'
import { addColumn, alterColumn, dropColumn } from './alter-column.ts'
import { setComment } from './comment.ts'
import { createTable, dropTable } from './create-table.ts'
import { begin, checkReferences, commit } from './frame.ts'
import { continueIdentity, copyRows } from './load.ts'
import { displayTable } from './names.ts'
import { partStatements } from './parts.ts'
import { createSchema, rename } from './rename.ts'
import { copyTable, setAside } from './set-aside.ts'
import { statement } from './statement.ts'
import type { Features } from './version.ts'

/** Statements of an operation, each with its way back. */
export function statements(operation: Operation, features: Features): readonly Statement[] {
  switch (operation.kind) {
    case 'begin':
      return begin(operation.tables)
    case 'commit':
      return commit()
    case 'createSchema':
      return createSchema(operation.schema)
    case 'createTable':
      return createTable(operation.shape, operation.references, features)
    case 'dropTable':
      return dropTable(operation.shape, operation.ifExists === true)
    case 'renameTable':
    case 'moveTable':
    case 'renameColumn':
      return rename(operation)
    case 'setAside':
      return setAside(operation.shape, operation.to, features)
    case 'copyTable':
      return copyTable(operation.shape, operation.to, features)
    case 'copyRows':
      return copyRows(operation.from, operation.to, operation.columns, features)
    case 'continueIdentity':
      return continueIdentity(operation, features)
    case 'addColumn':
      return addColumn(operation.table, operation.column, features)
    case 'dropColumn':
      return dropColumn(operation.table, operation.column, features)
    case 'alterColumn':
      return alterColumn(operation.table, operation.from, operation.to, features)
    case 'commentTable': {
      const { table, from, to } = operation
      return [statement(setComment(table, null, to), `Comment on ${displayTable(table)}`, 'create', [setComment(table, null, from)])]
    }
    case 'checkReferences':
      return checkReferences(operation.tables)
    case 'swapTables':
      throw new MetaMigrateError('FLAVOR_UNSUPPORTED', 'SQL Server redeploys in one transaction: names are never exchanged.', { flavor: 'mssql', operation: operation.kind })
    case 'createIndex':
    case 'dropIndex':
    case 'addReference':
    case 'dropReference':
    case 'addKey':
    case 'dropKey':
    case 'addCheck':
    case 'dropCheck':
      return partStatements(operation)
    default:
      return assertNever(operation)
  }
}
