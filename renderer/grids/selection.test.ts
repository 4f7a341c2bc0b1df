import { describe, expect, it } from 'vitest'
import {
  addCell,
  clamp,
  contains,
  countCells,
  extendTo,
  isWholeRows,
  moveFrom,
  newestRange,
  rowsOf,
  selectAll,
  selectCell,
  selectRows,
  type Cell,
} from './selection.ts'

const size = { rows: 10, cols: 4 }
const filled = (cells: readonly (readonly [number, number])[]) => (cell: Cell) =>
  cells.some(([row, col]) => row === cell.row && col === cell.col)
const context = { size, page: 5, isFilled: () => true }

describe('selection', () => {
  it('extends a rectangle from the anchor in any direction', () => {
    const selection = extendTo(selectCell({ row: 5, col: 2 }), { row: 3, col: 0 })
    expect(newestRange(selection)).toEqual({ top: 3, left: 0, bottom: 5, right: 2 })
    expect(selection.active).toEqual({ row: 5, col: 2 })
    expect(contains(selection, 4, 1)).toBe(true)
    expect(contains(selection, 4, 3)).toBe(false)
  })

  it('counts a cell of two rectangles once', () => {
    const selection = addCell(extendTo(selectCell({ row: 0, col: 0 }), { row: 1, col: 1 }), { row: 1, col: 1 })
    expect(countCells(selection)).toBe(4)
    expect(rowsOf(selection)).toEqual([0, 1])
  })

  it('knows whole rows from cells', () => {
    expect(isWholeRows(selectRows(2, 4, size), size)).toBe(true)
    expect(isWholeRows(selectAll(size), size)).toBe(true)
    expect(isWholeRows(selectCell({ row: 0, col: 0 }), size)).toBe(false)
  })

  it('comes back inside a sheet that became smaller', () => {
    expect(clamp(selectCell({ row: 9, col: 3 }), { rows: 2, cols: 2 }).active).toEqual({ row: 1, col: 1 })
  })
})

describe('moveFrom', () => {
  it('stops at the borders', () => {
    expect(moveFrom({ row: 0, col: 0 }, 'up', context)).toEqual({ row: 0, col: 0 })
    expect(moveFrom({ row: 9, col: 3 }, 'right', context)).toEqual({ row: 9, col: 3 })
    expect(moveFrom({ row: 7, col: 1 }, 'pageDown', context)).toEqual({ row: 9, col: 1 })
    expect(moveFrom({ row: 7, col: 1 }, 'end', context)).toEqual({ row: 9, col: 3 })
  })

  it('jumps to the end of the filled block, then over the gap', () => {
    const isFilled = filled([
      [0, 0],
      [1, 0],
      [2, 0],
      [6, 0],
    ])
    expect(moveFrom({ row: 0, col: 0 }, 'edgeDown', { ...context, isFilled })).toEqual({ row: 2, col: 0 })
    expect(moveFrom({ row: 2, col: 0 }, 'edgeDown', { ...context, isFilled })).toEqual({ row: 6, col: 0 })
    expect(moveFrom({ row: 6, col: 0 }, 'edgeDown', { ...context, isFilled })).toEqual({ row: 9, col: 0 })
    expect(moveFrom({ row: 6, col: 0 }, 'edgeUp', { ...context, isFilled })).toEqual({ row: 2, col: 0 })
  })
})
