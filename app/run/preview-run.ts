import { MetaMigrateError } from '../errors.ts'
import type { RunContext } from './context.ts'
import { lookAtRun } from './open-run.ts'
import type { RunPreview } from './report.ts'
import { summaryOf } from './session.ts'
import { previewUndo } from './undo.ts'

export interface PreviewRequest {
  readonly action: 'undo' | 'resume'
  readonly acceptLoss?: boolean
}

/**
 * What an undo or a resume would run, statement by statement; nothing is run or written, and no lock is taken.
 * Rejects as they do: RUN_NOT_FOUND, RUN_CONFLICT, RUN_NOT_RESUMABLE, UNDO_IMPOSSIBLE, UNDO_OUT_OF_ORDER, UNDO_WOULD_LOSE.
 */
export async function previewRun(runId: string, { action, acceptLoss = false }: PreviewRequest, context: RunContext): Promise<RunPreview> {
  const connection = await context.openConnection()
  try {
    const run = await lookAtRun(runId, context, connection)
    if (action === 'undo') return await previewUndo(run, acceptLoss)
    if (run.state === 'done' || run.state === 'undone')
      throw new MetaMigrateError('RUN_NOT_RESUMABLE', `Run ${runId} is ${run.state}: there is nothing left to resume.`, { run: runId })
    const left = run.plan.groups.filter(({ id }) => !run.committed.has(id))
    return { run: summaryOf(run), groups: left.map(({ title, steps }) => ({ title, steps: steps.map(({ text }) => ({ text })) })), copies: [] }
  } finally {
    await connection.close()
  }
}
