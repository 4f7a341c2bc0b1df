import type { Id, Reference, Table } from './model.ts'

/** Which tables refer to which by id, kept up to date one table at a time. */
export interface ReferenceIndex {
  /** Child tables of a parent, in order of insertion. */
  children(parent: Id): readonly Id[]
  replace(child: Id, before: readonly Reference[], after: readonly Reference[]): void
}

/** A reference index over these tables, O(references). */
export function createReferenceIndex(tables: readonly Table[]): ReferenceIndex {
  const byParent = new Map<Id, Set<Id>>()
  const index: ReferenceIndex = {
    children: (parent) => [...(byParent.get(parent) ?? [])],
    replace: (child, before, after) => {
      for (const { target } of before) if (target.kind === 'id') byParent.get(target.table)?.delete(child)
      for (const { target } of after) {
        if (target.kind !== 'id') continue
        const children = byParent.get(target.table)
        if (children === undefined) byParent.set(target.table, new Set([child]))
        else children.add(child)
      }
    },
  }
  for (const table of tables) index.replace(table.id, [], table.references)
  return index
}
