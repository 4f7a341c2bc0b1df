import type { NewRows } from '../flavor/operation.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import { wholeTable } from './compose-table.ts'
import { backupNameOf } from './work.ts'
import type { TableWork } from './work.ts'

/** Columns that name a row: the primary key, else a key that takes no NULL. */
export function keyOf(shape: TableShape): readonly string[] {
  const whole = new Set(shape.columns.filter(({ nullable }) => !nullable).map(({ name }) => name))
  const keys = [...(shape.primaryKey === null ? [] : [shape.primaryKey]), ...shape.uniques]
  return keys.find(({ columns }) => columns.every((name) => whole.has(name)))?.columns ?? shape.primaryKey?.columns ?? []
}

/** The rows of a table as its plan will make them, read where they are now; null where the plan makes none. */
export function rowsNow(work: TableWork): NewRows | null {
  const { before, moved, after, action } = work
  if (action === 'restore') return rowsIn(work, backupNameOf(work))
  if (action !== 'rebuild' || before === null || moved === null || after === null) return null
  const names = before.columns.map(({ name }, at) => ({ from: name, to: moved.columns[at]?.name ?? name }))
  return { source: { schema: before.schema, name: before.name }, names: names.filter(readable(work)), key: keyOf(moved), to: after, columns: work.copy }
}

/** The same, read where the rows are once the old table is set aside: in its backup, under the names of `moved`. */
export function rowsIn(work: TableWork, source: TableName | null): NewRows | null {
  const { moved, after } = work
  if (moved === null || after === null || source === null) return null
  const names = moved.columns.map(({ name }) => ({ from: name, to: name }))
  return { source: { schema: source.schema, name: source.name }, names: names.filter(readable(work)), key: keyOf(moved), to: after, columns: work.copy }
}

/** A generated column is not in every backup: it is read only where a column of stored values continues it; one that is generated still is computed anew. */
const readable = ({ moved, copy }: TableWork) => {
  const generated = new Set((moved?.columns ?? []).filter((column) => column.generated !== null).map(({ name }) => name))
  const used = new Set(copy.flatMap(({ from, to }) => (from === null || to.generated !== null ? [] : [from.name])))
  return ({ to }: { readonly to: string }) => !generated.has(to) || used.has(to)
}

/** The rows of a table as they are. */
export function rowsOf(shape: TableShape): NewRows {
  const names = shape.columns.filter((column) => column.generated === null).map(({ name }) => ({ from: name, to: name }))
  return { source: { schema: shape.schema, name: shape.name }, names, key: keyOf(shape), to: shape, columns: wholeTable(shape) }
}
