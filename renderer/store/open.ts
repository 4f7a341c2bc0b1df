import type { OpenedModel } from '../../app/api/api.ts'
import { createDocument, type DocumentChange, type ModelDocument } from '../../app/model/document.ts'
import type { Id, Table } from '../../app/model/model.ts'
import { createProblemKeeper } from '../problems/problem-keeper.ts'
import { setModel, setView, type App } from './app.ts'
import { signalTables } from './table-signals.ts'

const stops = new WeakMap<App, () => void>()

/** Makes a model the one that the window edits. Whoever calls it has asked first what becomes of unsaved edits: see `showInstead`. */
export function showModel(app: App, opened: OpenedModel): void {
  stops.get(app)?.()
  const document = createDocument(opened.model)
  // The texts are those that a plan of this project will have.
  if (opened.flavors !== undefined) setView(app, { settings: opened.flavors })
  stops.set(app, follow(app, document))
  setModel(app, {
    document,
    handle: opened.handle,
    title: opened.title,
    location: opened.location,
    isDirty: false,
    draft: app.newId(),
    stamp: opened.stamp ?? null,
    filesNow: opened.stamp ?? null,
    structure: app.store.getState().model.structure + 1,
    opened: opened.model,
    saved: opened.model,
    baseline: new Map(opened.model.tables.map((table) => [table.id, table])),
    loadFindings: opened.findings,
    problems: [],
    problemsOf: new Map(),
  })
  const first = document.order[0]
  setView(app, { tables: [], focus: { table: first ?? null, part: null }, dialog: null })
}

/** Keeps the window's counters, problems and signals in step with the document. */
function follow(app: App, document: ModelDocument): () => void {
  const seen = new Map<Id, Table | undefined>()
  for (const id of document.order) seen.set(id, document.table(id))
  const problems = createProblemKeeper(app, document)
  const stop = document.subscribe((change: DocumentChange) => {
    let structure = change.structure
    for (const id of change.tables) {
      const table = document.table(id)
      structure ||= !hasSameLines(seen.get(id), table)
      seen.set(id, table)
    }
    const { model } = app.store.getState()
    setModel(app, { edits: model.edits + 1, structure: structure ? model.structure + 1 : model.structure, isDirty: document.isDirty })
    // An offer to undo is about the edit before this one.
    if (app.store.getState().view.toast?.undo) setView(app, { toast: null })
    signalTables(app, change.tables)
    problems.check(change.tables)
  })
  problems.checkAll()
  return () => {
    stop()
    problems.stop()
  }
}

/** Whether two states of a table have the same lines in every sheet. */
function hasSameLines(before: Table | undefined, after: Table | undefined): boolean {
  if (!before || !after) return before === after
  const same = (a: readonly { readonly id: Id }[], b: readonly { readonly id: Id }[]) =>
    a === b || (a.length === b.length && a.every((part, at) => part.id === b[at]?.id))
  return (
    same(before.fields, after.fields) &&
    same(before.keys, after.keys) &&
    same(before.references, after.references) &&
    same(before.indexes, after.indexes)
  )
}
