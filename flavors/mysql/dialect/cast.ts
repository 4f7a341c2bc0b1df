import type { DataType } from '../../../app/model/data-type.ts'
import { membersOf } from './parse-type.ts'
import type { Server } from './server.ts'
import { storedType } from './types.ts'

export type CastRisk = 'same' | 'exact' | 'lossy' | 'impossible'

/** What values of a stored type are, for casts. `fixedBinary` is padded, `char` loses blanks at its end, `year` is a number of its own. */
export type Family =
  | 'integer' | 'decimal' | 'float' | 'text' | 'char' | 'binary' | 'fixedBinary' | 'bit' | 'date' | 'time' | 'timestamp' | 'timestamptz' | 'enum' | 'set' | 'json' | 'uuid' | 'inet' | 'geometry' | 'year' | 'vector' | 'other'

const families: Readonly<Record<string, Family>> = {
  bool: 'integer', int8: 'integer', int16: 'integer', int32: 'integer', int64: 'integer', uint8: 'integer', uint16: 'integer', uint32: 'integer', uint64: 'integer',
  decimal: 'decimal', float32: 'float', float64: 'float', text: 'text', varchar: 'text', char: 'char', blob: 'binary', varbinary: 'binary', binary: 'fixedBinary', bit: 'bit',
  date: 'date', time: 'time', timestamp: 'timestamp', timestamptz: 'timestamptz', enum: 'enum', json: 'json', uuid: 'uuid', geometry: 'geometry',
}

/** Family of a stored type. */
export function familyOf(type: DataType): Family {
  if (type.kind !== 'native') return families[type.kind] ?? 'other'
  const { text } = type
  if (/^(?:tiny|small|medium|big)?int\b/.test(text)) return 'integer'
  if (text.startsWith('decimal')) return 'decimal'
  if (/^(?:float|double)/.test(text)) return 'float'
  if (text.startsWith('set(')) return 'set'
  if (text.startsWith('inet')) return 'inet'
  if (/^(?:point|linestring|polygon|multi|geometry)/.test(text)) return 'geometry'
  if (text.startsWith('vector')) return 'vector'
  return text === 'year' ? 'year' : 'other'
}

const bits = (count: bigint): readonly [bigint, bigint] => [-(2n ** (count - 1n)), 2n ** (count - 1n) - 1n]
const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  bool: [0n, 1n], int8: bits(8n), int16: bits(16n), int32: bits(32n), int64: bits(64n),
  uint8: [0n, 255n], uint16: [0n, 65_535n], uint32: [0n, 4_294_967_295n], uint64: [0n, 2n ** 64n - 1n],
  mediumint: bits(24n), 'mediumint unsigned': [0n, 16_777_215n],
}
const wholeWords: Readonly<Record<string, string>> = { tinyint: 'uint8', smallint: 'uint16', mediumint: 'mediumint unsigned', int: 'uint32', bigint: 'uint64' }

/** Least and most of a whole number; null for another type. */
export function rangeOf(type: DataType): readonly [bigint, bigint] | null {
  if (type.kind === 'bit') return [0n, 2n ** BigInt(type.length ?? 1) - 1n]
  if (type.kind !== 'native') return ranges[type.kind] ?? null
  const [, word = ''] = /^(\w*int)(?:\(\d+\))? unsigned zerofill$/.exec(type.text) ?? []
  return ranges[wholeWords[word] ?? type.text] ?? null
}

/** Digits before and behind the point of a stored decimal. */
export function digitsOf(type: DataType): { readonly before: number; readonly behind: number } {
  if (type.kind === 'decimal') return { before: (type.precision ?? 65) - (type.scale ?? 0), behind: type.scale ?? 0 }
  const [, precision = '10', scale = '0'] = (type.kind === 'native' ? /\((\d+),(\d+)\)/.exec(type.text) : null) ?? []
  return { before: Number(precision) - Number(scale), behind: Number(scale) }
}

/** Characters that the texts of a stored type can have at most; null for no limit. */
export const lengthOf = (type: DataType): number | null => ('length' in type ? type.length : null)

/** Whether values may change or fail on the way. Source: MySQL manual, "Type Conversion in Expression Evaluation"; each pair tried on MariaDB 10.11. */
export function castRisk(given: DataType, wanted: DataType, server: Server): CastRisk {
  const [from, to] = [storedType(given, server), storedType(wanted, server)]
  if (JSON.stringify(from) === JSON.stringify(to)) return 'same'
  const [a, b] = [familyOf(from), familyOf(to)]
  if (b === 'text') return toText(from, to, a)
  if (a === 'geometry' || b === 'geometry') return a === b ? geometryRisk(to) : 'impossible'
  if (a === 'vector' || b === 'vector') return a === b ? 'lossy' : 'impossible'
  const [least, most] = [rangeOf(from), rangeOf(to)]
  if (least !== null && most !== null) return least[0] >= most[0] && least[1] <= most[1] ? 'exact' : 'lossy'
  // An address of one kind is none of the other.
  if (a === 'inet' && b === 'inet') return 'impossible'
  if (a === b) return sameFamily(from, to, a)
  if (b === 'char') return a === 'uuid' && (lengthOf(to) ?? 0) >= 36 ? 'exact' : 'lossy'
  return crossFamily(from, to, a, b)
}

