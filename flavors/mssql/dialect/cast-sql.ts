import { sql, verbatim, type Sql } from '../../sql.ts'
import { familyOf, type Family } from './cast.ts'
import type { Stored } from './stored.ts'

type Convert = 'CONVERT' | 'TRY_CONVERT'

const call = (convert: Convert, type: string, value: Sql, style: string): Sql =>
  sql`${verbatim(convert)}(${verbatim(type)}, ${value}${style === '' ? sql`` : sql`, ${verbatim(style)}`})`

/** Style in which a text holds every digit: 3 of a float (17 digits), 2 of money, 121 of a point in time (ISO), 1 of bytes (hex). Source: "CAST and CONVERT", styles. */
function styleOf({ base }: Stored, family: Family): string {
  if (base === 'money' || base === 'smallmoney') return '2'
  const styles: Partial<Record<Family, string>> = { float: '3', date: '121', time: '121', moment: '121', instant: '121', binary: '1' }
  return styles[family] ?? ''
}

/** A value as text, in which two values are the same exactly when they are; for display, digests and comparisons. */
export function asText(value: Sql, stored: Stored, convert: Convert = 'CONVERT'): Sql {
  const family = familyOf(stored)
  if (family === 'object') return sql`CONVERT(nvarchar(max), CONVERT(varbinary(max), ${value}), 1)`
  if (stored.base === 'image') return sql`CONVERT(nvarchar(max), CONVERT(varbinary(max), ${value}), 1)`
  if (family === 'variant') return sql`CONVERT(nvarchar(max), CONVERT(nvarchar(4000), ${value}))`
  return call(convert, 'nvarchar(max)', value, styleOf(stored, family))
}

/** What text a value of another type becomes in a text column: never cut on the way. */
function textOf(value: Sql, from: Stored): Sql {
  return familyOf(from) === 'object' ? sql`CONVERT(nvarchar(max), ${value})` : asText(value, from)
}

/**
 * A value converted to the type of `to`, as an explicit conversion: it may cut or round. With TRY_CONVERT, NULL where there is no such value.
 * An instant without its zone is the one in UTC.
 */
export function convertTo(value: Sql, from: Stored, to: Stored, convert: Convert): Sql {
  if (from.text === to.text) return value
  const [a, b] = [familyOf(from), familyOf(to)]
  if (b === 'text') return call(convert, to.text, a === 'text' ? value : textOf(value, from), '')
  if (a === 'text') return call(convert, to.text, value, styleOf(to, b) === '121' || b === 'binary' ? styleOf(to, b) : '')
  if (a === 'instant' && b !== 'instant') return call(convert, to.text, sql`SWITCHOFFSET(${value}, N'+00:00')`, '')
  return call(convert, to.text, value, '')
}

/**
 * A value for an INSERT: the server's assignment does the last step and refuses what does not fit, so a text is never cut; a loss that was accepted
 * is cut or rounded, and becomes NULL where there is no such value.
 */
export function assigned(value: Sql, from: Stored, to: Stored, lossy: boolean): Sql {
  if (from.text === to.text) return value
  const [a, b] = [familyOf(from), familyOf(to)]
  if (lossy) return convertTo(value, from, to, 'TRY_CONVERT')
  if (b === 'text') return a === 'text' ? value : textOf(value, from)
  const isImplicit = isNumber(a) && isNumber(b) && !(from.base === 'sql_variant')
  return isImplicit || (a === b && a !== 'object') ? value : convertTo(value, from, to, 'CONVERT')
}

/**
 * Whether ALTER COLUMN converts as a rebuild would. It takes no style: a float would lose digits, a date hang on the language of the session, bytes become
 * letters, an instant lose its zone; other pairs it refuses. Source: Microsoft Learn, "CAST and CONVERT", implicit conversions.
 */
export function convertsInPlace(from: Stored, to: Stored): boolean {
  if (from.text === to.text) return true
  const [a, b] = [familyOf(from), familyOf(to)]
  if (from.base === 'rowversion' || to.base === 'rowversion' || [a, b].some((family) => family === 'object' || family === 'json') || a === 'variant') return false
  if (a === 'text') return b !== 'binary' && !isPoint(b)
  if (b === 'text') return a === 'uuid' || (isNumber(a) && a !== 'float' && (to.base === 'nchar' || to.base === 'nvarchar') && !from.base.endsWith('money'))
  return !(a === 'instant' && b !== 'instant') && a !== 'xml'
}

const isPoint = (family: Family): boolean => family === 'date' || family === 'time' || family === 'moment' || family === 'instant'
const isNumber = (family: Family): boolean => family === 'bit' || family === 'whole' || family === 'decimal' || family === 'float'
