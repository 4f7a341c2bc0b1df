import { editBetween } from '../../app/diff/model-edit.ts'
import { mergeModels } from '../../app/diff/merge-models.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import { setModel, showToast, withBusy, type App } from '../store/app.ts'
import { applyEdit, documentOf } from '../store/edits.ts'
import { commitOpenEdit } from '../store/open-edit.ts'
import { showInstead } from './leave.ts'

function handleOf(app: App): string {
  const { handle } = app.store.getState().model
  if (handle === null) throw new MetaMigrateError('NO_MODEL', 'The model is no file yet.')
  return handle
}

/** Takes what someone else wrote into the model's files over, beside the edits made here, as one step of undo. */
export async function takeFilesOver(app: App): Promise<void> {
  const handle = handleOf(app)
  const opened = await withBusy(app, 'Reading the files', () => app.client.call('model.open', { handle }))
  commitOpenEdit(app)
  const { saved, handle: still } = app.store.getState().model
  if (still !== handle) return
  const document = documentOf(app)
  const mine = document.snapshot()
  const { model, theirs, conflicts } = mergeModels({ base: saved ?? mine, mine, theirs: opened.model })
  const isClean = !document.isDirty
  applyEdit(app, 'Take over what changed in the files', editBetween(mine, model))
  // What undo comes back to is no longer what the files hold.
  document.forgetSaved()
  if (isClean) document.markSaved()
  setModel(app, { saved: theirs, stamp: opened.stamp ?? null, filesNow: opened.stamp ?? null, isDirty: document.isDirty, loadFindings: opened.findings })
  showToast(app, conflicts.length === 0 ? 'Took over what changed in the files' : conflicts.join('. '))
}

/** Shows the model as its files are now. Unsaved edits are asked about, as before any other model. */
export async function loadFilesAgain(app: App): Promise<void> {
  const handle = handleOf(app)
  await showInstead(app, 'load the files again', () => withBusy(app, 'Opening the model', () => app.client.call('model.open', { handle })))
}

/** What is here counts: the next save writes over what someone else wrote. */
export function keepMine(app: App): void {
  const document = documentOf(app)
  document.forgetSaved()
  setModel(app, { stamp: app.store.getState().model.filesNow, isDirty: document.isDirty })
  showToast(app, 'The next save writes over what is in the files now')
}
