import type { Capabilities } from '../../flavor.ts'

/** What SQLite of a version (3045001 for 3.45.1) can do. Source: sqlite.org/lang_altertable.html, sqlite.org/omitted.html. */
export function capabilitiesOf(version: number): Capabilities {
  // 3.53 alters NOT NULL and CHECK in place; every other change of a column is a rebuild.
  const alters = version >= 3_053_000
  return {
    transactionalDdl: true,
    schemas: false,
    defaultSchema: '',
    renameTable: true,
    renameColumn: true,
    renamesFollow: true,
    measuresRows: true,
    alterType: 'rebuild',
    alterNullability: alters ? 'inPlace' : 'rebuild',
    alterDefault: 'rebuild',
    alterIdentity: 'rebuild',
    addColumn: true,
    dropColumn: true,
    alterKeys: false,
    alterChecks: alters,
    moveTable: false,
    foreignKeys: 'inline',
    deferrableForeignKeys: true,
    primaryKeys: true,
    uniqueConstraints: true,
    checks: true,
    identity: 'primaryKeyOnly',
    identityAlways: false,
    generatedColumns: 'both',
    comments: false,
    collations: true,
    indexes: true,
    partialIndexes: true,
    expressionIndexes: true,
    includeColumns: false,
    indexNameScope: 'database',
    constraintNameScope: 'none',
    ifExists: true,
    maxIdentifierLength: null,
    identifierUnit: 'characters',
    identifierComparison: 'caseInsensitive',
    strategies: ['transaction'],
  }
}
