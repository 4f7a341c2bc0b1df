import { sameValue } from '../diff/compare.ts'
import type { ModelMatch, TableMatch } from '../diff/match.ts'
import { tableKey } from '../diff/names.ts'
import type { Strategy } from '../flavor/capabilities.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { Catalog, CatalogTable } from '../flavor/driver.ts'
import type { Finding } from '../model/finding.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import { codes } from './codes.ts'
import { withoutOldCounters } from './counters.ts'
import type { CommandName, PlanOptions } from './plan.ts'
import type { PrivateNames } from './private-names.ts'
import { mustRebuild } from './unmanaged.ts'
import type { Unmanaged } from './unmanaged.ts'
import type { RenamePlan, TableWork } from './work.ts'
import { copyColumns, droppedColumns, movedShape } from './work.ts'

/** A backup that an earlier run recorded, with the names its fields had by model id. */
export interface RecordedBackup {
  readonly table: string
  readonly name: TableName
  readonly fields: readonly { readonly id: string; readonly name: string }[]
}

export interface WorksInput {
  readonly command: CommandName
  readonly match: ModelMatch
  /** Ids of the selected tables. */
  readonly selected: ReadonlySet<string>
  readonly catalog: Catalog
  /** The catalog as its texts read after the renames; the same one when nothing is renamed. */
  readonly renamed: Catalog
  readonly renames: RenamePlan
  readonly options: PlanOptions
  readonly strategy: Strategy
  readonly dialect: Dialect
  readonly names: PrivateNames
  /** Newest first. */
  readonly backups: readonly RecordedBackup[]
  /** What only the database has; absent where the target is assumed and not read. */
  readonly unmanaged?: Unmanaged
}

export interface Works {
  readonly works: readonly TableWork[]
  readonly unchanged: readonly TableName[]
  readonly findings: readonly Finding[]
}

/** What the command does to each selected table, and what is left alone. */
export function makeWorks(input: WorksInput): Works {
  const found: { works: TableWork[]; unchanged: TableName[]; findings: Finding[] } = { works: [], unchanged: [], findings: [] }
  for (const match of input.match.pairs) {
    if (!input.selected.has(match.table.id)) continue
    const one = makers[input.command](match, input)
    if ('code' in one) found.findings.push(one)
    else if ('action' in one) found.works.push(one)
    else found.unchanged.push({ schema: one.schema, name: one.name })
  }
  const inTheWay = found.works.flatMap((work) => tableInTheWay(work, found.works, input) ?? [])
  const asked = (input.unmanaged?.dropped ?? []).filter((old) => !inTheWay.some((work) => work.old === old)).map((old) => dropWork(old, null, input))
  return { ...found, works: [...inTheWay, ...asked, ...found.works] }
}

/**
 * Whether the old table takes its new names before it is rebuilt, so that what hangs on it follows. Not where nothing follows, and not where the new table
 * is built beside with its names from the start.
 */
export const renamesInPlace = ({ strategy, dialect }: { readonly strategy: Strategy; readonly dialect: Dialect }): boolean =>
  strategy !== 'swap' && dialect.can.renamesFollow

const noRenames: RenamePlan = { lookup: () => undefined, columns: new Map() }

type Made = TableWork | TableName | Finding

const makers: Readonly<Record<CommandName, (match: TableMatch, input: WorksInput) => Made>> = {
  create: makeCreate,
  redeploy: makeRedeploy,
  delete: (match, input) => (match.old === null ? missing(match, input, 'info') : dropWork(match.old, match, input)),
  backup: makeBackup,
  restore: makeRestore,
}

const nothing = {
  table: null,
  after: null,
  old: null,
  before: null,
  moved: null,
  columnRenames: [],
  dropped: [],
  copy: [],
  backup: null,
  rescue: null,
  dependents: [],
  remake: [],
} as const

/** Whether the table in the target is what the model says, once the plan's renames of other tables are done. */
export function isUnchanged(match: TableMatch, renames: RenamePlan, dialect: Dialect): boolean {
  const { before, after } = match
  if (before === null || before.name !== after.name || before.schema !== after.schema) return false
  if ([...match.columns].some(([to, from]) => to !== from)) return false
  if (sameValue(before, after)) return true
  const moved = movedShape(match, renames)
  return moved !== null && sameValue(dialect.normalize(moved), after)
}

function makeCreate(match: TableMatch, input: WorksInput): Made {
  const { after, before, table } = match
  if (before === null) return createWork(match, input)
  if (isUnchanged(match, input.renames, input.dialect)) return after
  return {
    code: codes.existsDifferent,
    severity: 'error',
    path: { table: table.id },
    message: `${input.dialect.display(before)} is there already and differs from the model: redeploy it instead.`,
  }
}

function createWork(match: TableMatch, input: WorksInput): TableWork {
  const { after, table } = match
  return { ...nothing, action: 'create', table, after, copy: copyColumns(match, null), rescue: rescueName(after, input) }
}

const rescueName = (shape: TableShape, { names }: WorksInput) => names.make(shape.schema, shape.name, 'rescue')

