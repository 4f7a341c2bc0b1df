import { sequenceOf } from '../model/sequence-default.ts'
import type { ColumnShape, TableShape } from '../model/shape.ts'

/**
 * The table as it shall be, its numbered columns by the sequences that they have already. A serial field that names no sequence goes on by the one of its
 * column, whatever that is called; and whose a sequence is stays as it is, since a default that draws from it says nothing about that.
 * `given`: the table as the model says it; `columns`: old column name by new one.
 */
export function adoptCounters(given: TableShape, before: TableShape, after: TableShape, columns: ReadonlyMap<string, string>): TableShape {
  const said = new Map(given.columns.map((column) => [column.name, column]))
  const old = new Map(before.columns.map((column) => [column.name, column]))
  const adopted = after.columns.map((column) => adoptedOf(column, said.get(column.name), old.get(columns.get(column.name) ?? '')))
  return adopted.every((column, at) => column === after.columns[at]) ? after : { ...after, columns: adopted }
}

const isSerialOrPlain = ({ identity }: ColumnShape): boolean => identity === null || identity === 'serial'

function adoptedOf(column: ColumnShape, said: ColumnShape | undefined, old: ColumnShape | undefined): ColumnShape {
  if (old === undefined || !isSerialOrPlain(column) || !isSerialOrPlain(old)) return column
  if (column.identity === 'serial' && old.identity === 'serial' && said?.default === null) return { ...column, default: old.default }
  const isSame = column.identity !== old.identity && column.default === old.default && sequenceOf(column.default) !== null
  return isSame ? { ...column, identity: old.identity } : column
}
