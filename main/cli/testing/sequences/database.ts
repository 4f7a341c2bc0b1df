/** Everything that a person could see of a database, read with a connection of the test's own, MetaMigrate's books left out. */
export interface Look {
  /** Texts of what there is, in an order of their own; plain names without quotes, since a rename may put some round them. */
  readonly schema: readonly string[]
  /** Rows of each table as texts of JSON, sorted. */
  readonly rows: ReadonlyMap<string, readonly string[]>
}

/** A run as MetaMigrate's books in the database keep it, newest first. */
export interface BookedRun {
  readonly id: string
  readonly state: string
}

export interface Column {
  readonly name: string
  readonly type: string
}

/** A database with a connection of the test's own. */
export interface Database {
  readonly flavor: 'sqlite' | 'postgres'
  /** As a person would give it; never with a password. */
  readonly url: string
  readonly password: string | null
  look(): Promise<Look>
  runs(): Promise<readonly BookedRun[]>
  columns(table: string): Promise<readonly Column[]>
  /** Null, or what the database said against it. */
  execute(text: string): Promise<string | null>
  /** Drops what MetaMigrate wrote down in the database, as a restore from an older backup would. */
  loseBooks(): Promise<string | null>
  /** Waits until no session but the test's own is at work: one that was left alone may still commit. */
  settle(): Promise<void>
  close(): Promise<void>
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Names of MetaMigrate's own: backups and the like. */
export const isPrivate = (table: string): boolean => /__mm_[0-9a-f]{8}$/.test(table)

/** A text without the quotes that a plain name does not need. */
export const plain = (text: string): string => text.replaceAll(/"([a-z_][a-z0-9_]*)"/g, '$1')