function makeRedeploy(match: TableMatch, input: WorksInput): Made {
  const { old, before, after, table } = match
  if (old === null || before === null) return createWork(match, input)
  const settled = input.unmanaged?.settled.get(table.id)
  const isForced = input.options.includeUnchanged || (settled !== undefined && mustRebuild(settled))
  if (!isForced && isUnchanged(match, input.renames, input.dialect)) return after
  const isBeside = !renamesInPlace(input)
  const moved = isBeside ? before : (movedShape(match, input.renames) ?? before)
  const texts = textsOf(old, input)
  const { remake } = texts
  const { dependents } = settled ?? texts
  const copy = copyColumns(match, moved)
  return {
    action: 'rebuild',
    table,
    after: match.written ?? after,
    old,
    before,
    moved,
    columnRenames: isBeside ? [] : (input.renames.columns.get(match)?.steps ?? []),
    dropped: isBeside ? droppedColumns(match, noRenames) : droppedColumns(match, input.renames),
    copy,
    backup: input.names.make(moved.schema, before.name, 'backup'),
    rescue: rescueName(after, input),
    dependents: withoutOldCounters(dependents, { before, moved, copy }),
    remake,
  }
}

const textsOf = (old: CatalogTable, { renamed, dialect }: WorksInput): CatalogTable => byName(renamed, dialect)(old.shape) ?? old

const indexes = new WeakMap<Catalog, ReadonlyMap<string, CatalogTable>>()

/** Tables of a catalog by name, as the flavor compares names; of several under one name the first. Made once a catalog: each is one flavor's. */
function byName(catalog: Catalog, { can }: Dialect): (name: TableName) => CatalogTable | undefined {
  const known = indexes.get(catalog)
  const index = known ?? new Map(catalog.tables.toReversed().map((one) => [tableKey(can, one.shape), one]))
  if (known === undefined) indexes.set(catalog, index)
  return (name) => index.get(tableKey(can, name))
}

function dropWork(old: CatalogTable, match: TableMatch | null, input: WorksInput): TableWork {
  const before = match?.before ?? input.dialect.normalize(old.shape)
  const backup = input.names.make(before.schema, before.name, 'backup')
  const dependents = withoutOldCounters(old.dependents, { before, moved: before, copy: [] })
  return { ...nothing, action: 'drop', table: match?.table ?? null, old, before, moved: before, backup, dependents, remake: old.remake }
}

/** Tables of the database that the model does not have but whose name it needs: set aside with their rows, said aloud. */
function tableInTheWay(work: TableWork, works: readonly TableWork[], input: WorksInput): TableWork | null {
  const { after } = work
  if (after === null || work.action === 'restore') return null
  const holder = byName(input.catalog, input.dialect)(after)
  if (holder === undefined || holder === work.old || works.some((one) => one.old === holder)) return null
  return dropWork(holder, input.match.pairs.find((pair) => pair.old === holder) ?? null, input)
}

function makeBackup(match: TableMatch, input: WorksInput): Made {
  const { old, before, table } = match
  if (old === null || before === null) return missing(match, input, 'error')
  return { ...nothing, action: 'backup', table, old, before, moved: before, backup: input.names.make(before.schema, before.name, 'copy') }
}

function missing(match: TableMatch, { dialect }: WorksInput, severity: Finding['severity']): Finding {
  return {
    code: codes.missing,
    severity,
    path: { table: match.table.id },
    message: `${dialect.display(match.after)} is not in the target.`,
  }
}

function makeRestore(match: TableMatch, input: WorksInput): Made {
  const { old, before, table } = match
  const { dialect } = input
  if (old === null || before === null) return missing(match, input, 'error')
  const key = (name: TableName) => tableKey(dialect.can, name)
  const there = new Map(input.catalog.tables.map((one) => [key(one.shape), one]))
  const backup = input.backups.find((one) => one.table === key(before) && there.has(key(one.name)))
  const source = backup === undefined ? undefined : there.get(key(backup.name))
  if (backup === undefined || source === undefined) {
    return {
      code: codes.noBackup,
      severity: 'error',
      path: { table: table.id },
      message: `No backup of ${dialect.display(before)} is recorded in the target: make one with backup.`,
    }
  }
  const moved = dialect.normalize(source.shape)
  const then = new Map(backup.fields.map((field) => [field.id, field.name]))
  const columns = new Map(moved.columns.map((column) => [column.name, column]))
  const ids = new Map([...match.columns].map(([to, from]) => [from, table.fields.find((field) => field.name === to)?.id ?? '']))
  const copy = before.columns.map((to) => ({ to, from: columns.get(then.get(ids.get(to.name) ?? '') ?? to.name) ?? null }))
  const used = new Set(copy.flatMap(({ from }) => from?.name ?? []))
  const dropped = moved.columns.filter(({ name }) => !used.has(name)).map(({ name }) => ({ from: name, to: name }))
  return {
    ...nothing,
    action: 'restore',
    table,
    after: before,
    old,
    before,
    moved: { ...moved, schema: before.schema, name: before.name },
    copy,
    dropped,
    backup: backup.name.name,
  }
}
