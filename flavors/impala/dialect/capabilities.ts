import type { Capabilities } from '../../flavor.ts'

/**
 * What every table of Impala can do, whatever its format: a file table, since ALTER never touches its data. Kudu and Iceberg tables can do more;
 * statements decide that by the options of the table. The limit is that of tables; fields may have 767 characters.
 */
export const capabilities: Capabilities = {
  transactionalDdl: false,
  schemas: true,
  // The database that the session is in: its name is not written.
  defaultSchema: '',
  renameTable: true,
  renameColumn: false,
  renamesFollow: false,
  measuresRows: false,
  alterType: 'rebuild',
  alterNullability: 'rebuild',
  alterDefault: 'rebuild',
  alterIdentity: 'rebuild',
  addColumn: true,
  dropColumn: false,
  alterKeys: false,
  alterChecks: false,
  moveTable: true,
  foreignKeys: 'informational',
  deferrableForeignKeys: false,
  primaryKeys: true,
  uniqueConstraints: false,
  checks: false,
  identity: 'none',
  identityAlways: false,
  generatedColumns: 'none',
  comments: true,
  collations: false,
  indexes: false,
  partialIndexes: false,
  expressionIndexes: false,
  includeColumns: false,
  indexNameScope: 'table',
  constraintNameScope: 'none',
  ifExists: true,
  maxIdentifierLength: 128,
  identifierUnit: 'characters',
  identifierComparison: 'caseInsensitive',
  strategies: ['swap', 'copy'],
}
