import type { Capabilities } from '../../flavor.ts'
import type { Server } from './server.ts'

/** What a server can do. Source: MySQL manual and MariaDB documentation, "ALTER TABLE", "RENAME TABLE", "CREATE INDEX", "Identifier Names". */
export function capabilitiesOf(server: Server): Capabilities {
  return {
    transactionalDdl: false,
    schemas: true,
    // A database is a schema; the connected one is meant where none is named.
    defaultSchema: '',
    renameTable: true,
    renameColumn: server.renameColumn,
    renamesFollow: false,
    measuresRows: false,
    alterType: 'restateAll',
    alterNullability: 'restateAll',
    alterDefault: 'inPlace',
    alterIdentity: 'inPlace',
    addColumn: true,
    dropColumn: true,
    alterKeys: true,
    alterChecks: server.checks,
    moveTable: true,
    foreignKeys: 'alter',
    deferrableForeignKeys: false,
    primaryKeys: true,
    uniqueConstraints: true,
    checks: server.checks,
    identity: 'column',
    identityAlways: false,
    generatedColumns: 'both',
    comments: true,
    collations: true,
    indexes: true,
    partialIndexes: false,
    expressionIndexes: server.expressionIndexes,
    includeColumns: false,
    indexNameScope: 'table',
    constraintNameScope: server.checkNamesPerSchema ? 'schema' : 'table',
    ifExists: true,
    maxIdentifierLength: 64,
    identifierUnit: 'characters',
    // Names of tables compare as the server's files do: exactly on Linux, where most servers are. Columns are compared without case by `check`.
    identifierComparison: 'exact',
    strategies: ['swap', 'copy'],
  }
}
