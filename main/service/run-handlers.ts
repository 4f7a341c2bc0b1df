import type { Api } from '../../app/api/api.ts'
import { dropBackups } from '../../app/run/drop-backups.ts'
import { listRuns } from '../../app/run/list.ts'
import { startResume } from '../../app/run/resume.ts'
import { startUndo } from '../../app/run/undo.ts'
import type { ServiceContext } from './context.ts'
import { refuseReadOnly } from './plan-handlers.ts'

/** Runs of now and before. */
export function runHandlers({ desk, targets }: ServiceContext) {
  const writable = (runId: string): string => {
    const target = desk.targetOf(runId)
    refuseReadOnly(targets.get(target))
    return target
  }
  return {
    'run.list': async () => listRuns({ journal: desk.journal, owner: desk.owner, connection: null }),
    'run.get': async ({ runId }) => desk.detail(runId),
    'run.cancel': async ({ runId }) => {
      desk.cancel(runId)
      return null
    },
    'run.resume': async ({ runId }) => ({ runId: (await desk.start(writable(runId), (context) => startResume(runId, context))).runId }),
    'run.undo': async ({ runId, acceptLoss = false }) => ({
      runId: (await desk.start(writable(runId), (context) => startUndo(runId, { ...context, acceptLoss }))).runId,
    }),
    'run.dropBackups': async ({ runId }) => {
      await desk.now(writable(runId), (context) => dropBackups(runId, context))
      return null
    },
  } satisfies Pick<Api, 'run.list' | 'run.get' | 'run.cancel' | 'run.resume' | 'run.undo' | 'run.dropBackups'>
}
