import type { DataGridHandle } from 'react-data-grid'
import type { Id, Table } from '../../app/model/model.ts'
import { setView, showToast, type App } from '../store/app.ts'
import { applyEdit, cellContext, tableOf } from '../store/edits.ts'
import { registerEditor } from '../store/open-edit.ts'
import { clearWrites, deleteLines, editedTable, insertLines, writeCells, type CellWrite, type ShownSheet } from './cell-edits.ts'
import { isAt, isSameRow, isThere, textOf, type CellPlace } from './cell-place.ts'
import { planPaste, type Block } from './clipboard.ts'
import type { GridCommand } from './keys.ts'
import {
  clamp,
  extendTo,
  isSameSelection,
  isWholeRows,
  moveFrom,
  moveSelection,
  newestRange,
  rowsOf,
  selectAll,
  selectCell,
  selectColumns,
  selectRows,
  type Cell,
  type GridSelection,
} from './selection.ts'
import { afterCommit, cellsOf } from './steps.ts'
import { createGridSession, type CellEdit, type GridSession } from './session.ts'
import { parseYesNo, type Offer, type Sheet, type SheetColumn, type SheetRow } from './sheet.ts'

/** Everything that hands do in one sheet: it turns keys, pointer and clipboard into selection and edits. */
export class GridController {
  readonly app: App
  readonly sheet: Sheet
  readonly session: GridSession = createGridSession()
  rows: readonly SheetRow[] = []
  columns: readonly SheetColumn[] = []
  handle: DataGridHandle | null = null
  /** The text field of the active cell: it has the focus whenever the sheet has. */
  input: HTMLElement | null = null

  constructor(app: App, sheet: Sheet) {
    this.app = app
    this.sheet = sheet
    this.session.subscribe((state, before) => {
      if (state.edit !== before.edit) app.draft.setState({ table: this.draft() })
      if (state.selection.active !== before.selection.active) this.anchor = this.placeAt(state.selection.active)
    })
    registerEditor(app, () => this.commitEdit())
    // Whatever moves the view, the text that is being typed goes into its own field first.
    app.store.subscribe(({ view, model }, before) => {
      if (model.document !== before.model.document) this.startOver()
      else if (view.tables !== before.view.tables || view.tab !== before.view.tab) this.commitEdit()
    })
  }

  /** Takes the drawn grid over; the first time, the focus starts on the name. */
  attach(handle: DataGridHandle | null): void {
    this.handle = handle
    if (handle) this.place()
  }

  private place(): void {
    if (!this.isPlaced) this.session.setState({ selection: selectCell({ row: 0, col: this.nameColumn() }) })
    this.isPlaced = true
  }

  private isPlaced = false

  /** What the active cell stands for: the selection follows it when lines or columns come and go. Null: it stays where it is. */
  private anchor: CellPlace | null = null

  private placeAt({ row, col }: Cell): CellPlace | null {
    const line = this.rows[row]
    const column = this.columns[col]
    return line && column ? { row: line, column } : null
  }

  /** Another model is shown: nothing of the last one counts. */
  private startOver(): void {
    this.session.setState({ selection: selectCell({ row: 0, col: 0 }), edit: null, tabStart: null, isLeaving: false })
    this.anchor = null
    this.isPlaced = false
  }

  get size() {
    return { rows: this.rows.length, cols: this.columns.length }
  }

  get selection(): GridSelection {
    return this.session.getState().selection
  }

  /** Takes over lines and columns as they are shown now. */
  show(rows: readonly SheetRow[], columns: readonly SheetColumn[]): void {
    this.rows = rows
    this.columns = columns
  }

  textAt(row: number, col: number): string {
    const place = this.placeAt({ row, col })
    return place ? textOf(this.app, place) : ''
  }

  offers(): readonly Offer[] {
    const { edit } = this.session.getState()
    if (!edit || edit.isListClosed) return []
    const { row, column } = edit.place
    const table = tableOf(this.app, row.table)
    return table && column.offers ? column.offers(table, row.part, edit.text, cellContext(this.app)) : []
  }

