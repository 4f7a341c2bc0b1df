import type { Cells } from '../model/model.ts'
import type { ColumnShape, CheckShape, IndexShape, KeyShape, ReferenceShape, TableName, TableShape } from '../model/shape.ts'

/** How one column of the new table gets its values. */
export interface CopyColumn {
  readonly to: ColumnShape
  /** Column of the old table; null: filled from the default of `to` (or NULL where it has none and is nullable). */
  readonly from: ColumnShape | null
  /** A loss by the cast was accepted: what does not fit is cut or rounded, where it would be refused otherwise. */
  readonly lossy?: boolean
  /** What becomes of a value that does not fit (a failing cast, NULL where none is taken); absent: no such value may be there. */
  readonly wayOut?: WayOut
}

/**
 * The table that a rebuilt one takes the place of, for flavors that keep the text of what did not change.
 * `shape`: normal form, names after the renames. `texts`: the statements that make it and its indexes, after the renames; `before`: the same before them.
 */
export interface KeptTable {
  readonly shape: TableShape
  readonly texts: readonly string[]
  readonly before: readonly string[]
}

/** A choice for values that a new column cannot hold. `sql`: an expression over the old row, by its column names after renames. `reject`: the row is left out of the new table. */
export type WayOut = { readonly kind: 'null' | 'default' | 'reject' } | { readonly kind: 'sql'; readonly expression: string }

/** Rows of an old table as a new one will hold them: renamed, cast, filled with defaults, rejected rows left out. */
export interface NewRows {
  readonly source: TableName
  /** Stored columns of `source`: name now, and the name by which everything else here speaks of it. */
  readonly names: readonly { readonly from: string; readonly to: string }[]
  /** Columns that name a row, after renames; empty: the table has no key. */
  readonly key: readonly string[]
  readonly to: TableShape
  readonly columns: readonly CopyColumn[]
}

/** What a row is asked. A row that answers yes stands in the way of the new table (or is changed by it). */
export type RowTest =
  /** Its value of the column cannot be stored: no cast takes it, or it is NULL and none is taken. `wayOut` is not looked at. */
  | { readonly kind: 'fails'; readonly column: CopyColumn; readonly why: 'cast' | 'null' }
  /** Its value is stored, but as another: cut, rounded, written in another way. */
  | { readonly kind: 'changes'; readonly column: CopyColumn }
  /** The new value of `column` is NULL: nothing fills it, or its expression gives none. */
  | { readonly kind: 'null'; readonly column: string }
  /** The check is false for it. */
  | { readonly kind: 'check'; readonly check: CheckShape }
  /** Another row is equal in all parts (as the engine's unique index counts: a NULL makes it unequal) and both are in `predicate`. */
  | { readonly kind: 'equal'; readonly parts: IndexShape['parts']; readonly predicate: string }
  /** It names a parent that is not there (MATCH SIMPLE: a NULL names none). `parent` null: the parent table is made empty. */
  | { readonly kind: 'orphan'; readonly reference: ReferenceShape; readonly parent: NewRows | TableShape | null }

/** One table of an exchange of names. */
export interface Swap {
  readonly old: { readonly shape: TableShape; readonly aside: string } | null
  /** The filled new table and the name it has now. */
  readonly fresh: TableShape
  /** The name it gets. */
  readonly to: TableName
}

/**
 * One thing to be done, as data. A dialect renders it to statements; each statement carries its own way back.
 * Names inside are exact (never quoted). Unions are closed by `assertNever`: a new kind breaks the build in every flavor that forgot it.
 */
