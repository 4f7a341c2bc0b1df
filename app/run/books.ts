import type { DroppedFacts, GroupFacts } from '../commands/history.ts'
import { identityRows, missingBooks, parseFacts, shapeRow } from '../commands/history.ts'
import type { Plan, PlanGroup, PlanIdentity } from '../commands/plan.ts'
import { foldName, tableKey } from '../diff/names.ts'
import type { IdentityRecord } from '../diff/match.ts'
import { MetaMigrateError } from '../errors.ts'
import type { Bookkeeping } from '../flavor/dialect.ts'
import type { Connection } from '../flavor/driver.ts'
import type { TableName } from '../model/shape.ts'

/** A run as the target keeps it. */
export interface TargetRun {
  readonly id: string
  readonly planHash: string
  readonly state: string
  readonly owner: string
  readonly startedAt: string
  readonly endedAt: string | null
}

/** Groups of a run as the target keeps them: committed ones, and what the run keeps there of itself. */
export interface TargetGroups {
  readonly plan: Plan | null
  readonly committed: ReadonlyMap<string, GroupFacts>
  /** Owners of its attempts, first to last. */
  readonly owners: readonly string[]
  /** Copies that undos of it made of rows written since. */
  readonly rescues: readonly RescueFacts[]
}

/** What an undo keeps of a table that it copied aside: written in its own transaction, and kept when the run is undone. */
export interface RescueFacts {
  readonly format: 1
  readonly name: TableName
  /** The table that was copied, as it was called, and what it is called since the undo; null when it went. */
  readonly table: TableName
  readonly back: TableName | null
  /** Columns of the copy with their names since the undo; null: the column went. */
  readonly columns: readonly { readonly name: string; readonly back: string | null }[]
  readonly rows: string
  /** ISO 8601, UTC. */
  readonly madeAt: string
  /** When it was dropped, with what was accepted by that. */
  readonly dropped?: DroppedFacts
}

/** The bookkeeping of a session's target. Errors: FLAVOR_UNSUPPORTED where there is none. */
export function booksOf(connection: Connection): Bookkeeping {
  const { bookkeeping, label } = connection.dialect
  if (bookkeeping === null)
    throw new MetaMigrateError('FLAVOR_UNSUPPORTED', `${label} keeps no record of runs, so nothing can be run on it.`)
  return bookkeeping
}

/** Makes what is missing of the bookkeeping tables, and nothing where nothing is: then no right to make anything is needed. Two sessions may do so at once: the loser looks again. */
export async function ensureBooks(connection: Connection): Promise<void> {
  const books = booksOf(connection)
  if ((await missingBooks(connection)).all) return
  const make = async () => {
    for (const text of books.ensure) await connection.execute(text)
  }
  try {
    await make()
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || (error.code !== 'UNIQUE_VIOLATION' && error.code !== 'ALREADY_EXISTS')) throw error
    await make()
  }
}

/** Every run that the target knows, newest first. */
export async function targetRuns(connection: Connection): Promise<readonly TargetRun[]> {
  const { rows } = await connection.query(booksOf(connection).selectRuns)
  return rows.map((row) => ({
    id: row[0] ?? '',
    planHash: row[1] ?? '',
    state: row[2] ?? '',
    owner: row[3] ?? '{}',
    startedAt: row[4] ?? '',
    endedAt: row[5] ?? null,
  }))
}

/** What the target keeps of one run. */
export async function targetGroups(connection: Connection, runId: string): Promise<TargetGroups> {
  const { rows } = await connection.query(booksOf(connection).selectGroups, [runId])
  const committed = new Map<string, GroupFacts>()
  const owners: (readonly [number, string])[] = []
  const rescues: RescueFacts[] = []
  let plan: Plan | null = null
  for (const [group, json] of rows) {
    if (group === undefined || group === null || json === undefined || json === null) continue
    const facts = parseFacts(group, json)
    if (facts !== null) committed.set(group, facts)
    else if (group === planRow) plan = JSON.parse(json) as Plan
    else if (group.startsWith(rescuePrefix)) rescues.push(JSON.parse(json) as RescueFacts)
    else if (group.startsWith(ownerPrefix)) owners.push([Number(group.slice(ownerPrefix.length)), json])
  }
  return { plan, committed, owners: owners.toSorted(([a], [b]) => a - b).map(([, owner]) => owner), rescues }
}

/** Row of a run that holds its plan, so that a lost local store still allows resume and undo. */
export const planRow = '@plan'
/** Row of a run that holds who attempted it. Its key is unique, so of two that take a run over at once only one succeeds. */
export const ownerRow = (attempt: number): string => `${ownerPrefix}${attempt}`
const ownerPrefix = '@owner.'
/** Row of a run that holds a copy which an undo of it made. */
export const rescueRow = ({ schema, name }: TableName): string => `${rescuePrefix}${JSON.stringify([schema, name])}`
const rescuePrefix = '@rescue.'

/**
 * One at a time of those who drop copies or rely on them: two might each take away the copy that the other counts on. Inside a transaction, which holds it;
 * the second waits for the first to end.
 */
