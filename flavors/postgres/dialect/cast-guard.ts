import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import { sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { familyOf, storedType } from './cast.ts'
import { literal } from './names.ts'
import { columnType, enumOf } from './table-sql.ts'
import { enumValues } from './types.ts'
import { needsZone } from './zone.ts'

const numbers: ReadonlySet<string> = new Set(['integer', 'decimal', 'float'])
const ranges: Readonly<Record<string, readonly [string, string]>> = {
  int16: ['-32768', '32767'],
  int32: ['-2147483648', '2147483647'],
  int64: ['-9223372036854775808', '9223372036854775807'],
}

/**
 * A condition on `value` under which its cast raises no error, so that a question about rows never stops at a bad one. It may say no to an odd
 * spelling that the server would take: such a row is then reported, never lost. Servers from 16 on are asked themselves (`pg_input_is_valid`).
 */
export function castGuard(value: Sql, from: ColumnShape, to: ColumnShape, table: TableName, version: number): Sql {
  const [a, b] = [storedType(from.type), storedType(to.type)]
  const [f, t] = [familyOf(a), familyOf(b)]
  if (b.kind === 'enum') return sql`${value}::text IN (${verbatim(enumValues(b.values))})`
  if (t === 'text' || t === 'char') return sql`true`
  if (numbers.has(f) && numbers.has(t)) return numberGuard(value, f === 'float', b, version)
  if (f === 'bool' || (f === 'bit' && t === 'bit')) return sql`true`
  if (f === 'integer' && t === 'bool') return sql`${value} IN (0, 1)`
  if (isPoint(f) && isPoint(t)) return sql`true`
  if (a.kind === 'array' && b.kind === 'array' && needsZone(a, b) && isPoint(familyOf(a.element)) && isPoint(familyOf(b.element))) return sql`true`
  if (version >= 160_000) return sql`pg_input_is_valid(${value}::text, ${literal(columnType(table, to))})`
  return enumOf(b) === null ? textGuard(sql`${value}::text`, b, version) : sql`false`
}

const isPoint = (family: string): boolean => family === 'date' || family === 'time' || family === 'timestamp' || family === 'timestamptz'

/** `value` is a number (its text is one): the range of the new type holds it. */
function numberGuard(value: Sql, isFloat: boolean, to: DataType, version: number): Sql {
  const finite = isFloat ? sql`${value}::text !~ '[a-z]{3}' AND ` : sql`${value}::text <> 'NaN' AND ${value}::text !~ 'Inf' AND `
  const exact = sql`${value}::text::numeric`
  const range = ranges[to.kind]
  if (range !== undefined) return sql`(${finite}${exact} BETWEEN ${verbatim(range[0])} AND ${verbatim(range[1])})`
  if (to.kind === 'decimal' && to.precision !== null) {
    const scale = to.scale ?? 0
    return sql`(${finite}abs(round(${exact}, ${verbatim(String(scale))})) < 1e${verbatim(String(to.precision - scale))}::numeric)`
  }
  // numeric has infinities since 14.
  if (to.kind === 'decimal') return isFloat && version < 140_000 ? sql`${value}::text !~ 'Inf'` : sql`true`
  const [least, most] = to.kind === 'float32' ? ['1.2e-38', '3.4e38'] : ['2.3e-308', '1.7e308']
  return sql`(${value}::text ~ '[a-zA-Z]{3}' OR ${exact} = 0 OR abs(${exact}) BETWEEN ${verbatim(least)}::numeric AND ${verbatim(most)}::numeric)`
}

const day = '(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
const clock = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?'

/** The same, seconds left out where nobody wrote them. */
const moment = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?'

/** The day of a text that looks like a date is a day of its month. */
const realDay = (text: Sql): Sql =>
  sql`substr(${text}, 9, 2)::integer <= extract(day FROM (substr(${text}, 1, 7) || '-01')::date + interval '1 month' - interval '1 day')`
const matches = (text: Sql, pattern: string): Sql => sql`${text} ~ ${literal(`^${pattern}$`)}`
/** `condition` is looked at only when `first` holds: AND promises no order, CASE does. */
const then = (first: Sql, condition: Sql): Sql => sql`CASE WHEN ${first} THEN ${condition} ELSE false END`

/** Patterns of the plain spellings, for servers that cannot be asked. */
const patterns: Readonly<Record<string, string>> = {
  bool: '(true|false)',
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  blob: '\\\\x([0-9a-f]{2})*',
  time: clock,
  bit: '[01]+',
  inet: '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}(/([12]?[0-9]|3[0-2]))?',
}

function textGuard(text: Sql, to: DataType, version: number): Sql {
  if (to.kind in ranges) return then(matches(text, '-?[0-9]{1,250}'), numberGuard(text, false, to, version))
  if (to.kind === 'decimal' || to.kind === 'float32' || to.kind === 'float64') {
    return then(matches(text, '-?[0-9]{1,255}(\\.[0-9]{1,255})?'), numberGuard(text, false, to, version))
  }
  if (to.kind === 'date') return then(matches(text, day), realDay(text))
  if (to.kind === 'timestamp') return then(matches(text, `${day}([ T]${moment})?`), realDay(text))
  if (to.kind === 'timestamptz') return then(matches(text, `${day}([ T]${moment} ?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?)?`), realDay(text))
  if (to.kind === 'json' || (to.kind === 'native' && to.text === 'json')) return jsonGuard(text)
  const plain = patterns[to.kind]
  return plain === undefined ? sql`false` : matches(text, plain)
}

const pattern = {
  string: literal(String.raw`"([^"\\[:cntrl:]]|\\["\\/bfnrt])*"`),
  scalar: literal(String.raw`-?(0|[1-9][0-9]{0,200})(\.[0-9]{1,200})?([eE][+-]?[0-9]{1,3})?|true|false|null`),
  blank: literal(String.raw`[ \t\n\r]+`),
  inner: literal(String.raw`\[ ?\]|\{ ?\}|\[ ?[$#] ?(, ?[$#] ?)*\]|\{ ?\$ ?: ?[$#] ?(, ?\$ ?: ?[$#] ?)*\}`),
}

/**
 * A text is JSON: its strings become `$`, its scalars `#`, then brackets close from the inside out to `#` until one sign is left.
 * A text with \u escapes is not judged here, since jsonb refuses some of them.
 */
function jsonGuard(text: Sql): Sql {
  const replaced = (value: Sql, what: Sql, by: string) => sql`regexp_replace(${value}, ${what}, ${literal(by)}, 'g')`
  const signs = replaced(replaced(replaced(text, pattern.string, '$'), pattern.scalar, '#'), pattern.blank, ' ')
  const closing = sql`WITH RECURSIVE step(t) AS (SELECT ${signs} UNION ALL SELECT ${replaced(sql`t`, pattern.inner, '#')} FROM step WHERE t ~ ${pattern.inner}) SELECT bool_or(btrim(t) IN ('$', '#')) FROM step`
  return then(sql`strpos(${text}, '\\u') = 0 AND ${replaced(text, pattern.string, '')} !~ '[$#]'`, sql`(${closing})`)
}
