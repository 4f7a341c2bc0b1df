import { editActions } from './edit-actions.ts'
import { deployActions } from './deploy-actions.ts'
import { modelActions } from './model-actions.ts'
import { viewActions } from './view-actions.ts'
import type { Action } from './action.ts'

/** Everything that a person can do, in the order of the palette. */
export const actions: readonly Action[] = [...modelActions, ...editActions, ...deployActions, ...viewActions]

const byId = new Map(actions.map((action) => [action.id, action]))

/** An action by its id; undefined when there is none. */
export const actionOf = (id: string): Action | undefined => byId.get(id)
