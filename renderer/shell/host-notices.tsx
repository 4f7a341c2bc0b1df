import { restoreDraft } from '../drafts/recover.ts'
import { Icon } from '../parts/icon.tsx'
import { keepMine, loadFilesAgain, takeFilesOver } from '../start/files-changed.ts'
import { attempt, setTasks, setView, useApp, useAppHandle } from '../store/app.ts'

/** The host does not answer. Nothing is lost by that: edits go on, and are sent when it is back. */
export function HostLostNotice() {
  const lost = useApp((state) => state.tasks.hostLost)
  if (lost === null) return null
  return (
    <div className="bar-notice error" role="alert">
      <Icon name="error" />
      <span className="failure-text">
        {lost === 'silent' ? (
          <>
            <b>MetaMigrate itself does not answer.</b> You can go on editing here; nothing is saved until it is back. Start it again as you did before:
            this page finds it by itself. Keep this page open.
          </>
        ) : (
          <>
            <b>Another MetaMigrate answers at this address and does not know this page.</b> Nothing can be saved from here. Open the address that it prints
            in a new tab: edits that were kept as a draft are offered there.
          </>
        )}
      </span>
    </div>
  )
}

/** The model's files are no longer what was opened or saved here. */
export function FilesChangedNotice() {
  const app = useAppHandle()
  const location = useApp((state) => state.model.location)
  const isDirty = useApp((state) => state.model.isDirty)
  const isChanged = useApp((state) => state.model.stamp !== null && state.model.stamp !== state.model.filesNow)
  const isGone = useApp((state) => state.model.filesNow === null)
  if (!isChanged) return null
  return (
    <div className="bar-notice warning" role="alert">
      <Icon name="warning" />
      <span className="failure-text">
        {isGone
          ? `${location} is no longer there. What you see is only here: use Save as.`
          : isDirty
            ? `Another program changed ${location}. Merge takes its changes in beside yours; where both changed the same, yours stay and are named.`
            : `Another program changed ${location}.`}
      </span>
      {isGone ? null : (
        <>
          <button type="button" className="button" onClick={() => void attempt(app, 'Take over what changed in the files', () => takeFilesOver(app))}>
            {isDirty ? 'Merge' : 'Take over'}
          </button>
          {isDirty ? (
            <button type="button" className="button" onClick={() => void attempt(app, 'Load the files again', () => loadFilesAgain(app))}>
              Load again
            </button>
          ) : null}
          <button type="button" className="button quiet" onClick={() => keepMine(app)}>
            Keep mine
          </button>
        </>
      )}
    </div>
  )
}

/** Edits of an earlier session that were never saved. */
export function DraftNotice() {
  const app = useAppHandle()
  const drafts = useApp((state) => state.tasks.drafts)
  const isHidden = useApp((state) => state.tasks.areDraftsHidden)
  const [first] = drafts
  if (!first || isHidden) return null
  return (
    <div className="bar-notice warning" role="alert">
      <Icon name="warning" />
      <span className="failure-text">
        <b>Edits of {first.title} were not saved</b>, and are kept as a draft: {first.changes.slice(0, 3).join(', ')}
        {first.changeCount > 3 ? ` and ${first.changeCount - 3} more` : ''}.{drafts.length > 1 ? ` ${drafts.length - 1} more ${drafts.length === 2 ? 'draft' : 'drafts'}.` : ''}
      </span>
      <button type="button" className="button" onClick={() => void attempt(app, 'Restore the draft', () => restoreDraft(app, first))}>
        Restore
      </button>
      <button type="button" className="button" onClick={() => setView(app, { dialog: { kind: 'drafts' } })}>
        Show…
      </button>
      <button type="button" className="button quiet" onClick={() => setTasks(app, { areDraftsHidden: true })}>
        Later
      </button>
    </div>
  )
}
