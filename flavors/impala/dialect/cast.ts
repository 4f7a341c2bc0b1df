import type { DataType } from '../../../app/model/data-type.ts'
import { sql, verbatim, type Sql } from '../../sql.ts'
import { literal } from './names.ts'
import { nativeType, type TypePlace } from './types.ts'

export type CastRisk = 'same' | 'exact' | 'lossy' | 'impossible'

/** A native type by its word and numbers: `DECIMAL`, 10, 2. */
interface Native {
  readonly text: string
  readonly word: string
  readonly size: number
  readonly scale: number
}

/** The native type of a logical one. */
export function nativeOf(type: DataType, place: TypePlace): Native {
  const { text } = nativeType(type, place)
  const [, word = text, size = '0', scale = '0'] = /^([A-Z]+)(?:\((\d+)(?:,(\d+))?\))?/.exec(text) ?? []
  return { text, word, size: Number(size), scale: Number(scale) }
}

/** Digits that every value of a whole number has room in; and its limits. */
const digits: Readonly<Record<string, number>> = { TINYINT: 3, SMALLINT: 5, INT: 10, BIGINT: 19 }
const limits: Readonly<Record<string, readonly [string, string]>> = {
  TINYINT: ['-128', '127'], SMALLINT: ['-32768', '32767'], INT: ['-2147483648', '2147483647'], BIGINT: ['-9223372036854775808', '9223372036854775807'],
}
const complex = new Set(['ARRAY', 'MAP', 'STRUCT', 'VARIANT'])
const texts = new Set(['STRING', 'VARCHAR', 'CHAR'])
const isWhole = ({ word }: Native) => digits[word] !== undefined
const isFloat = ({ word }: Native) => word === 'FLOAT' || word === 'DOUBLE'
const isNumber = (one: Native) => isWhole(one) || isFloat(one) || one.word === 'DECIMAL'
const isText = ({ word }: Native) => texts.has(word)
export const isComplex = ({ word }: Native): boolean => complex.has(word)
/** Whole numbers up to this are exact in a floating type. */
const exactWhole = ({ word }: Native) => (word === 'FLOAT' ? '16777216' : '9007199254740992')

/** Whether storing `from` as `to` may change a value. Source: Impala manual, "Data Types" and "CAST"; each pair reasoned in docs. */
export function castRisk(from: DataType, to: DataType, version: number): CastRisk {
  const place: TypePlace = { format: 'file', version }
  return riskOf(nativeOf(from, place), nativeOf(to, place))
}

function riskOf(from: Native, to: Native): CastRisk {
  if (from.text === to.text) return 'same'
  if (isComplex(from) || isComplex(to)) return 'impossible'
  if (isText(from) && isText(to)) return from.word === 'CHAR' || (to.word !== 'STRING' && (from.word === 'STRING' || from.size > to.size || to.word === 'CHAR')) ? 'lossy' : 'exact'
  if (to.word === 'STRING') return isFloat(from) ? 'lossy' : 'exact'
  if (isText(from)) return to.word === 'BINARY' ? (from.word === 'CHAR' ? 'lossy' : 'exact') : 'lossy'
  if (isText(to)) return from.word === 'BINARY' ? 'lossy' : shortText(from, to)
  if (isNumber(from) && isNumber(to)) return numbers(from, to)
  if (from.word === 'BOOLEAN' && isNumber(to)) return to.word === 'DECIMAL' && to.size === to.scale ? 'lossy' : 'exact'
  if (isNumber(from) && to.word === 'BOOLEAN') return 'lossy'
  return (from.word === 'DATE' && to.word === 'TIMESTAMP') || (from.word === 'TIMESTAMP' && to.word === 'DATE') ? 'lossy' : 'impossible'
}

/** Whether every value written out has room. */
function shortText(from: Native, to: Native): CastRisk {
  if (to.word === 'CHAR' || isFloat(from)) return 'lossy'
  const longest = from.word === 'DECIMAL' ? from.size + 3 : from.word === 'BOOLEAN' ? 5 : from.word === 'DATE' ? 10 : from.word === 'TIMESTAMP' ? 29 : (digits[from.word] ?? 0) + 1
  return longest <= to.size ? 'exact' : 'lossy'
}

function numbers(from: Native, to: Native): CastRisk {
  if (from.word === 'DECIMAL' && to.word === 'DECIMAL') return to.scale >= from.scale && to.size - to.scale >= from.size - from.scale ? 'exact' : 'lossy'
  if (isWhole(from) && isWhole(to)) return (digits[from.word] ?? 0) <= (digits[to.word] ?? 0) ? 'exact' : 'lossy'
  if (isWhole(from) && to.word === 'DECIMAL') return to.size - to.scale >= (digits[from.word] ?? 0) ? 'exact' : 'lossy'
  if (from.word === 'DECIMAL' && isWhole(to)) return from.scale === 0 && from.size < (digits[to.word] ?? 0) ? 'exact' : 'lossy'
  if (isWhole(from) && isFloat(to)) return (digits[from.word] ?? 0) <= (to.word === 'FLOAT' ? 5 : 10) ? 'exact' : 'lossy'
  return from.word === 'FLOAT' && to.word === 'DOUBLE' ? 'exact' : 'lossy'
}