const geometryRisk = (to: DataType): CastRisk => (to.kind === 'geometry' ? 'exact' : 'lossy')

/** Most characters that the text of a value has; null where it is not known. */
function textLength(from: DataType, family: Family): number | null {
  const range = rangeOf(from)
  if (range !== null && family !== 'bit') return Math.max(range[0].toString().length, range[1].toString().length)
  if (family === 'decimal') return digitsOf(from).before + digitsOf(from).behind + 3
  if (family === 'uuid') return 36
  if (family === 'date') return 10
  if (family === 'year') return 4
  if (family === 'enum' && from.kind === 'enum') return Math.max(0, ...from.values.map((value) => Array.from(value).length))
  if (family === 'text' || family === 'char' || family === 'bit') return lengthOf(from)
  if (family === 'timestamp' || family === 'timestamptz') return 26
  return family === 'time' ? 17 : family === 'inet' ? 45 : null
}

function toText(from: DataType, to: DataType, family: Family): CastRisk {
  if (family === 'geometry' || family === 'vector') return 'impossible'
  // Any bytes may be no text; a float has more digits than its text shows; a server that reads JSON writes it its own way.
  if (family === 'binary' || family === 'fixedBinary' || family === 'float' || family === 'other') return 'lossy'
  const limit = lengthOf(to)
  if (limit === null) return 'exact'
  const length = textLength(from, family)
  return length !== null && length <= limit ? 'exact' : 'lossy'
}

function sameFamily(from: DataType, to: DataType, family: Family): CastRisk {
  if (family === 'decimal') {
    const [old, next] = [digitsOf(from), digitsOf(to)]
    const isUnsigned = to.kind === 'native'
    return !isUnsigned && next.behind >= old.behind && next.before >= old.before ? 'exact' : 'lossy'
  }
  if (family === 'float') return from.kind === 'float32' && to.kind === 'float64' ? 'exact' : 'lossy'
  if (family === 'char') return (lengthOf(from) ?? 1) <= (lengthOf(to) ?? 1) ? 'exact' : 'lossy'
  if (family === 'binary') return lengthOf(to) === null || (lengthOf(from) ?? Infinity) <= (lengthOf(to) ?? 0) ? 'exact' : 'lossy'
  if (from.kind === 'enum' && to.kind === 'enum') return from.values.every((value) => to.values.includes(value)) ? 'exact' : 'lossy'
  if (family === 'set') return keepsMembers(from, to) ? 'exact' : 'lossy'
  if ('precision' in from && 'precision' in to) return (to.precision ?? 0) >= (from.precision ?? 0) ? 'exact' : 'lossy'
  return 'lossy'
}

/** Members are kept, in their order: a set is written in the order of its definition. */
function keepsMembers(from: DataType, to: DataType): boolean {
  const [old, next] = [from, to].map((type) => (type.kind === 'native' ? (membersOf(type.text)?.values ?? []) : [])) as [readonly string[], readonly string[]]
  const places = old.map((member) => next.indexOf(member))
  return places.every((place, at) => place >= 0 && place > (places[at - 1] ?? -1))
}

const numbers: ReadonlySet<Family> = new Set(['integer', 'decimal', 'float', 'bit', 'year'])

function crossFamily(from: DataType, to: DataType, a: Family, b: Family): CastRisk {
  const range = rangeOf(from)
  if (range !== null && b === 'decimal' && to.kind === 'decimal') {
    const digits = Math.max(...range.map((end) => end.toString().replace('-', '').length))
    return digitsOf(to).before >= digits ? 'exact' : 'lossy'
  }
  if (range !== null && b === 'float' && to.kind !== 'native') {
    const most = to.kind === 'float32' ? 2n ** 24n : 2n ** 53n
    return -range[0] <= most && range[1] <= most ? 'exact' : 'lossy'
  }
  if (a === 'year' && b === 'integer') return (rangeOf(to)?.[1] ?? 0n) >= 2155n ? 'exact' : 'lossy'
  if (numbers.has(a) && numbers.has(b)) return 'lossy'
  if (a === 'fixedBinary' && b === 'binary') return lengthOf(to) === null || (lengthOf(from) ?? 1) <= (lengthOf(to) ?? 0) ? 'exact' : 'lossy'
  if (a === 'date' && b === 'timestamp') return 'exact'
  if (a === 'timestamptz' && b === 'timestamp') return precisionOf(to) >= precisionOf(from) ? 'exact' : 'lossy'
  if (isText(a)) return to.kind === 'blob' ? 'exact' : 'lossy'
  if (a === 'uuid' && b === 'fixedBinary') return lengthOf(to) === 16 ? 'exact' : 'lossy'
  return bridges.has(`${a} ${b}`) ? 'lossy' : 'impossible'
}

const isText = (family: Family): boolean => family === 'text' || family === 'char' || family === 'enum' || family === 'set'
const precisionOf = (type: DataType): number => ('precision' in type ? (type.precision ?? 0) : 0)

/** Other pairs with a way between them. */
const bridges: ReadonlySet<string> = new Set([
  'timestamp date', 'timestamptz date', 'timestamp timestamptz', 'date timestamptz', 'timestamp time', 'timestamptz time', 'binary fixedBinary', 'fixedBinary uuid', 'binary uuid', 'json binary', 'inet binary', 'uuid binary', 'json enum',
])
