import type { DataType } from '../../../app/model/data-type.ts'
import { carrierOf } from '../../carrier.ts'
import type { NativeType, TypeMap } from '../../flavor.ts'
import type { Format } from './facts.ts'
import { columnNameProblem, fold } from './names.ts'
import { parseNative } from './parse-type.ts'

type Loss = NativeType['losses'][number]

/** Where a type stands: which kind of table, and the oldest server (40500 for 4.5.0) that shall take it. */
export interface TypePlace {
  readonly format: Format
  readonly version: number
}

/** Impala reads and writes BINARY since 4.3. Source: release notes. */
const binarySince = 40_300

const loss = (code: string, severity: Loss['severity'], message: string): Loss => ({ code, severity, message, flavor: 'impala' })
const exact = (text: string): NativeType => ({ text, losses: [] })
const lossy = (text: string, code: string, message: string, severity: Loss['severity'] = 'info'): NativeType => ({ text, losses: [loss(code, severity, message)] })
const refused = (text: string, message: string): NativeType => lossy(text, 'TYPE_UNSUPPORTED', message, 'error')

const ranged = (text: string, least: string, most: string): NativeType =>
  lossy(text, 'TYPE_WIDENED', `Impala has no unsigned integers and no checks: ${text} also takes values beyond ${least} and ${most}. Who writes the rows has to keep the limits.`)
const asString = (what: string, way: string): NativeType => lossy('STRING', 'TYPE_AS_TEXT', `Impala has no ${what}: values are kept as text that nobody checks. ${way}`)

/** Native spelling of the types without parameters. Source: Impala manual, "Data Types". */
const simple: Readonly<Record<string, NativeType>> = {
  bool: exact('BOOLEAN'), int8: exact('TINYINT'), int16: exact('SMALLINT'), int32: exact('INT'), int64: exact('BIGINT'),
  uint8: ranged('SMALLINT', '0', '255'), uint16: ranged('INT', '0', '65535'), uint32: ranged('BIGINT', '0', '4294967295'), uint64: ranged('DECIMAL(20,0)', '0', '2^64-1'),
  float32: exact('FLOAT'), float64: exact('DOUBLE'), text: exact('STRING'), date: exact('DATE'),
  interval: asString('interval type for a field', 'An int64 of seconds would add and compare.'),
  uuid: asString('uuid type', 'Written in lower case they compare.'),
  json: asString('json type', 'get_json_object reads it; map, array or struct would be typed.'),
  xml: asString('xml type', 'Nothing of Impala reads it.'),
  inet: asString('address type', 'An int64 would compare and compute, for IPv4.'),
}

/** Bytes; a text in base64 before 4.3. */
function bytes(what: string, length: number | null, version: number): NativeType {
  const text = version >= binarySince ? 'BINARY' : 'STRING'
  const old = version >= binarySince ? [] : [loss('TYPE_AS_TEXT', 'warning', `Impala has BINARY since 4.3: before, ${what} are kept in a STRING, and bytes that are no text show as something else.`)]
  const wide = length === null ? [] : [loss('TYPE_WIDENED', 'info', `${text} has no length: more than ${length} bytes are taken too. Who writes the rows has to keep the limit.`)]
  return { text, losses: [...old, ...wide] }
}

function decimal(precision: number | null, scale: number | null): NativeType {
  if (precision === null) {
    return lossy('DECIMAL(38,10)', 'TYPE_NARROWED', 'Impala has no decimal without digits: 28 before the point and 10 behind it are kept, others are rounded or refused. Give the digits.', 'warning')
  }
  const text = `DECIMAL(${precision},${scale ?? 0})`
  if (precision < 1 || precision > 38) return refused(text, `DECIMAL takes 1 to 38 digits, not ${precision}. Take fewer, or text.`)
  return (scale ?? 0) < 0 || (scale ?? 0) > precision ? refused(text, `${text} has more fractional digits than digits, or fewer than none. Raise the digits to the scale.`) : exact(text)
}

/** CHAR and VARCHAR count bytes, unless UTF8_MODE is on. */
function sized(word: 'CHAR' | 'VARCHAR', length: number | null, max: number): NativeType {
  if (length === null) return word === 'VARCHAR' ? exact('STRING') : lossy('CHAR(1)', 'TYPE_LENGTH_ONE', 'CHAR without a length holds a single byte. Give the length.', 'warning')
  const text = `${word}(${length})`
  if (length < 1 || length > max) return refused(text, `${word} takes a length from 1 to ${max}, not ${length}. Take text.`)
  const pads = word === 'CHAR' ? ' Blanks at the end are not told apart.' : ''
  return lossy(text, 'TYPE_BYTES', `${text} counts bytes, not characters, unless the session has UTF8_MODE on: text that is not ASCII is cut earlier.${pads} A text has no limit.`)
}