const trueWords = "'true', 't', 'yes', 'y', 'on', '1'"
const falseWords = "'false', 'f', 'no', 'n', 'off', '0'"

/** A value as another type. Impala casts no text to VARCHAR by itself, and nothing to something narrower: each is written out. */
export function castTo(value: Sql, from: Native, to: Native): Sql {
  if (from.text === to.text) return value
  const type = verbatim(to.text)
  // CAST would write 1 and 0.
  if (from.word === 'BOOLEAN' && isText(to)) {
    const word = sql`CASE ${value} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END`
    return to.word === 'STRING' ? word : sql`CAST(${word} AS ${type})`
  }
  if (from.word === 'BOOLEAN' && to.word === 'DECIMAL') return sql`CAST(CASE ${value} WHEN TRUE THEN 1 WHEN FALSE THEN 0 END AS ${type})`
  if (isNumber(from) && to.word === 'BOOLEAN') return sql`(${value} <> 0)`
  if (isText(from) && to.word === 'BOOLEAN') {
    const word = sql`LOWER(TRIM(${plainText(value, from)}))`
    return sql`CASE WHEN ${word} IN (${verbatim(trueWords)}) THEN TRUE WHEN ${word} IN (${verbatim(falseWords)}) THEN FALSE END`
  }
  return sql`CAST(${plainText(value, from, to)} AS ${type})`
}

/** CHAR and VARCHAR become STRING before they become something that is no text. */
const plainText = (value: Sql, from: Native, to?: Native): Sql =>
  isText(from) && from.word !== 'STRING' && (to === undefined || !isText(to)) ? sql`CAST(${value} AS STRING)` : value

/** True for a value that survives the cast. It is asked of values that are not NULL; a cast that Impala refuses is asked only where a guard holds. */
export function survives(value: Sql, from: Native, to: Native): Sql {
  const cast = castTo(value, from, to)
  const back = sql`CAST(${cast} AS ${verbatim(from.text)}) IS NOT DISTINCT FROM ${value}`
  if (isText(from)) return textSurvives(plainText(value, from), value, from, to)
  if (isText(to)) return to.word === 'STRING' ? back : sql`LENGTH(${castTo(value, from, string)}) <= ${verbatim(String(to.size))}`
  if (to.word === 'BOOLEAN') return sql`${value} IN (0, 1)`
  if (isNumber(from) && isNumber(to)) return numberSurvives(value, back, from, to)
  return back
}

const string: Native = { text: 'STRING', word: 'STRING', size: 0, scale: 0 }

function numberSurvives(value: Sql, back: Sql, from: Native, to: Native): Sql {
  const within = (least: string, most: string) => sql`(CASE WHEN ${value} BETWEEN ${verbatim(least)} AND ${verbatim(most)} THEN ${back} ELSE FALSE END)`
  if (isFloat(to)) return isFloat(from) ? back : within(`-${exactWhole(to)}`, exactWhole(to))
  if (to.word === 'DECIMAL') {
    const whole = to.size - to.scale
    // A floating number keeps 15 digits in any case.
    const room = isFloat(from) ? Math.min(whole, 15) : whole
    const before = room === 0 ? '0' : '9'.repeat(room)
    const most = to.scale === 0 || room < whole ? before : `${before}.${'9'.repeat(to.scale)}`
    return within(`-${most}`, most)
  }
  if (isFloat(from) && to.word === 'BIGINT') return within(`-${exactWhole(from)}`, exactWhole(from))
  const [least = '0', most = '0'] = limits[to.word] ?? []
  return within(least, most)
}

function textSurvives(text: Sql, value: Sql, from: Native, to: Native): Sql {
  const size = verbatim(String(to.size))
  switch (to.word) {
    case 'STRING':
      return sql`CAST(CAST(${value} AS STRING) AS ${verbatim(from.text)}) IS NOT DISTINCT FROM ${value}`
    case 'VARCHAR':
      return sql`LENGTH(${text}) <= ${size}`
    case 'CHAR':
      return sql`(LENGTH(${text}) <= ${size} AND ${text} = RTRIM(${text}))`
    case 'BOOLEAN':
      return sql`${castTo(value, from, to)} IS NOT NULL`
    case 'DECIMAL':
      return sql`${text} RLIKE ${literal(decimalPattern(to))}`
    case 'DATE':
      // A text that is no date would stop the query; as a TIMESTAMP it is NULL.
      return sql`CAST(CAST(CAST(${text} AS TIMESTAMP) AS DATE) AS STRING) IS NOT DISTINCT FROM ${text}`
    case 'TIMESTAMP':
      return sql`COALESCE(CAST(CAST(${text} AS TIMESTAMP) AS STRING) IN (${text}, CONCAT(${text}, ' 00:00:00'), REPLACE(${text}, 'T', ' ')), FALSE)`
    default:
      return sql`CAST(CAST(${text} AS ${verbatim(to.text)}) AS STRING) IS NOT DISTINCT FROM ${text}`
  }
}

/** Numbers as they are written, that need no rounding: no zero before the first digit. */
function decimalPattern({ size, scale }: Native): string {
  const whole = size - scale
  const before = whole <= 0 ? '0' : whole === 1 ? '[0-9]' : `(0|[1-9][0-9]{0,${whole - 1}})`
  return `^-?${before}${scale === 0 ? '' : `([.][0-9]{1,${scale}})?`}$`
}
