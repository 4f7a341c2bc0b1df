import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { charsetOf, optionsOf } from './options.ts'
import type { Server } from './server.ts'
import { nativeType } from './types.ts'

/** Bytes of one character at most. Source: MySQL manual, "Unicode Support". */
function bytesOfCharacter(charset: string): number {
  if (/^(?:utf8mb4|utf16|utf16le|utf32|gb18030)$/.test(charset)) return 4
  if (/^(?:utf8|utf8mb3|ujis|eucjpms)$/.test(charset)) return 3
  return /^(?:ucs2|big5|gbk|gb2312|sjis|cp932|euckr)$/.test(charset) ? 2 : 1
}

const fixed: Readonly<Record<string, number>> = {
  tinyint: 1, smallint: 2, mediumint: 3, int: 4, bigint: 8, float: 4, double: 8, date: 3, year: 1, datetime: 8, timestamp: 7, time: 6, enum: 2, set: 8, uuid: 16, inet4: 4, inet6: 16, bit: 8,
}
const pointers = /^(?:(?:tiny|medium|long)?(?:text|blob)|json|geometry|point|linestring|polygon|multi\w+|geometrycollection|vector)\b/

/** What a column takes: bytes of the value in a row, bytes of the value as a whole in a key (null: it has no bound, so a key needs a length). */
export interface Size {
  readonly row: number
  readonly key: number | null
  /** Bytes that InnoDB must find room for on the page of the row: long values are kept elsewhere. */
  readonly inPlace: number
}

/** A value of up to `bytes` with its length. Tried on MariaDB 10.11, which moves away what may be longer than 255 bytes; MySQL what may be longer than 40. */
function inPlaceOf(bytes: number, server: Server): number {
  const kept = server.isMariaDb ? 255 : 40
  return bytes <= kept ? bytes + 1 : server.isMariaDb ? 21 : 41
}

/** Source: MySQL manual, "Data Type Storage Requirements". */
export function sizeOf(column: ColumnShape, shape: Pick<TableShape, 'options'>, server: Server): Size {
  const { text } = nativeType(column.type, server)
  if (pointers.test(text)) return { row: 12, key: null, inPlace: 21 }
  const [, word = '', digits = ''] = /^(\w+)(?:\((\d+))?/.exec(text) ?? []
  const length = Number(digits)
  const charset = column.collation === '' ? optionsOf(shape.options, server).charset : charsetOf(column.collation.toLowerCase())
  if (word === 'varchar' || word === 'char') {
    const bytes = length * bytesOfCharacter(charset)
    return { row: bytes + (word === 'varchar' ? 2 : 0), key: bytes, inPlace: inPlaceOf(bytes, server) }
  }
  if (word === 'varbinary') return { row: length + 2, key: length, inPlace: inPlaceOf(length, server) }
  if (word === 'binary') return { row: length, key: length, inPlace: length }
  const bytes = word === 'decimal' ? Math.ceil(length / 2) + 1 : (fixed[word] ?? 8)
  return { row: bytes, key: bytes, inPlace: bytes }
}
