import { tableKey } from '../diff/names.ts'
import type { Dialect, SequenceUse } from '../flavor/dialect.ts'
import type { Catalog, Dependent } from '../flavor/driver.ts'
import type { CopyColumn } from '../flavor/operation.ts'
import type { Finding } from '../model/finding.ts'
import { codes } from './codes.ts'
import type { TableWork } from './work.ts'

/** Columns that go on by the sequence that the old table numbered them with. */
export const handedOn = (copy: readonly CopyColumn[]): readonly { readonly from: string; readonly to: string }[] =>
  copy.flatMap(({ from, to }) =>
    from?.identity === 'serial' && to.identity === 'serial' && from.default === to.default ? [{ from: from.name, to: to.name }] : [],
  )

type Numbered = Pick<TableWork, 'before' | 'moved' | 'copy'>

/** The pair that continues a column of the old table, by its name now. */
function continued({ before, moved, copy }: Numbered, column: string): CopyColumn | undefined {
  const name = moved?.columns[before?.columns.findIndex((one) => one.name === column) ?? -1]?.name
  return copy.find(({ from }) => from !== null && from.name === name)
}

/** Whether the counter goes on in the new table. */
export function goesOn(counter: NonNullable<Dependent['counter']>, work: Numbered): boolean {
  const pair = continued(work, counter.column)
  if (pair === undefined) return false
  if (counter.by === 'serial') return handedOn([pair]).length > 0
  return counter.by === 'tied' || pair.to.identity === 'always' || pair.to.identity === 'default'
}

/** What hangs on a table without the counters that stay with the old one: they go aside with it, and come back with it. */
export const withoutOldCounters = (dependents: readonly Dependent[], work: Numbered): readonly Dependent[] =>
  dependents.flatMap((one) => {
    if (one.counter === undefined || goesOn(one.counter, work)) return [one]
    // Others draw from it: it stays, and belongs to nobody.
    if (one.counter.isShared) return [{ ...one, attach: [], restore: one.attach }]
    // A name that steps aside first so that the old table can be set aside steps back on an undo.
    return one.restore === undefined ? [] : [{ ...one, attach: [] }]
  })

/** Native types of the counters of a table's columns, by the column's name after the renames. */
export function counterTypes({ before, moved, old }: Pick<TableWork, 'before' | 'moved' | 'old'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    countersOf(old).flatMap(({ column, type }) => {
      const name = moved?.columns[before?.columns.findIndex((one) => one.name === column) ?? -1]?.name
      return name === undefined ? [] : [[name, type] as const]
    }),
  )
}

const countersOf = (old: TableWork['old']) => (old?.dependents ?? []).flatMap(({ counter }) => counter ?? [])

/** Columns of the old table, by their names after the renames, that let go of their sequence: it keeps its name, since the new table or others draw from it. */
export function lettingGo({ before, moved, old, copy, action }: TableWork): readonly string[] {
  const kept = action === 'rebuild' ? handedOn(copy).map(({ from }) => from) : []
  const shared = countersOf(old).filter(({ by, isShared }) => by === 'serial' && isShared)
  const names = shared.flatMap(({ column }) => moved?.columns[before?.columns.findIndex((one) => one.name === column) ?? -1]?.name ?? [])
  return [...new Set([...kept, ...names])]
}

/** Sequences that a plan makes, each once, where it is needed first, and what is to be said about them. */
export interface SequencePlan {
  readonly make: (work: TableWork) => readonly SequenceUse[]
  readonly findings: readonly Finding[]
}

const isMade = ({ action }: TableWork): boolean => action === 'create' || action === 'rebuild'

/** `works` in the order in which their groups run. A sequence that several fields use is made as its owner's type says. */
export function planSequences(works: readonly TableWork[], catalog: Catalog, dialect: Dialect): SequencePlan {
  const { sequences } = dialect
  if (sequences === undefined) return { make: () => [], findings: [] }
  const key = (use: Pick<SequenceUse, 'sequence'>) => tableKey(dialect.can, use.sequence)
  const there = new Set(catalog.takenNames.map((name) => tableKey(dialect.can, name)))
  for (const { shape } of catalog.tables) for (const use of sequences.of(dialect.normalize(shape))) there.add(key(use))
  for (const work of works) for (const use of leaving(work, dialect)) there.delete(key(use))
  const made = works.filter(isMade).flatMap((work) => ownUses(work, dialect).map((use) => ({ work, use })))
  const owners = new Map(made.filter(({ use }) => use.isOwn).map(({ use }) => [key(use), use]))
  const planned = new Map<TableWork, SequenceUse[]>()
  const findings: Finding[] = []
  for (const { work, use } of made) {
    const isThere = there.has(key(use))
    if (isThere && use.isOwn && !planned.has(work) && !hasPlanned(planned, key(use), key)) findings.push(taken(work, use, dialect))
    if (isThere) continue
    there.add(key(use))
    planned.set(work, [...(planned.get(work) ?? []), owners.get(key(use)) ?? use])
    findings.push(fresh(work, owners.get(key(use)) ?? use, dialect))
  }
  return { make: (work) => planned.get(work) ?? [], findings }
}

const hasPlanned = (planned: ReadonlyMap<TableWork, readonly SequenceUse[]>, wanted: string, key: (use: SequenceUse) => string): boolean =>
  [...planned.values()].some((uses) => uses.some((use) => key(use) === wanted))

/** Sequences that a new table draws from, apart from those that it takes over. */
function ownUses({ after, copy, action }: TableWork, dialect: Dialect): readonly SequenceUse[] {
  if (after === null) return []
  const kept = new Set(action === 'rebuild' ? handedOn(copy).map(({ to }) => to) : [])
  return (dialect.sequences?.of(after) ?? []).filter(({ column }) => !kept.has(column))
}

/** Sequences whose names are free once the old table is set aside. */
function leaving(work: TableWork, dialect: Dialect): readonly Pick<SequenceUse, 'sequence'>[] {
  const { moved, action } = work
  if (moved === null || (action !== 'rebuild' && action !== 'drop')) return []
  const kept = new Set(lettingGo(work))
  return (dialect.sequences?.own(moved) ?? []).filter(({ column }) => !kept.has(column))
}

const pathOf = ({ table }: TableWork, column: string): Finding['path'] => {
  const field = table?.fields.find(({ name }) => name === column)?.id
  return { ...(table === null ? {} : { table: table.id }), ...(field === undefined ? {} : { field }), property: 'default' }
}

function taken(work: TableWork, { sequence, column }: SequenceUse, dialect: Dialect): Finding {
  const field = `${dialect.display(work.after ?? sequence)}.${column}`
  const message = `The name ${dialect.display(sequence)} is taken, so that no sequence of its own can be made for ${field}: rename or drop what has it, or name another sequence in the field's default.`
  return { code: codes.nameTaken, severity: 'error', path: pathOf(work, column), message }
}

function fresh(work: TableWork, { sequence, column, isOwn }: SequenceUse, dialect: Dialect): Finding {
  const field = `${dialect.display(work.after ?? sequence)}.${column}`
  const whose = isOwn ? `for ${field}` : `since ${field} draws from it; it belongs to no field`
  const message = `The sequence ${dialect.display(sequence)} is made ${whose}. It counts from 1 by 1: a start, a step, limits, a cache or a cycle are not in the model.`
  return { code: codes.assumed, severity: 'info', path: pathOf(work, column), message }
}
