import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape } from '../../../app/model/shape.ts'
import { integer, join, sql, verbatim, type Sql } from '../../sql.ts'
import { digitsOf, familyOf, lengthOf, rangeOf, type Family } from './cast.ts'
import { identifier, literal } from './names.ts'
import { membersOf } from './parse-type.ts'
import type { Server } from './server.ts'
import { storedType } from './types.ts'

/** The ends of a cast, as the server stores them. */
export interface Ends {
  readonly from: DataType
  readonly to: DataType
  readonly a: Family
  readonly b: Family
  readonly isSame: boolean
  readonly server: Server
}

export function endsOf(from: ColumnShape, to: ColumnShape, server: Server): Ends {
  const [first, second] = [storedType(from.type, server), storedType(to.type, server)]
  return { from: first, to: second, a: familyOf(first), b: familyOf(second), isSame: JSON.stringify(first) === JSON.stringify(second), server }
}

const isNumber = (family: Family): boolean => family === 'integer' || family === 'decimal' || family === 'float' || family === 'year' || family === 'bit'
const isPoint = (family: Family): boolean => family === 'date' || family === 'timestamp' || family === 'timestamptz' || family === 'time'

/** Text of a value in utf8mb4. */
export const textOf = (value: Sql): Sql => sql`CONVERT(${value} USING utf8mb4)`
/** Bytes of that text: equal only when every character is, which no collation says. */
const bytesOf = (value: Sql): Sql => sql`CAST(${textOf(value)} AS BINARY)`
/** A number that is filled up with zeros has them in some of its texts, and not in others. */
const isFilled = (type: DataType): boolean => type.kind === 'native' && type.text.endsWith('zerofill')
/** Members of an enum count as numbers, bits as bytes, and a year is compared with years, where they are not made texts or numbers first. */
const plain = (value: Sql, family: Family, type: DataType, isForText = false): Sql => {
  if (family === 'enum' || family === 'set') return textOf(value)
  if (family === 'year') return isForText ? textOf(value) : sql`(${value} + 0)`
  if (family === 'bit' || isFilled(type)) return sql`(${value} + 0)`
  if (family === 'float' && type.kind === 'float32') return sql`(${value} + 0e0)`
  return value
}

/** Whether the server's own conversion, on INSERT and on MODIFY, means what we mean. */
export function isAssigned({ from, a, b, isSame }: Ends): boolean {
  if (isSame) return true
  if (a === 'enum' || a === 'set') return b === 'text' || b === 'char' || b === 'enum' || b === 'set'
  if (b === 'enum' || b === 'set') return a === 'text' || a === 'char'
  if (a === 'bit') return isNumber(b)
  if (b === 'bit') return a === 'integer'
  return !((a === 'float' || a === 'year' || isFilled(from)) && (b === 'text' || b === 'char'))
}

/** The value that the column gets in an INSERT: where the server converts it itself, the bare column, so that strict mode refuses what does not fit. */
export function assigned(from: ColumnShape, to: ColumnShape, server: Server, lossy = false): Sql {
  const ends = endsOf(from, to, server)
  const value = identifier(from.name)
  if (!isAssigned(ends)) {
    if (ends.a === 'bit') return lossy ? cutText(bitText(value, ends.from), ends.to) : bitText(value, ends.from)
    if (ends.b === 'bit') return castTo(value, ends)
    const bare = plain(value, ends.a, ends.from, isTextual(ends.b))
    return lossy ? cutText(bare, ends.to) : bare
  }
  return lossy ? cutText(value, ends.to) : value
}

const isTextual = (family: Family): boolean => family === 'text' || family === 'char' || family === 'enum' || family === 'set'

/** Bits as their digits. */
const bitText = (value: Sql, type: DataType): Sql => sql`LPAD(BIN(${value} + 0), ${integer(lengthOf(type) ?? 1)}, '0')`

/** A text or a run of bytes cut to the length of the type; anything else as it is. */
function cutText(value: Sql, to: DataType): Sql {
  const length = lengthOf(to)
  if (length === null || to.kind === 'bit') return value
  return sql`LEFT(${to.kind === 'binary' || to.kind === 'varbinary' ? sql`CAST(${value} AS BINARY)` : textOf(value)}, ${integer(length)})`
}

const castType = (to: DataType, b: Family): Sql | null => {
  const range = rangeOf(to)
  if (range !== null) return range[0] < 0n || range[1] < 2n ** 63n ? sql`SIGNED` : sql`UNSIGNED`
  if (b === 'decimal') return sql`DECIMAL(${integer(digitsOf(to).before + digitsOf(to).behind)}, ${integer(digitsOf(to).behind)})`
  if (b === 'date') return sql`DATE`
  const digits = 'precision' in to ? (to.precision ?? 0) : 0
  if (b === 'time') return sql`TIME(${integer(digits)})`
  return b === 'timestamp' || b === 'timestamptz' ? sql`DATETIME(${integer(digits)})` : null
}

