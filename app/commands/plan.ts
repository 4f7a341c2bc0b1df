import type { Strategy } from '../flavor/capabilities.ts'
import type { Phase } from '../flavor/dialect.ts'
import type { WayOut } from '../flavor/operation.ts'
import type { Finding } from '../model/finding.ts'
import type { TableName, TableShape } from '../model/shape.ts'

export type CommandName = 'create' | 'backup' | 'delete' | 'restore' | 'redeploy'

/** What will run, as plain data. What the screen shows and what the runner executes are this same object. */
export interface Plan {
  readonly format: 1
  /** SHA-256 (hex) of the canonical JSON of everything else in the plan. */
  readonly hash: string
  readonly command: CommandName
  readonly flavor: string
  readonly strategy: Strategy
  readonly target: {
    /** Never a secret: `postgres://app@db.example/clinic`, `sqlite:clinic.db`; null for an offline preview. */
    readonly url: string | null
    readonly product: string | null
    readonly database: string | null
    /** Fingerprints of the tables that the plan touches, by display name: the state it was made for. */
    readonly fingerprints: Readonly<Record<string, string>>
  }
  /** Each group is one transaction (a table, or a knot of tables tied by foreign keys), committed alone, in this order. */
  readonly groups: readonly PlanGroup[]
  readonly findings: readonly Finding[]
  /** What the identity records say once the plan is done: model ids to names. */
  readonly identities: readonly PlanIdentity[]
  /** Tables of the selection that are left alone, since the model did not change them. */
  readonly unchanged: readonly TableName[]
  /** What the selected tables have and the model does not, and what becomes of it; absent in plans of older versions. */
  readonly unmanaged?: UnmanagedObjects
}

/** What only the database has. Parts by table; tables that the model does not have. */
export interface UnmanagedObjects {
  /** Stays as it is. */
  readonly kept: readonly UnmanagedObject[]
  /** Goes: `model`: the model had it and no longer has; `asked`: by PlanOptions.dropUnmanaged; `replaced`: a part of the model takes its name; `with`: the part that it was said of goes. */
  readonly gone: readonly (UnmanagedObject & { readonly why: 'model' | 'asked' | 'replaced' | 'with' })[]
  /** Tables beside those of the model, in its schemas: left alone. */
  readonly leftAlone: readonly TableName[]
  /** How many tables stand in other schemas. */
  readonly elsewhere: number
}

export interface UnmanagedObject {
  readonly table: TableName
  readonly kind: string
  /** Its own name; of a default, comment and the like that of the column; '' where there is none. */
  readonly name: string
  /** As people say it: `index pay_amt`, `default of amount`, `check flat (NO INHERIT)`. */
  readonly text: string
  /** Whether PlanOptions.dropUnmanaged takes it away. */
  readonly droppable: boolean
}

export interface PlanGroup {
  readonly id: string
  readonly title: string
  readonly tables: readonly PlanTable[]
  readonly steps: readonly Step[]
  /** Group that drops the backups once every other group is committed. After it `undo` is no longer possible. */
  readonly cleanup: boolean
}

export interface PlanTable {
  readonly name: TableName
  /** Name it has in the target now; null when it is new. */
  readonly from: TableName | null
  readonly backup: TableName | null
  readonly rowEstimate: number | null
  readonly action: 'create' | 'rebuild' | 'drop' | 'backup' | 'restore'
  /** Query giving [row count, checksum] of the table after the run, to prove before an undo that nothing was written since. */
  readonly digest: string | null
  /** Columns that `digest` reads; absent in plans of before. A column that is there besides was added since the run. */
  readonly columns?: readonly string[]
  /** Of a restore: the backup that the rows come from, which stays whoever's it is. Absent in plans of before. */
  readonly source?: TableName
  /** What of its rows is lost or replaced, as it was accepted; absent when nothing is. */
  readonly losses?: readonly PlanLoss[]
  /** Fields that keep their values under a new name; absent when none. */
  readonly renames?: readonly { readonly from: string; readonly to: string }[]
  /** Statements that drop the backup, when it is kept until a person says so. */
  readonly dropBackup?: readonly string[]
  /** Statements that copy the table as it is after the run to `to`: done first by an undo that accepts the loss of rows written since. */
  readonly rescue?: { readonly to: TableName; readonly statements: readonly string[] }
}

