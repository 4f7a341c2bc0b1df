import { tableKey } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { Dependent } from '../flavor/driver.ts'
import type { TableWork } from './work.ts'

/** The kind of a foreign key of another table that points here. */
export const inboundReference = 'inbound reference'

/**
 * What hangs on the tables of a group, each once, in an order in which all can be put back (what one list puts first stays first).
 * A foreign key between two tables of the group is left out: the new tables bring their own.
 */
export function groupDependents(works: readonly TableWork[], dialect: Dialect): readonly Dependent[] {
  const inside = new Set(works.flatMap(({ before }) => (before === null ? [] : [tableKey(dialect.can, before)])))
  const isOwn = (one: Dependent) => one.kind === inboundReference && one.child !== undefined && inside.has(tableKey(dialect.can, one.child))
  return mergeOrders(works.map((work) => work.dependents.filter((one) => !isOwn(one))))
}

/** One identity of a dependent: the same view hangs on several tables. */
export const dependentKey = (one: Dependent): string => `${one.kind}\u0000${one.name}\u0000${one.attach.join('\u0000')}`

function mergeOrders(lists: readonly (readonly Dependent[])[]): readonly Dependent[] {
  const byKey = new Map<string, Dependent>()
  const waits = new Map<string, number>()
  const next = new Map<string, string[]>()
  for (const list of lists) {
    let before: string | null = null
    for (const one of list) {
      const key = dependentKey(one)
      if (!byKey.has(key)) byKey.set(key, one)
      if (!waits.has(key)) waits.set(key, 0)
      if (before !== null && before !== key) {
        waits.set(key, (waits.get(key) ?? 0) + 1)
        next.set(before, [...(next.get(before) ?? []), key])
      }
      before = key
    }
  }
  const ready = [...byKey.keys()].filter((key) => waits.get(key) === 0)
  const done = new Set<string>()
  for (const key of ready) {
    done.add(key)
    for (const other of next.get(key) ?? []) {
      const left = (waits.get(other) ?? 0) - 1
      waits.set(other, left)
      if (left === 0) ready.push(other)
    }
  }
  // Lists that contradict each other cannot come from one catalog; what is left then keeps the order it was met in.
  return [...done, ...[...byKey.keys()].filter((key) => !done.has(key))].flatMap((key) => byKey.get(key) ?? [])
}