/** A moment: no zone, nine fractional digits always, years 1400 to 9999. */
function moment(kind: 'timestamp' | 'timestamptz', precision: number | null): NativeType {
  const zone = kind === 'timestamptz' ? [loss('TYPE_ZONE_LOST', 'warning', 'TIMESTAMP of Impala has no zone: moments are kept as UTC, by convention only. Read and write them in UTC.')] : []
  const fine = precision === null || precision === 9 ? [] : [loss('TYPE_WIDENED', 'info', `TIMESTAMP always keeps nine fractional digits of a second, not ${precision}.`)]
  return { text: 'TIMESTAMP', losses: [loss('TYPE_RANGE', 'info', 'TIMESTAMP of Impala ends at the years 1400 and 9999: a value beyond them becomes NULL.'), ...zone, ...fine] }
}

function general(type: DataType, place: TypePlace): NativeType {
  switch (type.kind) {
    case 'decimal':
      return decimal(type.precision, type.scale)
    case 'char':
      return sized('CHAR', type.length, 255)
    case 'varchar':
      return sized('VARCHAR', type.length, 65_535)
    case 'binary':
    case 'varbinary':
      return bytes('bytes', type.length, place.version)
    case 'blob':
      return bytes('bytes', null, place.version)
    case 'geometry': {
      const { text, losses } = bytes('geometries', null, place.version)
      return { text, losses: [loss('TYPE_AS_BLOB', 'info', 'Values are kept as WKB bytes, without a spatial type: the st_ functions of Impala read them.'), ...losses] }
    }
    case 'bit':
      return asString('bit strings', 'An int64 has bit functions, up to 64 bits.')
    case 'time':
      return asString('time of day', 'Written as 23:59:59 they sort and compare.')
    case 'timestamp':
    case 'timestamptz':
      return moment(type.kind, type.precision)
    case 'enum':
      return lossy('STRING', 'TYPE_AS_TEXT', 'Impala has no enums and no checks: any text is taken. A foreign key to a table of the values would at least name them.')
    case 'array':
    case 'map':
    case 'struct':
      return complex(type, place)
    case 'native':
      return native(type, place)
    default:
      return simple[type.kind] ?? exact('STRING')
  }
}

function complex(type: Extract<DataType, { kind: 'array' | 'map' | 'struct' }>, place: TypePlace): NativeType {
  const unwritten = loss('TYPE_READ_ONLY', 'warning', `Impala reads ${type.kind === 'array' ? 'an array' : `a ${type.kind}`}, and writes none: rows come from Hive, Spark or files. A table of its own, or JSON text, could be written.`)
  const inside = (losses: readonly Loss[]) => [unwritten, ...losses.filter(({ code }) => code !== 'TYPE_READ_ONLY')]
  if (type.kind === 'array') {
    const { text, losses } = nativeType(type.element, place)
    return { text: `ARRAY<${text}>`, losses: inside(losses) }
  }
  if (type.kind === 'map') {
    const [key, value] = [nativeType(type.key, place), nativeType(type.value, place)]
    const odd = /^(?:ARRAY|MAP|STRUCT)</.test(key.text) ? [loss('TYPE_UNSUPPORTED', 'error', `The key of a map is a simple type, not ${key.text}.`)] : []
    return { text: `MAP<${key.text},${value.text}>`, losses: [...odd, ...inside([...key.losses, ...value.losses])] }
  }
  if (type.members.length === 0) return refused('STRUCT<>', 'A struct of Impala has at least one member. Add one.')
  const names = new Set(type.members.map(({ name }) => fold(name)))
  const twice = names.size < type.members.length ? [loss('NAME_CLASH', 'error', 'Two members of the struct have one name to Impala, which folds case. Rename one.')] : []
  const bad = type.members.filter(({ name }) => columnNameProblem(name) !== null).map(({ name }) => loss('NAME_REFUSED', 'error', `The member name ${JSON.stringify(name)} ${columnNameProblem(name)}. Choose another.`))
  const members = type.members.map((member) => ({ name: fold(member.name), native: nativeType(member.type, place) }))
  return { text: `STRUCT<${members.map(({ name, native: { text } }) => `${memberName(name)}:${text}`).join(',')}>`, losses: [...twice, ...bad, ...inside(members.flatMap((one) => one.native.losses))] }
}

const memberName = (name: string) => `\`${name}\``

