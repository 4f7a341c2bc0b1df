import { listPart, partLists, partNames } from '../commands/parts.ts'
import { privateNames } from '../commands/private-names.ts'
import type { PlanGroup, PlanTable } from '../commands/plan.ts'
import { foldName, tableKey } from '../diff/names.ts'
import { MetaMigrateError } from '../errors.ts'
import type { Catalog, CatalogTable } from '../flavor/driver.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import { readCopies, describe } from './backups/list-backups.ts'
import type { RescueFacts } from './books.ts'
import { soleText } from './drop-backups.ts'
import type { LiveRun } from './session.ts'
import { nowOf } from './session.ts'

/** A table that an undo copies aside before it takes it away, since rows would go with it. */
export interface Rescue {
  readonly facts: RescueFacts
  readonly statements: readonly string[]
}

export interface ProofInput {
  readonly run: LiveRun
  readonly group: PlanGroup
  readonly acceptLoss: boolean
  /** Keys of tables that later runs made as their backups: names of ours are given again once they are free. */
  readonly others: ReadonlySet<string>
}

/**
 * Proves that what the undo of a group takes away is somewhere else: each table is as the run left it, and the backup that it goes back to, or that its rows
 * came from, still holds them. Gives the tables that must be copied aside first. Nothing is changed.
 * Errors: UNDO_IMPOSSIBLE (there is no way back), UNDO_WOULD_LOSE unless `acceptLoss`.
 */
export async function proveGroup(input: ProofInput): Promise<readonly Rescue[]> {
  const { run, group } = input
  const { connection } = run
  const wanted = group.tables.flatMap(({ name, from, backup, source }) => [name, ...(from === null ? [] : [from]), ...(backup === null ? [] : [backup]), ...(source === undefined ? [] : [source])])
  const catalog = await connection.introspect({ tables: wanted })
  const names = privateNames(connection.dialect.can, catalog.takenNames)
  const rescues: Rescue[] = []
  for (const table of group.tables) {
    const found = lookAround(catalog, table, input)
    const why = await provers[table.action](table, found, input)
    if (why === null) continue
    if (!input.acceptLoss) throw wouldLose(why, table, run)
    const live = found.live
    if (live !== null) rescues.push(await rescueOf(table, { ...found, live }, run, () => names.make(live.shape.schema, live.shape.name, 'rescue')))
  }
  return rescues
}

interface Found {
  readonly live: CatalogTable | null
  /** The backup of the table, where it is there and still the run's. */
  readonly backup: CatalogTable | null
  readonly source: CatalogTable | null
}

function lookAround(catalog: Catalog, { name, backup, source }: PlanTable, { run, others }: ProofInput): Found {
  const { can } = run.connection.dialect
  const find = (wanted: TableName | null | undefined) =>
    wanted === null || wanted === undefined ? null : (catalog.tables.find(({ shape }) => tableKey(can, shape) === tableKey(can, wanted)) ?? null)
  const isOthers = backup !== null && others.has(tableKey(can, backup))
  return { live: find(name), backup: isOthers ? null : find(backup), source: find(source) }
}

/** What would be lost, in words, with the counts; null when nothing would. */
interface Loss {
  readonly message: string
  readonly rowsThen: string
  readonly rowsNow: string
}

type Prover = (table: PlanTable, found: Found, input: ProofInput) => Promise<Loss | null>

const provers: Readonly<Record<PlanTable['action'], Prover>> = {
  create: proveTable,
  rebuild: async (table, found, input) => {
    const { run } = input
    if (table.backup !== null && found.backup === null) throw missing(run, table, table.backup, 'the backup of the rows as they were')
    return (await proveTable(table, found, input)) ?? proveRows(table, input, table.backup)
  },
  drop: async (table, { backup, live }, { run }) => {
    if (table.backup !== null && backup === null) throw missing(run, table, table.backup, 'the backup of its rows')
    const isOwn = [...run.committed.values()].some(({ tables }) =>
      tables.some(({ name, action }) => action !== 'drop' && tableKey(run.connection.dialect.can, name) === tableKey(run.connection.dialect.can, table.name)),
    )
    if (live === null || isOwn) return null
    const name = run.connection.dialect.display(table.name)
    throw impossible(run, table, `a table ${name} is there again, made by hand: rename or drop it first.`)
  },
  backup: proveCopy,
  restore: proveRestored,
}

