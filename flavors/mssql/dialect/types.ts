import type { DataType } from '../../../app/model/data-type.ts'
import { carrierOf } from '../../carrier.ts'
import type { NativeType, TypeMap } from '../../flavor.ts'
import { parseNative, type Native } from './native.ts'
import { rememberByObject, type Features } from './version.ts'

type Loss = NativeType['losses'][number]

const loss = (code: string, severity: Loss['severity'], message: string): Loss => ({ code, severity, message, flavor: 'mssql' })
const exact = (text: string): NativeType => ({ text, losses: [] })
const losing = (text: string, code: string, severity: Loss['severity'], message: string): NativeType => ({ text, losses: [loss(code, severity, message)] })
const wider = (text: string, message: string): NativeType => losing(text, 'TYPE_WIDENED', 'info', message)
const unsupported = (text: string, message: string): NativeType => losing(text, 'TYPE_UNSUPPORTED', 'error', message)

/** The code of the note that texts are counted in UTF-16 units: true for every length, so told once a table. */
export const utf16Code = 'TYPE_UTF16_UNITS'

/** Types without parameters. Source: Microsoft Learn, "Data types (Transact-SQL)". */
const simple: Readonly<Record<string, NativeType>> = {
  bool: exact('bit'),
  int8: wider('smallint', 'tinyint is 0 to 255 in SQL Server: smallint also takes values beyond -128..127. A check can hold the limits.'),
  int16: exact('smallint'),
  int32: exact('int'),
  int64: exact('bigint'),
  uint8: exact('tinyint'),
  uint16: wider('int', 'SQL Server has no unsigned integers of this size: int also takes values beyond 0..65535. A check can hold the limits.'),
  uint32: wider('bigint', 'SQL Server has no unsigned integers of this size: bigint also takes values beyond 0..4294967295. A check can hold the limits.'),
  uint64: wider('decimal(20,0)', 'SQL Server has no unsigned integers of this size: decimal(20,0) holds every value, and more. A check can hold the limits.'),
  float32: exact('real'),
  float64: exact('float(53)'),
  text: exact('nvarchar(max)'),
  blob: exact('varbinary(max)'),
  date: exact('date'),
  interval: losing('varchar(64)', 'TYPE_AS_TEXT', 'warning', 'SQL Server has no interval: it is kept as ISO 8601 text (P1DT2H) that nobody checks or computes with. A number of seconds can be computed with.'),
  uuid: exact('uniqueidentifier'),
  xml: exact('xml'),
  inet: losing('varchar(43)', 'TYPE_AS_TEXT', 'warning', 'SQL Server has no address type: it is kept as text that nobody checks or compares as an address. A check can hold its form.'),
  geometry: exact('geometry'),
}

function decimal(precision: number | null, scale: number | null): NativeType {
  if (precision === null) {
    return losing('decimal(38,10)', 'TYPE_PRECISION', 'warning', 'SQL Server keeps at most 38 digits: a decimal without digits becomes decimal(38,10), and digits behind the tenth are rounded. Give it a precision and a scale.')
  }
  const digits = scale ?? 0
  const spelled = `decimal(${precision},${digits})`
  if (precision < 1 || digits < 0 || digits > precision) return unsupported(spelled, `A decimal has 1 to 38 digits and a scale from 0 to as many, not ${spelled}. Change the two numbers.`)
  if (precision <= 38) return exact(spelled)
  const kept = Math.min(digits, 38)
  return losing(`decimal(38,${kept})`, 'TYPE_PRECISION', 'warning', `SQL Server keeps at most 38 digits, not ${precision}: larger values are refused${kept < digits ? ', and more than 38 fractional digits are rounded' : ''}. Lower the precision, or keep it as text.`)
}

const utf16 = (length: number): Loss =>
  loss(utf16Code, 'info', `The length ${length} counts UTF-16 units: a character beyond U+FFFF, as an emoji is, takes two. Give more room where such characters come.`)

