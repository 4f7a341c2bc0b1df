import { ownDefault } from './default.ts'
import type { ColumnShape, TableName, TableShape } from '../../../app/model/shape.ts'
import type { CopyColumn, Statement } from '../../flavor.ts'
import { join, sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { block } from './block.ts'
import { assigned } from './cast-sql.ts'
import { displayTable, identifier, literal, qualified, tableSql } from './names.ts'
import { backupSequence } from './set-aside.ts'
import { statement } from './statement.ts'
import { expressionSql } from './table-sql.ts'

/** Columns that rows are copied into: generated ones compute themselves, one without a source takes its default. */
const copied = (columns: readonly CopyColumn[]) =>
  columns.flatMap(({ from, to, lossy = false }) => (from === null || to.generated !== null ? [] : [{ from, to, lossy }]))

/** Rows of the old table into the new one. Casts only where an assignment would not do: then the server refuses what does not fit, and nothing is cut. */
export function copyRows(from: TableName, to: TableShape, columns: readonly CopyColumn[]): readonly Statement[] {
  const pairs = copied(columns)
  const back = [sql`DELETE FROM ${tableSql(to)}`]
  const summary = `Copy the rows of ${displayTable(from)} into ${displayTable(to)}`
  if (pairs.length === 0) {
    // Nothing is continued, but the rows are: each takes the defaults.
    const [first] = to.columns.filter((column) => column.generated === null)
    if (first === undefined) return []
    const text = sql`INSERT INTO ${tableSql(to)} (${identifier(first.name)}) SELECT ${first.identity === null ? defaultOf(first) : sql`nextval(pg_get_serial_sequence(${literal(tableSql(to))}, ${literal(first.name)}))`} FROM ${tableSql(from)}`
    return [statement(text, summary, 'restore', back)]
  }
  const overriding = pairs.some((pair) => pair.to.identity !== null) ? sql` OVERRIDING SYSTEM VALUE` : sql``
  const text = sql`INSERT INTO ${tableSql(to)} (${join(pairs.map((pair) => identifier(pair.to.name)))})${overriding}\nSELECT ${join(pairs.map((pair) => assigned(pair, to)))}\nFROM ${tableSql(from)}`
  return [statement(text, summary, 'restore', back)]
}

const defaultOf = (column: ColumnShape): Sql => (column.default === null ? sql`NULL` : expressionSql(ownDefault(column.default, column.type), column.name))

/** Sequence named by a default `nextval('s.q'::regclass)`, as SQL; null when the default is none. */
function serialSequence(column: ColumnShape): Sql | null {
  const match = /^nextval\('((?:[^']|'')+)'(?:::regclass)?\)$/i.exec(column.default ?? '')
  const name = (match?.[1] ?? '').replaceAll("''", "'")
  const part = '(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")'
  return new RegExp(`^${part}(?:\\.${part})?$`).test(name) ? verbatim(name) : null
}

/**
 * The new identity columns go on where the old counters stood. A backup that is a plain copy has no counter, and a column that had none neither:
 * then on behind the highest value.
 */
export function continueIdentity(operation: {
  readonly from: TableName
  readonly fromShape: TableShape
  readonly to: TableShape
  readonly columns: readonly CopyColumn[]
}): readonly Statement[] {
  const { from, fromShape, to, columns } = operation
  return columns.flatMap((pair) => {
    const { from: old, to: column } = pair
    if (column.identity === null || old === null) return []
    const counter = old.identity === null ? serialSequence(old) : qualified(from.schema, backupSequence(from, fromShape, old.name))
    return [statement(counterText(to, column, counter), `Continue the numbers of ${displayTable(to)}.${column.name}`, 'restore', [])]
  })
}

function counterText(to: TableShape, column: ColumnShape, counter: Sql | null): Sql {
  const sequence = sql`pg_get_serial_sequence(${literal(tableSql(to))}, ${literal(column.name)})`
  const highest = sql`setval(${sequence}, greatest(max(${identifier(column.name)}), 1), coalesce(max(${identifier(column.name)}) >= 1, false)) FROM ${tableSql(to)}`
  if (counter === null) return sql`SELECT ${highest}`
  return block(
    null,
    sql`IF to_regclass(${literal(counter)}) IS NULL THEN
    PERFORM ${highest};
  ELSE
    PERFORM setval(${sequence}, last_value, is_called) FROM ${counter};
  END IF;`,
  )
}
