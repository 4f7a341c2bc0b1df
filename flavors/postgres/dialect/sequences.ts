import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape, TableName, TableShape } from '../../../app/model/shape.ts'
import type { Sequences, SequenceUse, Statement } from '../../flavor.ts'
import { sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { block } from './block.ts'
import { storedType } from './cast.ts'
import { convention, defaultSchema, displayTable, identifier, literal, tableSql } from './names.ts'
import { drawnSequence, serialSequence } from './serial.ts'
import { statement } from './statement.ts'

const limits: Readonly<Record<string, readonly [string, string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
}
const order = Object.keys(limits)
const names: Readonly<Record<string, string>> = { int16: 'smallint', int32: 'integer', int64: 'bigint' }

/** Type of the numbers of a field of this type: a sequence has three. */
export const counterType = (type: DataType): string => names[storedType(type).kind] ?? 'bigint'

/** Sequences that the columns draw from, their own and others. */
function sequencesOf(shape: TableShape): readonly SequenceUse[] {
  return shape.columns.flatMap((column): readonly SequenceUse[] => {
    const sequence = drawnSequence(shape, column)
    return sequence === null ? [] : [{ sequence, column: column.name, type: column.type, isOwn: column.identity === 'serial' }]
  })
}

/** bigint is what PostgreSQL takes when no type is named. */
function createSequence({ sequence, type }: SequenceUse): readonly Statement[] {
  const [name, counter] = [tableSql(sequence), counterType(type)]
  const text = sql`CREATE SEQUENCE ${name}${counter === 'bigint' ? sql`` : sql` AS ${verbatim(counter)}`}`
  return [statement(text, `Create sequence ${displayTable(sequence)}`, 'create', [sql`DROP SEQUENCE ${name}`])]
}

/** The new table gets the sequences that are made for it: they go with it from now on. */
export function ownSequences(shape: TableShape, handedOn: readonly string[]): readonly Statement[] {
  const fresh = shape.columns.filter((column) => column.identity === 'serial' && !handedOn.includes(column.name))
  return fresh.map((column) => ownSequence(shape, column))
}

export function ownSequence(table: TableName, column: ColumnShape): Statement {
  const sequence = serialSequence(table, column)
  const alter = sql`ALTER SEQUENCE ${tableSql(sequence)} OWNED BY`
  const summary = `Give the sequence ${displayTable(sequence)} to ${displayTable(table)}.${column.name}`
  return statement(sql`${alter} ${tableSql(table)}.${identifier(column.name)}`, summary, 'create', [sql`${alter} NONE`])
}

/** A sequence that changes hands counts as far as its column reaches when that changes. `was`: native type of its numbers now, which may go farther than its column. */
export function retypeSequence(table: TableName, from: ColumnShape, column: ColumnShape, was: string): readonly Statement[] {
  const [before, type] = [counterType(from.type), counterType(column.type)]
  const isWider = order.indexOf(type) > order.indexOf(before)
  if (type === before || (isWider ? order.indexOf(was) >= order.indexOf(type) : was === type)) return []
  const sequence = tableSql(serialSequence(table, column))
  const to = (name: string) => sql`ALTER SEQUENCE ${sequence} AS ${verbatim(name)}`
  const summary = `Let the numbers of ${displayTable(table)}.${column.name} go as far as ${type}`
  return [statement(to(type), summary, 'restore', [order.indexOf(type) > order.indexOf(was) ? narrowed(sequence, to(was), was) : to(was)])]
}

/** On the way back the counter may stand where the old type has no number: it then stands at its end, and the next number fails as it did. */
function narrowed(sequence: Sql, alter: Sql, type: string): Sql {
  const [, most = ''] = limits[type] ?? []
  return block(
    null,
    sql`IF (SELECT last_value FROM ${sequence}) > ${verbatim(most)} THEN
    ${alter} RESTART WITH ${verbatim(most)};
    PERFORM nextval(${literal(sequence)});
  ELSE
    ${alter};
  END IF;`,
  )
}

/**
 * Counters of an identity or a serial column that have come farther than the new type goes, or start or end there by an option of their own.
 * Source: manual, pg_sequence; ALTER SEQUENCE ... AS refuses such a one.
 */
function beyond(table: TableName, { from, to }: { readonly from: ColumnShape; readonly to: ColumnShape }): string | null {
  const numbers = from.identity !== null && to.identity !== null
  const [was, type] = [counterType(from.type), counterType(to.type)]
  if (!numbers || order.indexOf(type) >= order.indexOf(was)) return null
  const [least, most] = (limits[type] ?? ['0', '0']).map(verbatim)
  const edges = (side: 0 | 1) => verbatim(order.map((name) => limits[name]?.[side] ?? '').join(', '))
  return sql`SELECT coalesce(pg_catalog.pg_sequence_last_value(s.seqrelid), s.seqstart) FROM pg_catalog.pg_sequence s
WHERE s.seqrelid = to_regclass(pg_get_serial_sequence(${literal(tableSql(table))}, ${literal(from.name)}))
  AND (greatest(pg_catalog.pg_sequence_last_value(s.seqrelid), s.seqstart, CASE WHEN s.seqmax NOT IN (${edges(1)}) THEN s.seqmax END) > ${most ?? sql`0`}
    OR least(pg_catalog.pg_sequence_last_value(s.seqrelid), s.seqstart, CASE WHEN s.seqmin NOT IN (1, ${edges(0)}) THEN s.seqmin END) < ${least ?? sql`0`})`
}

/** An identity's sequence has its usual name when its table is set aside. */
const ownOf = (shape: TableShape): ReturnType<Sequences['own']> =>
  shape.columns.flatMap((column) => {
    if (column.identity === null) return []
    const usual = { schema: shape.schema === '' ? defaultSchema : shape.schema, name: convention.sequence(shape.name, column.name) }
    return [{ sequence: column.identity === 'serial' ? serialSequence(shape, column) : usual, column: column.name }]
  })

export const sequences: Sequences = { of: sequencesOf, own: ownOf, create: createSequence, beyond }
