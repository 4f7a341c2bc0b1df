import { DialogFrame } from '../parts/dialog-frame.tsx'
import { attempt, setView, useApp, useAppHandle } from '../store/app.ts'
import type { DraftInfo } from '../../app/api/api.ts'
import { discardDraft, restoreDraft } from './recover.ts'

/** Every draft that nobody works on: what it changes, and the ways on. */
export function DraftsDialog() {
  const app = useAppHandle()
  const drafts = useApp((state) => state.tasks.drafts)
  return (
    <DialogFrame title="Edits that were not saved" description="Kept as drafts until you restore or discard them" width="wide" onClose={() => setView(app, { dialog: null })}>
      {drafts.length === 0 ? <p className="muted">There are no drafts.</p> : null}
      <ul className="draft-list" aria-label="Drafts">
        {drafts.map((draft) => (
          <DraftLine key={draft.id} draft={draft} />
        ))}
      </ul>
    </DialogFrame>
  )
}

function DraftLine({ draft }: { readonly draft: DraftInfo }) {
  const app = useAppHandle()
  return (
    <li className="draft">
      <div className="draft-head">
        <b>{draft.title}</b> <span className="muted mono truncate">{draft.location || 'never saved as a file'}</span>
        <span className="muted">{new Date(draft.at).toLocaleString()}</span>
      </div>
      {draft.isCurrent ? null : <p className="muted">The files were changed since. Restoring merges: where both changed the same, the draft's edit stays and is named.</p>}
      <ul className="unsaved-changes">
        {draft.changes.map((change) => (
          <li key={change} className="mono">
            {change}
          </li>
        ))}
        {draft.changeCount > draft.changes.length ? <li className="muted">and {draft.changeCount - draft.changes.length} more</li> : null}
      </ul>
      <div className="draft-buttons">
        <button type="button" className="button" onClick={() => void attempt(app, 'Discard the draft', () => discardDraft(app, draft))}>
          Discard
        </button>
        <button type="button" className="button primary" onClick={() => void attempt(app, 'Restore the draft', () => restoreDraft(app, draft))}>
          Restore
        </button>
      </div>
    </li>
  )
}
