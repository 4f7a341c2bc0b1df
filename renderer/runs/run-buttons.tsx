import { useState } from 'react'
import { MetaMigrateError } from '../../app/errors.ts'
import type { RunSummary } from '../../app/run/report.ts'
import { attempt, useAppHandle } from '../store/app.ts'
import { dropBackups, resumeRun, undoRun } from './runs.ts'

/** What can be done next with a run that ended. Rows written since are dropped by an undo only when the person says so. */
export function RunButtons({ run }: { readonly run: RunSummary }) {
  const app = useAppHandle()
  const [loss, setLoss] = useState<string | null>(null)

  async function undo(acceptLoss: boolean): Promise<void> {
    try {
      await undoRun(app, run.id, acceptLoss)
      setLoss(null)
    } catch (error) {
      if (acceptLoss || !(error instanceof MetaMigrateError)) throw error
      setLoss(error.message)
    }
  }

  return (
    <div className="run-buttons">
      {run.can.resume ? (
        <button type="button" className="button" onClick={() => void attempt(app, 'Resume', () => resumeRun(app, run.id))}>
          Resume
        </button>
      ) : null}
      {run.can.undo ? (
        <button type="button" className="button" onClick={() => void attempt(app, 'Undo the run', () => undo(false))}>
          Undo
        </button>
      ) : null}
      {run.can.dropBackups ? (
        <button type="button" className="button" onClick={() => void attempt(app, 'Drop the backups', () => dropBackups(app, run.id))}>
          Drop backups
        </button>
      ) : null}
      {loss === null ? null : (
        <div className="notice warning" role="alert">
          <span>{loss}</span>
          <button type="button" className="button" onClick={() => void attempt(app, 'Undo the run', () => undo(true))}>
            Undo all the same
          </button>
        </div>
      )}
    </div>
  )
}
