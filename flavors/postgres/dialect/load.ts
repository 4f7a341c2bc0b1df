import { ownDefault } from './default.ts'
import type { ColumnShape, TableName, TableShape } from '../../../app/model/shape.ts'
import type { CopyColumn, Statement } from '../../flavor.ts'
import { join, sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { block } from './block.ts'
import { storedType } from './cast.ts'
import { displayTable, identifier, literal, qualified, tableSql } from './names.ts'
import { counterType, retypeSequence } from './sequences.ts'
import { drawnSequence, isHandedOn, serialSequence } from './serial.ts'
import { inserted, isContinued, keptOnly } from './new-value.ts'
import type { Place } from './new-value.ts'
import { backupSequence } from './set-aside.ts'
import { statement } from './statement.ts'
import { expressionSql, serialDefault } from './table-sql.ts'

/** Rows of the old table into the new one. Casts only where an assignment would not do: then the server refuses what does not fit, and nothing is cut. */
export function copyRows(from: TableName, to: TableShape, columns: readonly CopyColumn[], place: Place): readonly Statement[] {
  // Generated columns compute themselves, one without a source takes its default.
  const pairs = columns.filter(isContinued)
  const back = [sql`DELETE FROM ${tableSql(to)}`]
  const summary = `Copy the rows of ${displayTable(from)} into ${displayTable(to)}`
  if (pairs.length === 0) {
    // Nothing is continued, but the rows are: each takes the defaults.
    const [first] = to.columns.filter((column) => column.generated === null)
    if (first === undefined) return []
    const text = sql`INSERT INTO ${tableSql(to)} (${identifier(first.name)}) SELECT ${first.identity === 'serial' ? serialDefault(to, first) : first.identity === null ? defaultOf(first) : sql`nextval(pg_get_serial_sequence(${literal(tableSql(to))}, ${literal(first.name)}))`} FROM ${tableSql(from)}`
    return [statement(text, summary, 'restore', back)]
  }
  const overriding = pairs.some((pair) => pair.to.identity !== null && pair.to.identity !== 'serial') ? sql` OVERRIDING SYSTEM VALUE` : sql``
  const text = sql`INSERT INTO ${tableSql(to)} (${join(pairs.map((pair) => identifier(pair.to.name)))})${overriding}\nSELECT ${join(pairs.map((pair) => inserted(pair, to, place)))}\nFROM ${tableSql(from)}${keptOnly(columns, to, place)}`
  return [statement(text, summary, 'restore', back)]
}

const defaultOf = (column: ColumnShape): Sql => (column.default === null ? sql`NULL` : expressionSql(ownDefault(column.default, column.type), column.name))

/** The sequence that a column draws from though it is not its own, as SQL; null when there is none. */
function namedSequence(table: TableName, column: ColumnShape): Sql | null {
  const drawn = drawnSequence(table, column)
  return drawn === null ? null : tableSql(drawn)
}

/**
 * The new identity columns go on where the old counters stood. A backup that is a plain copy has no counter, and a column that had none neither:
 * then on behind the highest value. A sequence that changes hands stands where it stood.
 */
export function continueIdentity(operation: {
  readonly from: TableName
  readonly fromShape: TableShape
  readonly to: TableShape
  readonly columns: readonly CopyColumn[]
  readonly counterTypes?: Readonly<Record<string, string>>
}): readonly Statement[] {
  const { from, fromShape, to, columns, counterTypes = {} } = operation
  return columns.flatMap((pair) => {
    const { from: old, to: column } = pair
    if (column.identity === null || old === null) return []
    if (isHandedOn(old, column)) return retypeSequence(to, old, column, counterTypes[old.name] ?? counterType(old.type))
    const schema = old.identity === 'serial' ? serialSequence(fromShape, old).schema : from.schema
    const counter = old.identity === null ? namedSequence(fromShape, old) : qualified(schema, backupSequence(from, fromShape, old.name))
    return [statement(counterText(to, column, counter), `Continue the numbers of ${displayTable(to)}.${column.name}`, 'restore', [])]
  })
}

function counterText(to: TableShape, column: ColumnShape, counter: Sql | null): Sql {
  const sequence = sql`pg_get_serial_sequence(${literal(tableSql(to))}, ${literal(column.name)})`
  const most = storedType(column.type).kind.startsWith('int') ? sql`max(${identifier(column.name)})` : sql`max(${identifier(column.name)})::bigint`
  // A serial column that stands (a restore fills it) may be ahead of its rows: no number is given twice.
  const last = sql`pg_catalog.pg_sequence_last_value(${sequence}::regclass)`
  const highest =
    column.identity === 'serial'
      ? sql`setval(${sequence}, greatest(${most}, ${last}, 1), coalesce(${most} >= 1, false) OR ${last} IS NOT NULL) FROM ${tableSql(to)}`
      : sql`setval(${sequence}, greatest(${most}, 1), coalesce(${most} >= 1, false)) FROM ${tableSql(to)}`
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
