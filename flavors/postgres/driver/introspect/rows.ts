/** One privilege of an access list. `grantee` null is PUBLIC. */
export interface GrantRow {
  readonly grantee: string | null
  readonly grantor: string
  readonly privilege: string
  readonly grantable: boolean
}

/** A relation of pg_class: table (r, p, f), view (v), materialized view (m) or sequence (S). */
export interface RelationRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly kind: 'r' | 'p' | 'f' | 'v' | 'm' | 'S'
  readonly persistence: string
  readonly rows: number
  readonly comment: string | null
  readonly owner: string
  /** The current role may make things owned by the owner. */
  readonly mayOwn: boolean
  readonly isOwn: boolean
  /** null: the default, which is the owner's rights only. */
  readonly grants: readonly GrantRow[] | null
  readonly rowSecurity: boolean
  readonly forceRowSecurity: boolean
  readonly options: readonly string[] | null
  readonly toastOptions: readonly string[] | null
  readonly replicaIdentity: string
  readonly tablespace: string | null
  readonly accessMethod: string | null
  readonly isTyped: boolean
  readonly isPartition: boolean
  readonly isPopulated: boolean
}

export interface ColumnRow {
  readonly relation: number
  readonly number: number
  readonly name: string
  readonly type: string
  readonly enumOid: number | null
  readonly isArray: boolean
  readonly notNull: boolean
  readonly identity: '' | 'a' | 'd'
  readonly generated: '' | 's' | 'v'
  readonly default: string | null
  readonly collation: string | null
  readonly comment: string | null
  readonly grants: readonly GrantRow[] | null
  /** Settings that differ from the type's: SQL behind `ALTER COLUMN c `. */
  readonly storage: string | null
  readonly compression: string | null
  readonly statistics: number | null
  readonly options: readonly string[] | null
}

export interface ConstraintRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly kind: 'p' | 'u' | 'f' | 'c' | 'x'
  readonly columns: readonly number[] | null
  readonly parent: number
  readonly parentColumns: readonly number[] | null
  readonly onUpdate: string
  readonly onDelete: string
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly isValid: boolean
  readonly isInherited: boolean
  readonly expression: string | null
  readonly definition: string
  readonly comment: string | null
  /** No form of the model says it: INCLUDE, NULLS NOT DISTINCT, MATCH FULL, NO INHERIT, SET NULL (c), storage options, enforcement, operator classes. */
  readonly isSpecial: boolean
  readonly isClustered: boolean
  readonly isReplicaIdentity: boolean
}

export interface IndexRow {
  readonly oid: number
  readonly relation: number
  readonly schema: string
  readonly name: string
  readonly unique: boolean
  readonly method: string
  readonly keys: number
  /** Column number, 0 for an expression. */
  readonly columns: readonly number[]
  readonly expressions: readonly string[]
  readonly flags: readonly number[]
  readonly predicate: string | null
  readonly definition: string
  readonly comment: string | null
  /** Operator classes, collations, storage options and the like, which the model does not say; or not valid. */
  readonly isSpecial: boolean
  readonly isClustered: boolean
  readonly isReplicaIdentity: boolean
  readonly statistics: readonly (number | null)[]
}

export interface EnumRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly values: readonly string[]
}

export interface SequenceRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly table: number
  readonly column: number
  /** i: identity, a: owned (serial). */
  readonly tie: 'i' | 'a'
  /** Options other than the defaults of its type, as SQL. */
  readonly options: string
  /** Native name of the type of its numbers. */
  readonly type: string
  /** Another column's default uses it as well. */
  readonly isShared: boolean
}

/** A rule, `_RETURN` being a view's query. */
export interface RuleRow {
  readonly relation: number
  readonly name: string
  readonly enabled: string
  readonly definition: string
  readonly comment: string | null
  /** [relation, column number or 0] that it mentions. */
  readonly uses: readonly (readonly [number, number])[]
}

export interface CodeRow {
  readonly kind: 'trigger' | 'policy'
  readonly relation: number
  readonly name: string
  readonly definition: string
  readonly enabled: string
  readonly comment: string | null
  readonly uses: readonly (readonly [number, number])[]
  readonly isInherited: boolean
}

export interface ExtraRow {
  readonly kind: 'statistics' | 'publication' | 'inherits' | 'other' | 'label'
  readonly relation: number
  readonly schema: string
  readonly name: string
  readonly definition: string
  readonly columns: readonly number[] | null
  readonly comment: string | null
  readonly owner: string | null
}

export interface NameRow {
  readonly kind: 'name' | 'schema' | 'default grantee'
  readonly schema: string
  readonly name: string
}

/** Everything that one pass over the catalog reads. */
export interface CatalogRows {
  readonly relations: readonly RelationRow[]
  readonly columns: readonly ColumnRow[]
  readonly constraints: readonly ConstraintRow[]
  readonly indexes: readonly IndexRow[]
  readonly enums: readonly EnumRow[]
  readonly sequences: readonly SequenceRow[]
  readonly rules: readonly RuleRow[]
  readonly code: readonly CodeRow[]
  readonly extras: readonly ExtraRow[]
  readonly names: readonly NameRow[]
}
