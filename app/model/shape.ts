import type { DataType } from './data-type.ts'
import type { Cells, Field, ReferenceAction } from './model.ts'

/** A table's name as a database knows it. `schema` '' where the flavor has none or the default is meant. */
export interface TableName {
  readonly schema: string
  readonly name: string
}

/**
 * One table with every id resolved to a name: what a dialect renders, what introspection returns, and what two sides are compared by.
 * A part's `name` '' means "named by the flavor's convention"; a dialect's `normalize` fills it in.
 */
export interface TableShape extends TableName {
  readonly comment: string
  readonly columns: readonly ColumnShape[]
  readonly primaryKey: KeyShape | null
  readonly uniques: readonly KeyShape[]
  readonly checks: readonly CheckShape[]
  readonly references: readonly ReferenceShape[]
  readonly indexes: readonly IndexShape[]
  /** Flavor options, upper-case `FLAVOR.OPTION`. */
  readonly options: Cells
}

export interface ColumnShape {
  readonly name: string
  readonly type: DataType
  readonly nullable: boolean
  readonly default: string | null
  readonly identity: Field['identity']
  readonly generated: Field['generated']
  readonly comment: string
  readonly collation: string
  /** The type as the database has it declared, to the letter, where that says more than `type` (SQLite); absent where nobody knows. Only its own flavor reads it. */
  readonly declared?: string
}

export interface KeyShape {
  readonly name: string
  readonly columns: readonly string[]
}

export interface CheckShape {
  readonly name: string
  readonly expression: string
}

export interface ReferenceShape {
  readonly name: string
  readonly columns: readonly string[]
  readonly parent: TableName
  /** Never empty: the parent's primary key is written out when the model left it implied. */
  readonly parentColumns: readonly string[]
  readonly onUpdate: ReferenceAction
  readonly onDelete: ReferenceAction
  readonly deferrable: 'no' | 'immediate' | 'deferred'
}

export interface IndexShape {
  readonly name: string
  readonly unique: boolean
  readonly method: string
  readonly parts: readonly {
    /** Column name, or null when `expression` is used. */
    readonly column: string | null
    readonly expression: string
    readonly order: 'asc' | 'desc'
    readonly nulls: 'first' | 'last' | ''
  }[]
  readonly include: readonly string[]
  readonly predicate: string
}
