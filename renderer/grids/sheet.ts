import type { Edit } from '../../app/model/edit.ts'
import type { Id, Table } from '../../app/model/model.ts'
import type { NameIndex } from '../../app/model/name-index.ts'
import type { TableLookup } from '../../app/model/resolve.ts'

/** One line of a sheet: a part of a table (field, key ...), or the table itself (`part` null). `isBlank`: the last line, where typing adds. */
export interface SheetRow {
  readonly key: string
  readonly table: Id
  readonly part: Id | null
  readonly isBlank: boolean
}

/** What reading and writing a cell may look at besides its own table. */
export interface CellContext {
  readonly lookup: TableLookup
  readonly names: Pick<NameIndex, 'exact' | 'anywhere'>
  readonly order: readonly Id[]
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
  /** What the column means, shown on its head. */
  readonly about?: string
  /** Property of findings that are shown in this cell. */
  readonly property: string
  /** Shown only when the person asks for all columns. */
  readonly isExtra?: boolean
  /** Shown only when the sheet holds several tables. */
  readonly isTable?: boolean
  /** The cell as text; `yes` or '' for a boolean. The same text can be typed and pasted. */
  readonly read: (table: Table, part: Id | null, context: CellContext) => string
  /** The edit behind typing `text`; null when it cannot be read. Absent where the cell is only shown. */
  readonly write?: (table: Table, part: Id | null, text: string, context: CellContext) => Edit | null
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
  /** The edit that adds an empty line before the part `before` (null: at the end), and the new part. */
  readonly insert: (table: Table, before: Id | null, context: CellContext) => { readonly edit: Edit; readonly part: Id }
  readonly remove: (table: Table, parts: readonly Id[]) => Edit
}

/** Lines of tables, kept per table so that a change of one table makes only its own lines anew. */
export interface RowKeeper {
  /** Lines of these tables in order, and the blank last one. */
  rows(tables: readonly Table[]): readonly SheetRow[]
}

export function createRowKeeper(sheet: Sheet): RowKeeper {
  const kept = new Map<Id, { readonly table: Table; readonly rows: readonly SheetRow[] }>()
  let blank: SheetRow = { key: 'blank', table: '', part: null, isBlank: true }
  function rowsOfTable(table: Table): readonly SheetRow[] {
    const old = kept.get(table.id)
    if (old?.table === table) return old.rows
    const before = new Map(old?.rows.map((row) => [row.key, row]))
    const rows = sheet.partsOf(table).map((part): SheetRow => {
      const key = part ?? table.id
      return before.get(key) ?? { key, table: table.id, part, isBlank: false }
    })
    kept.set(table.id, { table, rows })
    return rows
  }
  return {
    rows(tables) {
      const rows: SheetRow[] = []
      for (const table of tables) for (const row of rowsOfTable(table)) rows.push(row)
      const last = tables.at(-1)?.id ?? ''
      if (blank.table !== last) blank = { ...blank, table: last }
      rows.push(blank)
      return rows
    },
  }
}

const yes = /^(y|yes|1|t|true|x|on)$/i
const no = /^(|n|no|0|f|false|off)$/i

/** A typed or pasted box: true, false, or null when the text says neither. */
export function parseYesNo(text: string): boolean | null {
  const trimmed = text.trim()
  return yes.test(trimmed) ? true : no.test(trimmed) ? false : null
}
