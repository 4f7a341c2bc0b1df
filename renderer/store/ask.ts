import { setView, type App } from './app.ts'
import type { DialogState } from './state.ts'

/** Opens a dialog and waits for its answer. `otherwise` is the answer of a dialog that was closed, or that another one took the place of. */
export function ask<A>(app: App, make: (answer: (value: A) => void) => DialogState, otherwise: A): Promise<A> {
  return new Promise((resolve) => {
    let dialog: DialogState | null = null
    const finish = (value: A): void => {
      stop()
      if (app.store.getState().view.dialog === dialog) setView(app, { dialog: null })
      resolve(value)
    }
    dialog = make(finish)
    setView(app, { dialog })
    const stop = app.store.subscribe((state) => {
      if (state.view.dialog !== dialog) finish(otherwise)
    })
  })
}
