import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import { sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { familyOf, storedType } from './cast.ts'
import { identifier } from './names.ts'
import { columnType, enumOf } from './table-sql.ts'

/** A cast's two ends. `table` gives enum types their names. */
export interface CastPair {
  readonly from: ColumnShape
  readonly to: ColumnShape
}

const numbers: ReadonlySet<string> = new Set(['integer', 'decimal', 'float'])
const points: ReadonlySet<string> = new Set(['date', 'time', 'timestamp', 'timestamptz'])

/** How a value gets from one type to another. */
type Way = 'none' | 'assign' | 'direct' | 'throughInteger' | 'throughText'

function wayOf(from: ColumnShape, to: ColumnShape): Way {
  const [a, b] = [storedType(from.type), storedType(to.type)]
  if (JSON.stringify(a) === JSON.stringify(b)) return 'none'
  const [f, t] = [familyOf(a), familyOf(b)]
  if (f === 'text' && t !== 'text' && t !== 'char') return 'direct'
  if (enumOf(a) !== null || enumOf(b) !== null) return 'throughText'
  if (t === 'text' || t === 'char') return f === 'text' || f === 'char' ? 'assign' : 'throughText'
  if (f === 'bool' && t === 'integer') return b.kind === 'int32' ? 'direct' : 'throughInteger'
  if (f === 'integer' && t === 'bool') return a.kind === 'int32' ? 'direct' : 'throughInteger'
  if (numbers.has(f) && numbers.has(t)) return 'assign'
  if (points.has(f) && points.has(t)) return 'assign'
  if (f === t && f === 'array') return 'throughText'
  if (f === 'bit' && t === 'bit') return 'direct'
  if ((f === 'bit' && t === 'integer') || (f === 'integer' && t === 'bit')) return 'direct'
  return 'throughText'
}

/** Value of `value` as an explicit cast to the new type: it may cut or round. */
export function castTo(value: Sql, from: ColumnShape, to: ColumnShape, table: TableName): Sql {
  const type = columnType(table, to)
  switch (wayOf(from, to)) {
    case 'none':
      return value
    case 'throughInteger':
      return sql`${value}::integer::${type}`
    case 'throughText':
      return sql`${value}::text::${type}`
    default:
      return sql`${value}::${type}`
  }
}

/** Value of column `from` for an INSERT into `to`: the server's assignment does the last step, and refuses what does not fit. */
export function assigned(from: ColumnShape, to: ColumnShape, table: TableName): Sql {
  const value = identifier(from.name)
  const stored = storedType(to.type)
  switch (wayOf(from, to)) {
    case 'none':
    case 'assign':
      return value
    case 'throughText':
      // An explicit cast to a sized text cuts in silence; the text itself is assigned instead.
      return familyOf(stored) === 'text' || familyOf(stored) === 'char' ? sql`${value}::text` : castTo(value, from, to, table)
    default:
      return castTo(value, from, to, table)
  }
}

/** Text of a value, in which two values are the same exactly when they are. */
export const asText = (value: Sql): Sql => sql`${value}::text`

/** Whether the value comes back from the new type as it was. Text is compared, so that types without equality (json, xml) can be too. */
export function survives(value: Sql, { from, to }: CastPair, table: TableName, back: Sql): Sql {
  const there = castTo(value, from, to, table)
  const again = castTo(there, { ...to, name: from.name }, from, table)
  const spelled = familyOf(storedType(from.type))
  // numeric keeps trailing zeros and floats have two zeros: those are compared as numbers.
  if (numbers.has(spelled)) return sql`(${again}) = ${value}`
  return sql`(${again})::text = ${back}`
}
