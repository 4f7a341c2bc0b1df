import { MetaMigrateError } from '../errors.ts'
import { applyToTable } from './edit.ts'
import type { Edit, TableEdit } from './edit.ts'
import { createHistory } from './history.ts'
import type { HistoryStep, SavePoint } from './history.ts'
import type { Id, Model, Table } from './model.ts'
import { createNameIndex } from './name-index.ts'
import type { NameIndex } from './name-index.ts'
import { createReferenceIndex } from './reference-index.ts'
import type { TableLookup } from './resolve.ts'

/** What one apply, undo or redo did. `structure`: tables came, went or changed places. */
export interface DocumentChange {
  /** Ids of tables that are new, gone or another value than before. */
  readonly tables: readonly Id[]
  readonly structure: boolean
}

export interface ApplyOptions {
  /** What the person did, for the history list: "Rename field". */
  readonly label?: string
  /** `merge`: part of the last step when that has the same label and the same `mergeKey` (typing in one cell); `now` (default): a step of its own. */
  readonly history?: 'now' | 'merge'
  readonly mergeKey?: string
}

/** A model being edited: an edit replaces one table and costs O(that table), whatever the size of the model. */
export interface ModelDocument {
  readonly name: string
  /** Ids of the tables, in their order. A new array only when `structure` changed. */
  readonly order: readonly Id[]
  readonly names: Pick<NameIndex, 'exact' | 'alike' | 'anywhere'>
  readonly history: readonly HistoryStep[]
  /** Label of what `undo` would take back, and of what `redo` would do again; null when there is nothing. */
  readonly undoLabel: string | null
  readonly redoLabel: string | null
  /** Whether it differs from what `markSaved` saw (undo back to there makes it clean again). True or false as soon as listeners hear of the change. */
  readonly isDirty: boolean
  readonly table: TableLookup
  /** Counts up when the table changes; 0 for an unknown table. */
  revision(id: Id): number
  /** Tables with a reference by id to this one (itself too, when it refers to itself). */
  referencing(id: Id): readonly Id[]
  /** Errors: EDIT_TARGET_MISSING, ALREADY_EXISTS; then nothing has changed. */
  apply(edit: Edit, options?: ApplyOptions): void
  undo(): boolean
  redo(): boolean
  /** Where the document stands now, for `markSaved` once a save that takes a while is done. */
  savePoint(): SavePoint
  /** What was on its way to disk at `point` (default: now) is there. */
  markSaved(point?: SavePoint): void
  /** What was saved is no longer what is on disk: no undo comes back to it, and the document is dirty until it is saved. */
  forgetSaved(): void
  /** The model as it is now, O(tables); the same object until the next change. */
  snapshot(): Model
  /** Returns the function that stops listening. */
  subscribe(listener: (change: DocumentChange) => void): () => void
}

