/** What a flavor (at a server version) can do. Commands ask these facts; nobody outside a flavor's folder asks for its name. */
export interface Capabilities {
  /** DDL inside a transaction rolls back with it. */
  readonly transactionalDdl: boolean
  /** Namespaces of tables exist. */
  readonly schemas: boolean
  /** Schema meant by '' ('public', 'dbo', 'main'). */
  readonly defaultSchema: string
  readonly renameTable: boolean
  readonly renameColumn: boolean
  /** Checks, generated columns, indexes, views and triggers follow when a table or a column is renamed. Where they do not, a rebuild reads the old table under its old names. */
  readonly renamesFollow: boolean
  /** How a column's type changes: in place, only by restating everything, or by rebuilding the table. */
  readonly alterType: 'inPlace' | 'restateAll' | 'rebuild'
  readonly alterNullability: 'inPlace' | 'restateAll' | 'rebuild'
  readonly alterDefault: 'inPlace' | 'rebuild'
  readonly alterIdentity: 'inPlace' | 'rebuild'
  /** Columns can be added to and dropped from a table that stands. */
  readonly addColumn: boolean
  readonly dropColumn: boolean
  /** Primary keys and unique constraints can be added and dropped. */
  readonly alterKeys: boolean
  readonly alterChecks: boolean
  /** A table can move to another schema. */
  readonly moveTable: boolean
  readonly foreignKeys: 'none' | 'inline' | 'alter' | 'informational'
  readonly deferrableForeignKeys: boolean
  readonly primaryKeys: boolean
  readonly uniqueConstraints: boolean
  readonly checks: boolean
  readonly identity: 'none' | 'column' | 'primaryKeyOnly'
  /** `always` and `default` identity differ; otherwise both mean `default`. */
  readonly identityAlways: boolean
  readonly generatedColumns: 'none' | 'stored' | 'virtual' | 'both'
  readonly comments: boolean
  readonly collations: boolean
  readonly indexes: boolean
  readonly partialIndexes: boolean
  readonly expressionIndexes: boolean
  readonly includeColumns: boolean
  readonly indexNameScope: 'table' | 'schema' | 'database'
  readonly constraintNameScope: 'none' | 'table' | 'schema' | 'database'
  readonly ifExists: boolean
  /** Longest identifier in `identifierUnit`; null for no limit. */
  readonly maxIdentifierLength: number | null
  readonly identifierUnit: 'bytes' | 'characters' | 'utf16'
  /** How two spellings of a quoted identifier are the same name: exact, or ignoring case. */
  readonly identifierComparison: 'exact' | 'caseInsensitive'
  /** The questions `misfits` and `rejects` are answered, and `CopyColumn.wayOut` is followed: new rows are measured before they are made. */
  readonly measuresRows: boolean
  /** Redeploy strategies in order of preference; empty where the flavor only writes code. */
  readonly strategies: readonly Strategy[]
}

/**
 * `transaction`: set aside, create, fill, all or nothing. `swap`: DDL commits by itself, so the new table is built and filled beside the old one, and only
 * then the names are exchanged. `copy`: the backup is a full copy, then drop, create, fill: the backup is the way back.
 */
export type Strategy = 'transaction' | 'swap' | 'copy'
