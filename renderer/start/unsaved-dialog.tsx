import { useRef } from 'react'
import { DialogFrame } from '../parts/dialog-frame.tsx'
import { changesSince } from '../problems/changes.ts'
import { useApp } from '../store/app.ts'
import type { DialogState } from '../store/state.ts'

const mostLines = 6

/** Edits that are not saved, before their model is left: what they are, and the ways on. */
export function UnsavedDialog({ dialog }: { readonly dialog: Extract<DialogState, { readonly kind: 'unsaved' }> }) {
  const title = useApp((state) => state.model.title)
  const document = useApp((state) => state.model.document)
  const saved = useApp((state) => state.model.saved)
  const first = useRef<HTMLButtonElement>(null)
  const changes = document && saved ? changesSince(new Map(saved.tables.map((table) => [table.id, table])), document) : []
  return (
    <DialogFrame
      title={`Save the edits of ${title}?`}
      description={`They are not saved, and you are about to ${dialog.doing}.`}
      initialFocus={first}
      onClose={() => dialog.answer('stay')}
      footer={
        <>
          <button type="button" className="button" onClick={() => dialog.answer('stay')}>
            Go on editing
          </button>
          <button type="button" className="button" onClick={() => dialog.answer('discard')}>
            Discard
          </button>
          <button type="button" className="button" onClick={() => dialog.answer('draft')}>
            Keep as draft
          </button>
          <button ref={first} type="button" className="button primary" onClick={() => dialog.answer('save')}>
            Save
          </button>
        </>
      }
    >
      <ul className="unsaved-changes" aria-label="Edits that are not saved">
        {changes.slice(0, mostLines).map((change, at) => (
          <li key={at}>
            <span className="muted">{change.kind}</span> <span className="mono">{change.name}</span>{' '}
            <span className="muted">{change.detail}</span>
          </li>
        ))}
        {changes.length > mostLines ? <li className="muted">and {(changes.length - mostLines).toLocaleString('en')} more</li> : null}
        {changes.length === 0 ? <li className="muted">The order of tables or fields.</li> : null}
      </ul>
    </DialogFrame>
  )
}