/** The value as the new column will hold it, in a query. Nothing fails here: what cannot be converted becomes NULL or something else. */
export function castTo(value: Sql, ends: Ends): Sql {
  const { from, to, a, b, isSame, server } = ends
  if (isSame) return plain(value, b, to)
  const before = plain(value, a, from, isTextual(b))
  if (a === 'bit' && (b === 'text' || b === 'char')) return cutText(bitText(value, from), to)
  if (b === 'bit') return sql`CAST(${isNumber(a) ? before : sql`CONV(${textOf(value)}, 2, 10)`} AS UNSIGNED)`
  if (b === 'float') {
    const isSingle = to.kind === 'float32' && canCastFloat(server)
    return isSingle ? sql`(CAST(${before} AS FLOAT) + 0e0)` : sql`(${before} + 0e0)`
  }
  const type = castType(to, b)
  if (type !== null && b === 'integer' && !isNumber(a)) {
    // A text becomes a whole number by rounding when it is stored, by cutting when it is cast.
    return sql`CAST(CAST(${before} AS DECIMAL(65, 10)) AS ${type})`
  }
  if (type !== null) return sql`CAST(${before} AS ${type})`
  if (b === 'text' || b === 'char' || b === 'enum' || b === 'set') return b === 'char' ? sql`TRIM(TRAILING ' ' FROM ${cutText(textOf(before), to)})` : cutText(textOf(before), to)
  if (b === 'json') return server.isMariaDb ? textOf(before) : sql`CAST(IF(JSON_VALID(${textOf(before)}), ${textOf(before)}, NULL) AS JSON)`
  if (b === 'uuid') return server.isMariaDb ? sql`CAST(${before} AS UUID)` : textOf(before)
  if (b === 'inet') return sql`CAST(${before} AS ${verbatim(to.kind === 'native' ? to.text.toUpperCase() : 'CHAR')})`
  if (b === 'binary' || b === 'fixedBinary') return cutText(before, to)
  return before
}

export const canCastFloat = (server: Server): boolean => (server.isMariaDb ? server.version >= 100_405 : server.version >= 80_017)

/** A condition that holds when the value comes through unchanged. NULL is not asked about. It never fails. */
export function survives(value: Sql, ends: Ends): Sql {
  const { from, to, a, b } = ends
  const before = plain(value, a, from, isTextual(b))
  const range = rangeOf(to)
  if (isNumber(a) && range !== null) return wholeSurvives(before, a, range)
  // One or two digits mean a year of this century or the last.
  if (b === 'year') return sql`(${textOf(before)} REGEXP '^[0-9]{4}$' AND (${before} = 0 OR ${before} BETWEEN 1901 AND 2155))`
  if (b === 'geometry') return geometrySurvives(value, to)
  if (b === 'vector') return sql`OCTET_LENGTH(${value}) = ${integer(4 * Number(/\d+/.exec(to.kind === 'native' ? to.text : '')?.[0] ?? 2048))}`
  if (b === 'set' && to.kind === 'native') return sql`${bytesOf(before)} IN (${join(['', ...(membersOf(to.text)?.values ?? [])].map((one) => sql`CAST(${literal(one)} AS BINARY)`))})`
  if (isNumber(a) && b === 'decimal') return decimalSurvives(before, to, ends)
  if (isNumber(a) && b === 'float') return floatSurvives(before, ends)
  if (isPoint(a) && isPoint(b)) return pointSurvives(value, ends)
  if (b === 'binary' || b === 'fixedBinary') return bytesSurvive(before, to, a)
  if (a === 'binary' || a === 'fixedBinary') return b === 'uuid' ? sql`OCTET_LENGTH(${value}) = 16` : textFits(textOf(value), to, b, sql`CAST(${textOf(value)} AS BINARY) <=> ${value}`)
  if (b === 'text' || b === 'char') return a === 'bit' ? textFits(bitText(value, from), to, b) : textFits(textOf(before), to, b, ...floatText(before, a, from))
  if (b === 'enum' && to.kind === 'enum') return sql`${bytesOf(before)} IN (${join(to.values.map((one) => sql`CAST(${literal(one)} AS BINARY)`))})`
  if (b === 'json') return ends.server.isMariaDb ? sql`JSON_VALID(${textOf(before)})` : sql`${bytesOf(castTo(value, ends))} <=> ${bytesOf(before)}`
  if (isPoint(b)) return pointText(value, ends)
  if (b === 'bit') return sql`${textOf(value)} <=> LPAD(BIN(CONV(${textOf(value)}, 2, 10)), CHAR_LENGTH(${textOf(value)}), '0') AND CHAR_LENGTH(${textOf(value)}) <= ${integer(lengthOf(to) ?? 1)}`
  if (range !== null) return sql`(${bytesOf(sql`CAST(${before} AS DECIMAL(65, 0))`)} <=> ${bytesOf(before)} AND CAST(${before} AS DECIMAL(65, 0)) BETWEEN ${integer(range[0])} AND ${integer(range[1])})`
  return sql`${bytesOf(castTo(value, ends))} <=> ${bytesOf(before)}`
}

