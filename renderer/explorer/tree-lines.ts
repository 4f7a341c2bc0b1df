import type { ModelDocument } from '../../app/model/document.ts'
import type { Id, Model, Table } from '../../app/model/model.ts'
import { fuzzyScore } from '../palette/fuzzy.ts'

/** A line of the explorer: a schema with its tables below, a table, or a table that was deleted from the model and stays in sight. */
export type TreeLine =
  | { readonly kind: 'schema'; readonly key: string; readonly name: string; readonly count: number; readonly isOpen: boolean }
  | { readonly kind: 'table'; readonly key: Id; readonly name: string }
  | { readonly kind: 'removed'; readonly key: string; readonly name: string; readonly table: Table }

/** Lines by schema and name; without schemas when the model has one at most. A filter opens every schema and keeps the tables that match. `baseline`: tables as they were opened; those that are gone are listed, too. */
export function treeLines(
  document: ModelDocument,
  filter: string,
  closed: ReadonlySet<string>,
  baseline: ReadonlyMap<Id, Table> = new Map(),
): readonly TreeLine[] {
  const bySchema = new Map<string, { readonly table: Table; readonly isRemoved: boolean }[]>()
  const removed = [...baseline.values()].filter(({ id }) => !document.table(id))
  for (const table of [...document.order.map((id) => document.table(id)), ...removed]) {
    if (!table || (filter.trim() !== '' && !isHit(filter, table.name))) continue
    const list = bySchema.get(table.schema) ?? []
    bySchema.set(table.schema, list)
    list.push({ table, isRemoved: !document.table(table.id) })
  }
  const lines: TreeLine[] = []
  for (const schema of [...bySchema.keys()].toSorted(byText)) {
    const tables = (bySchema.get(schema) ?? []).toSorted((a, b) => byText(a.table.name, b.table.name))
    const isOpen = filter.trim() !== '' || !closed.has(schema)
    if (bySchema.size > 1 || schema !== '')
      lines.push({ kind: 'schema', key: `schema ${schema}`, name: schema === '' ? '(no schema)' : schema, count: tables.filter(({ isRemoved }) => !isRemoved).length, isOpen })
    else if (!isOpen) continue
    if (!isOpen) continue
    for (const { table, isRemoved } of tables)
      lines.push(isRemoved ? { kind: 'removed', key: `removed ${table.id}`, name: table.name, table } : { kind: 'table', key: table.id, name: table.name })
  }
  return lines
}

/** Letters anywhere in a name would hit too much of a large model: a run of them, or the starts of words. */
function isHit(filter: string, name: string): boolean {
  return name.toLowerCase().includes(filter.trim().toLowerCase()) || (fuzzyScore(filter, name) ?? 0) >= filter.trim().length * 5
}

const collator = new Intl.Collator('en', { numeric: true })
const byText = (a: string, b: string): number => collator.compare(a, b)

export type Badge = 'added' | 'changed' | null

/** How a table differs from the model as it was opened. */
export function badgeOf(document: ModelDocument, baseline: ReadonlyMap<Id, Model['tables'][number]>, id: Id): Badge {
  const before = baseline.get(id)
  if (!before) return 'added'
  return before === document.table(id) ? null : 'changed'
}