const single = (native: string, word: string, unit: string): NativeType =>
  losing(native, 'TYPE_LENGTH_ONE', 'warning', `${word} without a length holds just one ${unit}. Give the length.`)

function textType(base: 'nchar' | 'nvarchar', length: number | null): NativeType {
  if (length === null) return base === 'nchar' ? single('nchar(1)', 'char', 'character') : exact('nvarchar(max)')
  if (length < 1) return unsupported(`${base}(${length})`, `A text has a length of 1 or more, not ${length}. Give a length, or take text.`)
  if (length <= 4000) return { text: `${base}(${length})`, losses: [utf16(length)] }
  return wider('nvarchar(max)', `${base} ends at 4000: nvarchar(max) also takes more than ${length}${base === 'nchar' ? ', and pads nothing' : ''}. It cannot be part of a key.`)
}

function binary(base: 'binary' | 'varbinary', length: number | null): NativeType {
  if (length === null) return base === 'binary' ? single('binary(1)', 'binary', 'byte') : exact('varbinary(max)')
  if (length < 1) return unsupported(`${base}(${length})`, `A binary type has a length of 1 or more, not ${length}. Give a length, or take blob.`)
  if (length <= 8000) return exact(`${base}(${length})`)
  return wider('varbinary(max)', `${base} ends at 8000: varbinary(max) also takes more than ${length} bytes. It cannot be part of a key.`)
}

function bits(length: number | null): NativeType {
  const count = length ?? 1
  const bytes = Math.ceil(count / 8)
  if (count < 1) return unsupported('binary(0)', 'A bit string has 1 bit or more. Give a length.')
  return losing(bytes <= 8000 ? `binary(${bytes})` : 'varbinary(max)', 'TYPE_AS_BINARY', 'warning', `SQL Server has no bit strings: ${count} bits are kept as ${bytes} whole bytes. A bool for each bit would keep their meaning.`)
}

function timed(base: string, precision: number | null): NativeType {
  if (precision === null || precision <= 7) return exact(`${base}(${precision ?? 7})`)
  return losing(`${base}(7)`, 'TYPE_PRECISION', 'warning', `SQL Server keeps 7 fractional digits of a second, not ${precision}: more are rounded. A text or a bigint of nanoseconds would keep them.`)
}

function enumeration(values: readonly string[]): NativeType {
  const longest = Math.max(1, ...values.map((value) => value.length))
  const spelled = longest <= 4000 ? `nvarchar(${longest})` : 'nvarchar(max)'
  const problem =
    values.length === 0 ? 'An enum names one value or more. Add its values, or take text.'
    : values.some((value) => value.includes('\0') || !value.isWellFormed()) ? 'An enum value holds a NUL character or half a surrogate pair. Take the character out.'
    : new Set(values).size < values.length ? 'The enum names a value twice. Take one of the two off.'
    : null
  if (problem !== null) return unsupported(spelled, problem)
  return losing(spelled, 'TYPE_AS_CHECK', 'info', 'SQL Server has no enums: a check holds the values. It compares as the collation does, usually without looking at case.')
}

const jsonText = ({ jsonType, jsonValues }: Features): NativeType => {
  if (jsonType) return exact('json')
  return jsonValues ? exact('nvarchar(max)') : losing('nvarchar(max)', 'TYPE_AS_CHECK', 'info', 'Before 2022 the check of JSON takes objects and arrays only: a lone number, text, true or null is refused. Take text where such values come.')
}

/** Native spelling of a logical type, with what is lost. Never throws. */
export const nativeType = rememberByObject(makeNative)

