import type { GroupFacts } from '../commands/history.ts'
import type { Plan } from '../commands/plan.ts'
import type { RescueFacts } from './books.ts'
import type { LogEntry, RunError, RunState } from './report.ts'

/** A run as the local store keeps it. */
export interface JournalRun {
  readonly id: string
  readonly plan: Plan
  readonly state: RunState
  /** Who ran it, as JSON: see `Owner`. */
  readonly owner: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly endedAt: string | null
  readonly error: RunError | null
}

/** A group as the local store knows it. `committed` false: its commit was about to be sent when the store heard last. */
export interface JournalGroup {
  readonly group: string
  readonly facts: GroupFacts
  readonly committed: boolean
}

/**
 * The local store of runs. Every call is on disk when it returns, but for `stepEnded`, which may wait for the next call.
 * Synchronous: nothing of a run may go on before its record is safe.
 */
export interface Journal {
  begin(run: JournalRun): void
  /** Changes what is given; the rest stays. */
  update(runId: string, change: Partial<Pick<JournalRun, 'state' | 'owner' | 'endedAt' | 'error'>>): void
  stepStarted(runId: string, step: Pick<LogEntry, 'group' | 'step' | 'text' | 'startedAt'>): void
  stepEnded(runId: string, entry: LogEntry): void
  /** Entries of a group that was rolled back say so. */
  rolledBack(runId: string, group: string): void
  groupCommitting(runId: string, facts: GroupFacts): void
  groupCommitted(runId: string, group: string): void
  groupUndone(runId: string, group: string): void
  /** Remembers a copy that an undo made, or that it was dropped. */
  rescued(runId: string, rescue: RescueFacts): void
  rescues(runId: string): readonly RescueFacts[]
  /** Newest first. */
  list(): readonly JournalRun[]
  get(runId: string): JournalRun | null
  groups(runId: string): readonly JournalGroup[]
  /** Statements in the order they ran; one without an end is left out. */
  log(runId: string): readonly LogEntry[]
}
