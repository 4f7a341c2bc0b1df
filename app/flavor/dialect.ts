import type { DataType } from '../model/data-type.ts'
import type { Finding } from '../model/finding.ts'
import type { ColumnShape, TableName, TableShape } from '../model/shape.ts'
import type { Capabilities } from './capabilities.ts'
import type { CopyColumn, KeptTable, Operation, Question } from './operation.ts'

/** Which of the four commands a statement belongs to, for people; `frame` is begin, commit, locks and settings. */
export type Phase = 'frame' | 'backup' | 'delete' | 'create' | 'restore' | 'attach' | 'detach' | 'verify'

/** One statement: exactly one for the server, without terminator. */
export interface Statement {
  readonly text: string
  /** What it does, for a person: "Create table sales.orders". */
  readonly summary: string
  readonly phase: Phase
  /** Statements that take it back, run in this order; [] when nothing needs taking back; null: not reversible, and the plan says so. */
  readonly undo: readonly string[] | null
  readonly risk: 'none' | 'locks' | 'rewrites' | 'drops'
}

/** A native type for a logical one, with what is lost on the way (empty: exact). */
export interface NativeType {
  readonly text: string
  /** One finding per loss, without path (the caller knows the field): code, severity, message. */
  readonly losses: readonly Omit<Finding, 'path'>[]
}

export interface TypeMap {
  /** Native spelling for a DDL of this flavor. Never throws; a type without a carrier gets a loss of severity error. */
  toNative(type: DataType): NativeType
  /** Logical type of a native spelling (synonyms folded); kind `native` with this flavor's name when it has no twin; null when this flavor does not know it. */
  fromNative(text: string): DataType | null
}

/** Fixed bookkeeping statements in the target, with parameters in the order named. See docs/journal.md. */
export interface Bookkeeping {
  /** Tables (and their schema) that belong to MetaMigrate and are never part of a model. */
  readonly tables: readonly TableName[]
  /**
   * What `ensure` makes (`needs`), and () -> one column: which of that is there. It reads the catalog alone, so that a listing writes nothing and nobody needs
   * a right for what is there already. Absent where MetaMigrate does not connect.
   */
  readonly look?: { readonly text: string; readonly needs: readonly string[] }
  /** Idempotent DDL, safe to run each time. */
  readonly ensure: readonly string[]
  /** (run id, plan hash, state, owner json, started at, tool version) */
  readonly insertRun: string
  /** (state, ended at or null, run id) */
  readonly updateRun: string
  /** () -> run id, plan hash, state, owner json, started at, ended at; newest first, in the order in which the target took them in: clocks of machines differ. */
  readonly selectRuns: string
  /** (run id, group id, facts json): in the group's own transaction, so it is there exactly when the group is committed. */
  readonly insertGroup: string
  /** (run id, group id): the opposite, in the transaction that undoes the group. */
  readonly deleteGroup: string
  /** (run id) -> group id, facts json */
  readonly selectGroups: string
  /** (object key, run id): fails with a unique violation when another run holds the object. */
  readonly insertClaim: string
  /** (run id) */
  readonly deleteClaims: string
  /** () -> object key, run id */
  readonly selectClaims: string
  /** (table id, field id or '', schema, table, column or '') */
  readonly upsertIdentity: string
  /** (table id): forget a table and its fields. */
  readonly deleteIdentity: string
  /** () -> table id, field id, schema, table, column: names as last deployed, by model identity. */
  readonly selectIdentities: string
}

/** Which rows of a table are in none of some others: every list of columns has the same length, and `to` says as what the values are compared. */
export interface MissingRows {
  readonly table: TableName
  readonly columns: readonly CopyColumn[]
  /** The columns are a key. Otherwise rows are told apart by every value, and equal rows by their number. */
  readonly isKey: boolean
  /** Only rows that have a value in this column of `table`. */
  readonly holding?: string
  readonly others: readonly { readonly table: TableName; readonly columns: readonly CopyColumn[] }[]
}

/** Questions about the copies that MetaMigrate keeps: what they alone hold, and how large they are. */
export interface CopyQuestions {
  /** One row: the number of missing rows. */
  missing(asked: MissingRows): string
  /** One row: bytes on disk with everything that belongs to the table, NULL where the engine does not tell. */
  bytes(table: TableName): string
}

/** A choice about a whole text: server version, quoting, layout. Read from `flavors:` of metamigrate.yaml, `--set`, and the preview pane. */
export interface Setting {
  /** Lower-case word: `version`, `quoting`. */
  readonly name: string
  readonly label: string
  /** What it does, one sentence. */
  readonly about: string
  /** Values to choose from, the default first; empty: any text. */
  readonly values: readonly string[]
  /** The value when nothing is set. */
  readonly fallback: string
}

/** Choices by flavor, then by setting. */
export type FlavorSettings = Readonly<Record<string, Readonly<Record<string, string>>>>

/** A flavor option of a table (`TableShape.options`), as the Tables sheet and tables.csv have it. */
export interface TableOption {
  /** Upper-case `FLAVOR.OPTION`. */
  readonly key: string
  readonly label: string
  /** What it does and how its value is written, one or two sentences. */
  readonly about: string
  /** Values to choose from; empty: text, checked by `check`. */
  readonly values: readonly string[]
}

