import type { DataType } from '../../../app/model/data-type.ts'
import type { NativeType, TypeMap } from '../../flavor.ts'
import { literal, qualified } from './names.ts'
import { parseNative } from './parse-type.ts'
import { isKnownType } from './type-names.ts'

type Loss = NativeType['losses'][number]

const loss = (code: string, severity: Loss['severity'], message: string): Loss => ({ code, severity, message, flavor: 'postgres' })
const exact = (text: string): NativeType => ({ text, losses: [] })
const wider = (text: string, message: string): NativeType => ({ text, losses: [loss('TYPE_WIDENED', 'info', message)] })

/** Native spelling of the types without parameters. Source: manual, chapter "Data Types"; flavors table. */
const simple: Readonly<Record<string, NativeType>> = {
  bool: exact('boolean'),
  int8: wider('smallint', 'PostgreSQL has no 8 bit integer: smallint also takes values beyond -128..127.'),
  int16: exact('smallint'),
  int32: exact('integer'),
  int64: exact('bigint'),
  uint8: wider('smallint', 'PostgreSQL has no unsigned integers: smallint also takes values beyond 0..255.'),
  uint16: wider('integer', 'PostgreSQL has no unsigned integers: integer also takes values beyond 0..65535.'),
  uint32: wider('bigint', 'PostgreSQL has no unsigned integers: bigint also takes values beyond 0..4294967295.'),
  uint64: wider('numeric(20,0)', 'PostgreSQL has no unsigned integers: numeric(20,0) holds every value, and more.'),
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
  return precision <= 1000 && precision >= 1
    ? exact(text)
    : { text, losses: [loss('TYPE_UNSUPPORTED', 'error', `numeric takes 1 to 1000 digits, not ${precision}.`)] }
}

function sized(text: string, length: number | null, max: number): NativeType {
  if (length === null) return exact(text)
  const spelled = `${text}(${length})`
  return length >= 1 && length <= max
    ? exact(spelled)
    : { text: spelled, losses: [loss('TYPE_UNSUPPORTED', 'error', `${text} takes a length from 1 to ${max}, not ${length}.`)] }
}

function timed(head: string, tail: string, precision: number | null): NativeType {
  if (precision === null) return exact(`${head}${tail}`)
  if (precision <= 6) return exact(`${head}(${precision})${tail}`)
  return {
    text: `${head}(6)${tail}`,
    losses: [loss('TYPE_PRECISION', 'warning', `PostgreSQL keeps 6 fractional digits of a second, not ${precision}: more are rounded.`)],
  }
}

const unbounded = (length: number | null): NativeType =>
  length === null ? exact('bytea') : wider('bytea', `bytea has no length: more than ${length} bytes are taken too.`)

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
      return { text: `${element.text}[]`, losses: element.losses }
    }
    case 'map':
    case 'struct':
      return {
        text: 'jsonb',
        losses: [loss('TYPE_AS_JSON', 'warning', `PostgreSQL has no ${type.kind}: it is kept as jsonb, whose shape nobody checks.`)],
      }
    case 'native':
      return nativeText(type.flavor, type.text)
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

function nativeText(flavor: string | null, text: string): NativeType {
  if (flavor === 'postgres') return exact(text)
  const parsed = parseNative(text)
  if (parsed !== null && parsed.kind !== 'native') return nativeType(parsed)
  if (parsed !== null || isKnownType(text)) return exact(text)
  const whose = flavor === null ? 'nobody knows' : `belongs to ${flavor}`
  return { text, losses: [loss('TYPE_UNSUPPORTED', 'error', `The type ${text} ${whose}; choose a type that PostgreSQL has.`)] }
}

/** Values of an enum as literals, for CREATE TYPE. */
export const enumValues = (values: readonly string[]): string => values.map(literal).join(', ')

export const types: TypeMap = { toNative: (type) => nativeType(type), fromNative: parseNative }
