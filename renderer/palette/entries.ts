import { whyDisabled, type Action } from '../actions/action.ts'
import { actions } from '../actions/actions.ts'
import { isMac } from '../actions/platform.ts'
import { renderShortcut } from '../actions/shortcut.ts'
import type { ModelDocument } from '../../app/model/document.ts'
import { displayName } from '../../app/model/names.ts'
import { renderType } from '../../app/model/render-type.ts'
import { reveal } from '../problems/walk.ts'
import { setView, type App } from '../store/app.ts'
import type { AppState } from '../store/state.ts'
import { fuzzyFilter } from './fuzzy.ts'

/** A line of the palette: an action, or a place to go to. */
export interface Entry {
  readonly key: string
  readonly title: string
  readonly note: string
  readonly keys: string
  /** Why it cannot be chosen now. */
  readonly reason: string | null
  readonly action?: Action
  readonly go?: (app: App) => void
}

let recent: readonly string[] = []

/** Puts an action first in the next palette. */
export function rememberAction(id: string): void {
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, 8)
}

/** Actions that match, recent ones first while nothing is typed. */
export function commandEntries(state: AppState, query: string): readonly Entry[] {
  const rank = (action: Action) => (recent.includes(action.id) ? recent.indexOf(action.id) : recent.length)
  const ordered = actions.filter((action) => action.id !== 'go.command').toSorted((a, b) => rank(a) - rank(b))
  // What is in the title counts before what is only meant by it.
  const byTitle = fuzzyFilter(query, ordered, ({ title }) => title)
  const byKeyword = fuzzyFilter(
    query,
    ordered.filter((action) => !byTitle.includes(action)),
    ({ title, keywords }) => `${title} ${keywords ?? ''}`,
  )
  return [...byTitle, ...byKeyword].map((action) => ({
    key: action.id,
    title: action.title,
    note: action.group,
    keys: action.shortcuts?.[0] ? renderShortcut(action.shortcuts[0], isMac) : '',
    reason: whyDisabled(action, state),
    action,
  }))
}

interface Place {
  readonly text: string
  readonly table: string
  readonly field: string | null
  readonly note: string
}

/** Tables that match, then fields once a dot or three letters are typed. */
export function objectEntries(document: ModelDocument, query: string): readonly Entry[] {
  const tables: Place[] = []
  const fields: Place[] = []
  const wantsFields = query.trim().length >= 3 || query.includes('.')
  for (const id of document.order) {
    const table = document.table(id)
    if (!table) continue
    tables.push({ text: displayName(table), table: id, field: null, note: `${table.fields.length} fields` })
    if (wantsFields)
      for (const field of table.fields)
        fields.push({ text: `${displayName(table)}.${field.name}`, table: id, field: field.id, note: renderType(field.type) })
  }
  const hits = [
    ...fuzzyFilter(query, tables, (place) => place.text, 40),
    ...(wantsFields ? fuzzyFilter(query, fields, (place) => place.text, 40) : []),
  ]
  return hits.map((place) => ({
    key: `${place.table} ${place.field ?? ''}`,
    title: place.text,
    note: place.note,
    keys: '',
    reason: null,
    go: (app) => goTo(app, place),
  }))
}

function goTo(app: App, place: Place): void {
  setView(app, { tables: [place.table], tab: 'fields' })
  requestAnimationFrame(() => reveal(app, 'fields', place.table, place.field))
}
