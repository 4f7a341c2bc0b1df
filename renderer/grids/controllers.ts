import type { App } from '../store/app.ts'
import type { TabName } from '../store/state.ts'
import { GridController } from './controller.ts'
import { fieldsSheet } from './fields-sheet.ts'
import { indexesSheet, keysSheet, referencesSheet } from './part-sheets.ts'
import type { Sheet } from './sheet.ts'
import { tablesSheet } from './tables-sheet.ts'

/** The sheets in the order of their tabs. */
export const sheets: readonly Sheet[] = [fieldsSheet, tablesSheet, keysSheet, referencesSheet, indexesSheet]

const made = new WeakMap<App, Map<TabName, GridController>>()

/** The controller of a tab: it keeps its selection while other tabs are shown. */
export function gridOf(app: App, tab: TabName): GridController {
  const some = made.get(app) ?? new Map<TabName, GridController>()
  made.set(app, some)
  const old = some.get(tab)
  if (old) return old
  const sheet = sheets.find((each) => each.name === tab) ?? fieldsSheet
  const grid = new GridController(app, sheet)
  some.set(tab, grid)
  return grid
}

/** The controller of the tab that is shown. */
export function shownGrid(app: App): GridController {
  return gridOf(app, app.store.getState().view.tab)
}
