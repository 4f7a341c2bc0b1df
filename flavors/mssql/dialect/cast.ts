import type { DataType } from '../../../app/model/data-type.ts'
import { isCodePage } from './native.ts'
import { storedOf, type Stored } from './stored.ts'
import type { Features } from './version.ts'

/** What a conversion may do to values; see `Dialect.castRisk`. */
export type CastRisk = 'same' | 'exact' | 'lossy' | 'impossible'

/** What values of a type are, for conversions. `object`: types of the CLR, that have a text and bytes of their own. */
export type Family = 'bit' | 'whole' | 'decimal' | 'float' | 'text' | 'binary' | 'date' | 'time' | 'moment' | 'instant' | 'uuid' | 'xml' | 'json' | 'object' | 'variant' | 'alias'

const families: Readonly<Record<string, Family>> = {
  bit: 'bit', tinyint: 'whole', smallint: 'whole', int: 'whole', bigint: 'whole', decimal: 'decimal', money: 'decimal', smallmoney: 'decimal', real: 'float', float: 'float',
  char: 'text', varchar: 'text', text: 'text', nchar: 'text', nvarchar: 'text', ntext: 'text', binary: 'binary', varbinary: 'binary', image: 'binary', rowversion: 'binary',
  date: 'date', time: 'time', datetime: 'moment', smalldatetime: 'moment', datetime2: 'moment', datetimeoffset: 'instant', uniqueidentifier: 'uuid', xml: 'xml', json: 'json',
  geometry: 'object', geography: 'object', hierarchyid: 'object', sql_variant: 'variant', vector: 'json',
}
/** Family of a stored type. */
export const familyOf = ({ base }: Stored): Family => families[base] ?? 'alias'

const whole: Readonly<Record<string, readonly [bigint, bigint]>> = {
  bit: [0n, 1n], tinyint: [0n, 255n], smallint: [-32_768n, 32_767n], int: [-2_147_483_648n, 2_147_483_647n], bigint: [-(2n ** 63n), 2n ** 63n - 1n],
}

/** Digits before and behind the point. */
function digitsOf({ base, size, scale }: Stored): readonly [number, number] | null {
  if (base === 'decimal' && typeof size === 'number') return [size - (scale ?? 0), scale ?? 0]
  return base === 'money' ? [15, 4] : base === 'smallmoney' ? [6, 4] : null
}

/** Whether values may change or fail on the way. Source: Microsoft Learn, "CAST and CONVERT", conversion chart. */
export function castRisk(given: DataType, wanted: DataType, features: Features): CastRisk {
  const [from, to] = [storedOf(given, features), storedOf(wanted, features)]
  const only = onlyRisk(from, to)
  if (from.text === to.text) return only ?? 'same'
  const risk = storedRisk(from, to)
  return only === 'lossy' && risk !== 'impossible' ? 'lossy' : risk
}

/** What the check of the new column adds: null nothing. */
function onlyRisk(from: Stored, to: Stored): CastRisk | null {
  if (to.only === null) return from.only === null ? null : 'exact'
  if (to.only === 'json') return from.only === 'json' || from.base === 'json' ? null : 'lossy'
  const allowed = new Set(to.only)
  if (!Array.isArray(from.only)) return 'lossy'
  if (!from.only.every((value: string) => allowed.has(value))) return 'lossy'
  return from.only.length === to.only.length ? null : 'exact'
}

function storedRisk(from: Stored, to: Stored): CastRisk {
  const [a, b] = [familyOf(from), familyOf(to)]
  if (to.base === 'rowversion') return 'impossible'
  if (a === 'alias' || b === 'alias' || a === 'variant' || b === 'variant') return 'lossy'
  if (b === 'text') return toText(from, to, a)
  if (a === 'text') return 'lossy'
  if (a === b) return sameFamily(from, to, a)
  return crossFamily(from, to, a, b)
}

/** Units that the text of a value takes at most; null when there is no end. */
function textLength(from: Stored, family: Family): number | null {
  const digits = digitsOf(from)
  if (digits !== null) return digits[0] + digits[1] + 3
  const lengths: Partial<Record<Family, number>> = { bit: 1, whole: 20, float: 24, date: 10, time: 16, moment: 27, instant: 34, uuid: 36 }
  if (family === 'whole') return String((whole[from.base] ?? whole['bigint'] ?? [0n])[0]).length
  if (family === 'binary' && from.base !== 'image') return from.size === 'max' ? null : 2 + 2 * (from.size ?? 8)
  return lengths[family] ?? null
}

