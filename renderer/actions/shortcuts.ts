import type { App } from '../store/app.ts'
import { runAction } from './action.ts'
import { actions } from './actions.ts'
import { isMac } from './platform.ts'
import { isShortcut, type KeyPress } from './shortcut.ts'

/** Keys that a text field needs for itself while it is typed into. */
const ownKeys: readonly string[] = ['Mod+Z', 'Mod+Shift+Z', 'Mod+Y', 'Mod+Minus', 'Mod+Shift+C']

/** Whether the key press goes into a text that is being typed. The idle field of a sheet's cell is none. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.dataset['editing'] !== undefined) return target.dataset['editing'] === 'true'
  return target.matches('input:not([type=checkbox], [type=radio]), textarea, [contenteditable=true]')
}

/** The action that a key press stands for; null when there is none or a text field needs the key. */
export function actionFor(press: KeyPress, target: EventTarget | null) {
  for (const action of actions) {
    const shortcut = action.shortcuts?.find((each) => isShortcut(each, press, isMac))
    if (shortcut !== undefined) return isTyping(target) && ownKeys.includes(shortcut) ? null : action
  }
  return null
}

/** Obeys shortcuts in the whole window; returns the function that stops it. A dialog keeps the keys to itself. */
export function listenToKeys(app: App): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return
    const action = actionFor(event, event.target)
    if (!action) return
    event.preventDefault()
    if (app.store.getState().view.dialog !== null) return
    event.stopPropagation()
    runAction(app, action)
  }
  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
}
