import type { DataType } from '../../../app/model/data-type.ts'
import { carrierOf } from '../../carrier.ts'
import type { NativeType, TypeMap } from '../../flavor.ts'
import { literal } from './names.ts'
import { membersOf, parseNative } from './parse-type.ts'
import type { Server } from './server.ts'

type Loss = NativeType['losses'][number]

const loss = (code: string, severity: Loss['severity'], message: string): Loss => ({ code, severity, message, flavor: 'mysql' })
const exact = (text: string): NativeType => ({ text, losses: [] })
const lost = (text: string, ...losses: readonly Loss[]): NativeType => ({ text, losses })
const refused = (text: string, message: string): NativeType => lost(text, loss('TYPE_UNSUPPORTED', 'error', message))
const asText = (text: string, what: string, way: string): NativeType => lost(text, loss('TYPE_AS_TEXT', 'info', `MySQL has no ${what}: ${text} keeps its values as text that nobody checks. ${way}`))

/** Most characters of a varchar whose characters may take 4 bytes each: a row has 65535 bytes. */
export const maxVarchar = 16_383

/** Native spelling of the types without parameters. Source: MySQL manual, chapter "Data Types". */
const simple: Readonly<Record<string, NativeType>> = {
  bool: lost('tinyint(1)', loss('TYPE_WIDENED', 'info', 'MySQL has no boolean: tinyint(1) also takes values other than 0 and 1. A check of the field would keep them out.')),
  int8: exact('tinyint'), int16: exact('smallint'), int32: exact('int'), int64: exact('bigint'),
  uint8: exact('tinyint unsigned'), uint16: exact('smallint unsigned'), uint32: exact('int unsigned'), uint64: exact('bigint unsigned'),
  float32: exact('float'), float64: exact('double'),
  text: exact('longtext'), blob: exact('longblob'), date: exact('date'), json: exact('json'), geometry: exact('geometry'),
  interval: asText('varchar(80)', 'intervals', 'They neither add nor compare; an int64 of seconds would.'),
  xml: asText('longtext', 'xml type', 'ExtractValue() reads it.'),
  inet: asText('varchar(43)', 'network addresses', 'A varbinary(16) of INET6_ATON() would sort, without a netmask.'),
}

function decimal(precision: number | null, scale: number | null, server: Server): NativeType {
  if (precision === null) {
    return lost('decimal(65,30)', loss('TYPE_PRECISION', 'warning', 'MySQL has no decimal without digits: decimal(65,30) takes 35 digits before the point and 30 behind it. Give the digits that are needed.'))
  }
  const [digits, behind] = [precision, scale ?? 0]
  const text = `decimal(${digits},${behind})`
  if (digits < 1 || digits > 65) return refused(text, `A decimal has 1 to 65 digits, not ${digits}. Take fewer, or varchar.`)
  if (behind < 0 || behind > server.decimalScale || behind > digits) return refused(text, `A decimal of ${digits} digits has 0 to ${Math.min(digits, server.decimalScale)} behind the point, not ${behind}.`)
  return exact(text)
}

const lengthOne = (text: string): Loss => loss('TYPE_LENGTH_ONE', 'warning', `${text} without a length holds just one. Give the length.`)

function char(length: number | null): NativeType {
  if (length === null) return lost('char(1)', lengthOne('char'))
  if (length <= 255) return exact(`char(${length})`)
  const { text, losses } = varchar(length)
  return lost(text, loss('TYPE_AS_VARCHAR', 'info', `char ends at 255 characters: ${text} takes ${length}, and pads none.`), ...losses)
}

function varchar(length: number | null): NativeType {
  if (length === null) return exact('longtext')
  if (length <= maxVarchar) return exact(`varchar(${length})`)
  return lost('longtext', loss('TYPE_WIDENED', 'info', `varchar ends at ${maxVarchar} characters of utf8mb4: longtext takes them, and longer texts too. A check on char_length would keep the limit of ${length}.`))
}