  /** Selects, brings the cell into view, and tells the rest of the window what has the focus. */
  select(selection: GridSelection, options: { readonly focus?: boolean } = {}): void {
    const next = clamp(selection, this.size)
    const { edit } = this.session.getState()
    const to = this.placeAt(next.active)
    if (edit && !(to && isAt(edit.place, to.row, to.column))) this.commitEdit()
    this.session.setState({ selection: next, isLeaving: false })
    this.handle?.setActivePosition({ rowIdx: next.active.row, idx: next.active.col + 1 }, { shouldFocus: options.focus !== false })
    const shown = next.extent
    if (shown !== next.active) this.handle?.scrollToCell({ rowIdx: shown.row, idx: shown.col + 1 })
    this.tellFocus()
  }

  tellFocus(): void {
    const line = this.rows[this.selection.active.row]
    const focus = { table: line?.table ?? null, part: line?.part ?? null }
    const old = this.app.store.getState().view.focus
    if (old.table !== focus.table || old.part !== focus.part) setView(this.app, { focus })
  }

  private isFocused = false
  private withHeaders = false

  /** Whether the sheet has the focus: then the text field of a new active cell takes it too. */
  setFocused(isFocused: boolean): void {
    this.isFocused = isFocused
    if (!isFocused) this.session.setState({ isLeaving: false })
  }

  /** The text field of the active cell came or went. */
  setInput(input: HTMLElement | null): void {
    this.input = input
    if (input && this.isFocused && !input.contains(document.activeElement)) input.focus({ preventScroll: true })
  }

  /** Brings selection and grid together after lines or columns changed: the selection follows its cell, and so does what is typed there. */
  settle(): void {
    this.place()
    const { selection } = this
    const { edit } = this.session.getState()
    const place = edit?.place ?? this.anchor
    const found = place && (edit || !place.row.isBlank) ? this.find(place, selection.active) : null
    if (edit && !found) this.commitEdit()
    const moved = found ? moveSelection(selection, found) : selection
    const next = clamp(moved, this.size)
    if (!isSameSelection(next, selection)) this.session.setState({ selection: next })
    this.anchor = this.placeAt(next.active)
    this.handle?.setActivePosition({ rowIdx: next.active.row, idx: next.active.col + 1 }, { shouldFocus: this.isFocused })
    this.tellFocus()
  }

  /** Where a place is drawn now; null when it is out of sight. */
  private find(place: CellPlace, near: Cell): Cell | null {
    const isRow = (row: SheetRow | undefined) => row !== undefined && isSameRow(row, place.row)
    const row = isRow(this.rows[near.row]) ? near.row : this.rows.findIndex(isRow)
    const col = this.columns.findIndex((column) => column.key === place.column.key)
    return row < 0 || col < 0 ? null : { row, col }
  }

  /** Copies with the column titles as first line. */
  copyWithHeaders(): void {
    this.withHeaders = true
    this.focus()
    document.execCommand('copy')
    this.withHeaders = false
  }

  takeWithHeaders(): boolean {
    return this.withHeaders
  }

  focus(): void {
    this.isFocused = true
    if (this.input) this.input.focus({ preventScroll: true })
    else this.select(this.selection)
  }

  // Pointer

  pointAt(cell: Cell, press: { readonly shift: boolean; readonly mod: boolean }): void {
    this.commitEdit()
    this.session.setState({ tabStart: null })
    this.isDraggingRows = false
    const { selection } = this
    if (press.shift) this.select(extendTo(selection, cell))
    else if (press.mod) this.select({ active: cell, extent: cell, more: [...selection.more, newestRange(selection)] })
    else this.select(selectCell(cell))
    this.focus()
  }

