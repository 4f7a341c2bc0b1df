import { MetaMigrateError } from '../../errors.ts'
import type { ModelLayout } from '../../model/model.ts'
import { decodeWindows1252 } from './windows-1252.ts'

export type Encoding = NonNullable<ModelLayout['encoding']>

/**
 * The text of a file and the encoding it was in, byte order mark taken off.
 * Errors: CSV_NOT_TEXT (compressed, a workbook, NUL bytes), CSV_ENCODING (broken or cut in the middle of a character).
 */
export function decodeText(bytes: Uint8Array, file: string): { readonly text: string; readonly encoding: Encoding } {
  refuseOtherFormats(bytes, file)
  const encoding = encodingOf(bytes)
  const text = encoding === null ? decodeUnmarked(bytes, file) : { text: decode(bytes, encoding, file), encoding }
  const nul = text.text.indexOf('\0')
  if (nul !== -1) {
    const row = text.text.slice(0, nul).split('\n').length
    throw new MetaMigrateError(
      'CSV_NOT_TEXT',
      `${file} holds a NUL character in line ${row}, so it is no CSV text; export it again as UTF-8 text.`,
      { file, row },
    )
  }
  return text
}

const signatures: readonly (readonly [readonly number[], string, string])[] = [
  [[0x1f, 0x8b], 'a gzip archive', 'Unpack it first.'],
  [[0x50, 0x4b, 0x03, 0x04], 'a workbook (.xlsx, .ods) or a zip archive', 'Save the sheet as CSV, or unpack it first.'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook (.xls)', 'Save the sheet as CSV.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive', 'Unpack it first.'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file', 'Export it as CSV.'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], 'an SQLite database', 'Open it as sqlite:PATH instead.'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF', 'Export its table as CSV.'],
]

function refuseOtherFormats(bytes: Uint8Array, file: string): void {
  const found = signatures.find(([signature]) => signature.every((byte, at) => bytes[at] === byte))
  if (found !== undefined) throw new MetaMigrateError('CSV_NOT_TEXT', `${file} is ${found[1]}, not a CSV text. ${found[2]}`, { file })
}

/** By byte order mark, or by the zero bytes that UTF-16 has beside every Latin letter; null when neither tells. */
function encodingOf(bytes: Uint8Array): Encoding | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8-bom'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  const length = Math.min(bytes.length, 200)
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > length / 4 && even === 0) return 'utf-16le'
  return even > length / 4 && odd === 0 ? 'utf-16be' : null
}

function decode(bytes: Uint8Array, encoding: Encoding, file: string): string {
  const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new MetaMigrateError(
      'CSV_ENCODING',
      `${file} is not sound ${label.toUpperCase()} text: a character is broken or cut off. Copy or export it again.`,
      { file },
      { cause },
    )
  }
}

/** UTF-8 when it is sound; Windows-1252 when no byte sequence looks like UTF-8 at all; what lies between is a broken file. */
function decodeUnmarked(bytes: Uint8Array, file: string): { readonly text: string; readonly encoding: Encoding } {
  if (isUtf8(bytes)) return { text: decode(bytes, 'utf-8', file), encoding: 'utf-8' }
  if (hasUtf8Sequence(bytes)) return { text: decode(bytes, 'utf-8', file), encoding: 'utf-8' }
  return { text: decodeWindows1252(bytes), encoding: 'windows-1252' }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false // not an error: the answer
  }
}

/** A whole sequence of two or more bytes, or one that the end of the file cuts off. */
function hasUtf8Sequence(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0
    const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 1
    const rest = bytes.subarray(at + 1, at + length)
    if (
      length > 1 &&
      rest.every((byte) => (byte & 0xc0) === 0x80) &&
      (rest.length === length - 1 || rest.length > 0 || at === bytes.length - 1)
    )
      return true
  }
  return false
}
