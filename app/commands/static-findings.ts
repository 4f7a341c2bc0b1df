import { sameValue } from '../diff/compare.ts'
import { byText } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { Finding } from '../model/finding.ts'
import type { Table } from '../model/model.ts'
import { shapeOf } from '../model/resolve.ts'
import type { TableLookup } from '../model/resolve.ts'
import { codes } from './codes.ts'
import { goesOn } from './counters.ts'
import { inboundReference } from './dependents.ts'
import { isDroppable } from './kept-dependents.ts'
import { hasKey } from './parts.ts'
import { keptOf } from './work.ts'
import type { TableWork } from './work.ts'

/** What can be said of the works without a look at any row: the flavor's own check, casts that cannot be, dependents in the way. */
export function staticFindings(works: readonly TableWork[], dialect: Dialect, lookup: TableLookup): readonly Finding[] {
  return works.flatMap((work) => [
    ...checked(work, dialect, lookup),
    ...changed(work, dialect),
    ...impossibleCasts(work, dialect),
    ...castNotes(work, dialect),
    ...newUniques(work, dialect),
    ...blockedDependents(work, works, dialect),
    ...goneCounters(work, dialect),
  ])
}

// The shape as the model says it: in the normal form a type has become its carrier, and nothing would seem lost.
function checked({ table, after, action }: TableWork, dialect: Dialect, lookup: TableLookup): readonly Finding[] {
  if (table === null || after === null || action === 'restore') return []
  const shape = shapeOf(table, lookup)
  const declared = new Map(after.columns.map((column) => [column.name, column.declared]))
  const columns = shape.columns.map((column) => {
    const text = declared.get(column.name)
    return text === undefined ? column : { ...column, declared: text }
  })
  return dialect.check({ ...shape, columns }).map((finding) => placedFinding(finding, table))
}

/** What the rebuild changes beyond what the model says. */
function changed(work: TableWork, dialect: Dialect): readonly Finding[] {
  const kept = keptOf(work)
  if (kept === undefined || work.after === null) return []
  return (dialect.changes?.(work.after, kept) ?? []).map((finding) => placedFinding(finding, work.table))
}

/** A finding of a dialect, which knows names, with the ids of the model. */
export function placedFinding(finding: Finding, table: Table | null): Finding {
  if (table === null) return finding
  const field = table.fields.find(({ name }) => name === finding.path.column)?.id
  return { ...finding, path: { table: table.id, ...(field === undefined ? {} : { field }), ...finding.path } }
}

function impossibleCasts(work: TableWork, dialect: Dialect): readonly Finding[] {
  return work.copy.flatMap(({ to, from }) => {
    if (from === null || to.generated !== null || dialect.castRisk(from.type, to.type) !== 'impossible') return []
    const types = `${dialect.types.toNative(from.type).text} to ${dialect.types.toNative(to.type).text}`
    const message = `There is no cast from ${types}: add a new field beside it instead, and drop the old one once it is filled.`
    return [
      {
        code: codes.impossibleCast,
        severity: 'error' as const,
        path: pathOf(work, to.name, 'type'),
        message: `${nameOf(work, dialect)}.${to.name}: ${message}`,
      },
    ]
  })
}

/** Assumptions of casts: the time zone above all. */
function castNotes(work: TableWork, dialect: Dialect): readonly Finding[] {
  return work.copy.flatMap(({ to, from }) => {
    const note = from === null || to.generated !== null ? null : (dialect.castNote?.(from.type, to.type) ?? null)
    return note === null ? [] : [{ code: codes.zone, severity: 'warning' as const, path: pathOf(work, to.name, 'type'), message: `${nameOf(work, dialect)}.${to.name}: ${note}` }]
  })
}

/** A key over fields that were not one before: the rows decide, and they decide before anything is committed. */
function newUniques(work: TableWork, dialect: Dialect): readonly Finding[] {
  const { moved, after, action } = work
  // Where the rows were asked, they have answered.
  if (dialect.can.measuresRows && work.told !== undefined) return []
  if (action !== 'rebuild' || moved === null || after === null) return []
  const listOf = (shape: typeof after) => [
    ...(shape.primaryKey === null ? [] : [shape.primaryKey.columns]),
    ...shape.uniques.map((key) => key.columns),
  ]
  const old = listOf(moved).map((columns) => columns.toSorted(byText))
  return listOf(after)
    .filter((columns) => !old.some((one) => sameValue(one, columns.toSorted(byText))))
    .map((columns) => ({
      code: codes.newUnique,
      severity: 'warning' as const,
      path: pathOf(work, columns[0] ?? '', 'key'),
      message: `${nameOf(work, dialect)}: (${columns.join(', ')}) becomes unique. If two rows are equal there, nothing is changed and the run stops.`,
    }))
}

