import { tableOf, cellContext } from '../store/edits.ts'
import type { App } from '../store/app.ts'
import type { Sheet, SheetColumn, SheetRow } from './sheet.ts'

/** A cell by what it stands for, not by where it is drawn: lines come and go, tables are chosen and columns hidden while it is typed into. */
export interface CellPlace {
  readonly row: SheetRow
  readonly column: SheetColumn
}

/** The blank line has one key wherever it stands: its table tells it apart. */
export const isSameRow = (a: SheetRow, b: SheetRow): boolean => a.key === b.key && (!a.isBlank || a.table === b.table)

export const isAt = (place: CellPlace, row: SheetRow, column: SheetColumn): boolean =>
  place.column.key === column.key && isSameRow(place.row, row)

/** The text that the model has at a place; '' for a line that is still to be made. */
export function textOf(app: App, { row, column }: CellPlace): string {
  const table = row.isBlank ? undefined : tableOf(app, row.table)
  return table ? column.read(table, row.part, cellContext(app)) : ''
}

/** Whether what the place stands for is still in the model. A blank line is there as long as its table is, or where there is no table yet. */
export function isThere(app: App, sheet: Sheet, { row }: CellPlace): boolean {
  const table = tableOf(app, row.table)
  if (row.isBlank) return table !== undefined || row.table === ''
  return table !== undefined && (row.part === null || sheet.partsOf(table).includes(row.part))
}
