import { MetaMigrateError } from '../errors.ts'
import type { RunContext, StartedRun } from './context.ts'
import { openRun } from './open-run.ts'
import { drive, ownerJson, register } from './start.ts'
import type { RunSummary } from './report.ts'
import { summaryOf } from './session.ts'

/**
 * Goes on with a run that stopped: groups that are committed in the target are left as they are, the others run, the cleanup too.
 * Rejects: RUN_NOT_FOUND, RUN_CONFLICT (still at work, or taken over), RUN_NOT_RESUMABLE (done or undone).
 */
export async function startResume(runId: string, context: RunContext): Promise<StartedRun> {
  const connection = await context.openConnection()
  try {
    const { run, attempts } = await openRun(runId, context, connection)
    if (run.state === 'done' || run.state === 'undone') {
      throw new MetaMigrateError('RUN_NOT_RESUMABLE', `Run ${runId} is ${run.state}: there is nothing left to resume.`, { run: runId })
    }
    await register(run, attempts + 1, false)
    run.state = 'running'
    context.journal.update(runId, { state: 'running', owner: ownerJson(context, connection), endedAt: null, error: null })
    context.emit?.({ kind: 'run.started', run: summaryOf(run) })
    return { runId, done: drive(run, { isResumed: true }) }
  } catch (error) {
    await connection.close()
    throw error
  }
}

/** Goes on with a run and waits for its end. */
export async function resumeRun(runId: string, context: RunContext): Promise<RunSummary> {
  return (await startResume(runId, context)).done
}
