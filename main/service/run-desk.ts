import { MetaMigrateError } from '../../app/errors.ts'
import type { Connection } from '../../app/flavor/driver.ts'
import type { Owner, RunContext, StartedRun } from '../../app/run/context.ts'
import { runDetail } from '../../app/run/list.ts'
import type { RunDetail, RunSummary } from '../../app/run/report.ts'
import type { Events } from './events.ts'
import type { JournalFile } from './journal.ts'
import { newRunId } from './run-id.ts'
import type { Targets } from './targets.ts'

/** Runs that this process works on, and what is known of all others. */
export interface RunDesk {
  readonly journal: JournalFile
  readonly owner: Owner
  /** Starts work on a target in the background; its events go to every listener. `missing` `make`: a file that is not there is made. */
  start(target: string, work: (context: RunContext) => Promise<StartedRun>, missing?: 'make' | 'refuse'): Promise<StartedRun>
  /** Work on a target that is over when the call returns. */
  now<T>(target: string, work: (context: RunContext) => Promise<T>): Promise<T>
  /** Asks a run of this process to stop; `done` of it tells when it has. Errors: RUN_NOT_ACTIVE. */
  cancel(runId: string): void
  detail(runId: string): Promise<RunDetail>
  /** Id of the target that a run was made for, as the local store tells. Errors: RUN_NOT_FOUND. */
  targetOf(runId: string): string
  /** Cancels what runs and waits until each run has said in what state it left things. */
  close(): Promise<void>
}

export interface RunDeskOptions {
  readonly journal: JournalFile
  readonly owner: Owner
  readonly targets: Targets
  readonly events: Events
  readonly writeRejects: NonNullable<RunContext['writeRejects']>
}

interface Active {
  readonly abort: AbortController
  readonly done: Promise<RunSummary>
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A desk without runs. */
export function createRunDesk({ journal, owner, targets, events, writeRejects }: RunDeskOptions): RunDesk {
  const active = new Map<string, Active>()
  const contextFor = (target: string, signal: AbortSignal, missing: 'make' | 'refuse'): RunContext => ({
    openConnection: targets.opener(target, { missing }),
    journal,
    owner,
    signal,
    wait,
    clock: Date.now,
    newId: newRunId,
    emit: (event) => events.emit(event),
    writeRejects,
  })
  const targetOf = (runId: string): string => {
    const run = journal.get(runId)
    if (run === null)
      throw new MetaMigrateError('RUN_NOT_FOUND', `There is no run ${runId} here. \`runs\` lists them; with --target a database tells its own.`, { run: runId })
    const url = run.plan.target.url ?? ''
    // A database that is on no list is the one of its address, with what any project says of that.
    return targets.idOf(url) ?? targets.addForNow({ name: url, url, tag: 'development', policy: 'free' }, '/').id
  }
  return {
    journal,
    owner,
    async start(target, work, missing = 'refuse') {
      const abort = new AbortController()
      const started = await work(contextFor(target, abort.signal, missing))
      const done = started.done.finally(() => active.delete(started.runId))
      active.set(started.runId, { abort, done })
      return { runId: started.runId, done }
    },
    now: (target, work) => work(contextFor(target, new AbortController().signal, 'refuse')),
    cancel(runId) {
      const run = active.get(runId)
      if (run === undefined) throw new MetaMigrateError('RUN_NOT_ACTIVE', `Run ${runId} is not at work in this program.`, { run: runId })
      run.abort.abort()
    },
    async detail(runId) {
      const local = journal.get(runId)
      const isOpen = local !== null && local.state !== 'done' && local.state !== 'undone' && !active.has(runId)
      const target = isOpen ? targets.idOf(local.plan.target.url ?? '') : null
      // Of a run that broke off the target knows more than we do. Where it cannot be asked, what we know is shown.
      const connection = target === null ? null : await reach(targets, target)
      try {
        return await runDetail(runId, { journal, owner, connection })
      } finally {
        await connection?.close()
      }
    },
    targetOf,
    async close() {
      for (const { abort } of active.values()) abort.abort()
      await Promise.all([...active.values()].map(({ done }) => done))
      journal.close()
    },
  }
}

const unreachable: ReadonlySet<string> = new Set([
  'CONNECTION_FAILED',
  'CONNECTION_LOST',
  'AUTHENTICATION_FAILED',
  'TARGET_UNSUPPORTED',
  'TARGET_BUSY',
  'LOCK_TIMEOUT',
  'NOT_FOUND',
])

async function reach(targets: Targets, target: string): Promise<Connection | null> {
  try {
    return await targets.connect(target)
  } catch (error) {
    if (error instanceof MetaMigrateError && unreachable.has(error.code)) return null
    throw error
  }
}
