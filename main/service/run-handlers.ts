import type { Api } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import { listBackups } from '../../app/run/backups/list-backups.ts'
import { dropBackups } from '../../app/run/drop-backups.ts'
import { listRuns } from '../../app/run/list.ts'
import { previewRun } from '../../app/run/preview-run.ts'
import { startResume } from '../../app/run/resume.ts'
import { startUndo } from '../../app/run/undo.ts'
import type { ServiceContext } from './context.ts'
import { needsConfirm, refuseByPolicy, refuseReadOnly } from './plan-handlers.ts'

/** Runs of now and before, and what they keep. */
export function runHandlers({ desk, targets }: ServiceContext) {
  /** The database of a run, once its policy lets anything be run on it. */
  const allowed = async ({ runId, target, confirm }: { readonly runId?: string; readonly target?: string; readonly confirm?: string }): Promise<string> => {
    const id = target ?? desk.targetOf(runId ?? '')
    const info = targets.get(id)
    refuseReadOnly(info)
    if (!needsConfirm(info)) return id
    const connection = await targets.connect(id)
    const { database } = connection.server
    await connection.close()
    refuseByPolicy(info, database, confirm)
    return id
  }
  return {
    'run.list': async () => listRuns({ journal: desk.journal, owner: desk.owner, connection: null }),
    'run.get': async ({ runId }) => desk.detail(runId),
    'run.cancel': async ({ runId }) => {
      desk.cancel(runId)
      return null
    },
    'run.resume': async (args) => ({ runId: (await desk.start(await allowed(args), (context) => startResume(args.runId, context))).runId }),
    'run.undo': async ({ acceptLoss = false, ...args }) => ({
      runId: (await desk.start(await allowed(args), (context) => startUndo(args.runId, { ...context, acceptLoss }))).runId,
    }),
    'run.preview': async ({ runId, target, action, acceptLoss = false }) =>
      desk.now(target ?? desk.targetOf(runId), (context) => previewRun(runId, { action, acceptLoss }, context)),
    'backups.list': async ({ target }) => {
      const connection = await targets.connect(target)
      try {
        return await listBackups(connection)
      } finally {
        await connection.close()
      }
    },
    'backups.drop': async ({ runs, before, accept, seen, dryRun = false, ...where }) => {
      const [runId] = runs ?? []
      if ((runId === undefined) === (before === undefined))
        throw new MetaMigrateError('BAD_ARGUMENTS', 'backups.drop takes runs, or a moment that they ended before.')
      const place = { ...where, ...(runId === undefined ? {} : { runId }) }
      const id = dryRun ? (where.target ?? desk.targetOf(runId ?? '')) : await allowed(place)
      const request = { runs: before === undefined ? (runs ?? []) : { before }, accept, dryRun, ...(seen === undefined ? {} : { seen }) }
      return desk.now(id, (context) => dropBackups(request, context))
    },
  } satisfies Pick<
    Api,
    'run.list' | 'run.get' | 'run.cancel' | 'run.resume' | 'run.undo' | 'run.preview' | 'backups.list' | 'backups.drop'
  >
}
