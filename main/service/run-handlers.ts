import type { Api } from '../../app/api/api.ts'
import { hasBooks } from '../../app/commands/history.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import { listBackups } from '../../app/run/backups/list-backups.ts'
import { targetRuns } from '../../app/run/books.ts'
import { dropBackups } from '../../app/run/drop-backups.ts'
import { listRuns } from '../../app/run/list.ts'
import { previewRun } from '../../app/run/preview-run.ts'
import { startResume } from '../../app/run/resume.ts'
import { startUndo } from '../../app/run/undo.ts'
import { canonicalAddress } from './canonical.ts'
import type { ServiceContext } from './context.ts'
import { needsConfirm, refuseByPolicy, refuseReadOnly } from './plan-handlers.ts'

/** Runs of now and before, and what they keep. */
export function runHandlers({ desk, targets }: ServiceContext) {
  /** The database that runs are looked for in. One that the local store knows of another database is written into none but its own. Errors: RUN_ELSEWHERE. */
  const meant = async (runIds: readonly string[], target: string | undefined): Promise<string> => {
    if (target === undefined) return desk.targetOf(runIds[0] ?? '')
    const strange = runIds.filter((id) => {
      const local = desk.journal.get(id)
      return local !== null && canonicalAddress(local.plan.target.url ?? '') !== targets.placeOf(target)
    })
    if (strange.length === 0) return target
    const connection = await targets.connect(target)
    try {
      const own = new Set((await hasBooks(connection)) ? (await targetRuns(connection)).map(({ id }) => id) : [])
      const other = strange.find((id) => !own.has(id))
      if (other === undefined) return target
      const { name } = targets.get(target)
      throw new MetaMigrateError('RUN_ELSEWHERE', `Run ${other} is of ${desk.journal.get(other)?.plan.target.url ?? ''}, not of ${name}.`, { run: other })
    } finally {
      await connection.close()
    }
  }
  /** The database of a run, once its policy lets anything be run on it. */
  const allowed = async (runIds: readonly string[], { target, confirm }: { readonly target?: string; readonly confirm?: string }): Promise<string> => {
    const id = await meant(runIds, target)
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
    'run.resume': async (args) => ({ runId: (await desk.start(await allowed([args.runId], args), (context) => startResume(args.runId, context))).runId }),
    'run.undo': async ({ acceptLoss = false, ...args }) => ({
      runId: (await desk.start(await allowed([args.runId], args), (context) => startUndo(args.runId, { ...context, acceptLoss }))).runId,
    }),
    'run.preview': async ({ runId, target, action, acceptLoss = false }) =>
      desk.now(await meant([runId], target), (context) => previewRun(runId, { action, acceptLoss }, context)),
    'backups.list': async ({ target }) => {
      const connection = await targets.connect(target)
      try {
        return await listBackups(connection)
      } finally {
        await connection.close()
      }
    },
    'backups.drop': async ({ runs, before, accept, seen, dryRun = false, ...where }) => {
      if ((runs === undefined || runs.length === 0) === (before === undefined))
        throw new MetaMigrateError('BAD_ARGUMENTS', 'backups.drop takes runs, or a moment that they ended before.')
      const id = await (dryRun ? meant(runs ?? [], where.target) : allowed(runs ?? [], where))
      const request = { runs: before === undefined ? (runs ?? []) : { before }, accept, dryRun, ...(seen === undefined ? {} : { seen }) }
      return desk.now(id, (context) => dropBackups(request, context))
    },
  } satisfies Pick<
    Api,
    'run.list' | 'run.get' | 'run.cancel' | 'run.resume' | 'run.undo' | 'run.preview' | 'backups.list' | 'backups.drop'
  >
}
