import { contains, rowsOf, type Cell, type GridSelection, type GridSize } from './selection.ts'

/** Every selected cell once, by rows. */
export function cellsOf(selection: GridSelection, cols: number): readonly Cell[] {
  const cells: Cell[] = []
  for (const row of rowsOf(selection)) for (let col = 0; col < cols; col++) if (contains(selection, row, col)) cells.push({ row, col })
  return cells
}

/** Where a commit leads, and where a run of Tabs began: Tab at the end of a line goes to the next, Enter after Tabs to the column where they began. */
export function afterCommit(
  from: Cell,
  go: 'down' | 'up' | 'right' | 'left',
  tabStart: number | null,
  size: GridSize,
): { readonly to: Cell; readonly start: number | null } {
  const lastRow = size.rows - 1
  const lastCol = size.cols - 1
  switch (go) {
    case 'right':
      return {
        to: from.col < lastCol ? { ...from, col: from.col + 1 } : { row: Math.min(from.row + 1, lastRow), col: 0 },
        start: tabStart ?? from.col,
      }
    case 'left':
      return {
        to: from.col > 0 ? { ...from, col: from.col - 1 } : { row: Math.max(0, from.row - 1), col: from.row > 0 ? lastCol : 0 },
        start: tabStart ?? from.col,
      }
    case 'down':
      return { to: { row: Math.min(from.row + 1, lastRow), col: tabStart ?? from.col }, start: null }
    case 'up':
      return { to: { row: Math.max(0, from.row - 1), col: from.col }, start: null }
  }
}
