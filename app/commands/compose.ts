import type { Strategy } from '../flavor/capabilities.ts'
import type { Dialect, SequenceUse } from '../flavor/dialect.ts'
import type { ReferenceShape, TableName, TableShape } from '../model/shape.ts'
import { byTableName, tableKey } from '../diff/names.ts'
import { handedOn, lettingGo } from './counters.ts'
import type { IsAccepted } from './acceptance.ts'
import { codes } from './codes.ts'
import { groupDependents, inboundReference } from './dependents.ts'
import { askDoubts, composeLoad } from './compose-load.ts'
import type { DoubtContext } from './doubts.ts'
import { countOf } from './count-words.ts'
import { nullableOf, planTableOf } from './compose-table.ts'
import type { PlanGroup } from './plan.ts'
import type { PrivateNames } from './private-names.ts'
import type { Rename } from './rename-sequence.ts'
import { subjectOf } from './subject.ts'
import { stepList } from './step-list.ts'
import type { StepList } from './step-list.ts'
import { backupNameOf, keptOf } from './work.ts'
import type { TableWork } from './work.ts'

/** What composing a group needs besides its tables. */
export interface ComposeOptions {
  readonly dialect: Dialect
  readonly strategy: Strategy
  readonly names: PrivateNames
  /** Schemas to be made first, in this group. */
  readonly schemas: readonly string[]
  /** Sequences to be made before its tables. */
  readonly sequences: readonly SequenceUse[]
  /** Renames of the group's tables, in order, before anything else is done to them. */
  readonly tableRenames: readonly { readonly from: TableName; readonly to: string }[]
  readonly moves: readonly { readonly from: TableName; readonly toSchema: string }[]
  readonly columnRenames: readonly { readonly table: TableName; readonly renames: readonly Rename[] }[]
  /** Findings that were accepted: their measure is not taken again inside the transaction. */
  readonly isAccepted: IsAccepted
  /** Every table of the plan and of the target, for doubts about rows. */
  readonly tables: DoubtContext
}

/** The group of one table or knot, its tables in load order (parents first), as one transaction with its way back. */
export function composeGroup(id: string, works: readonly TableWork[], options: ComposeOptions): PlanGroup {
  const { dialect } = options
  const list = stepList(id, dialect)
  const frame = frameOf(works, dialect)
  openFrame(list, frame, dialect)
  for (const schema of options.schemas) list.run({ kind: 'createSchema', schema }, null)
  setAsideDropped(list, works, options)
  composeRenames(list, options)
  detach(list, works, dialect)
  const rebuilt = works.filter((work) => work.action === 'rebuild')
  for (const work of rebuilt.toReversed()) setAside(list, work, dialect)
  const made = works.filter((work) => work.action === 'create' || work.action === 'rebuild')
  const inline = dialect.can.foreignKeys === 'inline' || dialect.can.foreignKeys === 'informational'
  for (const use of options.sequences) list.add(dialect.sequences?.create(use) ?? [], use.sequence)
  for (const work of made) {
    const { after } = work
    const kept = keptOf(work)
    const handed = work.action === 'rebuild' ? handedOn(work.copy).map(({ to }) => to) : []
    const more = { ...(kept === undefined ? {} : { kept }), ...(handed.length === 0 ? {} : { handedOn: handed }) }
    if (after !== null) list.run({ kind: 'createTable', shape: after, references: inline, ...more }, after)
  }
  const ring = dialect.can.foreignKeys === 'alter' ? ringReferences(works, dialect) : []
  for (const { table, reference } of ring) list.run({ kind: 'dropReference', table, reference }, table, () => ({ phase: 'detach' }))
  for (const work of works) composeLoad(list, work, options)
  for (const work of works) if (work.after !== null && work.action !== 'backup') askDoubts(list, work, { ...options, source: work.after, isLoaded: true })
  for (const { table, reference } of ring) list.run({ kind: 'addReference', table, reference }, table, () => ({ phase: 'attach' }))
  attach(list, made, works, dialect, { indexes: true })
  proveReferences(list, frame.after)
  closeFrame(list, frame, dialect)
  return { id, title: titleOf(works, dialect), tables: works.map((work) => planTableOf(work, dialect)), steps: list.steps, cleanup: false }
}