/** A name that a table takes in a namespace that it shares with other tables. Two equal keys are a clash. */
export interface TakenName {
  /** Namespace and name, folded and cut as the flavor does. */
  readonly key: string
  /** The name as it is written. */
  readonly name: string
  /** What has it, for people: `table`, `index`, `foreign key`. */
  readonly what: string
  /** Name of the part inside the shape, as in findings of `check`; '' for the table itself. */
  readonly part: string
}

/** Tables to be written as code. */
export interface DocumentRequest {
  /** In the order of the model. */
  readonly tables: readonly TableShape[]
  /** Every table of the model, those above too, in its order: names made for them do not hang on the selection. */
  readonly names: readonly TableName[]
  /** Parents of the tables, and other children of those parents: what references need to know. May hold the tables themselves. */
  readonly related: readonly TableShape[]
}

/** Code of a model. `findings`: paths as `check` gives them, with the table's display name in the message. */
export interface CodeDocument {
  /** Paths with `/`, relative to the output folder; one file for a one-file layout. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  readonly findings: readonly (Finding & { readonly table: TableName })[]
}

/** A sequence that a field draws its numbers from. */
export interface SequenceUse {
  readonly sequence: TableName
  readonly column: string
  /** Type of the field, which says how far the numbers go. */
  readonly type: DataType
  /** It belongs to the field and goes with it; else the field only uses it, and others may. */
  readonly isOwn: boolean
}

/** Numbers that come from sequences beside the tables. */
export interface Sequences {
  /** Those that the fields of a table draw from, in the order of the fields. */
  of(shape: TableShape): readonly SequenceUse[]
  /** Names of all sequences that go with the table, those of identities too, by the column that each numbers. */
  own(shape: TableShape): readonly { readonly sequence: TableName; readonly column: string }[]
  /** A new sequence that begins at 1. It gets its owner when its table is made. */
  create(use: SequenceUse): readonly Statement[]
  /** Query whose rows say that the counter of `from` stands where the type of `to` has no number for it; null where `to` has every number of `from`. */
  beyond(table: TableName, column: { readonly from: ColumnShape; readonly to: ColumnShape }): string | null
}

/** The rules of one flavor's text: pure, runs in the window too. */
export interface Dialect {
  readonly name: string
  readonly label: string
  readonly language: 'sql' | 'python'
  readonly can: Capabilities
  readonly types: TypeMap
  /** The statements of one operation, in order. Throws MetaMigrateError FLAVOR_UNSUPPORTED for what `can` denies. */
  statements(operation: Operation): readonly Statement[]
  /** A query text for a question. */
  question(question: Question): string
  /**
   * The flavor's normal form, in which equal tables are deeply equal: default schema filled in, generated names made, synonyms and spellings folded,
   * parts ordered, what the flavor cannot keep (comments on SQLite) removed. Idempotent.
   */
  normalize(shape: TableShape): TableShape
  /**
   * The model's table `after` with everything that means the same as in the table that is there (`before`) said as it is said there, so that only what
   * differs in meaning is a difference. Both in normal form; `columns`: old column name by new one. Absent: the normal forms say it all.
   */
  settle?(after: TableShape, before: TableShape, columns: ReadonlyMap<string, string>): TableShape
  /** What a rebuild of `kept` into `after` changes beyond what the model says: clauses that no model holds, numbers of rows. Paths as of `check`. Absent: nothing. */
  changes?(after: TableShape, kept: KeptTable): readonly Finding[]
  /** Whether a value of type `from` may change or fail when stored as `to`: 'exact' needs no look at the rows, 'lossy' must be measured, 'impossible' has no cast. */
  castRisk(from: DataType, to: DataType): 'same' | 'exact' | 'lossy' | 'impossible'
  /** What a person should know of a cast that goes well: by which time zone it is done, say. One sentence without the field's name; null when there is nothing. */
  castNote?(from: DataType, to: DataType): string | null
  /** Findings of one table for this flavor: names (length, characters, reserved), types and their losses, features it lacks. Paths carry names in `property` and column/part names in `column`. */
  check(shape: TableShape): readonly Finding[]
  /** A name for display and for messages, quoted where needed: schema.table. */
  display(name: TableName): string
  /** Every name of a table in namespaces that it shares with others: its own, and of indexes and constraints whose scope is wider than the table. */
  names(shape: TableShape): readonly TakenName[]
  /** Choices about the text, in the order they are shown. */
  readonly settings: readonly Setting[]
  /** The same dialect with these choices; those that are not named stay at their fallback. Errors: SETTING_REFUSED, naming the setting and its values. */
  withSettings(values: Readonly<Record<string, string>>): Dialect
  readonly tableOptions: readonly TableOption[]
  /** Left out where a counter is a part of its field, as IDENTITY and AUTO_INCREMENT are. */
  readonly sequences?: Sequences
  /** Code for tables (`language` python); null where statements say everything. */
  readonly document: ((request: DocumentRequest) => CodeDocument) | null
  /**
   * A script of statements with terminators, as `preview` and `export ddl` write it. Ends with a newline unless empty. `isLast` false: another script of the
   * same file follows, and a failure in this one must keep it from running where the flavor's clients would go on.
   */
  script(statements: readonly Pick<Statement, 'text'>[], place?: { readonly isLast: boolean }): string
  /** Null where the flavor only writes code. */
  readonly bookkeeping: Bookkeeping | null
  /** Absent where MetaMigrate does not connect. */
  readonly copies?: CopyQuestions
  /** Same dialect with the capabilities of a server version (number as the driver gives it: 150018 for PostgreSQL 15.18, 3045001 for SQLite 3.45.1). */
  forVersion(version: number): Dialect
}
