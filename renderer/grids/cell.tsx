import { memo, useSyncExternalStore } from 'react'
import { Cell, type CellRendererProps, type RenderCellProps } from 'react-data-grid'
import { useStore } from 'zustand'
import { isFlavorOnly, worstAt } from '../problems/problem-index.ts'
import { useApp } from '../store/app.ts'
import { cellContext, tableOf } from '../store/edits.ts'
import { subscribeTable } from '../store/table-signals.ts'
import { CellInput } from './cell-input.tsx'
import { isAt } from './cell-place.ts'
import { useGrid } from './grid-context.ts'
import { contains } from './selection.ts'
import type { SheetColumn, SheetRow } from './sheet.ts'

/** The text of a cell; drawn again only when that text changes. */
export function useCellText(row: SheetRow, column: SheetColumn): string {
  const { app } = useGrid()
  return useSyncExternalStore(
    (listener) => subscribeTable(app, row.table, listener),
    () => {
      const table = row.isBlank ? undefined : tableOf(app, row.table)
      return table ? column.read(table, row.part, cellContext(app)) : ''
    },
  )
}

/** The box around a cell: selection, marks of problems, pointer. Replaces the grid's own. */
export const SheetCell = memo(function SheetCell(props: CellRendererProps<SheetRow, unknown>) {
  const grid = useGrid()
  const { row, rowIdx, column } = props
  const col = column.idx - 1
  const sheetColumn = grid.columns[col]
  const isSelected = useStore(grid.session, (state) => contains(state.selection, rowIdx, col))
  const isEditing = useStore(grid.session, (state) => props.isCellActive && state.edit !== null && sheetColumn !== undefined && isAt(state.edit.place, row, sheetColumn))
  const severity = useApp((state) => (row.isBlank || !sheetColumn ? null : worstAt(state.model.problemsOf, row, sheetColumn.property)))
  const isLossy = useApp((state) => severity !== null && !!sheetColumn && isFlavorOnly(state.model.problemsOf, row, sheetColumn.property))
  const look = `sheet-cell ${isSelected ? 'is-selected' : ''} ${props.isCellActive ? 'is-active' : ''} ${isEditing ? 'is-editing' : ''} ${severity ? `has-${severity}` : ''} ${isLossy ? 'is-lossy' : ''} ${row.isBlank ? 'is-blank' : ''}`
  return (
    <Cell
      {...props}
      className={look}
      aria-selected={isSelected}
      aria-readonly={sheetColumn?.write ? undefined : true}
      aria-invalid={severity === 'error' || undefined}
      onMouseEnter={(event) => event.buttons === 1 && grid.dragTo({ row: rowIdx, col })}
    />
  )
})

/** What stands in a cell, and in the active one the field to type into. */
export function CellContent({ row, rowIdx, column, tabIndex }: RenderCellProps<SheetRow>) {
  const grid = useGrid()
  const sheetColumn = grid.columns[column.idx - 1]
  return sheetColumn ? <CellBody row={row} rowIdx={rowIdx} column={sheetColumn} col={column.idx - 1} isActive={tabIndex === 0} /> : null
}

interface CellBodyProps {
  readonly row: SheetRow
  readonly rowIdx: number
  readonly column: SheetColumn
  readonly col: number
  readonly isActive: boolean
}

function CellBody({ row, rowIdx, column, col, isActive }: CellBodyProps) {
  const grid = useGrid()
  const text = useCellText(row, column)
  const isBox = column.kind === 'boolean' && !row.isBlank
  return (
    <>
      {isBox ? (
        <span
          className="box"
          data-state={text === 'yes' ? 'on' : text === '' ? 'off' : 'odd'}
          onMouseDown={(event) =>
            event.button === 0 && !event.shiftKey && !event.ctrlKey
              ? (event.preventDefault(), event.stopPropagation(), grid.toggleAt({ row: rowIdx, col }))
              : null
          }
        >
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path d="M2.5 6.5 5 9l4.5-6" />
          </svg>
          <span className="visually-hidden">{text === 'yes' ? 'yes' : text === '' ? 'no' : text}</span>
        </span>
      ) : (
        <span className={column.kind === 'code' ? 'cell-text mono' : 'cell-text'}>{text}</span>
      )}
      {isActive ? <CellInput row={row} column={column} text={text} /> : null}
    </>
  )
}
