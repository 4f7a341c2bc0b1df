import type { DraftInfo, OpenedModel } from '../../app/api/api.ts'
import { editBetween } from '../../app/diff/model-edit.ts'
import { mergeModels } from '../../app/diff/merge-models.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { Model } from '../../app/model/model.ts'
import { showInstead } from '../start/leave.ts'
import { setTasks, showToast, withBusy, type App } from '../store/app.ts'
import { applyEdit, documentOf } from '../store/edits.ts'
import { draftKeeperOf } from './keep-drafts.ts'

/** Asks the host which drafts nobody works on. */
export async function listDrafts(app: App): Promise<void> {
  setTasks(app, { drafts: await app.client.call('draft.list', { window: app.windowId, last: app.lastWindowId }) })
}

/** Opens the model of a draft, and does the draft's edits to it as one step: Undo takes them back to what is saved. */
export async function restoreDraft(app: App, { id }: DraftInfo): Promise<void> {
  let edited: Model | null = null
  let conflicts: readonly string[] = []
  const read = async (): Promise<OpenedModel> => {
    const draft = await app.client.call('draft.read', { id })
    const opened = await openedOf(app, draft.info)
    if (!opened) {
      edited = draft.model
      return { handle: null, title: draft.info.title, location: '', model: draft.saved, findings: [] }
    }
    if (opened.stamp === draft.stamp) {
      edited = draft.model
      return { ...opened, model: draft.saved }
    }
    const merged = mergeModels({ base: draft.saved, mine: draft.model, theirs: opened.model })
    edited = merged.model
    ;({ conflicts } = merged)
    return { ...opened, model: merged.theirs }
  }
  if (!(await showInstead(app, 'restore the draft', () => withBusy(app, 'Restoring the draft', read)))) return
  if (edited) applyEdit(app, 'Restore the draft', editBetween(documentOf(app).snapshot(), edited))
  const keeper = draftKeeperOf(app)
  // The old draft goes once its edits are in the new one.
  await keeper.settle()
  await app.client.call('draft.discard', { id })
  await listDrafts(app)
  showToast(app, conflicts.length === 0 ? 'Restored the draft. Undo goes back to what is saved.' : `Restored the draft onto the files as they are now. ${conflicts.join('. ')}`)
}

/** The model as it is on disk; null when the draft has none, or it is gone. */
async function openedOf(app: App, { handle }: DraftInfo): Promise<OpenedModel | null> {
  if (handle === null) return null
  try {
    return await app.client.call('model.open', { handle })
  } catch (error) {
    if (error instanceof MetaMigrateError && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** Throws a draft away. */
export async function discardDraft(app: App, { id }: DraftInfo): Promise<void> {
  await app.client.call('draft.discard', { id })
  await listDrafts(app)
}