const displayOf =
  (run: LiveRun) =>
  (name: TableName): string =>
    run.connection.dialect.display(name)

const impossible = (run: LiveRun, table: PlanTable, why: string) =>
  new MetaMigrateError('UNDO_IMPOSSIBLE', `Run ${run.id} cannot be undone: ${why}`, { run: run.id, table: run.connection.dialect.display(table.name) })

function missing(run: LiveRun, table: PlanTable, backup: TableName, what: string): MetaMigrateError {
  const display = displayOf(run)
  return impossible(run, table, `${display(backup)}, ${what} of ${display(table.name)}, is not there any more. Nothing was changed; \`backups\` lists the copies that are there.`)
}

function wouldLose({ message, rowsThen, rowsNow }: Loss, table: PlanTable, run: LiveRun): MetaMigrateError {
  return new MetaMigrateError('UNDO_WOULD_LOSE', `${message} Nothing was changed. With --accept-loss the undo goes on, and the table is copied aside first; \`backups\` lists such copies.`, {
    run: run.id,
    table: run.connection.dialect.display(table.name),
    rowsThen,
    rowsNow,
  })
}

/** A table that the run made or filled is there, has the columns that it had, and holds the rows that it held. */
async function proveTable(table: PlanTable, { live, backup }: Found, { run }: ProofInput): Promise<Loss | null> {
  const { connection } = run
  const name = connection.dialect.display(table.name)
  if (live === null) {
    const kept = backup === null ? '' : ` Its rows as they were before the run are in ${connection.dialect.display(backup.shape)}: create the table, then restore.`
    throw impossible(run, table, `${name} is not there any more: it was dropped or renamed by hand. Give it its name again.${kept}`)
  }
  const want = factsOf(run, table)?.digest ?? null
  const is = table.digest === null ? null : await firstRow(run, table, table.digest)
  const [rowsThen, rowsNow] = [want?.[0] ?? 'an unknown number of', is?.[0] ?? 'an unknown number of']
  if (is !== null && (want === null || is.join('\u0000') !== want.join('\u0000')))
    return { message: `${name} was written to since run ${run.id} (${rowsThen} rows then, ${rowsNow} now): an undo would drop what was written.`, rowsThen, rowsNow }
  const parts = addedParts(live.shape, table, run)
  if (parts.length > 0)
    return { message: `${name} got ${parts.join(', ')} since run ${run.id}, by hand: an undo would drop ${parts.length === 1 ? 'it' : 'them'}.`, rowsThen, rowsNow }
  const added = addedColumns(live.shape, table, run)
  if (added.length === 0 || rowsNow === '0') return null
  return { message: `${name} got ${added.length === 1 ? 'a column' : 'columns'} since run ${run.id} (${added.join(', ')}): an undo would drop what ${added.length === 1 ? 'it holds' : 'they hold'}.`, rowsThen, rowsNow }
}

function factsOf(run: LiveRun, { name, action }: PlanTable) {
  const { can } = run.connection.dialect
  for (const { cleanup, tables } of run.committed.values()) {
    const found = cleanup ? undefined : tables.find((one) => one.action === action && tableKey(can, one.name) === tableKey(can, name))
    if (found !== undefined) return found
  }
  return null
}

/** Named indexes and constraints that the table has now and had not when the run left it: they would go with it, and nothing keeps them. */
function addedParts(now: TableShape, table: PlanTable, { plan, connection }: LiveRun): readonly string[] {
  const { dialect } = connection
  const then = table.action === 'restore' ? undefined : plan.identities.find(({ name }) => tableKey(dialect.can, name) === tableKey(dialect.can, table.name))?.shape
  if (then === undefined) return []
  const kept = (plan.unmanaged?.kept ?? []).filter((part) => tableKey(dialect.can, part.table) === tableKey(dialect.can, table.name)).map((part) => foldName(dialect.can, part.name))
  const known = new Set([...partNames(then, dialect), ...kept])
  return partLists.flatMap((list) =>
    dialect
      .normalize(now)
      [list].filter(({ name }) => name !== '' && !known.has(foldName(dialect.can, name)))
      .map((part) => listPart(list, part).text),
  )
}