/** A ring of tables cannot be filled in any order while its foreign keys stand: they step aside for a restore. */
function ringReferences(
  works: readonly TableWork[],
  dialect: Dialect,
): readonly { readonly table: TableName; readonly reference: ReferenceShape }[] {
  const restored = works.filter(({ action }) => action === 'restore')
  if (restored.length < 2) return []
  const inside = new Set(restored.flatMap(({ after }) => (after === null ? [] : [tableKey(dialect.can, after)])))
  return restored.flatMap(({ after }) => {
    const references = referencesOf(after).filter(({ parent }) => inside.has(tableKey(dialect.can, parent)))
    return after === null ? [] : references.map((reference) => ({ table: plainName(after), reference }))
  })
}

/** What the group's tables are called before it and after it, with the children that hold foreign keys to them. */
export function frameOf(works: readonly TableWork[], dialect: Dialect): Frame {
  const oldNames = works.flatMap(({ before }) => before ?? []).map(plainName)
  // A table that goes takes its foreign keys' children first, in groups before: they may be gone by now.
  const children = works.flatMap(({ action, dependents }) => (action === 'drop' ? [] : dependents.flatMap((one) => one.child ?? [])))
  return {
    before: uniqueNames([...oldNames, ...children.filter((name) => !has(oldNames, name, dialect))], dialect),
    after: works.flatMap((work) => work.after ?? []).map(plainName),
  }
}

export function proveReferences(list: StepList, tables: readonly TableName[]): void {
  if (tables.length > 0) list.run({ kind: 'checkReferences', tables }, null, () => ({ phase: 'verify', undo: [], judge: violations }))
}

const violations = {
  kind: 'noRows',
  code: 'FOREIGN_KEY_VIOLATION',
  message: 'Rows point at a parent that does not exist.',
  tellsKey: true,
} as const

export const plainName = ({ schema, name }: TableName): TableName => ({ schema, name })

const has = (names: readonly TableName[], name: TableName, dialect: Dialect) =>
  names.some((one) => tableKey(dialect.can, one) === tableKey(dialect.can, name))

function uniqueNames(names: readonly TableName[], dialect: Dialect): readonly TableName[] {
  return [...new Map(names.map((name) => [tableKey(dialect.can, name), plainName(name)])).values()].toSorted(byTableName)
}

export interface Frame {
  readonly before: readonly TableName[]
  readonly after: readonly TableName[]
}

/**
 * Begin and commit carry each other as their way back: an undo runs the texts from the last step to the first,
 * so it begins with what the commit carries and ends with what the begin carries.
 */
export function openFrame(list: StepList, frame: Frame, dialect: Dialect): void {
  const back = dialect.statements({ kind: 'commit' }).map(({ text }) => text)
  list.run({ kind: 'begin', tables: frame.before }, null, (_, index) => ({ phase: 'frame', undo: index === 0 ? back : [] }))
}

export function closeFrame(list: StepList, frame: Frame, dialect: Dialect): void {
  const back = dialect.statements({ kind: 'begin', tables: uniqueNames(frame.after, dialect) }).map(({ text }) => text)
  list.run({ kind: 'commit' }, null, (_, index, count) => ({ phase: 'frame', undo: index === count - 1 ? back : [] }))
}

export function setAsideDropped(list: StepList, works: readonly TableWork[], { dialect, isAccepted }: Pick<ComposeOptions, 'dialect' | 'isAccepted'>): void {
  const dropped = works.filter((work) => work.action === 'drop')
  if (dropped.length === 0) return
  detachFrom(list, dropped, dialect)
  for (const work of dropped.toReversed()) {
    setAside(list, work, dialect)
    countDropped(list, work, dialect, isAccepted)
  }
}

