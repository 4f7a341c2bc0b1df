import type { DataType } from '../../../app/model/data-type.ts'
import { parseNative, type Native } from './native.ts'
import { logicalOf, nativeType } from './types.ts'
import { rememberByObject, type Features } from './version.ts'

/** A type as its column keeps it: the native type, and what a check beside it allows. */
export interface Stored extends Native {
  /** Values of an enum, or that the text is JSON; null without such a check. */
  readonly only: readonly string[] | 'json' | null
}

const jsonKinds = new Set<DataType['kind']>(['json', 'array', 'map', 'struct'])
const fallback: Native = { base: 'nvarchar', size: 'max', scale: null, text: 'nvarchar(max)' }

/** How a column of this type is stored. A type that has no carrier is taken for text; its finding says so. */
export const storedOf = rememberByObject(makeStored)

function makeStored(type: DataType, features: Features): Stored {
  const native = parseNative(nativeType(type, features).text) ?? fallback
  const only = type.kind === 'enum' ? type.values : jsonKinds.has(type.kind) && native.base !== 'json' ? 'json' : null
  return { ...native, only }
}

/** The type as it reads back: what has no carrier of its own becomes its carrier, numbers that say what is meant anyway are left out. Idempotent. */
export function normalType(type: DataType, features: Features): DataType {
  if (type.kind === 'enum') return { kind: 'enum', name: null, values: type.values }
  if (jsonKinds.has(type.kind)) return { kind: 'json' }
  if (nativeType(type, features).losses.some(({ severity }) => severity === 'error')) return type.kind === 'native' ? { ...type, text: type.text.trim() } : type
  const read = logicalOf(storedOf(type, features))
  return 'precision' in read && read.kind !== 'decimal' && read.precision === 7 ? { ...read, precision: null } : read
}