/** A document over a model. O(tables + references) once. Error: ALREADY_EXISTS when two tables share an id. */
export function createDocument(model: Model): ModelDocument {
  const tables = new Map(model.tables.map((table) => [table.id, table]))
  if (tables.size !== model.tables.length) throw new MetaMigrateError('ALREADY_EXISTS', 'Two tables of the model have the same id.')
  const revisions = new Map<Id, number>()
  const names = createNameIndex(model.tables)
  const references = createReferenceIndex(model.tables)
  const listeners = new Set<(change: DocumentChange) => void>()
  const history = createHistory()
  let order: readonly Id[] = model.tables.map((table) => table.id)
  let cached: Model | null = model

  function replace(id: Id, next: Table | null): void {
    const last = tables.get(id)
    if (next === null) tables.delete(id)
    else tables.set(id, next)
    revisions.set(id, (revisions.get(id) ?? 1) + 1)
    if (last?.name !== next?.name || last?.schema !== next?.schema) {
      if (last !== undefined) names.remove(last)
      if (next !== null) names.add(next)
    }
    if (last?.references !== next?.references) references.replace(id, last?.references ?? [], next?.references ?? [])
  }

  /** Does an edit and gives its inverse; `touched` collects the ids. */
  function perform(edit: Edit, touched: Set<Id>): Edit {
    if (edit.kind === 'batch') return performAll(edit.edits, touched)
    if (edit.kind === 'table.add') return addTable(edit.value, edit.at, touched)
    const table = tables.get(edit.table)
    if (table === undefined)
      throw new MetaMigrateError('EDIT_TARGET_MISSING', `The model has no table with the id ${edit.table}.`, { table: edit.table })
    touched.add(edit.table)
    if (edit.kind === 'table.remove') {
      const at = order.indexOf(edit.table)
      order = order.toSpliced(at, 1)
      replace(edit.table, null)
      return { kind: 'table.add', value: table, at }
    }
    if (edit.kind === 'table.move') {
      const from = order.indexOf(edit.table)
      order = order.toSpliced(from, 1).toSpliced(edit.to, 0, edit.table)
      return { ...edit, to: from }
    }
    return editTable(table, edit)
  }

  function editTable(table: Table, edit: TableEdit): Edit {
    const result = applyToTable(table, edit)
    if (result.table.id !== table.id)
      throw new MetaMigrateError('EDIT_TARGET_MISSING', `An edit of table ${table.name} would change its id.`, { table: table.id })
    replace(table.id, result.table)
    return result.inverse
  }

  function addTable(value: Table, at: number | null, touched: Set<Id>): Edit {
    if (tables.has(value.id))
      throw new MetaMigrateError('ALREADY_EXISTS', `The model already has a table with the id ${value.id}.`, { table: value.id })
    order = order.toSpliced(at ?? order.length, 0, value.id)
    touched.add(value.id)
    replace(value.id, value)
    return { kind: 'table.remove', table: value.id }
  }

  function performAll(edits: readonly Edit[], touched: Set<Id>): Edit {
    const inverses: Edit[] = []
    try {
      for (const edit of edits) inverses.unshift(perform(edit, touched))
    } catch (error) {
      for (const inverse of inverses) perform(inverse, touched)
      throw error
    }
    return { kind: 'batch', edits: inverses }
  }

  /** Does what `step` does to tables and history, and tells the listeners once both are true. */
  function change<T>(step: (run: (edit: Edit) => Edit) => T): T {
    const touched = new Set<Id>()
    const orderBefore = order
    const result = step((edit) => perform(edit, touched))
    if (touched.size > 0) {
      cached = null
      const told = { tables: [...touched], structure: order !== orderBefore }
      for (const listener of listeners) listener(told)
    }
    return result
  }

  return {
    name: model.name,
    names,
    get order() {
      return order
    },
    get history() {
      return history.steps
    },
    get undoLabel() {
      return history.undoLabel
    },
    get redoLabel() {
      return history.redoLabel
    },
    get isDirty() {
      return history.isDirty
    },
    table: (id) => tables.get(id),
    revision: (id) => revisions.get(id) ?? (tables.has(id) ? 1 : 0),
    referencing: (id) => references.children(id),
    apply: (edit, options = {}) => {
      if (isEmpty(edit)) return
      const { label = '', history: mode = 'now', mergeKey = '' } = options
      change((run) => history.record({ label, mergeKey, edit, inverse: run(edit) }, mode))
    },
    undo: () => change((run) => history.undo(run)),
    redo: () => change((run) => history.redo(run)),
    savePoint: () => history.savePoint(),
    forgetSaved: () => history.forgetSaved(),
    markSaved: (point) => history.markSaved(point),
    snapshot: () => (cached ??= { ...model, tables: order.flatMap((id) => tables.get(id) ?? []) }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** A batch of nothing is no step: it would make a document dirty that did not change. */
const isEmpty = (edit: Edit): boolean => edit.kind === 'batch' && edit.edits.every(isEmpty)
