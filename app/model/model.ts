import type { DataType } from './data-type.ts'

/** Stable random identity of an object: survives renames, save and load. Names are only labels. */
export type Id = string

/** Everything being designed: plain, readonly, JSON-safe. */
export interface Model {
  readonly name: string
  /** In stored order; the order has no meaning for a database, but stays as the person made it. */
  readonly tables: readonly Table[]
  /** Columns of the source that nobody knows, per file, in the order and at the place they had: written back on save. */
  readonly layout?: ModelLayout
}

/** How the source was laid out, so that a save changes only what was edited. */
export interface ModelLayout {
  /** Headers per file name (`fields.csv` ...; `''` for a single-file model), as they were spelled and ordered. */
  readonly headers: Readonly<Record<string, readonly string[]>>
  /** Delimiter, encoding and line end of the source. */
  readonly delimiter?: string
  readonly encoding?: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  readonly newline?: '\n' | '\r\n'
  /** Rows per file that could not be read as anything, cell by cell under the headers: written back at the end of the file. */
  readonly unread?: Readonly<Record<string, readonly (readonly string[])[]>>
}

/** Cells by header text. `extra`: columns nobody knows; `invalid`: known columns whose cell could not be read, kept as typed. */
export type Cells = Readonly<Record<string, string>>

export interface Table {
  readonly id: Id
  /** Namespace inside a database; '' where none is given (SQLite has none). */
  readonly schema: string
  readonly name: string
  readonly comment: string
  readonly fields: readonly Field[]
  /** At most one of kind `primary`. */
  readonly keys: readonly Key[]
  readonly checks: readonly Check[]
  readonly references: readonly Reference[]
  readonly indexes: readonly Index[]
  /** Flavor options by upper-case `FLAVOR.OPTION` (`IMPALA.STORED_AS`). */
  readonly options: Cells
  /** Name before a rename, as the person wrote it in PREVIOUS_NAME; '' when none. */
  readonly previousName: string
  readonly extra: Cells
  readonly invalid: Cells
}

export interface Field {
  readonly id: Id
  readonly name: string
  readonly type: DataType
  readonly nullable: boolean
  /** Default as an expression in SQL spelling (`0`, `'x'`, `now()`); `null` when there is none. */
  readonly default: string | null
  /**
   * Who numbers the rows. `always`: the database alone gives values; `default`: a given value wins; `serial`: the default is the next number of a sequence
   * that belongs to the field (`default` names it as `nextval('...')`, or is null: named by convention); `null`: nobody.
   */
  readonly identity: 'always' | 'default' | 'serial' | null
  readonly generated: { readonly expression: string; readonly stored: boolean } | null
  readonly comment: string
  /** Collation name in the flavor's own spelling; '' for the database's default. */
  readonly collation: string
  readonly previousName: string
  readonly extra: Cells
  readonly invalid: Cells
}

/** Primary key or unique constraint. `name` '' means: named by the flavor's convention. */
export interface Key {
  readonly id: Id
  readonly kind: 'primary' | 'unique'
  readonly name: string
  /** Field ids in key order. */
  readonly fields: readonly Id[]
  readonly extra?: Cells
}

export interface Check {
  readonly id: Id
  readonly name: string
  readonly expression: string
  readonly extra?: Cells
}

export type ReferenceAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

/** Foreign key: fields of this (child) table to fields of the parent. */
export interface Reference {
  readonly id: Id
  readonly name: string
  readonly fields: readonly Id[]
  readonly target: ReferenceTarget
  readonly onUpdate: ReferenceAction
  readonly onDelete: ReferenceAction
  readonly deferrable: 'no' | 'immediate' | 'deferred'
  readonly extra?: Cells
}

/** By identity where the parent is in the model (so a rename needs no edit here); by name where it is not (kept, and reported). `fields` empty: the parent's primary key. */
export type ReferenceTarget =
  | { readonly kind: 'id'; readonly table: Id; readonly fields: readonly Id[] }
  | { readonly kind: 'name'; readonly schema: string; readonly table: string; readonly fields: readonly string[] }

export interface Index {
  readonly id: Id
  readonly name: string
  readonly unique: boolean
  /** Access method in the flavor's spelling (btree, gin ...); '' for the default. */
  readonly method: string
  readonly parts: readonly IndexPart[]
  /** Field ids that are stored but not searched (INCLUDE). */
  readonly include: readonly Id[]
  /** Predicate of a partial index; '' when none. */
  readonly predicate: string
  readonly extra?: Cells
}

export interface IndexPart {
  /** Field id, or null when `expression` is used. */
  readonly field: Id | null
  readonly expression: string
  readonly order: 'asc' | 'desc'
  readonly nulls: 'first' | 'last' | ''
}