/** A loss that a person accepted, or a way out that was chosen, with the number that was told: under the locks no more than that may go. */
export interface PlanLoss {
  readonly code: string
  /** The field (as it will be called; a dropped one as it is); null: the whole table. */
  readonly field: string | null
  /** Rows, or values of a dropped field, as text. */
  readonly rows: string
  /** The name that answers use: `shop.item.title`. */
  readonly word: string
  /** What becomes of them: changed by the cast, dropped, replaced (`null`, `default`, `sql`), or left out into a reject file. */
  readonly way: 'changed' | 'dropped' | WayOut['kind']
}

/** One step. `text` is the whole statement, byte for byte as executed. */
export interface Step {
  readonly id: string
  readonly text: string
  readonly summary: string
  readonly phase: Phase
  readonly table: TableName | null
  readonly risk: 'none' | 'locks' | 'rewrites' | 'drops'
  readonly undo: readonly string[] | null
  readonly judge: Judge
}

/** How the answer of a step is judged. */
export type Judge =
  | { readonly kind: 'execute' }
  /** A query whose first value must be 0: what was measured as absent when the plan was made is still absent. */
  | { readonly kind: 'zero'; readonly code: string; readonly message: string }
  /** A query that must give no row. `tellsKey`: the columns of its rows are a key, which a message may tell; otherwise they are never told. */
  | { readonly kind: 'noRows'; readonly code: string; readonly message: string; readonly tellsKey: boolean }
  /** A query whose first row must equal that of step `with` of the same group: a digest pair. */
  | { readonly kind: 'equals'; readonly with: string; readonly code: string; readonly message: string }
  /** A query whose first value (0 without a row) must not be more than `most`: what was told when the plan was made or accepted. Further columns are a key, told only with `tellsKey`. */
  | { readonly kind: 'atMost'; readonly most: string; readonly code: string; readonly message: string; readonly tellsKey: boolean; readonly loss?: Pick<PlanLoss, 'code' | 'field' | 'way' | 'word'> }
  /** A query whose rows are written to a reject file of this name, on disk before the next step: no more than `most`. */
  | { readonly kind: 'rejects'; readonly file: string; readonly most: string; readonly code: string; readonly message: string }
  /** A query whose answer is kept for a later `equals` and for the receipt. */
  | { readonly kind: 'remember' }

/** Names of one model table and its fields by identity. */
export interface PlanIdentity {
  readonly table: string
  readonly name: TableName
  readonly fields: readonly { readonly id: string; readonly name: string }[]
  /** The table as the model says it, in the flavor's normal form: what a later plan compares with to see what was taken out of the model. */
  readonly shape?: TableShape
}

export interface PlanOptions {
  /** Lossy casts and dropped values are accepted. */
  readonly allowLossy: boolean
  /** Losses accepted one by one: a code (MM101), or a code with the table or field that is meant (MM101:shop.item.title). */
  readonly accept: readonly string[]
  readonly keepBackup: boolean | null
  readonly strategy: Strategy | null
  /** Rebuild selected tables that the model did not change too. */
  readonly includeUnchanged: boolean
  /** Renames confirmed or denied by the person, in names of the target: `a.b` -> `a.c`. */
  readonly renames: readonly { readonly from: string; readonly to: string | null }[]
  /**
   * What only the database has and shall go: names (`index pay_amt`, `shop.payment.pay_amt`, `table shop.product`), or `*` for every part of the selected
   * tables (never a table). Absent: all of it stays.
   */
  readonly dropUnmanaged?: readonly string[]
  /** What becomes of values that a field cannot hold (`schema.table.field`). */
  readonly onFail?: readonly { readonly field: string; readonly way: WayOut }[]
}

export interface Selection {
  /** Schemas, tables as [schema.]name, both with * and ? globs; empty means everything. */
  readonly schemas: readonly string[]
  readonly tables: readonly string[]
}