function makeNative(type: DataType, features: Features): NativeType {
  switch (type.kind) {
    case 'decimal':
      return decimal(type.precision, type.scale)
    case 'char':
      return textType('nchar', type.length)
    case 'varchar':
      return textType('nvarchar', type.length)
    case 'binary':
    case 'varbinary':
      return binary(type.kind, type.length)
    case 'bit':
      return bits(type.length)
    case 'time':
      return timed('time', type.precision)
    case 'timestamp':
      return timed('datetime2', type.precision)
    case 'timestamptz':
      return timed('datetimeoffset', type.precision)
    case 'enum':
      return enumeration(type.values)
    case 'json':
      return jsonText(features)
    case 'array':
    case 'map':
    case 'struct':
      return losing(features.jsonType ? 'json' : 'nvarchar(max)', 'TYPE_AS_JSON', 'warning', `SQL Server has no ${type.kind}: it is kept as JSON, whose shape nobody checks. A table of its own would keep it.`)
    case 'native':
      return verbatimType(type, features)
    default:
      return simple[type.kind] ?? unsupported('nvarchar(max)', `SQL Server has no type for ${type.kind}.`)
  }
}

function verbatimType(type: Extract<DataType, { kind: 'native' }>, features: Features): NativeType {
  const own = parseNative(type.text)
  if (type.flavor === 'mssql' || (type.flavor === null && own !== null)) {
    if (own === null) return unsupported('nvarchar(max)', `${type.text} is no type of SQL Server; an alias type is written as [schema].[name].`)
    return own.base === 'json' && !features.jsonType ? unsupported(own.text, 'The type json needs SQL Server 2025. Choose that version, or take json of the list.')
      : own.base === 'vector' && !features.jsonType ? unsupported(own.text, 'The type vector needs SQL Server 2025. Choose that version, or take json.')
      : exact(own.text)
  }
  if (type.flavor === null) return losing('nvarchar(max)', 'TYPE_UNKNOWN', 'error', `The type ${type.text} is not known. Choose a type of the list.`)
  const { type: carrier, lost } = carrierOf(type)
  const carried = nativeType(carrier, features)
  const what = lost === '' ? '' : ` What does not come along: ${lost}.`
  return { text: carried.text, losses: [loss('TYPE_FOREIGN', lost === '' ? 'info' : 'warning', `${type.text} belongs to ${type.flavor}: SQL Server keeps its values as ${carried.text}.${what}`), ...carried.losses] }
}

const logical: Readonly<Record<string, DataType>> = {
  bit: { kind: 'bool' }, tinyint: { kind: 'uint8' }, smallint: { kind: 'int16' }, int: { kind: 'int32' }, bigint: { kind: 'int64' },
  real: { kind: 'float32' }, float: { kind: 'float64' }, date: { kind: 'date' }, uniqueidentifier: { kind: 'uuid' }, json: { kind: 'json' }, geometry: { kind: 'geometry' },
}

/** The logical twin of a native type; the type itself where it has none. */
export function logicalOf({ base, size, scale, text: spelling }: Native): DataType {
  const own: DataType = { kind: 'native', flavor: 'mssql', text: spelling }
  const length = size === 'max' ? null : size
  switch (base) {
    case 'decimal':
      return { kind: 'decimal', precision: length, scale }
    case 'nchar':
      return { kind: 'char', length }
    case 'nvarchar':
      return size === 'max' ? { kind: 'text' } : { kind: 'varchar', length }
    case 'binary':
      return { kind: 'binary', length }
    case 'varbinary':
      return size === 'max' ? { kind: 'blob' } : { kind: 'varbinary', length }
    case 'time':
      return { kind: 'time', precision: length }
    case 'datetime2':
      return { kind: 'timestamp', precision: length }
    case 'datetimeoffset':
      return { kind: 'timestamptz', precision: length }
    case 'xml':
      return spelling === 'xml' ? { kind: 'xml' } : own
    default:
      return logical[base] ?? own
  }
}

/** Logical type of a native spelling. Texts of a code page (`varchar`), `money`, `datetime` and the like are no logical type: they stay as they are. */
export function fromNative(spelling: string): DataType | null {
  const native = parseNative(spelling)
  return native === null ? null : logicalOf(native)
}

/** The type map of a version. */
export const typesOf = (features: Features): TypeMap => ({ toNative: (type) => nativeType(type, features), fromNative })
