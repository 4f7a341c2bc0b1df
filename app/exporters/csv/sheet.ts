import { MetaMigrateError } from '../../errors.ts'
import { addCell, cellOf } from '../../loaders/csv/cells.ts'
import { columnsOf, defaultColumns } from '../../loaders/csv/columns.ts'
import type { CsvColumn, FileKind, KnownColumn } from '../../loaders/csv/columns.ts'
import { encodeWindows1252 } from '../../loaders/csv/windows-1252.ts'
import type { Cells, ModelLayout } from '../../model/model.ts'

/** One row to be written. A cell of a known column comes from `known` unless `kept` has one under the column's key. */
export interface SheetRow {
  readonly known: (column: KnownColumn) => string
  readonly options: Cells
  /** Cells of columns nobody knows, and cells that could not be read, both as they were. */
  readonly kept: readonly Cells[]
}

export interface SheetFormat {
  readonly layout: ModelLayout | undefined
  readonly spreadsheetSafe: boolean
}

/** What one file is made of. */
export interface Sheet {
  readonly kind: FileKind
  /** Key of the file in the layout: '' for a single file. */
  readonly key: string
  readonly rows: readonly SheetRow[]
  /** Known columns beyond the usual ones that some row needs. */
  readonly needed: ReadonlySet<KnownColumn>
}

/**
 * The bytes of a file: its headers as they were, missing ones that are needed after them; quotes only where they must be; unread rows at the end.
 * Errors: TEXT_NOT_SAVABLE for a NUL or half a surrogate pair, which no CSV can carry.
 */
export function writeSheet(sheet: Sheet, { layout, spreadsheetSafe }: SheetFormat): Uint8Array {
  const columns = columnsFor(sheet, layout)
  const delimiter = layout?.delimiter ?? ','
  const newline = layout?.newline ?? '\n'
  const quote = quoter(delimiter, spreadsheetSafe)
  const lines = [columns.map((column) => quote(column.header)).join(delimiter)]
  for (const row of sheet.rows) lines.push(lineOf(row, columns, quote, delimiter))
  for (const cells of layout?.unread?.[sheet.key] ?? []) {
    lines.push(columns.map((_column, at) => quote(cells[at] ?? '')).join(delimiter))
  }
  const text = `${lines.map((line) => (line === '' ? '""' : line)).join(newline)}${newline}`
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new MetaMigrateError(
      'TEXT_NOT_SAVABLE',
      'A name or text holds a NUL or half a character (a lone surrogate), which no CSV file can carry; remove it.',
      {},
    )
  }
  return encode(text, layout?.encoding ?? 'utf-8')
}

function lineOf(row: SheetRow, columns: readonly CsvColumn[], quote: (cell: string) => string, delimiter: string): string {
  let line = ''
  const [extra, invalid] = row.kept
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at]
    if (column === undefined) continue
    const { known, option, key } = column
    let cell = invalid === undefined ? '' : cellOf(invalid, key)
    if (cell === '' && known !== null) cell = row.known(known)
    else if (cell === '' && option !== null) cell = cellOf(row.options, option)
    else if (cell === '' && extra !== undefined) cell = cellOf(extra, key)
    line += at === 0 ? quote(cell) : delimiter + quote(cell)
  }
  return line
}

/** The columns of the source in their places (the usual ones where there was no source), then what is needed and missing. */
function columnsFor(sheet: Sheet, layout: ModelLayout | undefined): readonly CsvColumn[] {
  const { kind, needed } = sheet
  const source = layout === undefined || !Object.hasOwn(layout.headers, sheet.key) ? undefined : layout.headers[sheet.key]
  const known = source === undefined ? [] : columnsOf(source, kind)
  const there = new Set(known.flatMap((column) => column.known ?? []))
  const options = new Set(known.flatMap((column) => column.option ?? []))
  const keys = new Set(known.map((column) => column.key))
  const added: Record<string, string> = {}
  for (const row of sheet.rows) {
    for (const cells of [row.options, ...row.kept]) {
      for (const key in cells)
        if (!keys.has(key) && !options.has(key) && !there.has(key as KnownColumn) && Object.hasOwn(cells, key)) addCell(added, key, '')
    }
  }
  const fresh = Object.keys(added).toSorted((one, other) => (one < other ? -1 : 1))
  const names =
    source === undefined
      ? withId(defaultColumns[kind], needed)
      : [...needed].filter((column) => !there.has(column) && !isCovered(column, there))
  if (source !== undefined)
    return columnsOf(
      [
        ...source,
        ...names.filter((name) => name !== 'ID'),
        ...fresh.filter((key) => !isKnownHeader(key, kind)),
        ...names.filter((name) => name === 'ID'),
      ],
      kind,
    )
  const headers = [...names.filter((name) => name !== 'ID'), ...fresh.filter((key) => !names.includes(key as KnownColumn)), 'ID']
  return columnsOf(headers, kind)
}

/** A key that is itself a known header is written by that column. */
const isKnownHeader = (key: string, kind: FileKind): boolean => columnsOf([key], kind)[0]?.known === key

/** IS_NULLABLE is said by NOT_NULL as well. */
const isCovered = (column: KnownColumn, there: ReadonlySet<KnownColumn>): boolean => column === 'IS_NULLABLE' && there.has('NOT_NULL')

const withId = (columns: readonly KnownColumn[], needed: ReadonlySet<KnownColumn>): readonly KnownColumn[] => [
  ...columns.filter((column) => column !== 'ID' && column !== 'TABLE_ID'),
  ...[...needed].filter((column) => !columns.includes(column) && column !== 'TABLE_ID'),
  ...(columns.includes('TABLE_ID') || needed.has('TABLE_ID') ? (['TABLE_ID'] as const) : []),
  'ID',
]

function quoter(delimiter: string, spreadsheetSafe: boolean): (cell: string) => string {
  const special = new RegExp(`["\\r\\n${delimiter === '|' ? '\\|' : delimiter}]`, 'u')
  const plain = (cell: string): string => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return spreadsheetSafe ? (cell) => plain(/^[=+\-@\t\r\n]/u.test(cell) ? `'${cell}` : cell) : plain
}

function encode(text: string, encoding: NonNullable<ModelLayout['encoding']>): Uint8Array {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return encodeUtf16(text, encoding === 'utf-16le')
  // A character that Windows-1252 lacks makes the file UTF-8, with the mark by which programs know it.
  const narrow = encoding === 'windows-1252' ? encodeWindows1252(text) : null
  if (narrow !== null) return narrow
  return new TextEncoder().encode(encoding === 'utf-8' ? text : `\ufeff${text}`)
}

function encodeUtf16(text: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2))
  view.setUint16(0, 0xfeff, isLittleEndian)
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at + 2, text.charCodeAt(at), isLittleEndian)
  return new Uint8Array(view.buffer)
}
