import type { OpenedModel } from '../../app/api/api.ts'
import { draftKeeperOf } from '../drafts/keep-drafts.ts'
import { attempt, type App } from '../store/app.ts'
import { ask } from '../store/ask.ts'
import { showModel } from '../store/open.ts'
import { commitOpenEdit } from '../store/open-edit.ts'
import { saveModel } from './save-model.ts'

/** What a person wants of edits that are not saved. */
export type LeaveAnswer = 'save' | 'draft' | 'discard' | 'stay'

/**
 * The one place that asks before a model is left. True: nothing would be lost, or the person said what to do with it, and that is done.
 * `doing`: what the person is about to do, as the question says it: "open another model".
 */
export async function mayLeave(app: App, doing: string): Promise<boolean> {
  commitOpenEdit(app)
  if (app.store.getState().model.document?.isDirty !== true) return true
  const answer = await ask<LeaveAnswer>(app, (give) => ({ kind: 'unsaved', doing, answer: give }), 'stay')
  if (answer === 'stay') return false
  const keeper = draftKeeperOf(app)
  if (answer === 'save') {
    let isSaved = false
    await attempt(app, 'Save', async () => {
      isSaved = await saveModel(app)
    })
    return isSaved && mayLeave(app, doing)
  }
  let isDone = false
  await attempt(app, answer === 'draft' ? 'Keep the edits as a draft' : 'Discard the draft', async () => {
    await (answer === 'draft' ? keeper.leave() : keeper.discard())
    isDone = true
  })
  // What a person throws away may be thrown away without a host, too.
  return isDone || answer === 'discard'
}

/** Shows another model in place of the open one. `read` is called once the person agrees; edits made while it reads are asked for again. */
export async function showInstead(app: App, doing: string, read: () => Promise<OpenedModel>): Promise<boolean> {
  if (!(await mayLeave(app, doing))) return false
  const left = whereItStands(app)
  const opened = await read()
  commitOpenEdit(app)
  if (!isSame(left, whereItStands(app)) && !(await mayLeave(app, doing))) return false
  // The draft of what was saved goes; the host may be slow, and nothing waits for it.
  if (app.store.getState().model.document?.isDirty === false) void attempt(app, 'Discard the draft', () => draftKeeperOf(app).discard())
  showModel(app, opened)
  return true
}

interface Standing {
  readonly document: unknown
  readonly last: unknown
}

function whereItStands(app: App): Standing {
  const { document } = app.store.getState().model
  return { document, last: document?.savePoint().last ?? null }
}

const isSame = (a: Standing, b: Standing): boolean => a.document === b.document && a.last === b.last

/** Asks before the window closes on edits that are not saved. The browser's own question is all that a page may put there; who stays is asked by ours. */
export function guardUnsaved(app: App): void {
  let isLeaving = false
  window.addEventListener('beforeunload', (event) => {
    commitOpenEdit(app)
    if (isLeaving || app.store.getState().model.document?.isDirty !== true) return
    event.preventDefault()
    // Runs only when the page stayed: the desktop window asks nothing by itself.
    setTimeout(() => void askToClose(), 0)
  })

  async function askToClose(): Promise<void> {
    if (app.store.getState().view.dialog?.kind === 'unsaved' || !(await mayLeave(app, 'close the window'))) return
    isLeaving = true
    if (app.store.getState().tasks.start?.host === 'electron') window.close()
    else if (app.store.getState().model.document?.isDirty === true) window.location.reload()
    else isLeaving = false
  }
}