function wholeSurvives(value: Sql, family: Family, [least, most]: readonly [bigint, bigint]): Sql {
  if (family === 'integer' || family === 'bit' || family === 'year') return sql`${value} BETWEEN ${integer(least)} AND ${integer(most)}`
  // A float is compared as a float: the end itself may not be one.
  return sql`(${value} = ROUND(${value}) AND ${value} >= ${integer(least)} AND ${value} < ${integer(most + 1n)})`
}

/** A value that is too large becomes the largest there is, which is another. */
function decimalSurvives(value: Sql, to: DataType, { a }: Ends): Sql {
  const { before, behind } = digitsOf(to)
  const least = to.kind === 'native' ? sql` AND ${value} >= 0` : sql``
  const there = sql`CAST(${value} AS DECIMAL(${integer(before + behind)}, ${integer(behind)}))`
  return sql`(${a === 'float' ? sql`${there} + 0e0` : there} = ${value}${least})`
}

function floatSurvives(value: Sql, ends: Ends): Sql {
  const { a, to, from, server } = ends
  if (to.kind === 'native') return sql`FALSE`
  const isSingle = to.kind === 'float32'
  if (isSingle && !canCastFloat(server)) return sql`(${value} = ROUND(${value}) AND ABS(${value}) <= 16777216)`
  if (a === 'float') return sql`${castTo(value, { ...ends, from: { kind: 'float64' } })} = ${value}`
  const type = a === 'decimal' ? sql`DECIMAL(65, ${integer(Math.min(digitsOf(from).behind, 30))})` : sql`DECIMAL(65, 0)`
  return sql`CAST(${castTo(value, { ...ends, from: { kind: 'int64' }, a: 'integer' })} AS ${type}) = ${value}`
}

/** Points in time: the same one after a cast, and one that the type can hold. */
function pointSurvives(value: Sql, ends: Ends): Sql {
  const { a, b, server } = ends
  if (a !== 'time' && b === 'time') return sql`FALSE`
  const isSame = sql`${castTo(value, ends)} <=> ${a === 'date' ? sql`CAST(${value} AS DATETIME)` : value}`
  if (b !== 'timestamptz' || a === 'timestamptz') return isSame
  const last = server.longTimestamps ? sql`'2106-02-07 06:28:15.999999'` : sql`'2038-01-19 03:14:07.999999'`
  return sql`(${isSame} AND ${value} BETWEEN '1970-01-01 00:00:01' AND ${last})`
}

/** A text reads back as it is written, but for zeros at the end of a fraction. */
function pointText(value: Sql, ends: Ends): Sql {
  const { to, a } = ends
  const text = textOf(plain(value, a, ends.from))
  const digits = 'precision' in to ? (to.precision ?? 0) : 0
  const there = bytesOf(castTo(value, ends))
  if (digits === 0) return sql`${there} <=> CAST(${text} AS BINARY)`
  const dotted = sql`IF(LOCATE('.', ${text}) = 0, CONCAT(${text}, '.'), ${text})`
  const length = sql`LOCATE('.', ${dotted}) + ${integer(digits)}`
  return sql`(CHAR_LENGTH(${text}) <= ${length} AND ${there} <=> CAST(RPAD(${dotted}, ${length}, '0') AS BINARY))`
}

/** The kind of geometry, and its reference system where the type has one. */
function geometrySurvives(value: Sql, to: DataType): Sql {
  const [, kind = '', srid] = /^(\w+)(?: srid (\d+))?$/.exec(to.kind === 'native' ? to.text : 'geometry') ?? []
  const isKind = kind === 'geometry' ? sql`TRUE` : sql`REPLACE(ST_GeometryType(${value}), 'GEOMCOLLECTION', 'GEOMETRYCOLLECTION') = ${literal(kind.toUpperCase())}`
  return srid === undefined ? isKind : sql`(${isKind} AND ST_SRID(${value}) = ${verbatim(srid)})`
}

function bytesSurvive(value: Sql, to: DataType, a: Family): Sql {
  const length = lengthOf(to)
  // Sixteen bytes make a uuid, thirty-six letters its text.
  const bytes = a === 'uuid' ? sql`CAST(${value} AS BINARY(16))` : sql`CAST(${value} AS BINARY)`
  if (length === null) return sql`TRUE`
  return to.kind === 'binary' ? sql`OCTET_LENGTH(${bytes}) = ${integer(length)}` : sql`OCTET_LENGTH(${bytes}) <= ${integer(length)}`
}

function textFits(text: Sql, to: DataType, b: Family, ...more: readonly Sql[]): Sql {
  const length = lengthOf(to)
  const parts = [...more, ...(length === null ? [] : [sql`CHAR_LENGTH(${text}) <= ${integer(length)}`]), ...(b === 'char' ? [sql`${text} NOT LIKE '% '`] : [])]
  return parts.length === 0 ? sql`TRUE` : sql`(${join(parts, ' AND ')})`
}

/** The text of a float has at most 17 digits: it must read back as the same float. */
const floatText = (value: Sql, a: Family, from: DataType): readonly Sql[] => (a === 'float' && from.kind !== 'native' ? [sql`${textOf(value)} + 0e0 = ${value}`] : [])