export async function holdCopies(connection: Connection, work: () => Promise<void>): Promise<void> {
  const books = booksOf(connection)
  await connection.execute(books.insertClaim, [copiesClaim, copiesClaim])
  await work()
  await connection.execute(books.deleteClaims, [copiesClaim])
}
const copiesClaim = '@copies'

/** `work` in a transaction of the target's own kind. */
export async function inTransaction(connection: Connection, work: () => Promise<void>): Promise<void> {
  const { dialect } = connection
  for (const { text } of dialect.statements({ kind: 'begin', tables: [] })) await connection.execute(text)
  try {
    await work()
  } catch (error) {
    await connection.execute('ROLLBACK')
    throw error
  }
  for (const { text } of dialect.statements({ kind: 'commit' })) await connection.execute(text)
}

/** Keys that a run claims: the tables it touches, by the name they have and the name they get. JSON, so no name can look like two. */
export function claimKeys(plan: Plan, connection: Connection): readonly string[] {
  const { can } = connection.dialect
  const keyOf = ({ schema, name }: TableName) =>
    JSON.stringify([foldName(can, schema === '' ? can.defaultSchema : schema), foldName(can, name)])
  const names = plan.groups.flatMap((group) => group.tables.flatMap(({ name, from }) => [name, ...(from === null ? [] : [from])]))
  return [...new Set(names.map(keyOf))].toSorted()
}

/** Identity rows as the target has them now. */
export async function readIdentities(connection: Connection): Promise<readonly IdentityRecord[]> {
  return identityRows(await connection.query(booksOf(connection).selectIdentities))
}

/** Identities that belong to the tables of a group. */
export function groupIdentities(plan: Plan, group: PlanGroup, connection: Connection): readonly PlanIdentity[] {
  const { can } = connection.dialect
  const keys = new Set(group.tables.filter(({ action }) => action !== 'drop').map(({ name }) => tableKey(can, name)))
  const known = identitiesByKey(plan, connection)
  return [...keys].flatMap((key) => known.get(key) ?? [])
}

const identityKeys = new WeakMap<Plan, ReadonlyMap<string, readonly PlanIdentity[]>>()

/** A plan's identities by table key, made once: a plan of thousands of tables asks once a table. */
function identitiesByKey(plan: Plan, { dialect }: Connection): ReadonlyMap<string, readonly PlanIdentity[]> {
  const known = identityKeys.get(plan)
  if (known !== undefined) return known
  const made = new Map<string, PlanIdentity[]>()
  for (const identity of plan.identities) {
    const key = tableKey(dialect.can, identity.name)
    made.set(key, [...(made.get(key) ?? []), identity])
  }
  identityKeys.set(plan, made)
  return made
}

/**
 * Writes the identities given, and forgets every other model object that was known under one of these tables' names: a model without stored ids has new ones each time.
 * `known` is what the target has now; rows that say the same already are not written again.
 */
export async function recordIdentities(
  connection: Connection,
  identities: readonly PlanIdentity[],
  known: readonly IdentityRecord[],
): Promise<void> {
  const books = booksOf(connection)
  const { can } = connection.dialect
  const mine = new Map(identities.map((identity) => [tableKey(can, identity.name), identity.table]))
  const forget = new Set<string>()
  for (const row of known) {
    const owner = mine.get(tableKey(can, { schema: row.schema, name: row.table }))
    if (owner !== undefined && owner !== row.tableId) forget.add(row.tableId)
  }
  for (const tableId of forget) await connection.execute(books.deleteIdentity, [tableId])
  const there = new Map(known.filter((row) => !forget.has(row.tableId)).map((row) => [rowKey(row.tableId, row.fieldId), row]))
  for (const identity of identities) {
    const { table, name } = identity
    for (const field of identityFields(identity)) {
      const row = there.get(rowKey(table, field.id))
      if (row !== undefined && row.schema === name.schema && row.table === name.name && row.column === field.name) continue
      await connection.execute(books.upsertIdentity, [table, field.id, name.schema, name.name, field.name])
    }
  }
}

/** The rows of one table: itself, each field, and the shape that it was deployed in. */
export function identityFields({ fields, shape }: PlanIdentity): readonly { readonly id: string; readonly name: string }[] {
  return [{ id: '', name: '' }, ...fields, ...(shape === undefined ? [] : [{ id: shapeRow, name: JSON.stringify(shape) }])]
}

const rowKey = (tableId: string, fieldId: string) => `${tableId} ${fieldId}`

/** Puts identity rows back as they were: what the group wrote goes, what was there comes back. */
export async function restoreIdentities(
  connection: Connection,
  written: readonly PlanIdentity[],
  before: readonly IdentityRecord[],
): Promise<void> {
  const books = booksOf(connection)
  for (const { table } of written) await connection.execute(books.deleteIdentity, [table])
  for (const row of before) await connection.execute(books.upsertIdentity, [row.tableId, row.fieldId, row.schema, row.table, row.column])
}