function toText(from: Stored, to: Stored, family: Family): CastRisk {
  const room = to.size === 'max' || to.base === 'text' || to.base === 'ntext' ? null : (to.size ?? 1)
  if (family === 'object') return 'lossy'
  if (family !== 'text') {
    // A text of fixed length is filled with blanks.
    if (to.base === 'nchar' || to.base === 'char') return 'lossy'
    const length = textLength(from, family)
    return room === null || (length !== null && length <= room) ? 'exact' : 'lossy'
  }
  if (isCodePage(to) && (!isCodePage(from) || from.base !== to.base)) return 'lossy'
  const isPadded = (one: Stored) => one.base === 'char' || one.base === 'nchar'
  if (isPadded(from) !== isPadded(to) || isPadded(to)) return 'lossy'
  const length = from.size === 'max' || from.size === null ? null : from.size
  // A byte of a code page may be two in UTF-8, never more units than bytes.
  return room === null || (length !== null && length <= room) ? 'exact' : 'lossy'
}

function sameFamily(from: Stored, to: Stored, family: Family): CastRisk {
  const [a, b] = [whole[from.base], whole[to.base]]
  if (a !== undefined && b !== undefined) return a[0] >= b[0] && a[1] <= b[1] ? 'exact' : 'lossy'
  const [before, after] = [digitsOf(from), digitsOf(to)]
  if (before !== null && after !== null) return before[0] <= after[0] && before[1] <= after[1] ? 'exact' : 'lossy'
  if (family === 'float') return from.base === 'real' ? 'exact' : 'lossy'
  if (family === 'time' || family === 'instant') return Number(from.size) <= Number(to.size) ? 'exact' : 'lossy'
  if (family === 'moment') return momentRisk(from, to)
  if (family === 'binary') return binaryRisk(from, to)
  return family === 'xml' ? 'lossy' : 'impossible'
}

function momentRisk(from: Stored, to: Stored): CastRisk {
  if (from.base === 'datetime2') return to.base === 'datetime2' && Number(from.size) <= Number(to.size) ? 'exact' : 'lossy'
  // datetime counts in 1/300 s: what it becomes elsewhere is another moment, if only by a hair.
  return from.base === 'smalldatetime' ? 'exact' : 'lossy'
}

function binaryRisk(from: Stored, to: Stored): CastRisk {
  if (to.base === 'varbinary' && to.size === 'max') return 'exact'
  const isFixed = from.base === 'binary' || from.base === 'rowversion'
  const [length, room] = [from.base === 'rowversion' ? 8 : from.size, to.size]
  if (typeof length !== 'number' || typeof room !== 'number') return 'lossy'
  return to.base === 'varbinary' ? (length <= room ? 'exact' : 'lossy') : isFixed && length === room ? 'exact' : 'lossy'
}

/** Pairs of families with a conversion between them that may lose. */
const bridges: ReadonlySet<string> = new Set([
  'whole bit', 'decimal bit', 'float bit', 'bit decimal', 'bit float', 'whole decimal', 'whole float', 'decimal whole', 'decimal float', 'float whole', 'float decimal',
  'moment date', 'instant date', 'moment time', 'instant time', 'date moment', 'date instant', 'moment instant', 'instant moment', 'uuid binary', 'binary uuid',
  'object binary', 'binary object', 'xml binary', 'binary xml',
])

function crossFamily(from: Stored, to: Stored, a: Family, b: Family): CastRisk {
  if (a === 'bit' && b === 'whole') return 'exact'
  if ((a === 'bit' || a === 'whole') && b === 'decimal') {
    const most = whole[from.base]?.[1].toString().length ?? 19
    return (digitsOf(to)?.[0] ?? 0) >= most ? 'exact' : 'lossy'
  }
  if ((a === 'bit' || a === 'whole') && b === 'float') return from.base === 'bigint' || (from.base === 'int' && to.base === 'real') ? 'lossy' : 'exact'
  if (a === 'decimal' && b === 'whole') return decimalInWhole(from, to)
  if (a === 'date' && (b === 'moment' || b === 'instant')) return to.base === 'datetime' || to.base === 'smalldatetime' ? 'lossy' : 'exact'
  if (from.base === 'datetime2' && b === 'instant') return Number(from.size) <= Number(to.size) ? 'exact' : 'lossy'
  if (a === 'uuid' && b === 'binary') return to.size === 'max' || (to.base === 'varbinary' && Number(to.size) >= 16) || to.size === 16 ? 'exact' : 'lossy'
  return bridges.has(`${a} ${b}`) ? 'lossy' : 'impossible'
}

function decimalInWhole(from: Stored, to: Stored): CastRisk {
  const digits = digitsOf(from)
  const limits = whole[to.base]
  if (digits === null || limits === undefined || digits[1] > 0) return 'lossy'
  const most = 10n ** BigInt(digits[0]) - 1n
  return -most >= limits[0] && most <= limits[1] ? 'exact' : 'lossy'
}
