import type { DataType, SimpleKind } from '../../../app/model/data-type.ts'
import type { NativeType, TypeMap } from '../../flavor.ts'
import { carrierOf } from '../../carrier.ts'
import { literal, qualified } from './names.ts'
import { parseNative } from './parse-type.ts'
import { isKnownType } from './type-names.ts'

type Loss = NativeType['losses'][number]

const loss = (code: string, severity: Loss['severity'], message: string): Loss => ({ code, severity, message, flavor: 'postgres' })
const exact = (text: string): NativeType => ({ text, losses: [] })
const wider = (text: string, message: string): NativeType => ({ text, losses: [loss('TYPE_WIDENED', 'info', message)] })

const ranged = (text: string, what: string, least: string, most: string): NativeType =>
  wider(text, `${what}: ${text} also takes values beyond ${least} and ${most}. A check of the field would keep the limits.`)

/** Native spelling of the types without parameters. Source: manual, chapter "Data Types"; flavors table. */
const simple: Readonly<Record<string, NativeType>> = {
  bool: exact('boolean'),
  int8: ranged('smallint', 'PostgreSQL has no 8 bit integer', '-128', '127'),
  int16: exact('smallint'),
  int32: exact('integer'),
  int64: exact('bigint'),
  uint8: ranged('smallint', 'PostgreSQL has no unsigned integers', '0', '255'),
  uint16: ranged('integer', 'PostgreSQL has no unsigned integers', '0', '65535'),
  uint32: ranged('bigint', 'PostgreSQL has no unsigned integers', '0', '4294967295'),
  uint64: ranged('numeric(20,0)', 'PostgreSQL has no unsigned integers, and bigint ends at 2^63-1', '0', '2^64-1'),
  float32: exact('real'),
  float64: exact('double precision'),
  text: exact('text'),
  blob: exact('bytea'),
  date: exact('date'),
  interval: exact('interval'),
  uuid: exact('uuid'),
  json: exact('jsonb'),
  xml: exact('xml'),
  inet: exact('inet'),
  geometry: {
    text: 'geometry',
    losses: [loss('TYPE_NEEDS_EXTENSION', 'warning', 'geometry needs the extension PostGIS in the database.')],
  },
}

/** Kinds without parameters whose every value PostgreSQL keeps. */
export const simpleKinds: readonly SimpleKind[] = Object.keys(simple) as SimpleKind[]

