import type { DataType } from '../../../app/model/data-type.ts'
import { carrierOf } from '../../carrier.ts'
import type { TypeMap } from '../../flavor.ts'
import { fieldTypeOf } from './field-type.ts'
import { postgresField } from './postgres-fields.ts'
import { flat } from './print.ts'
import { call } from './python.ts'
import { readField } from './read-field.ts'
import type { Target } from './target.ts'

/** Types as fields: `models.CharField(max_length=80)`. */
export const typesOf = (target: Target): TypeMap => ({
  toNative: (type) => {
    const { head, args, losses } = fieldTypeOf(type, target)
    return { text: flat(call(head, ...args)), losses }
  },
  fromNative: (written) => readField(written, target.zones),
})

/** The type as it reads back from what Django makes of it. Idempotent. */
export function canonicalType(type: DataType, target: Target): DataType {
  switch (type.kind) {
    case 'int8':
      return { kind: 'int16' }
    case 'uint64':
      return { kind: 'decimal', precision: 20, scale: 0 }
    case 'float32':
      return { kind: 'float64' }
    case 'xml':
      return { kind: 'text' }
    case 'geometry':
      return target.gis ? type : { kind: 'text' }
    case 'map':
    case 'struct':
      return { kind: 'json' }
    case 'array':
      return target.database === 'postgres' ? { kind: 'array', element: canonicalType(type.element, target) } : { kind: 'json' }
    case 'native':
      return nativeType(type, target)
    case 'uint8':
    case 'uint16':
    case 'uint32':
    case 'inet':
      return type
    case 'enum':
      return type.values.length === 0 ? { kind: 'varchar', length: 1 } : { kind: 'enum', name: null, values: [...new Set(type.values)] }
    default:
      return readField(typesOf(target).toNative(type).text, target.zones) ?? type
  }
}

function nativeType(type: Extract<DataType, { kind: 'native' }>, target: Target): DataType {
  const own = type.flavor === 'django' ? readField(type.text, target.zones) : null
  if (own !== null && own.kind !== 'native') return canonicalType(own, target)
  if (type.flavor === null || type.flavor === 'django') return { kind: 'text' }
  if (type.flavor === 'postgres' && target.database === 'postgres' && postgresField(type.text) !== null) return { ...type, text: type.text.trim().toLowerCase() }
  return canonicalType(carrierOf(type).type, target)
}
