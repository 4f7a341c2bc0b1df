import { useEffect } from 'react'
import { runAction } from '../actions/action.ts'
import { actionOf } from '../actions/actions.ts'
import { Icon } from '../parts/icon.tsx'
import { dismissFailure, setView, showToast, useApp, useAppHandle, type App } from '../store/app.ts'
import { commitOpenEdit } from '../store/open-edit.ts'
import type { AppFailure, Toast } from '../store/state.ts'
import { DraftNotice, FilesChangedNotice, HostLostNotice } from './host-notices.tsx'

const toastMs = 6000

/** Errors that stay until dismissed, the notice of an interrupted run, and what was just done. */
export function Notices() {
  const failures = useApp((state) => state.tasks.failures)
  const interrupted = useApp((state) => state.tasks.runs.filter((run) => run.state === 'interrupted').length)
  const drawer = useApp((state) => state.view.drawer)
  const toast = useApp((state) => state.view.toast)
  return (
    <>
      <div className="notices">
        <HostLostNotice />
        <FilesChangedNotice />
        <DraftNotice />
        {interrupted > 0 && drawer !== 'runs' ? <InterruptedNotice count={interrupted} /> : null}
        {failures.map((failure) => (
          <FailureNotice key={failure.id} failure={failure} />
        ))}
      </div>
      <output className="toast-place">{toast ? <ToastLine key={toast.id} toast={toast} /> : null}</output>
    </>
  )
}

function InterruptedNotice({ count }: { readonly count: number }) {
  const app = useAppHandle()
  return (
    <div className="bar-notice warning" role="alert">
      <Icon name="warning" />
      <span>
        {count === 1
          ? 'A run was interrupted. It can be resumed or undone; no row is lost either way.'
          : `${count} runs were interrupted. They can be resumed or undone.`}
      </span>
      <button type="button" className="button" onClick={() => setView(app, { drawer: 'runs' })}>
        Show
      </button>
    </div>
  )
}

function FailureNotice({ failure }: { readonly failure: AppFailure }) {
  const app = useAppHandle()
  return (
    <div className="bar-notice error" role="alert">
      <Icon name="error" />
      <span className="failure-text">
        <b>{failure.title}:</b> {failure.message} <span className="mono muted">{failure.code}</span>
      </span>
      <button
        type="button"
        className="button quiet"
        onClick={() => void navigator.clipboard.writeText(`${failure.title}: ${failure.message}\n${failure.code}\n${failure.details}`)}
      >
        Copy
      </button>
      <button type="button" className="button quiet icon-only" aria-label="Dismiss" onClick={() => dismissFailure(app, failure.id)}>
        <Icon name="close" />
      </button>
    </div>
  )
}

/** Takes back what the toast is about. A text that was being typed goes into its cell first, and then stands before it. */
function takeBack(app: App, toast: Toast): void {
  commitOpenEdit(app)
  const undo = actionOf('edit.undo')
  if (app.store.getState().view.toast !== toast || !undo) return showToast(app, 'What was being typed is entered. Undo takes that back first.')
  setView(app, { toast: null })
  runAction(app, undo)
}

function ToastLine({ toast }: { readonly toast: Toast }) {
  const app = useAppHandle()
  useEffect(() => {
    const timer = setTimeout(() => setView(app, { toast: null }), toastMs)
    return () => clearTimeout(timer)
  }, [app, toast])
  return (
    <div className="toast">
      <span>{toast.text}</span>
      {toast.undo ? (
        <button
          type="button"
          className="button quiet"
          onClick={() => takeBack(app, toast)}
        >
          Undo
        </button>
      ) : null}
    </div>
  )
}
