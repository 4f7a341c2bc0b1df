import { sameValue } from '../diff/compare.ts'
import { byText, tableKey } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { ReferenceShape, TableName, TableShape } from '../model/shape.ts'
import { dependentKey, inboundReference } from './dependents.ts'
import { knotsOf } from './knots.ts'
import type { TableWork } from './work.ts'

type Pair = readonly [number, number]

/**
 * The tables of a plan as groups in order: each group is one transaction.
 * Tables share a group when their foreign keys form a ring, when a foreign key between them changes with them, when one takes the name of the other,
 * or when a view hangs on both. Parents come first; tables that only go come children first.
 */
export function groupWorks(works: readonly TableWork[], dialect: Dialect): readonly (readonly TableWork[])[] {
  const context = contextOf(works, dialect)
  const knots = knotsOf({
    size: works.length,
    ties: [...handovers(context), ...sharedDependents(works), ...tiedReferences(context)],
    edges: [...newEdges(context), ...oldEdges(context)],
    name: (node) => titleOf(works[node]),
  })
  return knots.map((nodes) => nodes.flatMap((node) => works[node] ?? []))
}

const titleOf = (work: TableWork | undefined) => {
  const shape = work?.after ?? work?.before
  return `${shape?.schema ?? ''}\u0000${shape?.name ?? ''}`
}

interface Context {
  readonly works: readonly TableWork[]
  readonly byOld: ReadonlyMap<string, number>
  readonly byNew: ReadonlyMap<string, number>
  readonly key: (name: TableName) => string
}

function contextOf(works: readonly TableWork[], dialect: Dialect): Context {
  const key = (name: TableName) => tableKey(dialect.can, name)
  const index = (pick: (work: TableWork) => TableShape | null) =>
    new Map(
      works.flatMap((work, at) => {
        const shape = pick(work)
        return shape === null ? [] : [[key(shape), at] as const]
      }),
    )
  return { works, key, byOld: index((work) => work.before), byNew: index((work) => work.after) }
}

function handovers({ works, byOld, key }: Context): readonly Pair[] {
  return works.flatMap(({ after }, at) => {
    const holder = after === null ? undefined : byOld.get(key(after))
    return holder === undefined || holder === at ? [] : [[at, holder] as const]
  })
}

function sharedDependents(works: readonly TableWork[]): readonly Pair[] {
  const first = new Map<string, number>()
  const ties: Pair[] = []
  for (const [at, { dependents, action }] of works.entries()) {
    if (action !== 'rebuild') continue
    for (const one of dependents) {
      if (one.kind === inboundReference) continue
      const known = first.get(dependentKey(one))
      if (known === undefined) first.set(dependentKey(one), at)
      else ties.push([known, at])
    }
  }
  return ties
}

function tiedReferences({ works, byOld, byNew, key }: Context): readonly Pair[] {
  return works.flatMap((child, at) => {
    const old = (child.before?.references ?? []).flatMap((reference) => byOld.get(key(reference.parent)) ?? [])
    const fresh =
      child.before === null ? [] : (child.after?.references ?? []).flatMap((reference) => byNew.get(key(reference.parent)) ?? [])
    return [...new Set([...old, ...fresh])].flatMap((parentAt) => {
      const parent = works[parentAt]
      return parent === undefined || parentAt === at || isCalm(child, parent) ? [] : [[at, parentAt] as const]
    })
  })
}

/** A foreign key between two rebuilt tables that neither of them changes: the parent can go first, with the child's old key put back on it. */
function isCalm(child: TableWork, parent: TableWork): boolean {
  if (child.action === 'backup' || child.action === 'restore') return true
  if (parent.before === null) return true
  if (child.action !== 'rebuild' || parent.action !== 'rebuild' || isRenamed(child) || isRenamed(parent)) return false
  const between = (shape: TableShape | null) =>
    (shape?.references ?? []).filter(
      (reference) => reference.parent.name === parent.after?.name && reference.parent.schema === parent.after.schema,
    )
  const before = between(child.before)
  return (
    sameValue(before, between(child.after)) &&
    before.every(
      (reference) => keepsTypes(child, reference.columns) && keepsTypes(parent, reference.parentColumns) && keepsKey(parent, reference),
    )
  )
}

function isRenamed({ before, after, moved, columnRenames }: TableWork): boolean {
  return columnRenames.length > 0 || before?.name !== after?.name || before?.schema !== after?.schema || moved === null
}

function keepsTypes({ before, after }: TableWork, columns: readonly string[]): boolean {
  return columns.every((name) => sameValue(typeOf(before, name), typeOf(after, name)))
}

const typeOf = (shape: TableShape | null, name: string) => shape?.columns.find((column) => column.name === name)?.type

function keepsKey({ after }: TableWork, reference: ReferenceShape): boolean {
  const wanted = reference.parentColumns.toSorted(byText)
  const keys = [...(after?.primaryKey === null || after === null ? [] : [after.primaryKey]), ...(after?.uniques ?? [])]
  return keys.some((one) => sameValue(one.columns.toSorted(byText), wanted)) || (after?.indexes ?? []).some((index) => index.unique)
}

function newEdges({ works, byNew, key }: Context): readonly Pair[] {
  return works.flatMap(({ after, action }, at) =>
    action === 'backup'
      ? []
      : (after?.references ?? []).flatMap((reference) => {
          const parent = byNew.get(key(reference.parent))
          return parent === undefined ? [] : [[parent, at] as const]
        }),
  )
}

function oldEdges({ works, byOld, key }: Context): readonly Pair[] {
  return works.flatMap(({ before, action }, at) =>
    action !== 'drop'
      ? []
      : (before?.references ?? []).flatMap((reference) => {
          const parent = byOld.get(key(reference.parent))
          return parent === undefined || works[parent]?.action !== 'drop' ? [] : [[at, parent] as const]
        }),
  )
}