export type Operation =
  /** Start of a group's transaction with the session settings that it needs, and the locks on `tables` (existing ones, in a stable order). */
  | { readonly kind: 'begin'; readonly tables: readonly TableName[] }
  | { readonly kind: 'commit' }
  | { readonly kind: 'createSchema'; readonly schema: string }
  /** `name` overrides the shape's own. Foreign keys are left out unless `references` (or the flavor can only write them inline, then always in). Indexes are separate. Comments included.
   * `handedOn`: columns that go on by a sequence of the table that was set aside, which changes hands later. */
  | { readonly kind: 'createTable'; readonly shape: TableShape; readonly references: boolean; readonly kept?: KeptTable; readonly handedOn?: readonly string[] }
  | { readonly kind: 'dropTable'; readonly shape: TableShape; readonly ifExists?: boolean }
  | { readonly kind: 'renameTable'; readonly from: TableName; readonly to: string }
  | { readonly kind: 'moveTable'; readonly from: TableName; readonly toSchema: string }
  /** `column`: the column as it is, for flavors that restate its type. `options` (here and below): those of the table, for flavors whose formats differ in what they change in place. */
  | { readonly kind: 'renameColumn'; readonly table: TableName; readonly from: string; readonly to: string; readonly column?: ColumnShape; readonly options?: Cells }
  /**
   * After this the rows of `shape` are in table `to` (same schema) and the name is free, as are the names of its constraints, indexes and sequences.
   * The flavor chooses: rename everything away and drop the copy's foreign keys, or copy the rows and drop the table. Undo puts it back whole.
   * `remake`: exact texts that put the old table back (its CREATE, its indexes and triggers as the catalog has them), for flavors that must drop it.
   * `handedOn`: columns whose own sequence the new table goes on by, under its name; the others go aside with the table.
   */
  | { readonly kind: 'setAside'; readonly shape: TableShape; readonly to: string; readonly remake: readonly string[]; readonly handedOn?: readonly string[] }
  /**
   * Names are exchanged: each `old` table becomes `aside` (in its own schema) and its `fresh` one becomes `to`; all at once where the engine can.
   * `old` null: nothing stands under `to` yet. Undo exchanges them back. Only under strategy `swap`; foreign keys from and to the old tables are gone by then.
   */
  | { readonly kind: 'swapTables'; readonly tables: readonly Swap[] }
  /** A plain copy of the rows of `shape` into the new table `to` (no keys, no references, inert); the original stays. */
  | { readonly kind: 'copyTable'; readonly shape: TableShape; readonly to: string }
  /** Rows of `from` into `to`: explicit column lists, casts where types differ, generated columns left out, identity values kept. */
  /** `fromShape`: the whole table that `from` holds the rows of, for flavors whose rows have a number of their own. */
  | { readonly kind: 'copyRows'; readonly from: TableName; readonly to: TableShape; readonly columns: readonly CopyColumn[]; readonly fromShape?: TableShape }
  /**
   * Identity counters of `to` go on where those of `from` (the table set aside, described by `fromShape`) stood.
   * `counterTypes`: native type of the numbers of a sequence, by old column, where that is known.
   */
  | { readonly kind: 'continueIdentity'; readonly from: TableName; readonly fromShape: TableShape; readonly to: TableShape; readonly columns: readonly CopyColumn[]; readonly counterTypes?: Readonly<Record<string, string>> }
  /** `nullable`: columns of the index (of the key) that take NULL; absent means none. For flavors in which NULLs are equal to a unique index. */
  | { readonly kind: 'createIndex'; readonly table: TableName; readonly index: IndexShape; readonly nullable?: readonly string[]; readonly kept?: KeptTable }
  | { readonly kind: 'dropIndex'; readonly table: TableName; readonly index: IndexShape; readonly nullable?: readonly string[] }
  | { readonly kind: 'addReference'; readonly table: TableName; readonly reference: ReferenceShape }
  | { readonly kind: 'dropReference'; readonly table: TableName; readonly reference: ReferenceShape }
  | { readonly kind: 'addKey'; readonly table: TableName; readonly key: KeyShape; readonly primary: boolean; readonly nullable?: readonly string[] }
  | { readonly kind: 'dropKey'; readonly table: TableName; readonly key: KeyShape; readonly primary: boolean; readonly nullable?: readonly string[] }
  | { readonly kind: 'addCheck'; readonly table: TableName; readonly check: CheckShape }
  | { readonly kind: 'dropCheck'; readonly table: TableName; readonly check: CheckShape }
  | { readonly kind: 'addColumn'; readonly table: TableName; readonly column: ColumnShape; readonly options?: Cells }
  | { readonly kind: 'dropColumn'; readonly table: TableName; readonly column: ColumnShape; readonly options?: Cells }
  | { readonly kind: 'alterColumn'; readonly table: TableName; readonly from: ColumnShape; readonly to: ColumnShape; readonly options?: Cells }
  | { readonly kind: 'commentTable'; readonly table: TableName; readonly from: string; readonly to: string }
  /** Proves after the load that no foreign key is violated, where the engine does not check by itself (deferred or switched-off checks). */
  | { readonly kind: 'checkReferences'; readonly tables: readonly TableName[] }

export type OperationKind = Operation['kind']

/** A question about rows, rendered by a dialect; the run engine judges the answer. */
export type Question =
  /** Keys (columns `key`, or every column when empty) of up to `limit` rows whose value of `column.from` would change or fail when cast to `column.to`. No row: nothing is lost. */
  | { readonly kind: 'lossyRows'; readonly table: TableName; readonly column: { readonly from: ColumnShape; readonly to: ColumnShape }; readonly key: readonly string[]; readonly limit: number }
  /** Keys of up to `limit` rows where `column` is NULL. */
  | { readonly kind: 'nullRows'; readonly table: TableName; readonly column: string; readonly key: readonly string[]; readonly limit: number }
  /** Keys of up to `limit` rows, any rows. */
  | { readonly kind: 'anyRows'; readonly table: TableName; readonly key: readonly string[]; readonly limit: number }
  /** One row: number of non-null values of `column` (what a dropped field loses). */
  | { readonly kind: 'countValues'; readonly table: TableName; readonly column: string }
  | { readonly kind: 'countRows'; readonly table: TableName }
  /** Up to `limit` rows of which `test` is true: [how many there are in all, the key columns as text ...]. No row: none. Only where `Capabilities.measuresRows`. */
  | { readonly kind: 'misfits'; readonly rows: NewRows; readonly test: RowTest; readonly limit: number }
  /** Every value that a `wayOut` reject leaves out: [the key columns ..., field, value, reason], all as text. Only where `Capabilities.measuresRows`. */
  | { readonly kind: 'rejects'; readonly rows: NewRows }
  /**
   * One row [row count, order-free checksum of all rows] over `columns`. `side` 'from' reads the old table (columns' `from`, cast to `to`),
   * 'to' reads the new one; equal answers prove an exact copy. Columns without `from` are left out on both sides.
   * `rows`: both tables whole: where a row has a number of its own that the copy keeps, it is proved too.
   */
  | {
      readonly kind: 'digest'
      readonly table: TableName
      readonly columns: readonly CopyColumn[]
      readonly side: 'from' | 'to'
      readonly rows?: { readonly from: TableShape; readonly to: TableShape }
    }
