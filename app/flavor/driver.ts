import type { TableName, TableShape } from '../model/shape.ts'
import type { Dialect } from './dialect.ts'

/** Values travel as text; null is SQL NULL; binary as lower-case hex with a leading `\x`. */
export type Value = string | null
export interface Rows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
}

/** What hangs on a table and would be lost with it. */
export interface Dependent {
  /** view, materialized view, trigger, inbound reference, grant, policy, row security, comment, owner, statistics, publication, replica identity, sequence, rule, storage ... */
  readonly kind: string
  /** Display name: `view public.active_users`. */
  readonly name: string
  /** The table it hangs on (for a view of views: the base table). */
  readonly table: TableName
  /** Statements before the table is set aside; [] when it goes by itself. Run for all dependents in reverse list order. */
  readonly detach: readonly string[]
  /** Statements that put it on the new table, in list order. */
  readonly attach: readonly string[]
  /** Statements that take `detach` back on the old table, where that is something else than `attach` (a name moved out of the way, say). */
  readonly restore?: readonly string[]
  /** Columns of `table` it needs (so that a dropped field can be refused by name); empty when unknown or all. */
  readonly columns: readonly string[]
  /** Goes with the table when the table is dropped (a sequence, an index, statistics): does not stand in the way of that, though it has to be detached. */
  readonly owned?: boolean
  /** It is the counter of a column: stays while the column goes on by it, and goes with the column when that is dropped or numbered in another way. */
  readonly counter?: {
    /** Column by its name now. */
    readonly column: string
    /** `serial`: the default draws from it; `identity`: of the identity column; `tied`: only belongs to the column. */
    readonly by: 'serial' | 'identity' | 'tied'
    /** Native name of the type of its numbers. */
    readonly type: string
    /** Defaults of other columns draw from it too: it then stays where it is, whatever becomes of its column. */
    readonly isShared: boolean
  }
  /** Of an inbound reference: the child table that holds the foreign key, by its name now (before any rename). */
  readonly child?: TableName
  /** Why it cannot be put back; such a dependent refuses the plan. */
  readonly refuse?: string
  /** A constraint or an index in a form that a shape does not say. `form`: that form, `NO INHERIT`. A part of the model with its name takes its place. */
  readonly makes?: { readonly kind: 'constraint' | 'index'; readonly name: string; readonly form: string }
  /** The part of the table that it is said of: it comes back only where that part does. `name`: of an identity its column. */
  readonly needs?: { readonly kind: 'constraint' | 'index' | 'identity'; readonly name: string }
}

export interface CatalogTable {
  readonly shape: TableShape
  /** The table as it reads after the renames that were asked for; absent where nothing is renamed, or where expressions do not follow. */
  readonly renamed?: TableShape
  /** Approximate rows from the catalog (exact where cheap); null when unknown. */
  readonly rowEstimate: number | null
  readonly dependents: readonly Dependent[]
  /** What a model of this table does not hold though it looks as if it did, a sentence for each; [] or left out: nothing that is known. */
  readonly leftOut?: readonly { readonly column: string; readonly severity: 'warning' | 'info'; readonly message: string }[]
  /** Exact texts that make the empty table again with its indexes and triggers (flavors that drop it on backup); [] elsewhere. */
  readonly remake: readonly string[]
  /** Changes whenever the definition of the table or of a dependent changes. */
  readonly fingerprint: string
}

/** What a live database holds, by name. */
export interface Catalog {
  readonly tables: readonly CatalogTable[]
  /** Every name taken in each schema (tables, views, indexes, sequences), so that private names never clash. */
  readonly takenNames: readonly TableName[]
  readonly schemas: readonly string[]
}

export interface IntrospectOptions {
  /** Schemas to read; all user schemas when left out. */
  readonly schemas?: readonly string[]
  /** Only these tables matter to the caller (names as they are now): a driver may leave the others out, for speed. */
  readonly tables?: readonly TableName[]
  /**
   * Renames that a plan will do first: texts of dependents, `remake` and inbound references are given as they will read after them.
   * Shapes stay as they are now. Nothing in the database changes. Where renames do not follow (`Capabilities.renamesFollow`), the old table keeps its names
   * until it is set aside: `detach` and `restore` then speak of the names now, `attach` of those after.
   */
  readonly renames?: {
    readonly tables: readonly { readonly from: TableName; readonly to: string }[]
    /** `table` is the name before table renames. */
    readonly columns: readonly { readonly table: TableName; readonly from: string; readonly to: string }[]
  }
}

export interface ServerInfo {
  /** `PostgreSQL 15.18`, `SQLite 3.54.1`. */
  readonly product: string
  readonly version: number
  /** What a person calls the database: its name, or the file's name. */
  readonly database: string
  /** Owner to be probed later: enough to tell whether this session still lives (PostgreSQL: pid and backend start). */
  readonly session: string
  readonly latencyMs: number
}

/** One session. Calls are strictly one after another. Errors are MetaMigrateError with code from `errorCodes`, the driver's own as cause. */
export interface Connection {
  readonly server: ServerInfo
  /** The dialect with this server's capabilities. */
  readonly dialect: Dialect
  query(text: string, parameters?: readonly Value[]): Promise<Rows>
  /** Rows affected, null where the server does not say. */
  execute(text: string, parameters?: readonly Value[]): Promise<number | null>
  introspect(options?: IntrospectOptions): Promise<Catalog>
  /** Ends the statement that runs now; its call rejects with CANCELLED. A no-op when none runs. */
  cancel(): Promise<void>
  /** Whether a session named by `ServerInfo.session` is still alive on the server, and ending it. */
  sessionAlive(session: string): Promise<boolean>
  endSession(session: string): Promise<void>
  close(): Promise<void>
}

export interface ConnectOptions {
  readonly url: string
  readonly password?: string
  readonly readOnly?: boolean
  readonly lockTimeoutMs?: number
  readonly connectTimeoutMs?: number
  readonly signal?: AbortSignal
  /** What becomes of a file that is not there, where databases are files: `make` it (also when left out), `refuse` (NOT_FOUND), or give an `empty` database of its name that is nowhere. */
  readonly missing?: 'make' | 'refuse' | 'empty'
}

export interface Driver {
  readonly flavor: string
  /** Opens a session with fixed settings (UTC, ISO dates, strict). Errors: CONNECTION_FAILED, AUTHENTICATION_FAILED, TARGET_UNSUPPORTED (too old). */
  connect(options: ConnectOptions): Promise<Connection>
}

/** Stable codes that every driver maps its errors to; anything else is STATEMENT_FAILED. */
export const errorCodes = [
  'CONNECTION_FAILED', 'CONNECTION_LOST', 'AUTHENTICATION_FAILED', 'TARGET_UNSUPPORTED', 'CANCELLED', 'LOCK_TIMEOUT', 'TARGET_BUSY', 'NOT_PERMITTED',
  'ALREADY_EXISTS', 'NOT_FOUND', 'HAS_DEPENDENTS', 'UNIQUE_VIOLATION', 'FOREIGN_KEY_VIOLATION', 'NOT_NULL_VIOLATION', 'CHECK_VIOLATION', 'VALUE_DOES_NOT_FIT',
  'SYNTAX', 'DISK_FULL', 'READ_ONLY', 'STATEMENT_FAILED',
] as const