function addedColumns({ columns }: TableShape, table: PlanTable, run: LiveRun): readonly string[] {
  const { can } = run.connection.dialect
  const fields = table.action === 'restore' ? [] : (factsOf(run, table)?.fields ?? []).map(({ name }) => name)
  const known = new Set((table.columns ?? fields).map((name) => foldName(can, name)))
  return known.size === 0 ? [] : columns.filter(({ name, generated }) => generated === null && !known.has(foldName(can, name))).map(({ name }) => name)
}

/** The copied rows are where they came from still: the plan's own measure of that side gives what it gave. */
async function proveRows(table: PlanTable, { run, group }: ProofInput, from: TableName | null): Promise<Loss | null> {
  const { can } = run.connection.dialect
  const display = displayOf(run)
  const proof = group.steps.find((step) => step.judge.kind === 'equals' && step.table !== null && tableKey(can, step.table) === tableKey(can, table.name))
  const first = proof?.judge.kind === 'equals' ? proof.judge.with : null
  const measure = group.steps.find(({ id }) => id === first)
  const want = factsOf(run, table)?.before ?? null
  if (measure === undefined || want === null) return null
  const is = await firstRow(run, table, measure.text)
  if (is.join('\u0000') === want.join('\u0000')) return null
  const [rowsThen, rowsNow] = [want[0] ?? '', is[0] ?? '']
  const place = from === null ? 'The backup' : display(from)
  return { message: `${place} no longer holds the rows that run ${run.id} copied from it into ${display(table.name)} (${rowsThen} rows then, ${rowsNow} now): an undo would drop the only copy of some.`, rowsThen, rowsNow }
}

async function proveRestored(table: PlanTable, found: Found, input: ProofInput): Promise<Loss | null> {
  const { run } = input
  const display = displayOf(run)
  if (found.live !== null) await refuseChildren(table, found.live, input)
  const late = await proveTable(table, found, input)
  if (late !== null) return late
  const rows = factsOf(run, table)?.digest?.[0] ?? '0'
  if (rows === '0') return null
  if (table.source !== undefined ? found.source !== null : await isThere(table, input)) return proveRows(table, input, table.source ?? null)
  const place = table.source === undefined ? 'The backup that they came from' : `${display(table.source)}, from which they came,`
  return { message: `${place} is gone: the ${rows} rows that run ${run.id} brought back into ${display(table.name)} may be nowhere else.`, rowsThen: rows, rowsNow: rows }
}

/** Plans of before do not name the backup that a restore reads: their own statement tells whether it is there. */
async function isThere(table: PlanTable, { run, group }: ProofInput): Promise<boolean> {
  const { can } = run.connection.dialect
  const copy = group.steps.find(({ phase, judge, table: of }) => phase === 'restore' && judge.kind === 'execute' && of !== null && tableKey(can, of) === tableKey(can, table.name))
  const { tables } = await run.connection.introspect()
  return tables.some(({ shape }) => /__mm_[0-9a-f]{8}$/.test(shape.name) && copy?.text.includes(shape.name) === true)
}

