import { useEffect, useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { attempt, useApp, useAppHandle } from '../store/app.ts'
import { isRunning, type LiveRun } from './live-run.ts'
import { ReceiptTables } from './receipt-tables.tsx'
import { RunButtons } from './run-buttons.tsx'
import { RunLog } from './run-log.tsx'
import { cancelRun } from './runs.ts'
import { stateLook } from './state-look.ts'
import { endingOf } from './ending.ts'

/** The run being followed: progress and Cancel while it goes on, then the receipt and the next steps. */
export function RunView() {
  const live = useApp((state) => state.tasks.run)
  if (!live) return <p className="panel-empty muted">Choose a run to see its log and receipt.</p>
  return (
    <section className="run-view" aria-label="Run" tabIndex={0}>
      <RunHead live={live} />
      {live.receipt ? <ReceiptTables receipt={live.receipt} /> : null}
      <RunLog log={live.log} />
    </section>
  )
}

function RunHead({ live }: { readonly live: LiveRun }) {
  const app = useAppHandle()
  const goesOn = isRunning(live)
  const look = stateLook(live.run?.state ?? 'running')
  const step =
    live.current &&
    live.plan?.groups.find((group) => group.id === live.current?.group)?.steps.find((each) => each.id === live.current?.step)
  return (
    <header className="run-head">
      <div className="run-title">
        <h2 className={`run-state ${look.className}`}>
          <Icon name={look.icon} /> {look.word}
        </h2>
        <span className="truncate">{live.run ? `${live.run.command} ${live.run.target}` : 'Starting'}</span>
        {goesOn && live.run ? <Elapsed since={live.run.startedAt} /> : null}
        {goesOn ? (
          <button
            type="button"
            className="button"
            disabled={live.isCancelling}
            onClick={() => void attempt(app, 'Cancel the run', () => cancelRun(app, live.id))}
          >
            {live.isCancelling ? 'Cancelling…' : 'Cancel'}
          </button>
        ) : null}
      </div>
      {goesOn ? (
        <>
          <progress className="run-progress" max={Math.max(1, live.total)} value={live.done} aria-label="Statements done" />
          <p className="muted">
            {live.done} of {live.total} statements{step ? `: ${step.summary}` : ''}
          </p>
        </>
      ) : (
        <output>{endingOf(live)}</output>
      )}
      {live.run?.error ? (
        <div className="notice error">
          <div>
            <b className="mono">{live.run.error.code}</b> {live.run.error.message}
          </div>
        </div>
      ) : null}
      {live.run && !goesOn ? <RunButtons run={live.run} /> : null}
    </header>
  )
}

function Elapsed({ since }: { readonly since: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return <span className="muted mono">{Math.max(0, Math.round((now - Date.parse(since)) / 1000))} s</span>
}
