import type { CommandName, Plan } from '../commands/plan.ts'
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
  readonly log: readonly LogEntry[]
}

export interface ReceiptTable {
  readonly name: TableName
  readonly action: string
  /** Rows and order-free checksum of the kept columns, before and after; null where there was nothing before. */
  readonly before: { readonly rows: string; readonly checksum: string } | null
  readonly after: { readonly rows: string; readonly checksum: string } | null
  readonly verified: boolean
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
