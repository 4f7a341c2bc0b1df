import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import { sequenceOf } from '../../../app/model/sequence-default.ts'
import { convention, defaultSchema, displayTable } from './names.ts'
import { renderExpression } from './render-expression.ts'

const whole = (name: TableName): TableName => (name.schema === '' ? { ...name, schema: defaultSchema } : name)

/** The sequence of a serial column: the one that its default names, else the one that PostgreSQL would make. */
export const serialSequence = (table: TableName, column: ColumnShape): TableName =>
  whole(sequenceOf(column.default) ?? { schema: table.schema, name: convention.sequence(table.name, column.name) })

/** The sequence that a column draws from by its default, its own or not; null when there is none. */
export function drawnSequence(table: TableName, column: ColumnShape): TableName | null {
  if (column.identity === 'serial') return serialSequence(table, column)
  const named = column.identity === null && column.generated === null ? sequenceOf(column.default) : null
  return named === null ? null : whole(named)
}

/** The next number of a sequence, as a default in its normal form. */
export const nextval = (sequence: TableName): string =>
  renderExpression({ kind: 'call', name: 'nextval', items: [{ kind: 'string', value: displayTable(sequence) }] })

/** Whether two columns number by one sequence: what the old one has goes on in the new one. */
export const isHandedOn = (from: ColumnShape, to: ColumnShape): boolean => from.identity === 'serial' && to.identity === 'serial' && from.default === to.default