function binary(kind: 'binary' | 'varbinary', length: number | null): NativeType {
  if (length === null) return kind === 'varbinary' ? exact('longblob') : lost('binary(1)', lengthOne('binary'))
  if (kind === 'binary' && length <= 255) return exact(`binary(${length})`)
  const text = length <= 65_532 ? `varbinary(${length})` : 'longblob'
  if (kind === 'binary') return lost(text, loss('TYPE_WIDENED', 'info', `binary ends at 255 bytes: ${text} takes ${length}, and shorter values too. A check on length would keep it.`))
  return text === 'longblob' ? lost(text, loss('TYPE_WIDENED', 'info', `varbinary ends at 65532 bytes: longblob takes them, and more. A check on length would keep the limit of ${length}.`)) : exact(text)
}

function bit(length: number | null): NativeType {
  if (length === null) return lost('bit(1)', lengthOne('bit'))
  if (length >= 1 && length <= 64) return exact(`bit(${length})`)
  if (length < 1) return refused(`bit(${length})`, 'A bit field has 1 to 64 bits.')
  const carrier = binary('varbinary', Math.ceil(length / 8))
  return lost(carrier.text, loss('TYPE_AS_BINARY', 'warning', `bit ends at 64 bits: ${carrier.text} keeps ${length} as bytes, in whole bytes and without bit numbers.`), ...carrier.losses)
}

/** Times without a precision have six digits everywhere else, none in MySQL: six are written. */
function timed(word: 'time' | 'datetime' | 'timestamp', precision: number | null, server: Server): NativeType {
  const digits = Math.min(precision ?? 6, 6)
  const losses: Loss[] = []
  if ((precision ?? 0) > 6) losses.push(loss('TYPE_PRECISION', 'warning', `MySQL keeps 6 fractional digits of a second, not ${precision}: more are cut or rounded. A text or a bigint of nanoseconds would keep them.`))
  if (word === 'timestamp') {
    const last = server.longTimestamps ? '2106-02-07' : '2038-01-19'
    losses.push(loss('TYPE_RANGE', 'warning', `timestamp, the one type with a time zone, holds 1970-01-01 to ${last}. A timestamp without time zone (datetime) in UTC holds the years 1000 to 9999.`))
  }
  return lost(digits === 0 ? word : `${word}(${digits})`, ...losses)
}

/** A text without what the usual collations do not look at. */
const blind = (value: string): string => value.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

function enumType(name: string | null, values: readonly string[]): NativeType {
  const unfit = values.filter((value) => value.includes('\0') || !value.isWellFormed())
  const text = `enum(${values.filter((value) => !unfit.includes(value)).map(literal).join(',')})`
  const losses: Loss[] = unfit.map(() => loss('TYPE_UNSUPPORTED', 'error', 'An enum value holds a NUL character or half a surrogate pair.'))
  const wrong = (message: string) => losses.push(loss('TYPE_UNSUPPORTED', 'error', message))
  if (values.length === 0) wrong('An enum names at least one value.')
  if (values.length > 65_535) wrong(`An enum names at most 65535 values, not ${values.length}.`)
  if (values.some((value) => value.endsWith(' '))) wrong('An enum value ends with a blank, which MySQL takes off.')
  if (values.some((value) => Array.from(value).length > 255)) wrong('An enum value has at most 255 characters.')
  if (new Set(values).size < values.length) wrong('The enum names a value twice.')
  else if (new Set(values.map(blind)).size < values.length) losses.push(loss('TYPE_ENUM_CASE', 'warning', 'Two enum values differ only in case or accents: most collations take them for one, and refuse the enum. Give the field a collation such as utf8mb4_bin.'))
  // Tried on MariaDB 10.11: values are kept whole, but every catalog shows a question mark.
  if (values.some((value) => /[\u{10000}-\u{10FFFF}]/u.test(value))) losses.push(loss('TYPE_ENUM_TEXT', 'warning', 'An enum value holds a character beyond U+FFFF, such as an emoji: the server keeps it, but names it ? in its catalog, so that it never compares as equal. A varchar with a check would not.'))
  if (name !== null && name !== '') losses.push(loss('TYPE_NAME_LOST', 'info', `MySQL names no types: the enum ${name} is written out in the field, and its name is lost.`))
  return { text, losses }
}

