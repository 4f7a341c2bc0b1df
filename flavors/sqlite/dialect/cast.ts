import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape } from '../../../app/model/shape.ts'
import { integer, join, sql, verbatim, type Sql } from '../../sql.ts'
import { columnAffinity, converted } from './convert.ts'
import { identifier } from './names.ts'
import { toNative } from './types.ts'

const bits: Readonly<Record<string, readonly [bigint, bigint]>> = {
  bool: [0n, 1n],
  int8: [-128n, 127n], int16: [-32_768n, 32_767n], int32: [-2_147_483_648n, 2_147_483_647n], int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 255n], uint16: [0n, 65_535n], uint32: [0n, 4_294_967_295n],
}
const isText = (type: DataType) => type.kind === 'text' || type.kind === 'varchar' || type.kind === 'char'

/** Whether storing `from` as `to` may change a value. Source: the table of types in docs, sqlite.org/datatype3.html. */
export function castRisk(from: DataType, to: DataType): 'same' | 'exact' | 'lossy' | 'impossible' {
  if (toNative(from).text === toNative(to).text && from.kind !== 'enum' && to.kind !== 'enum') return 'same'
  const [a, b] = [bits[from.kind], bits[to.kind]]
  // A field that is declared as a truth often holds words (`true`), which are no numbers.
  if (from.kind === 'bool' && b !== undefined) return 'lossy'
  if (a !== undefined && b !== undefined) return a[0] >= b[0] && a[1] <= b[1] ? 'exact' : 'lossy'
  if (a !== undefined && (to.kind === 'text' || (to.kind === 'varchar' && to.length === null))) return 'exact'
  if (isText(from) && isText(to)) return lengthOf(to) === null || (lengthOf(from) ?? Infinity) <= (lengthOf(to) ?? Infinity) ? 'exact' : 'lossy'
  if (to.kind === 'text') return from.kind === 'float32' || from.kind === 'float64' || from.kind === 'decimal' || from.kind === 'native' || isBinary(from) ? 'lossy' : 'exact'
  if (from.kind === 'float32' && to.kind === 'float64') return 'exact'
  if (isBinary(from) && to.kind === 'blob') return 'exact'
  if (from.kind === 'decimal' && to.kind === 'decimal') return widens(from, to) ? 'exact' : 'lossy'
  return 'lossy'
}

const lengthOf = (type: DataType): number | null => (type.kind === 'varchar' || type.kind === 'char' ? type.length : null)
const isBinary = (type: DataType) => type.kind === 'blob' || type.kind === 'binary' || type.kind === 'varbinary'

function widens(from: Extract<DataType, { kind: 'decimal' }>, to: Extract<DataType, { kind: 'decimal' }>): boolean {
  if (to.precision === null) return true
  if (from.precision === null) return false
  const [before, after] = [from.scale ?? 0, to.scale ?? 0]
  return after >= before && to.precision - after >= from.precision - before
}

/** True for a row whose value survives: it is of the kind that `to` means, and reads back as what it was. NULL is not asked about. */
export function survives(from: ColumnShape, to: ColumnShape): Sql {
  const value = identifier(from.name)
  const after = converted(from, to)
  const { type } = to
  if (type.kind === 'decimal' && columnAffinity(to) !== 'text') return sql`(${join(numberFits(value, after, type), ' AND ')})`
  if (type.kind === 'float32' || type.kind === 'float64') return sql`(${join([fits(after, type), isExact(value, after), sql`(typeof(${value}) <> 'integer' OR CAST(${after} AS INTEGER) = ${value})`], ' AND ')})`
  return sql`(${join([fits(after, type), ...roundTrip(value, after, type)], ' AND ')})`
}

