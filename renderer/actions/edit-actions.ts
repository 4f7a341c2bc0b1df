import { emptyTable } from '../../app/model/build.ts'
import { shownGrid } from '../grids/controllers.ts'
import { setView, showToast, type App } from '../store/app.ts'
import { applyEdit, documentOf } from '../store/edits.ts'
import type { AppState } from '../store/state.ts'
import { doneOf, travel } from '../problems/travel.ts'
import { needsModel, type Action } from './action.ts'

const canUndo = (state: AppState): true | string => (state.model.document?.undoLabel != null ? true : 'Nothing to undo')
const canRedo = (state: AppState): true | string => (state.model.document?.redoLabel != null ? true : 'Nothing to redo')

function undo(app: App): void {
  const document = documentOf(app)
  const label = document.undoLabel
  if (label === null) return
  travel(app, doneOf(app) - 1)
  showToast(app, `Undone: ${label || 'edit'}`)
}

function redo(app: App): void {
  const document = documentOf(app)
  const label = document.redoLabel
  if (label === null) return
  travel(app, doneOf(app) + 1)
  showToast(app, `Done again: ${label || 'edit'}`)
}

/** Adds an empty table after the focused one and shows its fields. */
function addTable(app: App): void {
  const document = documentOf(app)
  const { focus } = app.store.getState().view
  const beside = focus.table === null ? undefined : document.table(focus.table)
  const schema = beside?.schema ?? ''
  let number = document.order.length + 1
  while (document.names.exact(schema, `table_${number}`).length > 0) number++
  const id = app.newId()
  const at = beside ? document.order.indexOf(beside.id) + 1 : null
  applyEdit(app, `Add table table_${number}`, { kind: 'table.add', value: emptyTable(id, `table_${number}`, schema), at })
  setView(app, { tables: [id], tab: 'fields' })
}

export const editActions: readonly Action[] = [
  { id: 'edit.undo', title: 'Undo', group: 'Edit', keywords: 'back', shortcuts: ['Mod+Z'], enabled: canUndo, run: undo },
  { id: 'edit.redo', title: 'Redo', group: 'Edit', keywords: 'again', shortcuts: ['Mod+Shift+Z', 'Mod+Y'], enabled: canRedo, run: redo },
  {
    id: 'edit.copyWithHeaders',
    title: 'Copy with headers',
    group: 'Edit',
    keywords: 'clipboard',
    shortcuts: ['Mod+Shift+C'],
    enabled: needsModel,
    run: (app) => shownGrid(app).copyWithHeaders(),
  },
  {
    id: 'rows.insert',
    title: 'Insert lines above',
    group: 'Rows',
    keywords: 'add new field row',
    shortcuts: ['Mod+Shift+Plus'],
    enabled: needsModel,
    run: (app) => shownGrid(app).insertRows(),
  },
  {
    id: 'rows.delete',
    title: 'Delete lines',
    group: 'Rows',
    keywords: 'remove drop field row',
    shortcuts: ['Mod+Minus'],
    enabled: needsModel,
    run: (app) => shownGrid(app).deleteRows(),
  },
  { id: 'rows.clear', title: 'Clear cells', group: 'Rows', keywords: 'empty', enabled: needsModel, run: (app) => shownGrid(app).clear() },
  {
    id: 'table.add',
    title: 'New table',
    group: 'Rows',
    keywords: 'create add',
    shortcuts: ['Alt+N', 'Mod+N'],
    enabled: needsModel,
    run: addTable,
  },
  {
    id: 'table.delete',
    title: 'Delete the focused table',
    group: 'Rows',
    keywords: 'remove drop',
    enabled: (state) => (state.view.focus.table === null ? 'No table has the focus' : true),
    run: (app) => {
      const table = documentOf(app).table(app.store.getState().view.focus.table ?? '')
      if (!table) return
      setView(app, { tables: app.store.getState().view.tables.filter((id) => id !== table.id), focus: { table: null, part: null } })
      applyEdit(app, `Delete table ${table.name}`, { kind: 'table.remove', table: table.id })
      showToast(app, `Deleted table ${table.name}`, true)
    },
  },
]
