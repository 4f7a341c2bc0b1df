import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { familyOf } from './cast.ts'
import { asText, convertTo } from './cast-sql.ts'
import { literal } from './literal.ts'
import type { Stored } from './stored.ts'
import type { Features } from './version.ts'

/** True where the two values are equal, or both NULL; for every type that can be compared. */
const same = (one: Sql, other: Sql): Sql => sql`EXISTS (SELECT ${one} INTERSECT SELECT ${other})`
/** Bytes of a text: equal ones differ in no blank, letter case or accent. */
const bytes = (text: Sql): Sql => sql`CONVERT(varbinary(max), ${text.startsWith('CONVERT(nvarchar(max), ') ? text : sql`CONVERT(nvarchar(max), ${text})`})`

/**
 * A condition that is true for a value (not NULL) that its new type keeps: it converts, and reads back as it was. Texts are compared by their bytes,
 * moments as moments, numbers as numbers.
 */
export function survives(value: Sql, from: Stored, to: Stored, features: Features): Sql {
  const converted = convertTo(value, from, to, 'TRY_CONVERT')
  const conditions = [...(from.text === to.text ? [] : [sql`${converted} IS NOT NULL`, roundTrip(value, converted, from, to)]), ...admitted(value, from, to, features)]
  return conditions.length === 0 ? sql`1 = 1` : join(conditions, ' AND ')
}

function roundTrip(value: Sql, converted: Sql, from: Stored, to: Stored): Sql {
  const [a, b] = [familyOf(from), familyOf(to)]
  if (a === 'text') return b === 'text' ? textKept(value, converted, from, to) : textRead(value, converted, to)
  if (b === 'text') return same(asText(sql`TRY_CONVERT(${verbatim(from.text)}, ${converted}${backStyle(from)})`, from), asText(value, from))
  if (a === 'instant' && b !== 'instant') return sql`DATEPART(tzoffset, ${value}) = 0 AND ${same(sql`TRY_CONVERT(datetimeoffset(7), ${converted})`, sql`CONVERT(datetimeoffset(7), ${value})`)}`
  const back = sql`TRY_CONVERT(${verbatim(from.text)}, ${converted})`
  return a === 'object' || a === 'xml' || a === 'variant' || a === 'binary' ? same(asText(back, from), asText(value, from)) : same(back, value)
}

/** Style that reads a text back as it was written. */
function backStyle(from: Stored): Sql {
  const family = familyOf(from)
  return family === 'binary' ? sql`, 1` : family === 'date' || family === 'moment' || family === 'instant' || family === 'time' ? sql`, 121` : sql``
}

/** A text in another text type: no unit too many, none that the code page lacks. */
function textKept(value: Sql, converted: Sql, from: Stored, to: Stored): Sql {
  const isPadded = to.base === 'nchar' || to.base === 'char' || from.base === 'nchar' || from.base === 'char'
  return isPadded ? same(bytes(sql`RTRIM(${converted})`), bytes(sql`RTRIM(${value})`)) : same(bytes(converted), bytes(value))
}

/** A text as a value of another type: it says nothing that the type leaves out. */
function textRead(value: Sql, converted: Sql, to: Stored): Sql {
  const family = familyOf(to)
  const read = (type: string, style: string) => sql`TRY_CONVERT(${verbatim(type)}, ${value}${style === '' ? sql`` : sql`, ${verbatim(style)}`})`
  switch (family) {
    case 'bit':
      return sql`LOWER(${value}) IN (N'true', N'false', N'1', N'0')`
    case 'decimal':
      return same(sql`CONVERT(decimal(38, 19), ${converted})`, read('decimal(38, 19)', ''))
    case 'float':
      return same(bytes(sql`FORMAT(${converted}, N'R', N'en-US')`), bytes(value))
    case 'time':
      return same(sql`CONVERT(time(7), ${converted})`, read('time(7)', '121'))
    case 'date':
    case 'moment':
    case 'instant':
      return same(sql`CONVERT(datetimeoffset(7), ${converted})`, read('datetimeoffset(7)', '121'))
    case 'uuid':
      return same(bytes(asText(converted, to)), bytes(sql`UPPER(${value})`))
    default:
      return same(bytes(asText(converted, to)), bytes(value))
  }
}

/** What the check of an enum or of JSON takes. */
function admitted(value: Sql, from: Stored, to: Stored, { jsonValues }: Features): readonly Sql[] {
  if (to.only === null) return to.base === 'json' && familyOf(from) === 'text' ? [sql`ISJSON(${value}, VALUE) = 1`] : []
  const text = familyOf(from) === 'text' ? value : asText(value, from)
  if (to.only === 'json') return [jsonValues ? sql`ISJSON(${text}, VALUE) = 1` : sql`ISJSON(${text}) = 1`]
  return [sql`${text} IN (${join(to.only.map(literal))})`]
}
