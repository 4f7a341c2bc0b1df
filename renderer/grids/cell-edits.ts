import { applyToTable, type Edit } from '../../app/model/edit.ts'
import { emptyTable } from '../../app/model/build.ts'
import type { Id, Table } from '../../app/model/model.ts'
import { displayName } from '../../app/model/names.ts'
import type { Cell } from './selection.ts'
import type { CellContext, Sheet, SheetColumn, SheetRow } from './sheet.ts'

/** A text that lands in a cell; rows past the end are to be made. */
export interface CellWrite {
  readonly cell: Cell
  readonly text: string
}

/** A sheet as it is shown now. */
export interface ShownSheet {
  readonly sheet: Sheet
  readonly rows: readonly SheetRow[]
  readonly columns: readonly SheetColumn[]
}

/** One step of undo. */
export interface NamedEdit {
  readonly label: string
  readonly edit: Edit
}

/** A table after an edit of itself. Edits of other tables are left out. */
export function editedTable(table: Table, edit: Edit): Table {
  if (edit.kind === 'batch') return edit.edits.reduce(editedTable, table)
  if (edit.kind === 'table.add' || edit.kind === 'table.remove' || edit.kind === 'table.move') return table
  return applyToTable(table, edit).table
}

/** A step, and the texts that it could not take: their cells keep neither a value nor the text as typed. */
export interface WrittenCells extends NamedEdit {
  readonly unread: readonly CellWrite[]
}

/** Writes texts into cells as one step: lines are made for the blank row and past the end, cells that are only shown are skipped. */
export function writeCells(shown: ShownSheet, writes: readonly CellWrite[], context: CellContext): WrittenCells {
  const draft = createDraft(shown, context)
  const unread: CellWrite[] = []
  for (const write of writes) {
    const { cell, text } = write
    const column = shown.columns[cell.col]
    if (!column?.write) continue
    if (shown.rows[cell.row]?.isBlank !== false && text === '') continue
    const line = draft.line(cell.row)
    const table = line && draft.table(line.table)
    const edit = table && column.write(table, line.part, text, context)
    if (table && edit) draft.put(editedTable(table, edit), edit)
    else if (text !== '') unread.push(write)
  }
  const { edit } = draft.done()
  return { label: labelOf(shown, writes, context), edit, unread }
}

/** Empties cells. */
export function clearWrites(columns: readonly SheetColumn[], cells: readonly Cell[]): readonly CellWrite[] {
  return cells.filter(({ col }) => columns[col]?.write).map((cell) => ({ cell, text: '' }))
}

/** Takes lines away. */
export function deleteLines(sheet: Sheet, lines: readonly SheetRow[], context: CellContext): NamedEdit {
  const byTable = new Map<Id, Id[]>()
  for (const line of lines) byTable.set(line.table, [...(byTable.get(line.table) ?? []), ...(line.part === null ? [] : [line.part])])
  const edits = [...byTable].flatMap(([id, parts]) => {
    const table = context.lookup(id)
    return table ? sheet.remove(table, parts) : []
  })
  const label =
    lines.length === 1
      ? `Delete ${sheet.noun} ${nameOf(lines[0], sheet, context)}`.trim()
      : `Delete ${lines.length} ${sheet.noun}s of ${tableNames(lines, context)}`
  return { label, edit: { kind: 'batch', edits } }
}

/** Puts `count` empty lines before a line. */
export function insertLines(sheet: Sheet, line: SheetRow, count: number, context: CellContext): NamedEdit {
  const edits: Edit[] = []
  let table = context.lookup(line.table)
  for (let i = 0; i < count && table; i++) {
    const { edit } = sheet.insert(table, line.isBlank ? null : line.part, context)
    table = editedTable(table, edit)
    edits.push(edit)
  }
  return { label: count === 1 ? `Insert ${sheet.noun}` : `Insert ${count} ${sheet.noun}s`, edit: { kind: 'batch', edits } }
}

