import { newestRange, type Cell, type GridSelection, type GridSize } from './selection.ts'

/** Rows of cell texts. */
export type Block = readonly (readonly string[])[]

/** Tab separated text as spreadsheets write it: cells that hold a tab, a line break or a quote are quoted, quotes doubled. */
export function renderTsv(block: Block): string {
  return block.map((row) => row.map(quoteCell).join('\t')).join('\n')
}

function quoteCell(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** An HTML table of the same cells. */
export function renderHtmlTable(block: Block): string {
  const cell = (text: string) => `<td>${escapeHtml(text).replaceAll('\n', '<br>')}</td>`
  return `<table>${block.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</table>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The cells of a clipboard: tab separated text, else comma or semicolon separated lines of one width, else an HTML table. [] when there is nothing. */
export function parseClipboard(text: string, html: string): Block {
  const fromHtml = html.includes('<t') ? parseHtmlTable(html) : []
  const isPlain = !/[\t\n]/.test(text.replace(/\r?\n$/, ''))
  if (fromHtml.length > 0 && (text === '' || (isPlain && (fromHtml.length > 1 || (fromHtml[0]?.length ?? 0) > 1)))) return fromHtml
  if (text === '') return []
  if (text.includes('\t')) return parseSeparated(text, '\t')
  for (const separator of [',', ';']) if (isSeparatedBy(text, separator)) return parseSeparated(text, separator)
  return parseSeparated(text, '\t')
}

/** Several lines, all with the same number of separators, none of them inside parentheses (`decimal(10,2)` is one cell). */
function isSeparatedBy(text: string, separator: string): boolean {
  if (!text.includes(separator) || new RegExp(`\\([^()]*\\${separator}[^()]*\\)`).test(text)) return false
  const records = parseSeparated(text, separator)
  const width = records[0]?.length ?? 0
  return records.length > 1 && width > 1 && records.every((record) => record.length === width)
}

/** Records of quoted, separated text. A quote opens only at the start of a cell; one line break at the very end ends the last record. */
export function parseSeparated(text: string, separator: string): Block {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  const endRecord = () => {
    records.push(record)
    record = []
  }
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readBare(text, at, separator)
    record.push(cell.text)
    at = cell.end
    if (at >= text.length) break
    if (text.startsWith(separator, at)) {
      at += separator.length
      continue
    }
    at += text.startsWith('\r\n', at) ? 2 : 1
    endRecord()
    if (at >= text.length) return records
  }
  endRecord()
  return records
}

function readBare(text: string, start: number, separator: string): { readonly text: string; readonly end: number } {
  let end = start
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r' && !text.startsWith(separator, end)) end++
  return { text: text.slice(start, end), end }
}

/** A quoted cell; a quote that is never closed, or is followed by more text, was only a character: the cell is then read bare to the line's end. */
function readQuoted(text: string, start: number): { readonly text: string; readonly end: number } {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return readBare(text, start, '\t')
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      const next = text[quote + 1]
      const closes = next === undefined || next === '\n' || next === '\r' || next === '\t' || next === ',' || next === ';'
      return closes ? { text: value, end: quote + 1 } : readBare(text, start, '\t')
    }
    value += '"'
    at = quote + 2
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Cells of the first HTML table of a text; [] when it holds none. Column spans are not widened. */
export function parseHtmlTable(html: string): Block {
  const table = /<table[\s>][\s\S]*?<\/table>/i.exec(html)?.[0]
  if (!table) return []
  const rows: string[][] = []
  for (const row of table.matchAll(/<tr[\s>][\s\S]*?(?=<tr[\s>]|<\/tbody|<\/thead|<\/table)/gi)) {
    const cells = [...row[0].matchAll(/<t[dh](?:\s[^>]*)?>([\s\S]*?)(?=<t[dh][\s>]|<\/t[dhr]|$)/gi)].map((cell) => htmlText(cell[1] ?? ''))
    if (cells.length > 0) rows.push(cells)
  }
  return rows
}

function htmlText(html: string): string {
  return html
    .replaceAll(/\r?\n\s*/g, ' ')
    .replaceAll(/<br\s*\/?>\s*/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => decodeEntity(name) ?? whole)
    .replace(/^ +| +$/g, '')
}

function decodeEntity(name: string): string | null {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? null
  const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null
}

/** Where a pasted block lands. `writes` may name rows past the end of the sheet: they are to be made. */
export interface PastePlan {
  readonly writes: readonly { readonly cell: Cell; readonly text: string }[]
  /** The rectangle that is selected afterwards. */
  readonly from: Cell
  readonly to: Cell
  readonly newRows: number
  readonly droppedColumns: number
}

/** One cell fills the selection; a block fills a selection that is a whole multiple of it, else spreads from the top left cell. `rows` counts filled rows, without the blank last one. */
export function planPaste(block: Block, selection: GridSelection, size: GridSize): PastePlan {
  const range = newestRange(selection)
  const height = block.length
  const width = Math.max(0, ...block.map((row) => row.length))
  const selectedRows = range.bottom - range.top + 1
  const selectedCols = range.right - range.left + 1
  const tiles = height > 0 && width > 0 && selectedRows % height === 0 && selectedCols % width === 0
  const rows = tiles ? selectedRows : height
  const cols = Math.min(tiles ? selectedCols : width, size.cols - range.left)
  const writes: { cell: Cell; text: string }[] = []
  for (let row = 0; row < rows; row++) {
    const source = block[row % height] ?? []
    for (let col = 0; col < cols; col++) {
      const text = source[col % width]
      if (text !== undefined) writes.push({ cell: { row: range.top + row, col: range.left + col }, text })
    }
  }
  return {
    writes,
    from: { row: range.top, col: range.left },
    to: { row: range.top + rows - 1, col: range.left + cols - 1 },
    newRows: Math.max(0, range.top + rows - size.rows),
    droppedColumns: Math.max(0, (tiles ? selectedCols : width) - cols),
  }
}
