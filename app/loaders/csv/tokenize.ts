import { MetaMigrateError } from '../../errors.ts'
import type { Finding } from '../../model/finding.ts'

/** The records of a CSV text, cells as they are. A blank line is a record with one empty cell, so that the row numbers stay those of the file. */
export interface Records {
  readonly rows: readonly (readonly string[])[]
  /** The end of the first record. */
  readonly newline: '\n' | '\r\n'
  readonly findings: readonly Finding[]
}

const quote = 34
const carriageReturn = 13
const lineFeed = 10

/**
 * Reads CSV as RFC 4180 has it, with any of \n, \r\n and \r as line end, mixed too, and any one character as delimiter.
 * Our own reader, since a library's guesses (one line end for the whole file, a repair of open quotes) are silent, and here nothing may be.
 * A quoted cell with text after its closing quote is kept as typed, with finding CSV_QUOTE. Error: CSV_QUOTE_OPEN when a quote never closes.
 */
export function tokenize(text: string, delimiter: string, file: string): Records {
  const comma = delimiter.charCodeAt(0)
  const rows: string[][] = []
  const findings: Finding[] = []
  const end = text.length
  let row: string[] = []
  let newline: '\n' | '\r\n' = '\n'
  let at = 0
  while (at < end || row.length > 0) {
    let cell: string
    if (text.charCodeAt(at) === quote) {
      const close = closingQuote(text, at, file, rows.length + 1)
      const after = cellEnd(text, close + 1, comma)
      cell = after === close + 1 ? unquoted(text, at, close) : text.slice(at, after)
      if (after !== close + 1) findings.push(strayText(file, rows.length + 1, row.length + 1))
      at = after
    } else {
      const from = at
      at = cellEnd(text, at, comma)
      cell = text.slice(from, at)
    }
    row.push(cell)
    if (at < end && text.charCodeAt(at) === comma) {
      at++
      if (at === end) row.push('')
      else continue
    }
    rows.push(row)
    row = []
    const isPair = text.charCodeAt(at) === carriageReturn && text.charCodeAt(at + 1) === lineFeed
    if (rows.length === 1 && isPair) newline = '\r\n'
    at += isPair ? 2 : 1
  }
  return { rows, newline, findings }
}

/** The delimiter of a header line: the one of comma, semicolon, tab and bar that stands in it most often outside quotes. */
export function delimiterOf(text: string): string {
  const counts = new Map([',', ';', '\t', '|'].map((delimiter) => [delimiter, 0]))
  let isQuoted = false
  for (const char of text.slice(0, 100_000)) {
    if (char === '"') isQuoted = !isQuoted
    else if (!isQuoted && (char === '\n' || char === '\r')) break
    else if (!isQuoted && counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1)
  }
  const [best] = [...counts].toSorted((one, other) => other[1] - one[1])
  return best?.[0] ?? ','
}

function cellEnd(text: string, from: number, comma: number): number {
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === comma || code === lineFeed || code === carriageReturn) break
  }
  return at
}

function closingQuote(text: string, open: number, file: string, row: number): number {
  let at = text.indexOf('"', open + 1)
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2)
  if (at !== -1) return at
  const message = `${file}, row ${row}: a cell opens with a quote that never closes, so the rest of the file cannot be told apart. Close or double the quote; or the file is cut off.`
  throw new MetaMigrateError('CSV_QUOTE_OPEN', message, { file, row })
}

function unquoted(text: string, open: number, close: number): string {
  const inner = text.slice(open + 1, close)
  return inner.includes('"') ? inner.replaceAll('""', '"') : inner
}

const strayText = (file: string, row: number, column: number): Finding => ({
  code: 'CSV_QUOTE',
  severity: 'error',
  path: { file, row, column: String(column) },
  message: `${file}, row ${row}, column ${column}: text follows the closing quote; expected a delimiter or the end of the line. The cell was kept as typed.`,
})