function nameOf(line: SheetRow | undefined, sheet: Sheet, context: CellContext): string {
  const table = line && context.lookup(line.table)
  const column = sheet.columns.find((each) => each.property === 'name')
  if (!line || !table || !column) return ''
  const name = column.read(table, line.part, context)
  return line.part === null ? name : [displayName(table), name].filter((text) => text !== '').join('.')
}

/** The tables of lines, by name: the first three. */
function tableNames(lines: readonly SheetRow[], { lookup }: CellContext): string {
  const ids = [...new Set(lines.map((line) => line.table))]
  const names = ids.slice(0, 3).flatMap((id) => lookup(id) ?? []).map(displayName)
  return ids.length > 3 ? `${names.join(', ')} and ${ids.length - 3} more tables` : names.join(', ')
}

/** A value in a label: short, and never nothing. */
function shortValue(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line === '' ? 'empty' : line.length > 40 ? `${line.slice(0, 39)}…` : line
}

/** What a step does, with the object, the old and the new value: what the history and Undo call it. */
function labelOf({ sheet, columns, rows }: ShownSheet, writes: readonly CellWrite[], context: CellContext): string {
  const [first] = writes
  if (!first) return 'Edit'
  const lines = writes.flatMap(({ cell }) => rows[cell.row] ?? [])
  if (writes.length > 1) return `Edit ${writes.length} cells of ${tableNames(lines, context)}`
  const row = rows[first.cell.row]
  const column = columns[first.cell.col]
  const table = row && context.lookup(row.table)
  if (row?.isBlank !== false || !table || !column) return `Add ${sheet.noun} ${[table ? displayName(table) : '', first.text].filter((text) => text !== '').join('.')}`
  const old = column.read(table, row.part, context)
  return `${column.title} of ${nameOf(row, sheet, context)}: ${shortValue(old)} → ${shortValue(first.text)}`
}

/** Tables as they become while several cells are written: each write sees the ones before it. */
function createDraft({ sheet, rows }: ShownSheet, context: CellContext) {
  const tables = new Map<Id, Table>()
  const edits: Edit[] = []
  const made = new Map<number, { readonly table: Id; readonly part: Id | null }>()
  const table = (id: Id): Table | undefined => tables.get(id) ?? context.lookup(id)
  const put = (value: Table, edit: Edit) => {
    tables.set(value.id, value)
    edits.push(edit)
  }

  /** The line of a row: of the sheet, or made now at the end of the last table (or of a new table, when there is none). */
  function line(row: number): { readonly table: Id; readonly part: Id | null } | null {
    const shown = rows[row]
    if (shown && !shown.isBlank) return shown
    const old = made.get(row)
    if (old) return old
    const home = table(rows.at(-1)?.table ?? '') ?? [...tables.values()].at(-1) ?? newTable()
    const { edit, part } = sheet.insert(home, null, context)
    if (edit.kind === 'table.add') {
      tables.set(part, edit.value)
      edits.push(edit)
      made.set(row, { table: part, part: null })
    } else {
      put(editedTable(home, edit), edit)
      made.set(row, { table: home.id, part })
    }
    return made.get(row) ?? null
  }

  function newTable(): Table {
    const value = emptyTable(context.newId(), 'table_1')
    put(value, { kind: 'table.add', value, at: null })
    return value
  }

  /** One edit for all. Many edits of few tables become the finished tables: cheaper to do and to undo. */
  function done(): { readonly edit: Edit } {
    const [only] = edits
    if (edits.length === 1 && only) return { edit: only }
    const isKnown = [...tables.keys()].every((id) => context.lookup(id) !== undefined)
    if (!isKnown || edits.length < 8) return { edit: { kind: 'batch', edits } }
    return { edit: { kind: 'batch', edits: [...tables.values()].map((value) => ({ kind: 'table.put', table: value.id, value })) } }
  }

  return { line, table, put, done }
}
