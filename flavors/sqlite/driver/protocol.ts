import type { Rows, Value } from '../../flavor.ts'
import type { SchemaObject } from './catalog.ts'

/** What the connection asks of its process. One request at a time; each gets one answer with its id. */
export type Request =
  | { readonly kind: 'open'; readonly path: string; readonly readOnly: boolean; readonly busyTimeoutMs: number }
  | { readonly kind: 'query'; readonly text: string; readonly parameters: readonly Value[] }
  | { readonly kind: 'execute'; readonly text: string; readonly parameters: readonly Value[] }
  /** Closes the database, so that the process can open another. */
  | { readonly kind: 'close' }
  | { readonly kind: 'scratch'; readonly objects: readonly SchemaObject[]; readonly work: ScratchWork }

/** What is tried on a copy of the schema in memory; the database itself is not touched. */
export interface ScratchWork {
  /** Statements run first (renames). */
  readonly statements: readonly string[]
  /** After them: which objects' texts change when this column is renamed, that is, which use it. */
  readonly probes: readonly { readonly table: string; readonly column: string; readonly statement: string }[]
}

export interface ScratchAnswer {
  readonly objects: readonly SchemaObject[]
  /** Names of the views and triggers that use each probed column, in the order of the probes. */
  readonly users: readonly (readonly string[])[]
}

export interface Opened {
  readonly version: string
  readonly pid: number
}

export type Answer = Rows | number | ScratchAnswer | Opened | null

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: Answer }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly message: string }
