import { useEffect } from 'react'
import type { RunSummary } from '../../app/run/report.ts'
import { Icon } from '../parts/icon.tsx'
import { attempt, setTasks, useApp, useAppHandle } from '../store/app.ts'
import { BackupsView } from './backups-view.tsx'
import { RunView } from './run-view.tsx'
import { RunButtons } from './run-buttons.tsx'
import { listRuns, loadRun, showBackups } from './runs.ts'
import { stateLook } from './state-look.ts'

/** Runs, newest first, interrupted ones on top; the chosen one beside the list. */
export function RunsPanel() {
  const app = useAppHandle()
  const runs = useApp((state) => state.tasks.runs)
  const shown = useApp((state) => state.tasks.run?.id)
  useEffect(() => {
    void attempt(app, 'List the runs', () => listRuns(app))
  }, [app])
  const backups = useApp((state) => state.tasks.backups)
  const ordered = [...runs.filter(isInterrupted), ...runs.filter((run) => !isInterrupted(run))]
  return (
    <div className="runs">
      <section className="run-list" aria-label="Runs" tabIndex={0}>
        <button type="button" className="run-line" aria-pressed={backups !== null} onClick={() => (backups === null ? showBackups(app, null) : setTasks(app, { backups: null }))}>
          <Icon name="database" />
          <span className="truncate">Backups</span>
        </button>
        {ordered.length === 0 ? <p className="panel-empty muted">Nothing has run yet.</p> : null}
        <ul>
          {ordered.map((run) => (
            <li key={run.id} className={isInterrupted(run) ? 'run-item is-interrupted' : 'run-item'}>
              <RunLine run={run} isShown={backups === null && run.id === shown} onShow={() => (setTasks(app, { backups: null }), void attempt(app, 'Show the run', () => loadRun(app, run.id)))} />
              {isInterrupted(run) ? <RunButtons run={run} /> : null}
            </li>
          ))}
        </ul>
      </section>
      {backups === null ? <RunView /> : <BackupsView />}
    </div>
  )
}

const isInterrupted = (run: RunSummary): boolean => run.state === 'interrupted'

function RunLine({ run, isShown, onShow }: { readonly run: RunSummary; readonly isShown: boolean; readonly onShow: () => void }) {
  const look = stateLook(run.state)
  return (
    <button type="button" className="run-line" aria-pressed={isShown} onClick={onShow}>
      <span className={`run-state ${look.className}`}>
        <Icon name={look.icon} /> {look.word}
      </span>
      <span className="truncate">
        {run.command} {run.target}
      </span>
      <span className="muted mono">{new Date(run.startedAt).toLocaleTimeString()}</span>
    </button>
  )
}