/** A spelling of MySQL as it is; one that nobody claimed as MySQL reads it; one of another flavor by what carries it. */
function nativeText(type: Extract<DataType, { kind: 'native' }>, server: Server): NativeType {
  const { flavor, text } = type
  if (flavor !== null && flavor !== 'mysql') return carried(type, server)
  const parsed = parseNative(text)
  if (parsed === null) return refused('longtext', `Nobody knows the type ${text}: choose a type that ${server.label} has.`)
  if (parsed.kind !== 'native') return nativeType(parsed, server)
  const missing = missingType(parsed.text, server)
  if (missing !== null) return refused(parsed.text, missing)
  const listed = membersOf(parsed.text)
  return listed === null ? exact(parsed.text) : setType(listed.values)
}

function setType(values: readonly string[]): NativeType {
  const text = `set(${values.map(literal).join(',')})`
  const isWrong = values.length > 64 || values.some((value) => value.includes(',') || value.endsWith(' '))
  return isWrong ? refused(text, 'A set has at most 64 members, none with a comma or a blank at its end.') : exact(text)
}

function missingType(text: string, server: Server): string | null {
  if (text.startsWith('vector') && !server.vector) return `${server.label} has vectors since ${server.isMariaDb ? '11.7' : '9.0'}.`
  if (text === 'inet4' && !server.inet4) return server.isMariaDb ? 'MariaDB has inet4 since 10.10: take inet6.' : 'MySQL has no inet4: take inet.'
  if (text === 'inet6' && !server.isMariaDb) return 'MySQL has no inet6: take inet.'
  if (text.includes(' srid ') && server.isMariaDb) return 'MariaDB forgets the reference system of a field: take it off the type.'
  return null
}

function carried(type: Extract<DataType, { kind: 'native' }>, server: Server): NativeType {
  const carrier = carrierOf(type)
  const { text, losses } = nativeType(carrier.type, server)
  const what = carrier.lost === '' ? 'every value comes through' : `what is lost: ${carrier.lost}`
  return lost(text, loss('TYPE_FOREIGN', carrier.lost === '' ? 'info' : 'warning', `The type ${type.text} belongs to ${type.flavor}. Here ${text} carries it; ${what}.`), ...losses)
}

/** Native spelling of a type on a server, with what is lost. */
export function nativeType(type: DataType, server: Server): NativeType {
  switch (type.kind) {
    case 'decimal':
      return decimal(type.precision, type.scale, server)
    case 'char':
      return char(type.length)
    case 'varchar':
      return varchar(type.length)
    case 'binary':
    case 'varbinary':
      return binary(type.kind, type.length)
    case 'bit':
      return bit(type.length)
    case 'time':
      return timed('time', type.precision, server)
    case 'timestamp':
      return timed('datetime', type.precision, server)
    case 'timestamptz':
      return timed('timestamp', type.precision, server)
    case 'enum':
      return enumType(type.name, type.values)
    case 'array':
    case 'map':
    case 'struct':
      return lost('json', loss('TYPE_AS_JSON', 'warning', `MySQL has no ${type.kind}: values are kept as json, whose members nobody checks, and the type reads back as json. A table of its own would keep it.`))
    case 'native':
      return nativeText(type, server)
    case 'uuid':
      return server.uuid ? exact('uuid') : asText('char(36)', 'uuid type', 'binary(16) with UUID_TO_BIN() is smaller.')
    default:
      return simple[type.kind] ?? refused('longtext', `MySQL has no type for ${type.kind}.`)
  }
}

/** The type as it reads back from the server: synonyms folded, carriers instead of what they carry. Idempotent. */
export function storedType(type: DataType, server: Server): DataType {
  return parseNative(nativeType(type, server).text) ?? type
}

/** Types both ways on a server. */
export const typesOf = (server: Server): TypeMap => ({ toNative: (type) => nativeType(type, server), fromNative: parseNative })