function native(type: Extract<DataType, { kind: 'native' }>, place: TypePlace): NativeType {
  if (type.flavor === 'impala') {
    const known = parseNative(type.text)
    if (known !== null && known.kind !== 'native') return nativeType(known, place)
    if (known !== null) return versioned(known.text, place)
  }
  if (type.flavor === null || type.flavor === 'impala') return lossy('STRING', 'TYPE_UNKNOWN', `The type is not known: ${type.text}. Choose a type of the list.`, 'error')
  const carrier = carrierOf(type)
  const carried = nativeType(carrier.type, place)
  const lost = carrier.lost === '' ? 'every value comes through' : `what is lost: ${carrier.lost}`
  return { text: carried.text, losses: [loss('TYPE_FOREIGN', carrier.lost === '' ? 'info' : 'warning', `The type ${type.text} belongs to ${type.flavor}. Here ${carried.text} carries it; ${lost}.`), ...carried.losses] }
}

/** VARIANT and UUID stand in Iceberg tables of Impala 5.0 only. */
function versioned(text: string, { format, version }: TypePlace): NativeType {
  if (format === 'iceberg' && version >= 50_000) return exact(text)
  return { text, losses: [loss('TYPE_UNSUPPORTED', 'error', `${text} stands in Iceberg tables of Impala 5.0 only. Take text, or set IMPALA.STORED_AS to ICEBERG and the version to 5.0.`)] }
}

/** What a format has not: the carrier it gets there, and the reason. */
function limited(given: NativeType, { format, version }: TypePlace): NativeType {
  const word = /^[A-Z]+/.exec(given.text)?.[0] ?? ''
  const instead = (text: string, what: string, code = 'TYPE_WIDENED', severity: Loss['severity'] = 'info'): NativeType => ({
    text,
    losses: [...given.losses.filter((one) => one.code !== 'TYPE_BYTES' && one.code !== 'TYPE_READ_ONLY'), loss(code, severity, what)],
  })
  if (given.losses.some(({ severity }) => severity === 'error')) return given
  if (format === 'kudu') {
    // Source: IMPALA-5092 and IMPALA-8800, both in 4.0.
    if ((word === 'DATE' || word === 'VARCHAR') && version < 40_000) return instead('STRING', `Kudu has ${word} since Impala 4.0: before, STRING carries it.`, 'TYPE_AS_TEXT', 'warning')
    if (word === 'CHAR') return instead('STRING', `Kudu has no CHAR: ${given.text} becomes STRING, without its length. Take varchar to keep it.`)
    if (word === 'ARRAY' || word === 'MAP' || word === 'STRUCT') return instead('STRING', `Kudu has no ${word}: values are kept as JSON text that nobody checks. A table of its own would keep it.`, 'TYPE_AS_JSON', 'warning')
    if (word === 'TIMESTAMP') return instead('TIMESTAMP', 'Kudu keeps six fractional digits of a second: more are rounded.', 'TYPE_PRECISION')
  }
  if (format === 'iceberg') {
    if (word === 'CHAR' || word === 'VARCHAR') return instead('STRING', `Iceberg has no ${word}: ${given.text} becomes STRING, without its length. Who writes the rows has to keep it.`)
    if (word === 'TINYINT' || word === 'SMALLINT') return instead('INT', `Iceberg has no ${word}: INT also takes values beyond its limits.`)
    if (word === 'TIMESTAMP') return instead('TIMESTAMP', 'Iceberg keeps six fractional digits of a second: more are cut.', 'TYPE_PRECISION')
  }
  return given
}

/** Native spelling of a type in a file table that takes it whole, without looking at what is lost; null for the others. For speed: most fields are such. */
export function usualText(type: DataType, { format }: TypePlace): string | null {
  if (format !== 'file') return null
  switch (type.kind) {
    case 'varchar':
      return type.length !== null && type.length >= 1 && type.length <= 65_535 ? `VARCHAR(${type.length})` : null
    case 'decimal': {
      const { precision, scale } = type
      return precision !== null && precision >= 1 && precision <= 38 && scale !== null && scale >= 0 && scale <= precision ? `DECIMAL(${precision},${scale})` : null
    }
    case 'timestamp':
    case 'timestamptz':
      return 'TIMESTAMP'
    default:
      return simple[type.kind]?.text ?? null
  }
}

/** Native spelling of a type in a table of a format. Never throws; a type without a carrier has a loss of severity error. */
export const nativeType = (type: DataType, place: TypePlace): NativeType => limited(general(type, place), place)

/** Types as a file table has them. */
export const typesOf = (version: number): TypeMap => ({ toNative: (type) => nativeType(type, { format: 'file', version }), fromNative: parseNative })

/** A type as it reads back from a table of a format. Idempotent. */
export function storedType(type: DataType, place: TypePlace): DataType {
  const { text, losses } = nativeType(type, place)
  if (losses.some(({ severity }) => severity === 'error')) return type
  return parseNative(text) ?? type
}
