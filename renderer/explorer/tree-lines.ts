import type { ModelDocument } from '../../app/model/document.ts'
import type { Id, Model } from '../../app/model/model.ts'
import { fuzzyScore } from '../palette/fuzzy.ts'

/** A line of the explorer: a schema with its tables below, or a table. */
export type TreeLine =
  | { readonly kind: 'schema'; readonly key: string; readonly name: string; readonly count: number; readonly isOpen: boolean }
  | { readonly kind: 'table'; readonly key: Id; readonly name: string }

/** Lines by schema and name; without schemas when the model has one at most. A filter opens every schema and keeps the tables that match. */
export function treeLines(document: ModelDocument, filter: string, closed: ReadonlySet<string>): readonly TreeLine[] {
  const bySchema = new Map<string, { readonly id: Id; readonly name: string }[]>()
  for (const id of document.order) {
    const table = document.table(id)
    if (!table || (filter.trim() !== '' && !isHit(filter, table.name))) continue
    const list = bySchema.get(table.schema) ?? []
    bySchema.set(table.schema, list)
    list.push({ id, name: table.name })
  }
  const lines: TreeLine[] = []
  for (const schema of [...bySchema.keys()].toSorted(byText)) {
    const tables = (bySchema.get(schema) ?? []).toSorted((a, b) => byText(a.name, b.name))
    const isOpen = filter.trim() !== '' || !closed.has(schema)
    if (bySchema.size > 1 || schema !== '')
      lines.push({ kind: 'schema', key: `schema ${schema}`, name: schema === '' ? '(no schema)' : schema, count: tables.length, isOpen })
    else if (!isOpen) continue
    if (isOpen) for (const table of tables) lines.push({ kind: 'table', key: table.id, name: table.name })
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
