import type { DroppedFacts } from '../commands/history.ts'
import type { CommandName, Plan, PlanLoss, UnmanagedObjects } from '../commands/plan.ts'
import type { ErrorDetails } from '../errors.ts'
import type { TableName } from '../model/shape.ts'

/**
 * planned -> running -> done | failed | cancelled | interrupted (its process died) -> (resume) done | (undo) undone.
 * `failed` and `cancelled` runs left their committed groups in place: both can be resumed or undone.
 */
export type RunState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted' | 'undone'

export interface RunSummary {
  readonly id: string
  readonly command: CommandName
  readonly state: RunState
  readonly target: string
  readonly flavor: string
  readonly planHash: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly endedAt: string | null
  readonly groups: { readonly total: number; readonly committed: number }
  readonly steps: { readonly total: number; readonly done: number }
  readonly can: { readonly resume: boolean; readonly undo: boolean; readonly dropBackups: boolean }
  readonly error: RunError | null
}

export interface RunError {
  readonly code: string
  readonly message: string
  readonly details: ErrorDetails
  readonly step: string | null
}

/** One line of the log: what was executed, byte for byte, and what came of it. */
export interface LogEntry {
  readonly group: string
  readonly step: string
  readonly text: string
  readonly startedAt: string
  readonly durationMs: number
  readonly rows: number | null
  readonly outcome: 'done' | 'failed' | 'rolled back'
}

/** Proof of what a run did. */
export interface Receipt {
  readonly run: RunSummary
  readonly tables: readonly ReceiptTable[]
  readonly backups: readonly TableName[]
  /** Copies of rows written since, that an undo with an accepted loss made. */
  readonly copies: readonly { readonly name: TableName; readonly table: TableName; readonly rows: string; readonly isDropped: boolean }[]
  /** Backups that were dropped by hand, each time with what was accepted. */
  readonly droppedBackups: readonly DroppedFacts[]
  /** What only the database had, and what became of it; absent of runs of older versions. */
  readonly unmanaged?: UnmanagedObjects
  readonly log: readonly LogEntry[]
}

export interface ReceiptTable {
  readonly name: TableName
  readonly action: string
  /** Rows and order-free checksum of the kept columns, before and after; null where there was nothing before. */
  readonly before: { readonly rows: string; readonly checksum: string } | null
  readonly after: { readonly rows: string; readonly checksum: string } | null
  readonly verified: boolean
  /** What was lost or replaced, as it was accepted; absent when nothing was. */
  readonly losses?: readonly PlanLoss[]
  /** Files with the values that were left out. */
  readonly rejects?: readonly { readonly file: string; readonly values: string }[]
}

/** What an undo or a resume would run. */
export interface RunPreview {
  readonly run: RunSummary
  /** One transaction each; texts byte for byte. */
  readonly groups: readonly { readonly title: string; readonly steps: readonly { readonly text: string }[] }[]
  /** Tables that an undo would copy aside first, since rows were written since. */
  readonly copies: readonly { readonly name: TableName; readonly table: TableName; readonly rows: string }[]
}

/** What a copy alone holds. Counts are texts: they may be larger than a JSON number holds. */
export interface OnlyCopy {
  /** Rows that are in no other place now. */
  readonly rows: string
  /** Values of fields that its table does not have any more, and that are in no other place. */
  readonly values: readonly { readonly field: string; readonly count: string }[]
}

/** A table that MetaMigrate keeps in a target. */
export interface Backup {
  readonly name: TableName
  /** `backup`: a table that a run set aside; `copy`: of the command backup; `rescue`: rows that an undo with an accepted loss copied aside; `unknown`: named like one, but no run knows it. */
  readonly kind: 'backup' | 'copy' | 'rescue' | 'unknown'
  /** The table whose rows it holds, as it is called now; null for an unknown one. */
  readonly table: TableName | null
  readonly run: string | null
  readonly command: CommandName | null
  readonly state: RunState | null
  /** ISO 8601, UTC. */
  readonly madeAt: string | null
  readonly rows: string
  /** Bytes on disk; null where the engine does not tell. */
  readonly bytes: string | null
  /** Null for an unknown one: nothing is known to compare it with. */
  readonly onlyCopy: OnlyCopy | null
  /** Why drop-backups leaves it alone; null when it may be dropped. */
  readonly kept: string | null
}

/** What drop-backups drops, or would drop. */
export interface DroppedBackups {
  readonly dryRun: boolean
  readonly backups: readonly Backup[]
  /** What was accepted: for each copy that was the only one of something. */
  readonly accepted: readonly { readonly code: string; readonly backup: TableName; readonly table: TableName; readonly rows: string; readonly values: OnlyCopy['values'] }[]
  /** Copies of that age that stay, and why. */
  readonly left: readonly { readonly name: TableName; readonly run: string; readonly why: string }[]
  /** Statements that ran, or would run, byte for byte. */
  readonly statements: readonly string[]
}

export interface RunDetail {
  readonly summary: RunSummary
  readonly plan: Plan
  readonly receipt: Receipt
}

export type RunEvent =
  | { readonly kind: 'run.started'; readonly run: RunSummary }
  | {
      readonly kind: 'step.started'
      readonly runId: string
      readonly group: string
      readonly step: string
      readonly done: number
      readonly total: number
    }
  | { readonly kind: 'step.ended'; readonly runId: string; readonly entry: LogEntry; readonly done: number; readonly total: number }
  | { readonly kind: 'group.committed'; readonly runId: string; readonly group: string }
  | { readonly kind: 'run.ended'; readonly run: RunSummary }
