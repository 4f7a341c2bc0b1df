import type { GroupFacts } from '../commands/history.ts'
import type { Plan } from '../commands/plan.ts'
import { MetaMigrateError, messageOf } from '../errors.ts'
import type { Connection } from '../flavor/driver.ts'
import type { RescueFacts } from './books.ts'
import { isoTime } from './context.ts'
import type { IdentityIndex } from './identity-index.ts'
import type { RunContext } from './context.ts'
import type { RunError, RunState, RunSummary } from './report.ts'
import { summarize } from './summary.ts'

/** A run while someone works on it. The one mutable thing of the engine. */
export interface LiveRun {
  readonly id: string
  readonly plan: Plan
  readonly context: RunContext
  readonly connection: Connection
  readonly startedAt: string
  readonly committed: Map<string, GroupFacts>
  state: RunState
  endedAt: string | null
  error: RunError | null
  stepsDone: number
  /** Copies that undos of it made. */
  readonly rescues: RescueFacts[]
  /** Read when the first group commits. */
  identities: IdentityIndex | null
}

/** The run as every face shows it. */
export function summaryOf(run: LiveRun): RunSummary {
  return summarize({ ...run, committed: run.committed, stepsDone: run.stepsDone })
}

/** Time now as text. */
export const nowOf = (context: RunContext): string => isoTime(context.clock())

/** An error as data. Only our own errors carry details; of others only the message is kept. */
export function runErrorOf(error: unknown, step: string | null): RunError {
  if (error instanceof MetaMigrateError) return { code: error.code, message: error.message, details: error.details, step }
  return { code: 'STATEMENT_FAILED', message: messageOf(error), details: {}, step }
}

/** Throws CANCELLED once the person has asked to stop. */
export function throwIfCancelled(context: RunContext): void {
  if (context.signal?.aborted === true) throw new MetaMigrateError('CANCELLED', 'The run was cancelled.')
}
