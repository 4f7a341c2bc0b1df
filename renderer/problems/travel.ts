import type { Field, Id, Model, Table } from '../../app/model/model.ts'
import { showToast, type App } from '../store/app.ts'
import { documentOf } from '../store/edits.ts'
import { commitOpenEdit } from '../store/open-edit.ts'
import type { TabName } from '../store/state.ts'
import { reveal } from './walk.ts'

/** Goes through the history to just after its step number `to` (0: as it was opened), and shows where the last of these steps happened. */
export function travel(app: App, to: number): void {
  const before = doneOf(app)
  // A text that is being typed is a step of its own: what was undone before it is gone, as after any edit.
  commitOpenEdit(app)
  const document = documentOf(app)
  const now = doneOf(app)
  if (now !== before && to > before) return showToast(app, 'What was being typed is entered; what was undone before can no longer be done again.')
  let last = document.snapshot()
  for (let at = now; at !== to; at += at > to ? -1 : 1) {
    last = document.snapshot()
    if (!(at > to ? document.undo() : document.redo())) break
  }
  showChange(app, last)
}

export const doneOf = (app: App): number => documentOf(app).history.filter((step) => step.done).length

/** Brings the first thing that differs from `before` into sight. What was deleted has no place; its table is shown where there still is one. */
function showChange(app: App, before: Model): void {
  const document = documentOf(app)
  const old = new Map(before.tables.map((table) => [table.id, table]))
  const id = document.order.find((each) => document.table(each) !== old.get(each))
  const table = id === undefined ? undefined : document.table(id)
  if (!table) return
  const { tab, part, property } = placeOfChange(old.get(table.id), table)
  reveal(app, tab, table.id, part, property)
}

interface Place {
  readonly tab: TabName
  readonly part: Id | null
  readonly property?: string
}

/** Where two states of a table differ first. */
export function placeOfChange(before: Table | undefined, table: Table): Place {
  const field = changedPart<Field>(before?.fields ?? [], table.fields)
  if (field) {
    const was = before?.fields.find((each) => each.id === field.id)
    const property = was && Object.keys(field).find((key) => field[key as keyof Field] !== was[key as keyof Field] && key !== 'extra' && key !== 'invalid')
    return { tab: 'fields', part: field.id, ...(property === undefined ? {} : { property }) }
  }
  // A field that went leaves the others as they were: the one that took its place is shown.
  const at = before?.fields.findIndex((each) => !table.fields.some((one) => one.id === each.id)) ?? -1
  const next = at < 0 ? undefined : table.fields[Math.min(at, table.fields.length - 1)]
  if (next) return { tab: 'fields', part: next.id }
  for (const tab of ['keys', 'references', 'indexes'] as const) {
    const part = changedPart<{ readonly id: Id }>(before?.[tab] ?? [], table[tab])
    if (part) return { tab, part: part.id }
  }
  return { tab: before === undefined || before.fields !== table.fields ? 'fields' : 'tables', part: null }
}

const changedPart = <P extends { readonly id: Id }>(before: readonly P[], after: readonly P[]): P | undefined =>
  before === after ? undefined : after.find((part) => before.find((each) => each.id === part.id) !== part)
