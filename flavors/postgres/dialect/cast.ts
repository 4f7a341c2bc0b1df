import type { DataType } from '../../../app/model/data-type.ts'
import { parseNative } from './parse-type.ts'
import { nativeType } from './types.ts'
import { isZonedRange, needsZone } from './zone.ts'

export type CastRisk = 'same' | 'exact' | 'lossy' | 'impossible'

/** What values of a type are, for casts. */
export type Family =
  | 'bool'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'text'
  | 'char'
  | 'binary'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'enum'
  | 'array'
  | 'bit'
  | 'other'

const families: Readonly<Record<string, Family>> = {
  bool: 'bool',
  int16: 'integer',
  int32: 'integer',
  int64: 'integer',
  decimal: 'decimal',
  float32: 'float',
  float64: 'float',
  text: 'text',
  varchar: 'text',
  char: 'char',
  blob: 'binary',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
  enum: 'enum',
  array: 'array',
  bit: 'bit',
}

/** A type as PostgreSQL stores it: what has no carrier of its own becomes its carrier, synonyms are folded, default precisions left out. Idempotent. */
export function storedType(type: DataType): DataType {
  if (type.kind === 'enum') return type
  if (type.kind === 'array') {
    const element = storedType(type.element)
    return element.kind === 'array' ? element : { kind: 'array', element }
  }
  const stored = parseNative(nativeType(type).text)
  if (stored === null) return type.kind === 'native' ? { ...type, text: type.text.trim() } : type
  if ((stored.kind === 'time' || stored.kind === 'timestamp' || stored.kind === 'timestamptz') && stored.precision === 6)
    return { ...stored, precision: null }
  return stored
}

/** Family of a stored type. */
export const familyOf = (type: DataType): Family => families[type.kind] ?? 'other'

const integerDigits: Readonly<Record<string, number>> = { int16: 5, int32: 10, int64: 19 }
const integerRank: Readonly<Record<string, number>> = { int16: 1, int32: 2, int64: 3 }

/** Whether values may change or fail on the way. Source: pg_cast, and trying each pair. */
export function castRisk(given: DataType, wanted: DataType): CastRisk {
  const from = storedType(given)
  const to = storedType(wanted)
  if (JSON.stringify(from) === JSON.stringify(to)) return 'same'
  const [a, b] = [familyOf(from), familyOf(to)]
  if (isZonedRange(from, to)) return 'impossible'
  if (a === 'enum' && b === 'enum') return enumRisk(from, to)
  if (a === 'array' && b === 'array' && from.kind === 'array' && to.kind === 'array') {
    const risk = castRisk(from.element, to.element)
    // Moments and local times are turned into each other element by element: what is a list of lists loses its shape.
    return needsZone(from, to) && risk !== 'impossible' ? 'lossy' : risk === 'same' ? 'exact' : risk
  }
  if (to.kind === 'text' || (to.kind === 'varchar' && to.length === null)) return a === 'char' ? 'lossy' : 'exact'
  if (a === b) return sameFamily(from, to)
  return crossFamily(from, to, a, b)
}

function enumRisk(from: DataType, to: DataType): CastRisk {
  if (from.kind !== 'enum' || to.kind !== 'enum') return 'lossy'
  const kept = new Set(to.values)
  return from.values.every((value) => kept.has(value)) ? 'exact' : 'lossy'
}

function sameFamily(from: DataType, to: DataType): CastRisk {
  if (from.kind === 'decimal' && to.kind === 'decimal') {
    if (to.precision === null) return 'exact'
    if (from.precision === null) return 'lossy'
    const [fromScale, toScale] = [from.scale ?? 0, to.scale ?? 0]
    return toScale >= fromScale && to.precision - toScale >= from.precision - fromScale ? 'exact' : 'lossy'
  }
  if (from.kind in integerRank) return (integerRank[from.kind] ?? 0) <= (integerRank[to.kind] ?? 0) ? 'exact' : 'lossy'
  if (from.kind === 'float32' && to.kind === 'float64') return 'exact'
  if (from.kind === 'varchar' && to.kind === 'varchar')
    return from.length !== null && to.length !== null && from.length <= to.length ? 'exact' : 'lossy'
  if ('precision' in from && 'precision' in to) return (to.precision ?? 6) >= (from.precision ?? 6) ? 'exact' : 'lossy'
  return 'lossy'
}

function crossFamily(from: DataType, to: DataType, a: Family, b: Family): CastRisk {
  if (a === 'integer' && to.kind === 'decimal') {
    return to.precision === null || to.precision - (to.scale ?? 0) >= (integerDigits[from.kind] ?? 0) ? 'exact' : 'lossy'
  }
  if (a === 'integer' && b === 'float') return from.kind === 'int16' || (from.kind === 'int32' && to.kind === 'float64') ? 'exact' : 'lossy'
  if (isText(a) || isText(b)) return 'lossy'
  if (a === 'date' && (b === 'timestamp' || b === 'timestamptz')) return 'exact'
  return bridges.has(`${a} ${b}`) ? 'lossy' : 'impossible'
}

const isText = (family: Family): boolean => family === 'text' || family === 'char'

/** Pairs with a cast between them, directly or through integer; text goes anywhere and back. */
const bridges: ReadonlySet<string> = new Set([
  'bool integer',
  'integer bool',
  'integer decimal',
  'integer float',
  'decimal integer',
  'decimal float',
  'float integer',
  'float decimal',
  'timestamp date',
  'timestamptz date',
  'timestamp timestamptz',
  'timestamptz timestamp',
  'timestamp time',
  'timestamptz time',
  'other other',
])
