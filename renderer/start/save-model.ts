import type { Model } from '../../app/model/model.ts'
import { setModel, showToast, withBusy, type App } from '../store/app.ts'
import { ask } from '../store/ask.ts'
import { documentOf } from '../store/edits.ts'
import { commitOpenEdit } from '../store/open-edit.ts'

/** Saves the open model where it came from, or asks for a place. False: the person did not choose one. Errors: those of `model.save`. */
export async function saveModel(app: App): Promise<boolean> {
  commitOpenEdit(app)
  const { handle, stamp } = app.store.getState().model
  if (handle === null) return saveModelAs(app)
  const taken = takeModel(app)
  const { files, stamp: now } = await withBusy(app, 'Saving', () => app.client.call('model.save', { handle, model: taken.model, stamp }))
  taken.isSaved(now)
  showToast(app, files.length === 0 ? 'Saved; nothing had changed' : `Saved ${files.join(', ')}`)
  return true
}

/** Asks where to save the model, and saves it there. False: the person closed the dialog. */
export function saveModelAs(app: App): Promise<boolean> {
  commitOpenEdit(app)
  return ask<boolean>(app, (answer) => ({ kind: 'saveAs', answer }), false)
}

/** The model as it is now, on its way to disk. `isSaved` is called once it is there: what was edited meanwhile stays unsaved. */
export function takeModel(app: App): { readonly model: Model; readonly isSaved: (stamp: string | null) => void } {
  const document = documentOf(app)
  const model = document.snapshot()
  const point = document.savePoint()
  return {
    model,
    isSaved: (stamp) => {
      document.markSaved(point)
      if (app.store.getState().model.document === document) setModel(app, { isDirty: document.isDirty, saved: model, stamp, filesNow: stamp })
    },
  }
}
