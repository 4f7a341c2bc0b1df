import { showToast, useApp, useAppHandle } from '../store/app.ts'
import { documentOf } from '../store/edits.ts'
import { commitOpenEdit } from '../store/open-edit.ts'

/** Every edit by name, newest first; a click goes back or forward to just after it. */
export function HistoryPanel() {
  const app = useAppHandle()
  const edits = useApp((state) => state.model.edits)
  const document = useApp((state) => state.model.document)
  const steps = edits >= 0 && document ? document.history : []
  if (steps.length === 0) return <p className="panel-empty muted">Nothing was edited yet.</p>
  const done = steps.filter((step) => step.done).length

  function jump(to: number): void {
    // A text that is being typed is a step of its own: what was undone before it is gone, as after any edit.
    commitOpenEdit(app)
    const model = documentOf(app)
    const now = model.history.filter((step) => step.done).length
    if (now !== done && to > done) return showToast(app, 'What was being typed is entered; what was undone before can no longer be done again.')
    for (let at = now; at > to; at--) model.undo()
    for (let at = now; at < to; at++) model.redo()
  }

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
