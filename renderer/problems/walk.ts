import type { Finding } from '../../app/model/finding.ts'
import type { Id } from '../../app/model/model.ts'
import { gridOf } from '../grids/controllers.ts'
import { setView, type App } from '../store/app.ts'
import { tableOf } from '../store/edits.ts'
import type { TabName } from '../store/state.ts'

const places = new WeakMap<App, Finding>()

/** Selects the next (1) or previous (-1) problem, round the end. */
export function goToProblem(app: App, step: 1 | -1): void {
  const { problems } = app.store.getState().model
  const last = places.get(app)
  const at = last ? problems.indexOf(last) : -1
  const next = problems[at < 0 ? (step > 0 ? 0 : problems.length - 1) : (at + step + problems.length) % problems.length]
  if (next) showProblem(app, next)
}

/** Brings the cell of a finding into the sheet and gives it the focus. */
export function showProblem(app: App, finding: Finding): void {
  places.set(app, finding)
  const { table, field, property } = finding.path
  if (table === undefined) return
  // Checks have no sheet: their table stands for them.
  const isCheck = tableOf(app, table)?.checks.some((each) => each.id === finding.path.part) === true
  const part = isCheck ? undefined : finding.path.part
  const tab: TabName = field !== undefined ? 'fields' : part === undefined ? 'tables' : tabOfPart(app, table, part)
  reveal(app, tab, table, field ?? part ?? null, property)
}

/** Shows a table or a part of it in a sheet and gives its line the focus. */
export function reveal(app: App, tab: TabName, table: Id, part: Id | null, property?: string): void {
  const { tables } = app.store.getState().view
  const isShown = tables.length === 0 || tables.includes(table) || tab === 'tables'
  setView(app, { tab, ...(isShown ? {} : { tables: [table] }) })
  // The sheet takes its new lines over while it is drawn.
  requestAnimationFrame(() => gridOf(app, tab).reveal(table, part, property))
}

function tabOfPart(app: App, table: Id, part: Id): TabName {
  const value = tableOf(app, table)
  if (value?.references.some((each) => each.id === part)) return 'references'
  return value?.indexes.some((each) => each.id === part) ? 'indexes' : 'keys'
}