/** A table that goes may hold no more rows than were told when its loss was accepted. */
function countDropped(list: StepList, work: TableWork, dialect: Dialect, isAccepted: IsAccepted): void {
  const backup = backupNameOf(work)
  const told = work.told?.get('dropped')
  if (backup === null || told === undefined || told === null) return
  const name = dialect.display(work.before ?? backup)
  const most = isAccepted(codes.droppedTable, subjectOf(work)) ? told : '0'
  list.ask(
    { kind: 'countRows', table: backup },
    {
      table: backup,
      summary: `Check that ${name} holds no more than the ${countOf(most)} that were told`,
      judge: { kind: 'atMost', most, code: codes.droppedTable, message: `${name} goes, and holds more rows than were told.`, tellsKey: false, ...(most === '0' ? {} : { loss: { code: codes.droppedTable, field: null, word: name, way: 'dropped' } }) },
    },
  )
}

function composeRenames(list: StepList, options: ComposeOptions): void {
  for (const { table, renames } of options.columnRenames) {
    for (const { from, to } of renames) list.run({ kind: 'renameColumn', table, from, to }, table)
  }
  for (const { from, to } of options.tableRenames) list.run({ kind: 'renameTable', from, to }, from)
  for (const { from, toSchema } of options.moves) list.run({ kind: 'moveTable', from, toSchema }, from)
}

function detach(list: StepList, works: readonly TableWork[], dialect: Dialect): void {
  detachFrom(
    list,
    works.filter((work) => work.action === 'rebuild'),
    dialect,
  )
}

/** Dependents go first, then every foreign key of the old tables: a ring then has no order of its own, there and back. */
export function detachFrom(list: StepList, works: readonly TableWork[], dialect: Dialect): void {
  const dependents = groupDependents(works, dialect)
  for (const one of dependents.toReversed()) {
    list.texts(one.detach, { table: one.table, summary: `Take ${one.name} off`, phase: 'detach', undo: one.restore ?? one.attach })
  }
  if (dialect.can.foreignKeys !== 'alter') return
  for (const { moved } of works) {
    for (const reference of moved?.references ?? [])
      list.run({ kind: 'dropReference', table: plainName(moved ?? noName), reference }, moved, () => ({ phase: 'detach' }))
  }
}

const noName: TableName = { schema: '', name: '' }

function setAside(list: StepList, work: TableWork, dialect: Dialect): void {
  const { moved, backup, remake } = work
  if (moved === null || backup === null) return
  const shape: TableShape = dialect.can.foreignKeys === 'alter' ? { ...moved, references: [] } : moved
  const kept = lettingGo(work)
  list.run({ kind: 'setAside', shape, to: backup, remake, ...(kept.length === 0 ? {} : { handedOn: kept }) }, moved)
}

/** Indexes (unless they are made already), foreign keys, and what hung on the old tables. */
export function attach(
  list: StepList,
  made: readonly TableWork[],
  works: readonly TableWork[],
  dialect: Dialect,
  parts: { readonly indexes: boolean },
): void {
  for (const work of parts.indexes ? made : []) {
    const { after } = work
    if (after === null) continue
    const kept = keptOf(work)
    for (const index of after.indexes) {
      const nullable = nullableOf(after, index)
      list.run({ kind: 'createIndex', table: plainName(after), index, nullable, ...(kept === undefined ? {} : { kept }) }, after)
    }
  }
  if (dialect.can.foreignKeys === 'alter') {
    for (const { after } of made) {
      for (const reference of referencesOf(after)) list.run({ kind: 'addReference', table: plainName(after ?? noName), reference }, after)
    }
  }
  for (const one of groupDependents(
    works.filter((work) => work.action === 'rebuild'),
    dialect,
  )) {
    list.texts(one.attach, { table: one.table, summary: `Put ${one.name} back`, phase: 'attach', undo: undoOfAttach(one) })
  }
}

const referencesOf = (shape: TableShape | null): readonly ReferenceShape[] => shape?.references ?? []

/** What goes with the new table by itself needs nothing on the way back; a foreign key of a neighbour must go before the table does. */
function undoOfAttach(one: { readonly kind: string; readonly detach: readonly string[] }): readonly string[] {
  return one.kind === inboundReference || one.detach.length > 0 ? one.detach : []
}

export function titleOf(works: readonly TableWork[], dialect: Dialect): string {
  const names = works.map(({ after, before }) => dialect.display(after ?? before ?? noName))
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}
