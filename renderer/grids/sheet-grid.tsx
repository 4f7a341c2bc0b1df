import { useCallback, useEffect, useMemo, type ClipboardEvent, type FocusEvent } from 'react'
import { DataGrid, type CellMouseArgs, type Column, type DataGridHandle, type RenderHeaderCellProps, type Renderers } from 'react-data-grid'
import { useStore } from 'zustand'
import { useApp, useAppHandle } from '../store/app.ts'
import { shownTables } from '../store/edits.ts'
import { CellContent, SheetCell } from './cell.tsx'
import { parseClipboard, renderHtmlTable, renderTsv } from './clipboard.ts'
import type { GridController } from './controller.ts'
import { gridOf } from './controllers.ts'
import { scrollWhileDragging } from './drag-scroll.ts'
import { EmptySheet } from './empty-sheet.tsx'
import { GridContext, useGrid } from './grid-context.ts'
import { useSheetColumns } from './option-columns.ts'
import { newestRange } from './selection.ts'
import { createRowKeeper, type Sheet, type SheetRow } from './sheet.ts'

const rowKeyGetter = (row: SheetRow): string => row.key
const renderers: Renderers<SheetRow, unknown> = { renderCell: (key, props) => <SheetCell key={key} {...props} /> }

/** One sheet: the grid with its lines and columns, clipboard and pointer. */
export function SheetGrid({ sheet }: { readonly sheet: Sheet }) {
  const app = useAppHandle()
  const grid = gridOf(app, sheet.name)
  const { rows, columns } = useShown(grid, sheet)
  const setHandle = useCallback(
    (handle: DataGridHandle | null) => {
      grid.attach(handle)
    },
    [grid],
  )
  useEffect(() => {
    grid.settle()
  }, [grid, rows, columns])

  return (
    <GridContext value={grid}>
      <div
        className="sheet"
        role="presentation"
        onCopy={(event) => copy(grid, event)}
        onCut={(event) => cut(grid, event)}
        onPaste={(event) => paste(grid, event)}
        onFocus={() => grid.setFocused(true)}
        onBlur={(event) => leave(grid, event)}
      >
        <DataGrid
          ref={setHandle}
          aria-label={sheet.label}
          className="sheet-grid"
          rows={rows}
          columns={columns}
          rowKeyGetter={rowKeyGetter}
          rowHeight={28}
          headerRowHeight={30}
          renderers={renderers}
          onCellKeyDown={preventGrid}
          onCellMouseDown={(args, event) => point(grid, args, event)}
          onCellDoubleClick={(_args, event) => {
            event.preventGridDefault()
            grid.beginEdit()
          }}
        />
        {rows.length === 1 ? <EmptySheet noun={sheet.noun} /> : null}
      </div>
    </GridContext>
  )
}

const preventGrid = (_args: unknown, event: { preventGridDefault(): void }): void => event.preventGridDefault()

/** Lines and columns as shown now; made anew only when tables or lines come or go, or other ones are chosen. */
function useShown(grid: GridController, sheet: Sheet) {
  const { app } = grid
  const document = useApp((state) => state.model.document)
  const structure = useApp((state) => state.model.structure)
  const chosen = useApp((state) => state.view.tables)
  const showsAll = useApp((state) => state.view.showsHiddenColumns)
  const keeper = useMemo(() => (document ? createRowKeeper(sheet) : createRowKeeper(sheet)), [sheet, document])
  const rows = useMemo(
    () => (structure >= 0 && chosen ? keeper.rows(document ? shownTables(app) : []) : []),
    [app, keeper, document, structure, chosen],
  )
  const isOneTable = chosen.length === 1 && sheet.name !== 'tables'
  const all = useSheetColumns(sheet)
  const sheetColumns = useMemo(
    () => all.filter((column) => (showsAll || !column.isExtra) && !(column.key === 'table' && isOneTable)),
    [all, showsAll, isOneTable],
  )
  const columns = useMemo(() => gridColumns(sheetColumns), [sheetColumns])
  grid.show(rows, sheetColumns)
  return { rows, columns }
}

function gridColumns(columns: readonly Sheet['columns'][number][]): readonly Column<SheetRow>[] {
  return [
    {
      key: '#',
      name: 'Line',
      width: 48,
      minWidth: 40,
      frozen: true,
      renderCell: ({ rowIdx, row }) => <LineNumber rowIdx={rowIdx} isBlank={row.isBlank} />,
      renderHeaderCell: Corner,
    },
    ...columns.map((column): Column<SheetRow> => ({
      key: column.key,
      name: column.title,
      width: column.width,
      minWidth: 40,
      resizable: true,
      renderCell: CellContent,
      renderHeaderCell: HeaderContent,
    })),
  ]
}

function LineNumber({ rowIdx, isBlank }: { readonly rowIdx: number; readonly isBlank: boolean }) {
  return <span className="line-number">{isBlank ? '+' : rowIdx + 1}</span>
}

function Corner() {
  const grid = useGrid()
  return (
    <div
      className="header-cell"
      title="Select all"
      onMouseDown={(event) => (event.preventDefault(), event.stopPropagation(), grid.obey({ kind: 'select', what: 'all' }))}
    >
      <span className="visually-hidden">Line</span>#
    </div>
  )
}

function HeaderContent({ column }: RenderHeaderCellProps<SheetRow>) {
  const grid = useGrid()
  const col = column.idx - 1
  const isInside = useStore(grid.session, (state) => {
    const range = newestRange(state.selection)
    return col >= range.left && col <= range.right
  })
  return (
    <div
      className="header-cell"
      data-inside={isInside}
      title={grid.columns[col]?.about}
      onMouseDown={(event) => (event.preventDefault(), event.stopPropagation(), grid.pointAtColumn(col, event.shiftKey))}
    >
      {column.name}
    </div>
  )
}

type PointEvent = Parameters<NonNullable<Parameters<typeof DataGrid<SheetRow>>[0]['onCellMouseDown']>>[1]

function point(grid: GridController, { column, rowIdx }: CellMouseArgs<SheetRow>, event: PointEvent): void {
  event.preventGridDefault()
  const isOwn = event.target instanceof HTMLElement && event.target.dataset['editing'] === 'true'
  if (isOwn || event.button === 1) return
  event.preventDefault()
  const press = { shift: event.shiftKey, mod: event.ctrlKey || event.metaKey }
  if (column.idx === 0) grid.pointAtRow(rowIdx, press)
  else grid.pointAt({ row: rowIdx, col: column.idx - 1 }, press)
  const box = event.currentTarget.closest<HTMLElement>('.sheet-grid')
  if (box && event.button === 0) scrollWhileDragging(grid, box)
}

function leave(grid: GridController, event: FocusEvent): void {
  const to = event.relatedTarget
  if (to instanceof Node && !event.currentTarget.contains(to)) grid.setFocused(false)
}

function copy(grid: GridController, event: ClipboardEvent): void {
  if (grid.session.getState().edit) return
  event.preventDefault()
  const block = grid.copyBlock(grid.takeWithHeaders())
  event.clipboardData.setData('text/plain', renderTsv(block))
  event.clipboardData.setData('text/html', renderHtmlTable(block))
}

function cut(grid: GridController, event: ClipboardEvent): void {
  if (grid.session.getState().edit) return
  copy(grid, event)
  grid.cut()
}

function paste(grid: GridController, event: ClipboardEvent): void {
  if (grid.session.getState().edit) return
  event.preventDefault()
  grid.paste(parseClipboard(event.clipboardData.getData('text/plain'), event.clipboardData.getData('text/html')))
}
