import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import type { Target } from './target.ts'

/** How Django tells rows apart. */
export type KeyPlan =
  /** The primary key of the table. */
  | { readonly kind: 'single' | 'composite'; readonly columns: readonly string[] }
  /** Of several columns where the version knows one: `columns[0]` is called the key. */
  | { readonly kind: 'first'; readonly columns: readonly string[] }
  /** The table has no primary key: one column is called so. */
  | { readonly kind: 'chosen'; readonly columns: readonly [string] }
  /** The table has no primary key, and Django makes a column `id`. */
  | { readonly kind: 'made' }

/** The key of a table, or what stands in for it: a column that is unique and not null, an identity, `id`; for tables that Django only reads the first column. */
export function keyPlanOf(shape: TableShape, target: Target): KeyPlan {
  const columns = new Map(shape.columns.toReversed().map((column) => [column.name, column]))
  const isThere = (column: ColumnShape | undefined) => column !== undefined && (column.generated === null || target.version >= 50)
  const names = [...new Set(shape.primaryKey?.columns)]
  const [first] = names
  if (first !== undefined && names.every((name) => isThere(columns.get(name)))) {
    if (names.length === 1) return { kind: 'single', columns: names }
    if (names.every((name) => columns.get(name)?.generated === null)) return { kind: target.version >= 52 ? 'composite' : 'first', columns: names }
  }
  const there = shape.columns.filter((column) => isThere(column) && column.generated === null)
  const uniques = singleUniques(shape)
  const chosen =
    there.find(({ name, nullable }) => uniques.has(name) && !nullable) ??
    there.find(({ identity }) => identity !== null) ??
    there.find(({ name }) => name.toLowerCase() === 'id') ??
    (target.managed ? undefined : there[0])
  return chosen === undefined ? { kind: 'made' } : { kind: 'chosen', columns: [chosen.name] }
}

/** Columns that are unique by themselves: by a constraint, or by an index over nothing else. */
export function singleUniques(shape: TableShape): ReadonlySet<string> {
  const found = new Set(shape.uniques.flatMap(({ columns }) => (columns.length === 1 ? columns : [])))
  for (const { unique, parts, predicate } of shape.indexes) {
    const [part] = parts
    if (unique && parts.length === 1 && part !== undefined && part.column !== null && predicate === '') found.add(part.column)
  }
  return found
}
