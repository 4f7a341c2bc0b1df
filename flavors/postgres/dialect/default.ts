import type { DataType } from '../../../app/model/data-type.ts'
import { readDefault, type DefaultValue } from '../../default-value.ts'
import { remember } from '../../remember.ts'
import { literal } from './names.ts'

/** Calls that PostgreSQL does not know and another flavor does; with its own words nothing is done. */
const foreign =
  /\b(?:getdate|sysdatetime|sysdatetimeoffset|sysutcdatetime|getutcdate|utc_timestamp|curdate|curtime|newid|newsequentialid|uuid|uuid4|datetime|randomblob|convert)\s*\(|\b(?:date|cast)\s*\(\s*(?:'now'|getdate)/i

const read = remember(readDefault)
const isForeign = remember((text) => foreign.test(text))

const booleans = new Map([
  ['0', 'false'],
  ['1', 'true'],
])
const bytes: ReadonlySet<DataType['kind']> = new Set(['blob', 'binary', 'varbinary'])
const numbers: ReadonlySet<DataType['kind']> = new Set(['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'decimal'])

/** A default in PostgreSQL's words: literals and calls of other flavors said its way, by the type of the column; everything else as it is. */
export function ownDefault(text: string, type: DataType): string {
  const value = read(text)
  switch (value.kind) {
    case 'number':
      return type.kind === 'bool' ? (booleans.get(value.text) ?? text) : text
    case 'bool':
      return numbers.has(type.kind) ? (value.value ? '1' : '0') : text
    case 'text':
      // N'x' would be a text padded with blanks.
      return /^\(*n'/i.test(text.trim()) ? literal(value.value) : text
    case 'binary':
      return bytes.has(type.kind) ? `'\\x${value.hex}'` : text
    case 'null':
    case 'expression':
      return text
    default:
      return isForeign(text) ? call(value) : text
  }
}

function call(value: Exclude<DefaultValue, { kind: 'null' | 'expression' | 'number' | 'bool' | 'text' | 'binary' }>): string {
  if (value.kind === 'uuid') return 'gen_random_uuid()'
  const precision = value.precision === null ? '' : `(${Math.min(value.precision, 6)})`
  switch (value.kind) {
    case 'now':
      return value.precision === null ? 'now()' : `CURRENT_TIMESTAMP${precision}`
    case 'localNow':
      return `LOCALTIMESTAMP${precision}`
    case 'utcNow':
      return "timezone('utc', now())"
    case 'today':
      return 'CURRENT_DATE'
    case 'timeNow':
      return `LOCALTIME${precision}`
  }
}