/** Rows of children that point at a table would go, or point nowhere, once it is emptied. */
async function refuseChildren(table: PlanTable, live: CatalogTable, { run, group }: ProofInput): Promise<void> {
  const { connection, plan, committed } = run
  const { can } = connection.dialect
  const display = displayOf(run)
  const at = plan.groups.findIndex(({ id }) => id === group.id)
  const emptied = new Set(
    plan.groups
      .filter(({ id }, index) => index >= at && committed.has(id))
      .flatMap(({ tables }) => tables.filter(({ action }) => action === 'restore' || action === 'create').map(({ name }) => tableKey(can, name))),
  )
  const children = live.dependents.flatMap(({ child }) => child ?? []).filter((child) => !emptied.has(tableKey(can, child)))
  if (children.length === 0) return
  for (const { shape } of (await connection.introspect({ tables: children })).tables) {
    for (const { parent, columns } of shape.references) {
      const [column] = columns
      if (column === undefined || tableKey(can, parent) !== tableKey(can, table.name)) continue
      const [count = '0'] = await firstRow(run, table, connection.dialect.question({ kind: 'countValues', table: { schema: shape.schema, name: shape.name }, column }))
      if (count !== '0')
        throw impossible(run, table, `${count} ${count === '1' ? 'row' : 'rows'} of ${display(shape)} point at ${display(table.name)}, which would be emptied. Undo what filled ${display(shape)} first, or clear it.`)
    }
  }
}

/** The copy that a backup made is not the only one of anything. Such a copy goes by drop-backups alone, where the loss is accepted with its count. */
async function proveCopy(table: PlanTable, { backup }: Found, { run }: ProofInput): Promise<null> {
  const { connection } = run
  const { can } = connection.dialect
  const display = displayOf(run)
  if (table.backup === null || backup === null) throw missing(run, table, table.backup ?? table.name, 'the copy')
  const now = await readCopies(connection)
  const mine = now.holdings.copies.filter(({ copy }) => copy.run.id === run.id && copy.kind === 'copy')
  const held = mine.find(({ copy }) => tableKey(can, copy.name) === tableKey(can, backup.shape))
  if (held === undefined) throw missing(run, table, table.backup, 'the copy')
  const told = await describe(held, now, new Set(mine), connection)
  if (told.onlyCopy?.rows === '0' && told.onlyCopy.values.length === 0) return null
  throw impossible(run, table, `${display(backup.shape)} is the only copy of ${soleText(told)}. Keep it, restore from it, or drop it with drop-backups ${run.id} --accept MM104.`)
}

/** First row of a query; what keeps it from being asked keeps the undo from being done. */
async function firstRow(run: LiveRun, table: PlanTable, text: string): Promise<readonly string[]> {
  try {
    const { rows } = await run.connection.query(text)
    return (rows[0] ?? []).map((value) => value ?? 'NULL')
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || !/^(NOT_FOUND|STATEMENT_FAILED|SYNTAX|VALUE_DOES_NOT_FIT)$/.test(error.code)) throw error
    throw impossible(run, table, `${run.connection.dialect.display(table.name)} or its backup is not what the run left, and cannot be measured any more; give its columns their names and types back. ${error.message}`)
  }
}

/** The table as it is now, whole, with what its columns are called after the undo. */
async function rescueOf(table: PlanTable, found: Found & { readonly live: CatalogTable }, run: LiveRun, newName: () => string): Promise<Rescue> {
  const { connection } = run
  const { dialect } = connection
  const shape = dialect.normalize(found.live.shape)
  const to = newName()
  const old = new Set((found.backup?.shape.columns ?? []).map(({ name }) => foldName(dialect.can, name)))
  const renamed = new Map((factsOf(run, table)?.renames ?? []).map(({ from, to: now }) => [foldName(dialect.can, now), from]))
  const backOf = (name: string): string | null => {
    if (table.action !== 'rebuild') return name
    return old.has(foldName(dialect.can, name)) ? (renamed.get(foldName(dialect.can, name)) ?? name) : null
  }
  const [rows = '0'] = await firstRow(run, table, dialect.question({ kind: 'countRows', table: { schema: shape.schema, name: shape.name } }))
  return {
    statements: dialect.statements({ kind: 'copyTable', shape, to }).map(({ text }) => text),
    facts: {
      format: 1,
      name: { schema: shape.schema, name: to },
      table: { schema: shape.schema, name: shape.name },
      back: table.action === 'create' ? null : table.action === 'rebuild' ? table.from : { schema: shape.schema, name: shape.name },
      columns: shape.columns.filter(({ generated }) => generated === null).map(({ name }) => ({ name, back: backOf(name) })),
      rows,
      madeAt: nowOf(run.context),
    },
  }
}