/** Schema-qualified name of an enum type: in the table's schema, unless the name is written as `"schema"."type"`. */
export function enumTypeSql(schema: string, name: string): string {
  const parts = /^"((?:[^"]|"")+)"\."((?:[^"]|"")+)"$/.exec(name)
  return parts === null
    ? qualified(schema, name)
    : qualified((parts[1] ?? '').replaceAll('""', '"'), (parts[2] ?? '').replaceAll('""', '"'))
}

function decimal(precision: number | null, scale: number | null): NativeType {
  if (precision === null) return exact('numeric')
  const text = `numeric(${precision},${scale ?? 0})`
  if (precision < 1 || precision > 1000) {
    return { text, losses: [loss('TYPE_UNSUPPORTED', 'error', `numeric takes 1 to 1000 digits, not ${precision}. A decimal without digits takes any number.`)] }
  }
  if ((scale ?? 0) <= precision) return exact(text)
  return { text, losses: [loss('TYPE_NEEDS_VERSION', 'warning', `${text} has more fractional digits than digits: PostgreSQL takes that since version 15.`)] }
}

/** A text of a given length. Without one, `character` and `bit` mean a single character or bit; the others have no limit. */
function sized(text: string, length: number | null, max: number): NativeType {
  if (length === null && text !== 'character varying') {
    return { text, losses: [loss('TYPE_LENGTH_ONE', 'warning', `${text} without a length holds just one. Give the length.`)] }
  }
  if (length === null) return exact(text)
  const spelled = `${text}(${length})`
  if (length >= 1 && length <= max) return exact(spelled)
  const way = text === 'bit' ? 'Take binary.' : 'Take text.'
  return { text: spelled, losses: [loss('TYPE_UNSUPPORTED', 'error', `${text} takes a length from 1 to ${max}, not ${length}. ${way}`)] }
}

function timed(head: string, tail: string, precision: number | null): NativeType {
  if (precision === null) return exact(`${head}${tail}`)
  if (precision <= 6) return exact(`${head}(${precision})${tail}`)
  return {
    text: `${head}(6)${tail}`,
    losses: [loss('TYPE_PRECISION', 'warning', `PostgreSQL keeps 6 fractional digits of a second, not ${precision}: more are rounded. A text or a bigint of nanoseconds would keep them.`)],
  }
}

const unbounded = (length: number | null): NativeType =>
  length === null ? exact('bytea') : wider('bytea', `bytea has no length: more than ${length} bytes are taken too. A check on octet_length would keep the limit.`)

/**
 * Native spelling of a logical type. `enumName` gives the (qualified, quoted) type of an enum where the column is known;
 * without it an enum is spelled by its values, which is a description and no DDL.
 */
export function nativeType(type: DataType, enumName?: string): NativeType {
  switch (type.kind) {
    case 'decimal':
      return decimal(type.precision, type.scale)
    case 'char':
      return sized('character', type.length, 10_485_760)
    case 'varchar':
      return sized('character varying', type.length, 10_485_760)
    case 'bit':
      return sized('bit', type.length, 83_886_080)
    case 'binary':
    case 'varbinary':
      return unbounded(type.length)
    case 'time':
      return timed('time', '', type.precision)
    case 'timestamp':
      return timed('timestamp', '', type.precision)
    case 'timestamptz':
      return timed('timestamp', ' with time zone', type.precision)
    case 'enum':
      return enumType(type.name, type.values, enumName)
    case 'array': {
      const element = nativeType(type.element, enumName)
      const inner: readonly Loss[] =
        type.element.kind === 'array' ? [loss('TYPE_WIDENED', 'info', 'PostgreSQL has one type for arrays of any depth: a flat one is taken too.')] : []
      return { text: `${element.text}[]`, losses: [...element.losses, ...inner] }
    }
    case 'map':
    case 'struct':
      return {
        text: 'jsonb',
        losses: [loss('TYPE_AS_JSON', 'warning', `PostgreSQL has no ${type.kind}: values are kept as jsonb, whose members nobody checks. A table of its own would.`)],
      }
    case 'native':
      return nativeText(type, enumName)
    default:
      return simple[type.kind] ?? { text: 'text', losses: [loss('TYPE_UNSUPPORTED', 'error', `PostgreSQL has no type for ${type.kind}.`)] }
  }
}

function enumType(name: string | null, values: readonly string[], enumName: string | undefined): NativeType {
  const tooLong = values.filter((value) => new TextEncoder().encode(value).length > 63 || value === '')
  const losses = tooLong.map((value) =>
    loss('TYPE_UNSUPPORTED', 'error', `An enum value has 1 to 63 bytes; ${JSON.stringify(value.slice(0, 40))} has not.`),
  )
  if (new Set(values).size < values.length) losses.push(loss('TYPE_UNSUPPORTED', 'error', 'The enum names a value twice.'))
  const described = name === null ? `enum(${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})` : enumLabel(name)
  return { text: enumName ?? described, losses }
}

const enumLabel = (name: string): string =>
  name.startsWith('"') || /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`

/** A spelling of PostgreSQL as it is; one that nobody claimed as PostgreSQL reads it; one of another flavor by what carries it. */
function nativeText(type: Extract<DataType, { kind: 'native' }>, enumName: string | undefined): NativeType {
  const { flavor, text } = type
  if (flavor === 'postgres') return exact(text)
  if (flavor !== null) return carried(type, enumName)
  const parsed = parseNative(text)
  if (parsed !== null && parsed.kind !== 'native') return nativeType(parsed)
  if (parsed !== null || isKnownType(text)) return exact(text)
  return { text, losses: [loss('TYPE_UNSUPPORTED', 'error', `Nobody knows the type ${text}; choose a type that PostgreSQL has.`)] }
}

function carried(type: Extract<DataType, { kind: 'native' }>, enumName: string | undefined): NativeType {
  const carrier = carrierOf(type)
  const native = nativeType(carrier.type, enumName)
  const lost = carrier.lost === '' ? 'every value comes through' : `what is lost: ${carrier.lost}`
  const severity = carrier.lost === '' ? 'info' : 'warning'
  return { text: native.text, losses: [loss('TYPE_FOREIGN', severity, `The type ${type.text} belongs to ${type.flavor}. Here ${native.text} carries it; ${lost}.`), ...native.losses] }
}

/** Values of an enum as literals, for CREATE TYPE. */
export const enumValues = (values: readonly string[]): string => values.map(literal).join(', ')

export const types: TypeMap = { toNative: (type) => nativeType(type), fromNative: parseNative }
