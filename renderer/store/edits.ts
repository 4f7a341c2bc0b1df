import type { Edit } from '../../app/model/edit.ts'
import type { ModelDocument } from '../../app/model/document.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { Id, Table } from '../../app/model/model.ts'
import type { CellContext } from '../grids/sheet.ts'
import type { App } from './app.ts'

/** The open document. Error: NO_MODEL. */
export function documentOf(app: App): ModelDocument {
  const { document } = app.store.getState().model
  if (!document) throw new MetaMigrateError('NO_MODEL', 'No model is open.')
  return document
}

export function tableOf(app: App, id: Id): Table | undefined {
  return app.store.getState().model.document?.table(id)
}

/** The tables that are shown: those chosen, or all. */
export function shownTables(app: App): readonly Table[] {
  const { model, view } = app.store.getState()
  const { document } = model
  if (!document) return []
  const chosen = view.tables.filter((id) => document.table(id))
  return (chosen.length > 0 ? chosen : document.order).flatMap((id) => document.table(id) ?? [])
}

/** What cells may look at. */
export function cellContext(app: App): CellContext {
  const document = documentOf(app)
  return { lookup: (id) => document.table(id), names: document.names, order: document.order, newId: app.newId }
}

/** Does an edit as one step of undo. An empty batch does nothing. */
export function applyEdit(app: App, label: string, edit: Edit): void {
  if (edit.kind === 'batch' && edit.edits.length === 0) return
  documentOf(app).apply(edit, { label })
}
