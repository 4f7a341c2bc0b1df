import { MetaMigrateError } from '../../errors.ts'
import type { Finding } from '../../model/finding.ts'
import { columnsOf } from './columns.ts'
import type { CsvColumn, FileKind, KnownColumn } from './columns.ts'
import { decodeText } from './decode.ts'
import type { Encoding } from './decode.ts'
import { delimiterOf, tokenize } from './tokenize.ts'

/** A file as it was handed in. */
export interface CsvFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** One record: cells in the order of the columns, and its 1-based number in the file, the header being row 1. */
export interface CsvRow {
  readonly row: number
  readonly cells: readonly string[]
}

/** A file taken apart, its headers understood and its cells still text. */
export interface CsvTable {
  readonly file: string
  readonly kind: FileKind
  readonly columns: readonly CsvColumn[]
  /** Place of each known column that is there. */
  readonly places: ReadonlyMap<KnownColumn, number>
  readonly rows: readonly CsvRow[]
  readonly delimiter: string
  readonly encoding: Encoding
  readonly newline: '\n' | '\r\n'
  readonly findings: Finding[]
}

/**
 * The records of a file under its headers; blank lines are left out. Findings: CSV_ROW_SHORT, CSV_ROW_LONG (the surplus cells are kept under headers
 * of their own), CSV_HEADER_EMPTY, CSV_HEADER_REPEATED, CSV_ENCODING_GUESSED.
 * Errors: CSV_EMPTY, and those of `decodeText` and `tokenize`.
 */
export function readCsv(file: CsvFile, kind: FileKind): CsvTable {
  const decoded = decodeText(file.bytes, file.name)
  const separator = /^"?sep=(.)"?\r?\n/iu.exec(decoded.text)
  const text = separator === null ? decoded.text : decoded.text.slice(separator[0].length)
  const delimiter = separator?.[1] ?? delimiterOf(text)
  const records = tokenize(text, delimiter, file.name)
  const findings: Finding[] = [...records.findings]
  const first = records.rows.findIndex((cells) => !isBlank(cells))
  const headers = records.rows[first]
  if (headers === undefined)
    throw new MetaMigrateError('CSV_EMPTY', `${file.name} is empty; expected a line of column names.`, { file: file.name })
  const offset = (separator === null ? 0 : 1) + 1
  const rows: CsvRow[] = []
  let width = headers.length
  for (let at = first + 1; at < records.rows.length; at++) {
    const cells = records.rows[at] ?? []
    if (isBlank(cells)) continue
    rows.push({ row: at + offset, cells })
    if (cells.length !== headers.length) width = Math.max(width, checkWidth(file.name, at + offset, cells, headers.length, findings))
  }
  const columns = columnsOf([...headers, ...Array.from({ length: width - headers.length }, () => '')], kind)
  checkHeaders(file.name, columns.slice(0, headers.length), findings)
  if (decoded.encoding === 'windows-1252') findings.push(guessed(file.name))
  const places = new Map(columns.flatMap(({ known }, at) => (known === null ? [] : [[known, at] as const])))
  return { file: file.name, kind, columns, places, rows, delimiter, encoding: decoded.encoding, newline: records.newline, findings }
}

const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0] === ''

/** The width that the row needs, empty cells at its end not counted. */
function checkWidth(file: string, row: number, cells: readonly string[], expected: number, findings: Finding[]): number {
  const width = cells.findLastIndex((cell) => cell !== '') + 1
  if (width > expected) {
    const message = `${file}, row ${row} has ${cells.length} cells; expected ${expected}. A delimiter inside a cell needs quotes round the cell. The surplus cells are kept.`
    findings.push({ code: 'CSV_ROW_LONG', severity: 'error', path: { file, row }, message })
  } else if (cells.length < expected) {
    const message = `${file}, row ${row} has ${cells.length} cells; expected ${expected}. The missing cells are taken as empty.`
    findings.push({ code: 'CSV_ROW_SHORT', severity: 'warning', path: { file, row }, message })
  }
  return width
}

function checkHeaders(file: string, columns: readonly CsvColumn[], findings: Finding[]): void {
  const seen = new Set<string>()
  for (const [at, { header, isRepeated }] of columns.entries()) {
    const path = { file, row: 1, column: header === '' ? String(at + 1) : header }
    if (header === '') {
      findings.push({
        code: 'CSV_HEADER_EMPTY',
        severity: 'warning',
        path,
        message: `${file}: column ${at + 1} has no header; its cells are kept but not read.`,
      })
    } else if (isRepeated || seen.has(header)) {
      const message = `${file}: column ${at + 1} (${header}) says the same as an earlier column; its cells are kept but not read.`
      findings.push({ code: 'CSV_HEADER_REPEATED', severity: 'warning', path, message })
    }
    seen.add(header)
  }
}

const guessed = (file: string): Finding => ({
  code: 'CSV_ENCODING_GUESSED',
  severity: 'info',
  path: { file },
  message: `${file} is not UTF-8; it was read as Windows-1252. Check the letters with accents.`,
})
