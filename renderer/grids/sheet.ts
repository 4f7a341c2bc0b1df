import type { TableLookup } from '../../app/model/resolve.ts'
import type { Id, Table } from '../../app/model/model.ts'

/** One line of a sheet: a table, or a part of it (field, key ...). `part` null: the table itself, or the blank last line when `isBlank`. */
export interface SheetRow {
  readonly key: string
  readonly table: Id
  readonly part: Id | null
  readonly isBlank: boolean
}

/** What reading and writing a cell may look at besides its own table. */
export interface CellContext {
  readonly lookup: TableLookup
  readonly tables: () => readonly Table[]
  readonly newId: () => Id
}

/** A text offered while typing, with what it is beside it. */
export interface Offer {
  readonly text: string
  readonly note: string
}

export interface SheetColumn {
  readonly key: string
  readonly title: string
  readonly width: number
  /** How it is shown and typed. `long`: several lines; `code`: monospaced. */
  readonly kind: 'text' | 'code' | 'boolean' | 'long'
  /** Property of findings that are shown in this cell. */
  readonly property: string
  readonly isExtra?: boolean
  readonly isReadOnly?: boolean
  /** Shown only when the sheet holds several tables. */
  readonly isTable?: boolean
  /** The cell as text; `yes` or '' for a boolean. The same text can be typed and pasted. */
  readonly read: (table: Table, part: Id | null, context: CellContext) => string
  /** The table with the cell as typed. */
  readonly write?: (table: Table, part: Id | null, text: string, context: CellContext) => Table
  readonly offers?: (table: Table, part: Id | null, text: string, context: CellContext) => readonly Offer[]
}

/** One of the tabs: which lines there are, their columns, and how lines come and go. All pure. */
export interface Sheet {
  readonly name: 'fields' | 'tables' | 'keys' | 'references' | 'indexes'
  readonly label: string
  /** What one line is called: field, key ... */
  readonly noun: string
  readonly columns: readonly SheetColumn[]
  /** Ids of the lines of a table, in order; [null] when the table itself is the line. */
  readonly partsOf: (table: Table) => readonly (Id | null)[]
  /** The table with a new, empty line before the part `before` (null: at the end). Absent when lines are tables. */
  readonly insert?: (table: Table, before: Id | null, context: CellContext) => { readonly table: Table; readonly part: Id }
  readonly remove?: (table: Table, parts: ReadonlySet<Id>) => Table
}

/** Lines of these tables in order, and the blank last one. Row objects of tables that did not change are taken over from `before`. */
export function sheetRows(sheet: Sheet, tables: readonly Table[], before: readonly SheetRow[]): readonly SheetRow[] {
  const known = new Map(before.map((row) => [row.key, row]))
  const rows: SheetRow[] = []
  for (const table of tables) {
    for (const part of sheet.partsOf(table)) {
      const key = part ?? table.id
      const old = known.get(key)
      rows.push(old && old.table === table.id && !old.isBlank ? old : { key, table: table.id, part, isBlank: false })
    }
  }
  const last = tables.at(-1)?.id ?? ''
  const blank = known.get('blank')
  rows.push(blank && blank.table === last ? blank : { key: 'blank', table: last, part: null, isBlank: true })
  return rows
}

const yes = /^(y|yes|1|t|true|x|on)$/i

/** Whether a typed or pasted text ticks a box. */
export const isYes = (text: string): boolean => yes.test(text.trim())