function blockedDependents(work: TableWork, works: readonly TableWork[], dialect: Dialect): readonly Finding[] {
  if (work.action !== 'rebuild' && work.action !== 'drop') return []
  const name = nameOf(work, dialect)
  const gone = new Set(work.dropped.map(({ from }) => from))
  const displays = [work.before, work.after].flatMap((shape) => (shape === null ? [] : [dialect.display(shape)]))
  return work.dependents.flatMap((one): readonly Finding[] => {
    if (work.action === 'drop') return dropBlockers(work, one, works, dialect)
    if (one.refuse !== undefined) {
      return [
        {
          code: codes.dependentRefuses,
          severity: 'error',
          path: pathOf(work),
          message: `${one.name} hangs on ${name} and cannot be put back: ${one.refuse}`,
        },
      ]
    }
    // A counter goes on, or goes with its column: said apart.
    if (one.counter !== undefined) return []
    const key = lostKey(work, one, dialect)
    if (key !== null && !isRemade(one, works)) {
      const needs = `${one.name} needs a key over (${key.join(', ')}) of ${name}, which the model does not have. Keep the key, or drop the foreign key first.`
      return [{ code: codes.dependentNeeds, severity: 'error', path: pathOf(work), message: needs }]
    }
    const needed = one.columns.filter((column) => gone.has(column))
    // What the table alone would lose is told with what else is kept of it.
    if (needed.length === 0 || isRemade(one, works) || isDroppable(one, displays)) return []
    const message = `${one.name} needs ${needed.map((column) => `${name}.${column}`).join(', ')}, which the model drops. Drop or change it first.`
    return [{ code: codes.dependentNeeds, severity: 'error', path: pathOf(work), message }]
  })
}

/** Sequences of fields that go, or that are numbered in another way. */
function goneCounters(work: TableWork, dialect: Dialect): readonly Finding[] {
  if (work.action !== 'rebuild') return []
  return (work.old?.dependents ?? []).flatMap(({ name, counter }): readonly Finding[] => {
    if (counter === undefined || counter.by === 'identity' || goesOn(counter, work)) return []
    const field = `${nameOf(work, dialect)}.${counter.column}`
    const message = counter.isShared
      ? `${name} belongs to ${field} and stays without it, since defaults of other fields draw from it.`
      : `${name} belongs to ${field} and goes with it.`
    return [{ code: codes.dependentNeeds, severity: 'info', path: pathOf(work, counter.column, 'identity'), message }]
  })
}

/** The columns, as they will be called, by which a foreign key of another table points here, where the key over them goes. */
function lostKey({ before, moved, after, copy }: TableWork, one: Hanging, dialect: Dialect): readonly string[] | null {
  if (one.kind !== inboundReference || one.columns.length === 0 || before === null || moved === null || after === null) return null
  const later = new Map(before.columns.map(({ name }, at) => [name, moved.columns[at]?.name]))
  const columns = one.columns.map((name) => copy.find(({ from }) => from !== null && from.name === later.get(name))?.to.name)
  if (columns.includes(undefined) || !hasKey(before, one.columns, dialect)) return null
  const wanted = columns.flatMap((name) => name ?? [])
  return hasKey(after, wanted, dialect) ? null : wanted
}

type Hanging = NonNullable<TableWork['old']>['dependents'][number]

/** A foreign key of a table that is rebuilt too comes from the model, not from the catalog. */
function isRemade(one: Hanging, works: readonly TableWork[]): boolean {
  const { child } = one
  return (
    one.kind === inboundReference &&
    child !== undefined &&
    works.some(({ before }) => before?.name === child.name && before.schema === child.schema)
  )
}

function dropBlockers(work: TableWork, one: Hanging, works: readonly TableWork[], dialect: Dialect): readonly Finding[] {
  // What belongs to the table goes with it; what reads it from outside would be left broken, or stands in the way.
  const readsIt = one.kind === inboundReference || one.kind.includes('view') || (one.detach.length > 0 && one.kind !== 'trigger')
  if (!readsIt || one.owned === true || isRemade(one, works)) return []
  return [
    {
      code: codes.dependentNeeds,
      severity: 'error',
      path: pathOf(work),
      message: `${one.name} needs ${nameOf(work, dialect)}, which goes. Drop it first.`,
    },
  ]
}

/** Where a finding sits. */
export function pathOf(work: TableWork, field?: string, property?: string): Finding['path'] {
  const id = work.table?.fields.find(({ name }) => name === field)?.id
  return {
    ...(work.table === null ? {} : { table: work.table.id }),
    ...(id === undefined ? {} : { field: id }),
    ...(property === undefined ? {} : { property }),
  }
}

/** The table as a person knows it now. */
export function nameOf({ before, after }: TableWork, dialect: Dialect): string {
  return dialect.display(before ?? after ?? { schema: '', name: '' })
}