  dragTo(cell: Cell): void {
    const { selection, edit } = this.session.getState()
    // The pointer marks text inside of the cell that is typed into.
    if (edit) return
    const to = this.isDraggingRows ? { row: cell.row, col: this.size.cols - 1 } : { row: cell.row, col: Math.max(0, cell.col) }
    if (selection.extent.row !== to.row || selection.extent.col !== to.col) this.session.setState({ selection: extendTo(selection, to) })
  }

  /** A drag went past the edge: the row that is there now. */
  dragToRow(row: number): void {
    this.dragTo({ row, col: this.selection.extent.col })
  }

  /** The drag that goes on began on the number of a line: it takes whole lines. */
  private isDraggingRows = false

  pointAtRow(row: number, press: { readonly shift: boolean; readonly mod: boolean }): void {
    this.commitEdit()
    const { selection } = this
    const rows = selectRows(press.shift ? selection.active.row : row, row, this.size)
    this.select(press.mod ? { ...rows, more: [...selection.more, newestRange(selection)] } : rows)
    this.focus()
    this.isDraggingRows = true
  }

  pointAtColumn(col: number, shift: boolean): void {
    this.commitEdit()
    this.select(selectColumns(shift ? this.selection.active.col : col, col, this.size), { focus: true })
    this.focus()
  }

  // Keys

  obey(command: GridCommand): void {
    switch (command.kind) {
      case 'move':
        return this.move(command.movement, command.extend)
      case 'commit':
        return this.commit(command.go)
      case 'edit':
        return this.beginEdit()
      case 'cancel':
        return this.session.setState({ edit: null })
      case 'clear':
        return this.clear()
      case 'toggle':
        return this.toggle()
      case 'lineBreak':
        return this.breakLine()
      case 'leave':
        return this.session.setState({ isLeaving: true })
      case 'select':
        return this.selectWhole(command.what)
      case 'deleteRows':
        return this.deleteRows()
      case 'insertRows':
        return this.insertRows()
      case 'listDown':
        return this.markOffer(1)
      case 'listUp':
        return this.markOffer(-1)
    }
  }

  private move(movement: Parameters<typeof moveFrom>[1], extend: boolean): void {
    const { selection } = this
    const context = { size: this.size, page: this.page(), isFilled: (cell: Cell) => this.textAt(cell.row, cell.col) !== '' }
    const to = moveFrom(extend ? selection.extent : selection.active, movement, context)
    this.session.setState({ tabStart: null })
    this.select(extend ? extendTo(selection, to) : selectCell(to))
  }

  private page(): number {
    return Math.max(1, Math.floor((this.handle?.element?.clientHeight ?? 400) / 28) - 2)
  }

  private selectWhole(what: 'all' | 'row' | 'column'): void {
    const range = newestRange(this.selection)
    if (what === 'all') this.session.setState({ selection: selectAll(this.size) })
    else
      this.session.setState({
        selection: what === 'row' ? selectRows(range.top, range.bottom, this.size) : selectColumns(range.left, range.right, this.size),
      })
    const { selection } = this
    this.handle?.setActivePosition({ rowIdx: selection.active.row, idx: selection.active.col + 1 }, { shouldFocus: true })
  }

  // Typing

  /** Opens the cell with its text and the caret at the end. */
  beginEdit(): void {
    const place = this.placeAt(this.selection.active)
    if (place?.column.write === undefined) return
    this.session.setState({ edit: { place, text: textOf(this.app, place), mode: 'caret', marked: -1, isListClosed: true } })
    this.focus()
  }

  /** The content of the text field in this cell changed: a first sign replaces the value. */
  type(place: CellPlace, text: string): void {
    if (place.column.write === undefined) return
    const open = this.session.getState().edit
    const edit = open && isAt(open.place, place.row, place.column) ? open : null
    if (open && !edit) this.commitEdit()
    this.session.setState({ edit: { place, text, mode: edit?.mode ?? 'typed', marked: -1, isListClosed: false } })
  }

