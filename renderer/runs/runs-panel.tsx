import { useEffect } from 'react'
import type { RunSummary } from '../../app/run/report.ts'
import { Icon } from '../parts/icon.tsx'
import { attempt, useApp, useAppHandle } from '../store/app.ts'
import { RunView } from './run-view.tsx'
import { RunButtons } from './run-buttons.tsx'
import { listRuns, loadRun } from './runs.ts'
import { stateLook } from './state-look.ts'

/** Runs, newest first, interrupted ones on top; the chosen one beside the list. */
export function RunsPanel() {
  const app = useAppHandle()
  const runs = useApp((state) => state.tasks.runs)
  const shown = useApp((state) => state.tasks.run?.id)
  useEffect(() => {
    void attempt(app, 'List the runs', () => listRuns(app))
  }, [app])
  const ordered = [...runs.filter(isInterrupted), ...runs.filter((run) => !isInterrupted(run))]
  return (
    <div className="runs">
      <section className="run-list" aria-label="Runs" tabIndex={0}>
        {ordered.length === 0 ? <p className="panel-empty muted">Nothing has run yet.</p> : null}
        <ul>
          {ordered.map((run) => (
            <li key={run.id} className={isInterrupted(run) ? 'run-item is-interrupted' : 'run-item'}>
              <RunLine run={run} isShown={run.id === shown} onShow={() => void attempt(app, 'Show the run', () => loadRun(app, run.id))} />
              {isInterrupted(run) ? <RunButtons run={run} /> : null}
            </li>
          ))}
        </ul>
      </section>
      <RunView />
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
