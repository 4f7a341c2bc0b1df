import type { Connection, Rows } from '../flavor/driver.ts'
import type { Journal } from './journal.ts'
import type { RunEvent, RunSummary } from './report.ts'

/** Who runs: kept with the run, so that a later process can tell whether it still lives. */
export interface Owner {
  /** Plain facts: host, process id, when it started, tool version. Never a secret. */
  readonly facts: Readonly<Record<string, string | number>>
  /** Whether the process that wrote these facts still lives. Null when it cannot be told here (another machine, or this very process): then its session on the server tells. */
  isAlive(facts: Readonly<Record<string, unknown>>): boolean | null
}

/** What every engine call is handed. */
export interface RunContext {
  readonly openConnection: () => Promise<Connection>
  readonly journal: Journal
  /** Milliseconds since 1970, UTC. */
  readonly clock: () => number
  readonly newId: () => string
  readonly owner: Owner
  readonly signal?: AbortSignal
  readonly emit?: (event: RunEvent) => void
  /** Waits; how long to wait for an old session to end before ending it. Both have sensible defaults. */
  readonly wait?: (ms: number) => Promise<void>
  readonly sessionWaitMs?: number
  /** Writes rows that are left out as CSV, on disk when it returns, never over another file; gives the path. `name`: a file name that every system takes. */
  readonly writeRejects?: (name: string, rows: Rows) => Promise<string>
}

/** A run that was accepted: `done` never rejects, its summary says how it ended. */
export interface StartedRun {
  readonly runId: string
  readonly done: Promise<RunSummary>
}

/** Whether the owner given as JSON still works on its run: its process, or where that cannot be seen, its session. Without a connection it counts as alive. */
export async function isOwnerAlive(owner: Owner, json: string, connection: Connection | null): Promise<boolean> {
  const facts = JSON.parse(json) as Readonly<Record<string, unknown>>
  const alive = owner.isAlive(facts)
  if (alive !== null) return alive
  const { session } = facts
  return connection === null || typeof session !== 'string' ? true : connection.sessionAlive(session)
}

/** ISO 8601, UTC. */
export const isoTime = (ms: number): string => new Date(ms).toISOString()
