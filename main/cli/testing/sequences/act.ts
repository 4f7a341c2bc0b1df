/** Where a command is called from: which machine (data folder), which project, from a copy of its folder, by address instead of by name. */
export interface Through {
  readonly machine: number
  readonly project: number
  readonly copy: boolean
  readonly byUrl: boolean
}

export const home: Through = { machine: 0, project: 0, copy: false, byUrl: false }

/** A change of a project's model files. Numbers choose among what is there, modulo, so that any of them fits and small ones shrink well. */
export interface Edit {
  readonly how:
    | 'add field'
    | 'rename field'
    | 'drop field'
    | 'retype field'
    | 'swap fields'
    | 'add table'
    | 'rename table'
    | 'drop table'
    | 'swap tables'
    | 'index'
    | 'unique'
    | 'check'
    | 'reference'
    | 'forget ids'
  readonly table: number
  readonly field: number
  readonly choice: number
}

export interface Flags {
  /** How the losses that are named are answered: not at all, by their codes after a refusal, or beforehand by --allow-lossy. */
  readonly accept: 'no' | 'asked' | 'all'
  /** redeploy: --keep-backup, --no-keep-backup, or nothing. */
  readonly keep: boolean | null
  /** Only this table of the model. */
  readonly table: number | null
  /** redeploy --all. */
  readonly all: boolean
  /** redeploy --drop-unmanaged: what only the database has goes. */
  readonly dropUnmanaged?: boolean
}

export const plainly: Flags = { accept: 'no', keep: null, table: null, all: false }

/** A command that a person calls. */
export type Call =
  | { readonly do: 'create' | 'backup' | 'delete' | 'restore' | 'redeploy'; readonly flags: Flags; readonly through: Through }
  /** `which` null: without an id; else the run of that age, 0 the newest. */
  | { readonly do: 'undo'; readonly which: number | null; readonly acceptLoss: boolean; readonly through: Through }
  | { readonly do: 'resume'; readonly which: number | null; readonly through: Through }
  /** `which` null: every run that there is. */
  | { readonly do: 'drop-backups'; readonly which: number | null; readonly accept: boolean; readonly through: Through }

/** One act of a sequence, as plain data. */
export type Act =
  | Call
  | { readonly do: 'edit'; readonly project: number; readonly edit: Edit }
  /** Another program writes rows. */
  | { readonly do: 'write'; readonly how: 'insert' | 'update' | 'delete'; readonly table: number; readonly rows: number }
  /** Another program changes the schema by hand. */
  | { readonly do: 'by hand'; readonly how: 'index' | 'drop table' | 'rename table' | 'add column' | 'lose books'; readonly table: number }
  | { readonly do: 'lose journal'; readonly machine: number }
  /** The call, in a process that is killed: after so many lines of its progress and milliseconds, with what it started or alone. */
  | { readonly do: 'kill'; readonly call: Call; readonly lines: number; readonly ms: number; readonly whole: boolean }
  /** The call in a process of its own, to its end. */
  | { readonly do: 'apart'; readonly call: Call }

/** How a table of a first model looks. */
export interface Shape {
  readonly key: 'number' | 'identity' | 'text' | 'pair' | 'none'
  readonly strict: boolean
  readonly withoutRowid: boolean
  /** Its parent: none, itself, or the table of that number (a later one makes a cycle). */
  readonly parent: number | 'self' | null
  readonly onDelete: 'no action' | 'cascade' | 'set null'
}

/** A whole trial: the first model, and what is done. */
export interface Sequence {
  readonly tables: readonly Shape[]
  readonly acts: readonly Act[]
}