  private markOffer(step: 1 | -1): void {
    const { edit } = this.session.getState()
    const count = this.offers().length
    if (!edit || count === 0) return
    const marked = edit.marked + step
    this.session.setState({ edit: { ...edit, marked: marked < -1 ? count - 1 : marked >= count ? -1 : marked } })
  }

  /** Takes an offer of the list as the value. */
  takeOffer(text: string): void {
    const { edit } = this.session.getState()
    if (!edit) return
    this.session.setState({ edit: { ...edit, text, marked: -1, isListClosed: true } })
    this.commit('stay')
  }

  private breakLine(): void {
    const { edit } = this.session.getState()
    const field = this.input
    if (!edit || !(field instanceof HTMLTextAreaElement)) return
    field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end')
    this.type(edit.place, field.value)
  }

  /** Writes the typed text into its own cell, if one is being typed into; Esc would have left it as it was. */
  commitEdit(everywhere = false): void {
    const { edit } = this.session.getState()
    if (!edit) return
    const text = this.typed(edit)
    this.session.setState({ edit: null })
    if (everywhere) return this.write(cellsOf(this.selection, this.columns.length).map((cell) => ({ cell, text })))
    const { place } = edit
    if (text === textOf(this.app, place)) return
    if (!isThere(this.app, this.sheet, place)) return showToast(this.app, `Not entered: ${text}. Its ${this.sheet.noun} is no longer in the model.`)
    this.perform({ sheet: this.sheet, rows: [place.row], columns: [place.column] }, [{ cell: { row: 0, col: 0 }, text }])
  }

  /** What counts of an edit: the offer that is marked, else the text. */
  private typed(edit: CellEdit): string {
    return edit.marked >= 0 ? (this.offers()[edit.marked]?.text ?? edit.text) : edit.text
  }

  private commit(then: 'down' | 'up' | 'right' | 'left' | 'all' | 'stay'): void {
    const { tabStart } = this.session.getState()
    const { active } = this.selection
    const place = this.placeAt(active)
    if (then === 'all' && place && !this.session.getState().edit)
      this.session.setState({ edit: { place, text: textOf(this.app, place), mode: 'typed', marked: -1, isListClosed: true } })
    this.commitEdit(then === 'all')
    if (then === 'all') return
    if (then === 'stay') return this.focus()
    const { to, start } = afterCommit(active, then, tabStart, this.size)
    this.session.setState({ tabStart: start })
    this.select(selectCell(to))
  }

  // Cells

  private write(cells: readonly CellWrite[]): void {
    this.perform(this, cells)
  }

  /** Writes texts as one step, and says which of them the sheet has no way to keep. */
  private perform(shown: ShownSheet, writes: readonly CellWrite[]): void {
    const { label, edit, unread } = writeCells(shown, writes, cellContext(this.app))
    applyEdit(this.app, label, edit)
    const [first] = unread
    if (first === undefined) return
    const title = shown.columns[first.cell.col]?.title ?? 'cell'
    const more = unread.length > 1 ? `, and ${unread.length - 1} more` : ''
    showToast(this.app, `Not entered: ${first.text} cannot be read as ${title.toLowerCase()}${more}. The cell stays as it was.`)
  }

  private toggle(): void {
    const { row, col } = this.selection.active
    const text = parseYesNo(this.textAt(row, col)) === true ? 'no' : 'yes'
    this.write(
      cellsOf(this.selection, this.columns.length)
        .filter((cell) => this.columns[cell.col]?.kind === 'boolean' && !this.rows[cell.row]?.isBlank)
        .map((cell) => ({ cell, text })),
    )
  }

  /** One click on a box. */
  toggleAt(cell: Cell): void {
    this.pointAt(cell, { shift: false, mod: false })
    this.toggle()
  }

  clear(): void {
    if (isWholeRows(this.selection, this.size)) return this.deleteRows()
    const cells = clearWrites(
      this.columns,
      cellsOf(this.selection, this.columns.length).filter((cell) => !this.rows[cell.row]?.isBlank),
    )
    this.write(cells)
    if (cells.length > 1) showToast(this.app, `Cleared ${cells.length} cells`, true)
  }

