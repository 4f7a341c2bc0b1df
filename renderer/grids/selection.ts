/** A cell by position: 0-based row and column of the sheet as it is shown. */
export interface Cell {
  readonly row: number
  readonly col: number
}

/** A rectangle of cells, edges included. */
export interface Range {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** `active` has the focus and anchors the newest rectangle, which reaches to `extent`; `more` are the older ones (Mod+click). */
export interface GridSelection {
  readonly active: Cell
  readonly extent: Cell
  readonly more: readonly Range[]
}

export interface GridSize {
  readonly rows: number
  readonly cols: number
}

export type Movement =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'rowStart'
  | 'rowEnd'
  | 'start'
  | 'end'
  | 'pageUp'
  | 'pageDown'
  | 'edgeUp'
  | 'edgeDown'
  | 'edgeLeft'
  | 'edgeRight'

/** One cell, selected alone. */
export function selectCell(cell: Cell): GridSelection {
  return { active: cell, extent: cell, more: [] }
}

/** The same anchor, the newest rectangle reaching to `cell`. */
export function extendTo(selection: GridSelection, cell: Cell): GridSelection {
  return { ...selection, extent: cell }
}

/** A new rectangle at `cell` beside those there are. */
export function addCell(selection: GridSelection, cell: Cell): GridSelection {
  return { active: cell, extent: cell, more: [...selection.more, newestRange(selection)] }
}

export function selectRows(from: number, to: number, size: GridSize): GridSelection {
  return { active: { row: from, col: 0 }, extent: { row: to, col: size.cols - 1 }, more: [] }
}

export function selectColumns(from: number, to: number, size: GridSize): GridSelection {
  return { active: { row: 0, col: from }, extent: { row: size.rows - 1, col: to }, more: [] }
}

export function selectAll(size: GridSize): GridSelection {
  return { active: { row: 0, col: 0 }, extent: { row: size.rows - 1, col: size.cols - 1 }, more: [] }
}

/** The rectangle between anchor and extent. */
export function newestRange({ active, extent }: GridSelection): Range {
  return {
    top: Math.min(active.row, extent.row),
    left: Math.min(active.col, extent.col),
    bottom: Math.max(active.row, extent.row),
    right: Math.max(active.col, extent.col),
  }
}

/** Every rectangle, oldest first. They may overlap. */
export function rangesOf(selection: GridSelection): readonly Range[] {
  return [...selection.more, newestRange(selection)]
}

export function contains(selection: GridSelection, row: number, col: number): boolean {
  return inRange(newestRange(selection), row, col) || selection.more.some((range) => inRange(range, row, col))
}

function inRange(range: Range, row: number, col: number): boolean {
  return row >= range.top && row <= range.bottom && col >= range.left && col <= range.right
}

/** Number of cells, each counted once. */
export function countCells(selection: GridSelection): number {
  const ranges = rangesOf(selection)
  if (ranges.length === 1) return area(newestRange(selection))
  let count = 0
  for (const row of rowsOf(selection)) count += columnsInRow(ranges, row)
  return count
}

function area(range: Range): number {
  return (range.bottom - range.top + 1) * (range.right - range.left + 1)
}

function columnsInRow(ranges: readonly Range[], row: number): number {
  const columns = new Set<number>()
  for (const range of ranges) {
    if (row < range.top || row > range.bottom) continue
    for (let col = range.left; col <= range.right; col++) columns.add(col)
  }
  return columns.size
}

/** Rows that the selection touches, ascending, each once. */
export function rowsOf(selection: GridSelection): readonly number[] {
  const rows = new Set<number>()
  for (const range of rangesOf(selection)) for (let row = range.top; row <= range.bottom; row++) rows.add(row)
  return [...rows].toSorted((a, b) => a - b)
}

/** True when every rectangle spans the whole width: then Delete removes rows instead of clearing cells. */
export function isWholeRows(selection: GridSelection, size: GridSize): boolean {
  return size.cols > 1 && rangesOf(selection).every((range) => range.left === 0 && range.right === size.cols - 1)
}

/** The selection pulled back inside a sheet that became smaller. */
export function clamp(selection: GridSelection, size: GridSize): GridSelection {
  const inside = (cell: Cell): Cell => ({
    row: Math.max(0, Math.min(cell.row, size.rows - 1)),
    col: Math.max(0, Math.min(cell.col, size.cols - 1)),
  })
  return {
    active: inside(selection.active),
    extent: inside(selection.extent),
    more: selection.more.filter((range) => range.bottom < size.rows && range.right < size.cols),
  }
}

/** The selection with its active cell at `to`, the newest rectangle moved along; the older rectangles go, for their cells moved too. */
export function moveSelection(selection: GridSelection, to: Cell): GridSelection {
  const { active, extent } = selection
  if (active.row === to.row && active.col === to.col) return selection
  return { active: to, extent: { row: extent.row + to.row - active.row, col: extent.col + to.col - active.col }, more: [] }
}

const isSameCell = (a: Cell, b: Cell): boolean => a.row === b.row && a.col === b.col

export const isSameSelection = (a: GridSelection, b: GridSelection): boolean =>
  isSameCell(a.active, b.active) && isSameCell(a.extent, b.extent) && a.more.length === b.more.length

/** What a movement needs to know of the sheet. `page`: rows in the viewport. */
export interface MoveContext {
  readonly size: GridSize
  readonly page: number
  readonly isFilled: (cell: Cell) => boolean
}

/** The cell that a movement leads to; the same cell at the border. */
export function moveFrom(cell: Cell, movement: Movement, context: MoveContext): Cell {
  const { size, page } = context
  const lastRow = size.rows - 1
  const lastCol = size.cols - 1
  switch (movement) {
    case 'up':
      return { ...cell, row: Math.max(0, cell.row - 1) }
    case 'down':
      return { ...cell, row: Math.min(lastRow, cell.row + 1) }
    case 'left':
      return { ...cell, col: Math.max(0, cell.col - 1) }
    case 'right':
      return { ...cell, col: Math.min(lastCol, cell.col + 1) }
    case 'rowStart':
      return { ...cell, col: 0 }
    case 'rowEnd':
      return { ...cell, col: lastCol }
    case 'start':
      return { row: 0, col: 0 }
    case 'end':
      return { row: lastRow, col: lastCol }
    case 'pageUp':
      return { ...cell, row: Math.max(0, cell.row - page) }
    case 'pageDown':
      return { ...cell, row: Math.min(lastRow, cell.row + page) }
    case 'edgeUp':
      return edge(cell, -1, 0, context)
    case 'edgeDown':
      return edge(cell, 1, 0, context)
    case 'edgeLeft':
      return edge(cell, 0, -1, context)
    case 'edgeRight':
      return edge(cell, 0, 1, context)
  }
}

/** As in a spreadsheet: to the end of the filled block, or over the gap to the next filled cell, or to the border. */
function edge(from: Cell, rowStep: number, colStep: number, { size, isFilled }: MoveContext): Cell {
  const step = (cell: Cell): Cell | null => {
    const next = { row: cell.row + rowStep, col: cell.col + colStep }
    return next.row < 0 || next.col < 0 || next.row >= size.rows || next.col >= size.cols ? null : next
  }
  let cell = from
  let next = step(cell)
  if (!next) return cell
  const insideBlock = isFilled(cell) && isFilled(next)
  if (insideBlock) {
    while (next && isFilled(next)) {
      cell = next
      next = step(cell)
    }
    return cell
  }
  while (next) {
    cell = next
    if (isFilled(cell)) return cell
    next = step(cell)
  }
  return cell
}
