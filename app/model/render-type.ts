import type { DataType } from './data-type.ts'
import { assertNever } from '../errors.ts'
import { parseType } from './parse-type.ts'

const known = new WeakMap<DataType, string>()

/** The logical spelling of a type; `parseType` of it gives an equal type. A native type is spelled as it is where that is read back equal, else `native('flavor', 'text')`. */
export function renderType(type: DataType): string {
  const before = known.get(type)
  if (before !== undefined) return before
  const text = type.kind === 'native' ? native(type, isReadBack) : inner(type)
  known.set(type, text)
  return text
}

function inner(type: DataType): string {
  switch (type.kind) {
    case 'decimal':
      if (type.precision === null) return 'decimal'
      return type.scale === null ? `decimal(${type.precision})` : `decimal(${type.precision},${type.scale})`
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
    case 'bit':
      return `${type.kind}${parameter(type.length)}`
    case 'time':
    case 'timestamp':
      return `${type.kind}${parameter(type.precision)}`
    case 'timestamptz':
      return `timestamp${parameter(type.precision)} with time zone`
    case 'enum':
      return `enum${type.name === null ? '' : ` ${identifier(type.name)}`}(${type.values.map(string).join(',')})`
    case 'array':
      return `array(${inner(type.element)})`
    case 'map':
      return `map(${inner(type.key)},${inner(type.value)})`
    case 'struct':
      return `struct(${type.members.map((member) => `${identifier(member.name)} ${inner(member.type)}`).join(',')})`
    case 'native':
      return native(type, isReadBackInside)
    case 'bool':
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint8':
    case 'uint16':
    case 'uint32':
    case 'uint64':
    case 'float32':
    case 'float64':
    case 'text':
    case 'blob':
    case 'date':
    case 'interval':
    case 'uuid':
    case 'json':
    case 'xml':
    case 'inet':
    case 'geometry':
      return type.kind
    default:
      return assertNever(type)
  }
}

type Native = DataType & { readonly kind: 'native' }

function native(type: Native, isPlain: (type: Native) => boolean): string {
  if (isPlain(type)) return type.text
  return `native(${type.flavor === null ? '' : `${string(type.flavor)}, `}${string(type.text)})`
}

function isReadBack(type: Native): boolean {
  const read = parseType(type.text)
  return read.kind === 'native' && read.flavor === type.flavor && read.text === type.text
}

/** Inside another type a comma, colon or bracket would be read as the outer type's. */
const isReadBackInside = (type: Native): boolean =>
  /^[\p{L}_][\p{L}\p{N}_$.]*(?: [\p{L}\p{N}_$.]+)*(?:\(\d+\))?$/u.test(type.text) && isReadBack(type)

const parameter = (value: number | null): string => (value === null ? '' : `(${value})`)
const string = (text: string): string => `'${text.replaceAll("'", "''")}'`
const identifier = (name: string): string => (/^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`)
