import { attempt, type App } from '../store/app.ts'
import { commitOpenEdit } from '../store/open-edit.ts'
import type { AppState } from '../store/state.ts'

export type ActionGroup = 'Model' | 'Edit' | 'Rows' | 'Go to' | 'View' | 'Deploy'

/** One thing that a person can do. Menu, toolbar, shortcuts and palette are all drawn from the list of these. */
export interface Action {
  readonly id: string
  readonly title: string
  readonly group: ActionGroup
  readonly keywords?: string
  /** The first is shown; the others work too. */
  readonly shortcuts?: readonly string[]
  /** True, or the reason why it cannot be done now. */
  readonly enabled?: (state: AppState) => true | string
  readonly run: (app: App) => void | Promise<void>
}

/** Why the action cannot be done now; null when it can. */
export function whyDisabled(action: Action, state: AppState): string | null {
  const answer = action.enabled?.(state) ?? true
  return answer === true ? null : answer
}

/** Does the action if it can be done; shows what went wrong. Every action finds the model with what was being typed in its cell. */
export function runAction(app: App, action: Action): void {
  commitOpenEdit(app)
  if (whyDisabled(action, app.store.getState()) !== null) return
  void attempt(app, action.title, async () => action.run(app))
}

export const needsModel = (state: AppState): true | string => (state.model.document ? true : 'No model is open')
export const needsTarget = (state: AppState): true | string => {
  if (!state.model.document) return 'No model is open'
  return state.tasks.target === null ? 'No target is chosen' : true
}