  deleteRows(): void {
    const lines = rowsOf(this.selection)
      .flatMap((row) => this.rows[row] ?? [])
      .filter((line) => !line.isBlank)
    if (lines.length === 0) return
    const { label, edit } = deleteLines(this.sheet, lines, cellContext(this.app))
    applyEdit(this.app, label, edit)
    showToast(this.app, label.replace('Delete', 'Deleted'), true)
    this.select(selectCell({ row: newestRange(this.selection).top, col: this.selection.active.col }))
    this.anchor = null
  }

  insertRows(): void {
    const range = newestRange(this.selection)
    const line = this.rows[range.top]
    if (!line) return
    const { label, edit } = insertLines(this.sheet, line, range.bottom - range.top + 1, cellContext(this.app))
    applyEdit(this.app, label, edit)
    this.select(selectCell({ row: range.top, col: this.nameColumn() }))
    // The new line takes this place once it is drawn.
    this.anchor = null
  }

  private nameColumn(): number {
    return Math.max(
      0,
      this.columns.findIndex((column) => column.property === 'name'),
    )
  }

  // Clipboard

  /** The newest rectangle as texts. */
  copyBlock(withHeaders: boolean): Block {
    const range = newestRange(this.selection)
    const block: string[][] = withHeaders ? [this.columns.slice(range.left, range.right + 1).map((column) => column.title)] : []
    for (let row = range.top; row <= range.bottom; row++) {
      if (this.rows[row]?.isBlank && range.bottom > range.top) continue
      const cells: string[] = []
      for (let col = range.left; col <= range.right; col++) cells.push(this.textAt(row, col))
      block.push(cells)
    }
    return block
  }

  cut(): void {
    const cells = cellsOf(this.selection, this.columns.length).filter((cell) => !this.rows[cell.row]?.isBlank)
    this.write(clearWrites(this.columns, cells))
  }

  /** Pastes a block as one step; says what did not fit. */
  paste(block: Block): void {
    const filled = { rows: this.rows.length - 1, cols: this.columns.length }
    const plan = planPaste(block, this.selection, filled)
    if (plan.writes.length === 0) return
    const before = this.errorCount()
    this.write(plan.writes)
    this.session.setState({ selection: { active: plan.from, extent: plan.to, more: [] } })
    const parts = [`Pasted ${plan.writes.length} cells`]
    if (plan.newRows > 0) parts.push(`${plan.newRows} new ${this.sheet.noun}${plan.newRows > 1 ? 's' : ''}`)
    const invalid = this.errorCount() - before
    if (invalid > 0) parts.push(`${invalid} new error${invalid > 1 ? 's' : ''}`)
    if (plan.droppedColumns > 0) parts.push(`${plan.droppedColumns} columns did not fit and were left out`)
    if (plan.writes.length > 1 || plan.droppedColumns > 0) showToast(this.app, parts.join(', '), true)
  }

  private errorCount(): number {
    return this.app.store.getState().model.problems.filter((finding) => finding.severity === 'error').length
  }

  /** The table as it would be with what is being typed; null when nothing is. */
  draft(): Table | null {
    const { edit } = this.session.getState()
    if (!edit || edit.place.row.isBlank) return null
    const { row, column } = edit.place
    const table = tableOf(this.app, row.table)
    const written = table && column.write?.(table, row.part, this.typed(edit), cellContext(this.app))
    if (!table) return null
    return written ? editedTable(table, written) : null
  }

  /** Selects a line by the id of its table and part. */
  reveal(table: Id, part: Id | null, property?: string): void {
    const row = this.rows.findIndex((line) => !line.isBlank && line.table === table && (part === null || line.part === part))
    const col = property === undefined ? this.selection.active.col : this.columns.findIndex((column) => column.property === property)
    if (row >= 0) this.select(selectCell({ row, col: Math.max(0, col) }))
  }
}
