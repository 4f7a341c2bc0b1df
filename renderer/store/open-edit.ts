import type { App } from './app.ts'

/** Writes what is being typed into its own cell; does nothing when nothing is typed. */
type Commit = () => void

const editors = new WeakMap<App, Set<Commit>>()

/** Every place that can hold a text which is not in the model yet says here how that text gets there. */
export function registerEditor(app: App, commit: Commit): void {
  const some = editors.get(app) ?? new Set()
  editors.set(app, some)
  some.add(commit)
}

/** Puts what is being typed into the model, in its own cell. Called before anything looks at the whole model, or takes the cell out of sight. */
export function commitOpenEdit(app: App): void {
  for (const commit of editors.get(app) ?? []) commit()
}