/** Whether a converted value is one that the type admits. */
function fits(value: Sql, type: DataType): Sql {
  const range = bits[type.kind]
  if (range !== undefined) return sql`typeof(${value}) = 'integer' AND ${value} BETWEEN ${integer(range[0])} AND ${integer(range[1])}`
  switch (type.kind) {
    case 'float32':
    case 'float64':
      return sql`typeof(${value}) = 'real'`
    case 'uint64':
      return sql`${value} NOT GLOB '*[^0-9]*' AND length(${value}) BETWEEN 1 AND 20`
    case 'decimal':
      return textFits(value, type)
    case 'char':
    case 'varchar':
      return type.length === null ? sql`typeof(${value}) = 'text'` : sql`typeof(${value}) = 'text' AND length(${value}) <= ${integer(type.length)}`
    case 'binary':
    case 'varbinary':
      return type.length === null ? sql`typeof(${value}) = 'blob'` : sql`typeof(${value}) = 'blob' AND length(${value}) <= ${integer(type.length)}`
    case 'blob':
    case 'geometry':
      return sql`typeof(${value}) = 'blob'`
    case 'date':
      return sql`date(${value}) IS ${value}`
    case 'time':
      return sql`time(${value}) IS NOT NULL`
    case 'timestamp':
    case 'timestamptz':
      return sql`datetime(${value}) IS NOT NULL`
    case 'json':
    case 'array':
    case 'map':
    case 'struct':
      return sql`json_valid(${value})`
    case 'uuid':
      return sql`length(replace(${value}, '-', '')) = 32 AND replace(${value}, '-', '') NOT GLOB '*[^0-9a-fA-F]*'`
    case 'enum':
      return sql`${value} IN (${join(type.values.map((one) => verbatim(`'${one.replaceAll("'", "''")}'`)))})`
    case 'native':
      return sql`1`
    default:
      return sql`typeof(${value}) = 'text'`
  }
}

/** Whether a converted value is one that the column means: digits that a number cannot keep are asked for by `survives`. */
export function admits(value: Sql, to: ColumnShape): Sql {
  const { type } = to
  if (type.kind !== 'decimal' || columnAffinity(to) === 'text') return fits(value, type)
  return sql`typeof(${value}) IN ('integer', 'real')${type.precision === null ? sql`` : sql` AND abs(${value}) < 1e${integer(Math.max(type.precision - (type.scale ?? 0), 0))}`}`
}

type Decimal = Extract<DataType, { kind: 'decimal' }>

const digitsOf = (value: Sql): Sql => sql`ltrim(${value}, '+-')`
/** Whether a text is digits with at most one point. */
const isShaped = (digits: Sql): Sql => sql`${digits} GLOB '*[0-9]*' AND ${digits} NOT GLOB '*[^0-9.]*' AND length(${digits}) - length(replace(${digits}, '.', '')) <= 1`

/**
 * Whether a number that was a text is the one that was written: a double keeps 15 significant digits, an integer all that it has. A zero that a text begins
 * with is no number's (a code, a phone number); zeros at its end say nothing.
 */
function isExact(before: Sql, after: Sql): Sql {
  const digits = digitsOf(before)
  const significant = sql`length(ltrim(rtrim(replace(${digits}, '.', ''), '0'), '0'))`
  return sql`(typeof(${before}) <> 'text' OR (${isShaped(digits)} AND ${digits} NOT GLOB '0[0-9]*' AND (typeof(${after}) = 'integer' OR ${significant} <= 15)))`
}

/** Whether a number is one of the decimal, and is the one it was. */
function numberFits(before: Sql, after: Sql, { precision, scale }: Decimal): readonly Sql[] {
  const range = precision === null ? [] : [sql`abs(${after}) < 1e${integer(Math.max(precision - (scale ?? 0), 0))}`, sql`round(${after}, ${integer(Math.min(scale ?? 0, 15))}) = ${after}`]
  return [sql`typeof(${after}) IN ('integer', 'real')`, isExact(before, after), ...range]
}

function textFits(value: Sql, { precision, scale }: Decimal): Sql {
  const digits = digitsOf(value)
  const shaped = isShaped(digits)
  if (precision === null) return shaped
  const point = sql`instr(${digits} || '.', '.')`
  return sql`${shaped} AND ${point} - 1 <= ${integer(Math.max(precision - (scale ?? 0), 1))} AND length(${digits}) - ${point} <= ${integer(scale ?? 0)}`
}

/** A number that was a text, or a text that was a number, must read back as it was written. */
function roundTrip(before: Sql, after: Sql, type: DataType): readonly Sql[] {
  const backToText = sql`(typeof(${before}) <> 'text' OR CAST(${after} AS TEXT) = ${before})`
  const backToReal = sql`(typeof(${before}) <> 'real' OR CAST(${after} AS REAL) = ${before})`
  if (type.kind === 'bool') return [backToReal]
  if (bits[type.kind] !== undefined) return [backToText, backToReal]
  return [backToReal]
}
