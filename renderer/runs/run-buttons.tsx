import { useState } from 'react'
import { MetaMigrateError } from '../../app/errors.ts'
import type { RunSummary } from '../../app/run/report.ts'
import { attempt, useAppHandle } from '../store/app.ts'
import { AskName, useGuarded } from './guarded.tsx'
import type { Guarded } from './guarded.tsx'
import { resumeRun, showBackups, undoRun } from './runs.ts'

/** What can be done next with a run that ended. Rows written since are dropped by an undo only when the person says so. */
export function RunButtons({ run }: { readonly run: RunSummary }) {
  const app = useAppHandle()
  const [loss, setLoss] = useState<string | null>(null)
  const guard = useGuarded()

  const undo =
    (acceptLoss: boolean): Guarded =>
    async (confirm) => {
      try {
        await undoRun(app, run.id, { acceptLoss, confirm })
        setLoss(null)
      } catch (error) {
        if (acceptLoss || !(error instanceof MetaMigrateError) || error.code !== 'UNDO_WOULD_LOSE') throw error
        setLoss(error.message)
      }
    }
  const act = (title: string, work: Guarded, confirm?: string) => void attempt(app, title, () => guard.run(work, confirm))

  return (
    <div className="run-buttons">
      {run.can.resume ? (
        <button type="button" className="button" onClick={() => act('Resume', (confirm) => resumeRun(app, run.id, confirm))}>
          Resume
        </button>
      ) : null}
      {run.can.undo ? (
        <button type="button" className="button" onClick={() => act('Undo the run', undo(false))}>
          Undo
        </button>
      ) : null}
      {run.can.dropBackups ? (
        <button type="button" className="button" onClick={() => showBackups(app, run.id)}>
          Drop backups…
        </button>
      ) : null}
      {guard.asked ? (
        <AskName
          database={guard.asked.database}
          message={guard.asked.message}
          label="Allow it"
          onGo={(name) => guard.asked && act('Undo the run', guard.asked.work, name)}
          onLeave={guard.forget}
        />
      ) : null}
      {loss === null ? null : (
        <div className="notice warning" role="alert">
          <span>{loss}</span>
          <button type="button" className="button" onClick={() => act('Undo the run', undo(true))}>
            Undo all the same
          </button>
        </div>
      )}
    </div>
  )
}
