import { useApp, useAppHandle } from '../store/app.ts'
import { travel } from './travel.ts'

/** Every edit by name, newest first; a click goes back or forward to just after it. */
export function HistoryPanel() {
  const app = useAppHandle()
  const edits = useApp((state) => state.model.edits)
  const document = useApp((state) => state.model.document)
  const steps = edits >= 0 && document ? document.history : []
  if (steps.length === 0) return <p className="panel-empty muted">Nothing was edited yet.</p>
  const done = steps.filter((step) => step.done).length

  const jump = (to: number): void => travel(app, to)

  return (
    <ol className="history" tabIndex={0} aria-label="History">
      {steps
        .map((step, at) => ({ step, at }))
        .toReversed()
        .slice(0, 300)
        .map(({ step, at }) => (
          <li key={at}>
            <button
              type="button"
              className={`history-line ${step.done ? '' : 'is-undone'}`}
              aria-current={at === done - 1 ? 'step' : undefined}
              onClick={() => jump(at + 1)}
            >
              <span className="muted mono">{at + 1}</span>
              <span className="truncate">{step.label || 'Edit'}</span>
              {step.done ? null : <span className="muted">undone</span>}
            </button>
          </li>
        ))}
      <li>
        <button type="button" className="history-line" aria-current={done === 0 ? 'step' : undefined} onClick={() => jump(0)}>
          <span className="muted mono">0</span>
          <span>As it was opened</span>
        </button>
      </li>
    </ol>
  )
}
