import { codes } from '../commands/codes.ts'
import { backupShape } from '../commands/compose-table.ts'
import { tableKey } from '../diff/names.ts'
import { MetaMigrateError } from '../errors.ts'
import type { Connection } from '../flavor/driver.ts'
import { booksOf, ensureBooks, holdCopies, inTransaction, rescueRow } from './books.ts'
import type { DroppedFacts } from '../commands/history.ts'
import { describe, keptBecause, readCopies } from './backups/list-backups.ts'
import type { CopiesNow } from './backups/list-backups.ts'
import type { RunRecord } from './backups/known-copies.ts'
import type { HeldCopy } from './backups/only-copy.ts'
import type { RunContext } from './context.ts'
import { isOwnerAlive } from './context.ts'
import { openRun } from './open-run.ts'
import type { Backup, DroppedBackups } from './report.ts'
import { nowOf } from './session.ts'

/** Group under which a run keeps that its backups were dropped by hand. */
export const droppedGroup = 'dropped'

// Dropping takes locks on everything that belongs to a table: few at a time keeps far away from a server's lock table.
const tablesPerTransaction = 50

export interface DropRequest {
  /** Ids of runs, each of which is to exist and to keep something; or every run that ended before a moment (ISO 8601, UTC) and may be dropped. */
  readonly runs: readonly string[] | { readonly before: string }
  /** Codes of losses that are accepted: MM104. */
  readonly accept: readonly string[]
  readonly dryRun: boolean
  /** What was shown as held by these copies alone when the person accepted it; more than that is refused. Left out: whatever is found is meant. */
  readonly seen?: { readonly rows: string; readonly values: string }
}

/**
 * Drops the copies that ended runs keep: their backups, and what their undos copied aside. A run whose backups are dropped cannot be undone any more.
 * What each copy alone holds is measured before, and again inside the transaction that drops it.
 * Rejects: RUN_NOT_FOUND, RUN_CONFLICT, BACKUPS_NEEDED (a run is not at its end), NO_BACKUPS, ONLY_COPY (something is nowhere else, or more than was shown).
 */
export async function dropBackups(request: DropRequest, context: RunContext): Promise<DroppedBackups> {
  const connection = await context.openConnection()
  try {
    const first = await readCopies(connection)
    const runs = await chosenRuns(request.runs, first, context, connection)
    // Runs that the target had lost were written back meanwhile, and with them what they keep.
    const now = runs.every(({ id }) => first.records.some((run) => run.id === id)) ? first : await readCopies(connection)
    const chosen = now.holdings.copies.filter(({ copy }) => runs.some(({ id }) => id === copy.run.id))
    if (chosen.length === 0 && !('before' in request.runs)) throw noBackups(runs)
    const backups = await measured(chosen, now, connection)
    const accepted = judge(backups, request)
    const left = leftOf(request.runs, now)
    if (request.dryRun || chosen.length === 0)
      return { dryRun: request.dryRun, backups, accepted, left, statements: chosen.flatMap((held) => dropTexts(held, connection)) }
    await ensureBooks(connection)
    // The local store learns of runs that only the target knew.
    for (const { id } of runs) await openRun(id, context, connection)
    const done: { backups: Backup[]; accepted: DroppedBackups['accepted'][number][]; statements: string[] } = { backups: [], accepted: [], statements: [] }
    for (let at = 0; at < chosen.length; at += tablesPerTransaction) {
      const names = chosen.slice(at, at + tablesPerTransaction).map(({ copy }) => tableKey(connection.dialect.can, copy.name))
      await dropSome(new Set(names), { request, context, connection, done })
    }
    return { dryRun: false, left, ...done }
  } finally {
    await connection.close()
  }
}

async function chosenRuns(wanted: DropRequest['runs'], { records, holdings }: CopiesNow, context: RunContext, connection: Connection): Promise<readonly RunRecord[]> {
  if ('before' in wanted) {
    const keeping = new Set(holdings.copies.filter(({ copy }) => copy.madeAt < wanted.before).map(({ copy }) => copy.run.id))
    return records.filter((run) => keeping.has(run.id) && keptBecause(run) === null)
  }
  const runs: RunRecord[] = []
  for (const id of new Set(wanted)) {
    const run = records.find((one) => one.id === id) ?? (await recovered(id, context, connection))
    if (run.state === 'running' && (await isOwnerAlive(context.owner, run.owner, connection)))
      throw new MetaMigrateError('RUN_CONFLICT', `Run ${id} is still at work: wait for it, or cancel it.`, { run: id })
    const state = run.state === 'running' ? 'interrupted' : run.state
    if (keptBecause(run) !== null)
      throw new MetaMigrateError('BACKUPS_NEEDED', `Run ${id} is ${state}: its backups are needed to resume or undo it. Do that first.`, { run: id })
    runs.push(run)
  }
  return runs
}

/** Copies that are old enough, but needed. */
function leftOf(wanted: DropRequest['runs'], { holdings }: CopiesNow): DroppedBackups['left'] {
  if (!('before' in wanted)) return []
  return holdings.copies.flatMap(({ copy }) => {
    const why = copy.madeAt < wanted.before ? keptBecause(copy.run) : null
    return why === null ? [] : [{ name: copy.name, run: copy.run.id, why }]
  })
}

/** A run that the target lost: the local store writes it back. Errors: RUN_NOT_FOUND. */
async function recovered(id: string, context: RunContext, connection: Connection): Promise<RunRecord> {
  await openRun(id, context, connection)
  const run = (await readCopies(connection)).records.find((one) => one.id === id)
  if (run === undefined) throw new MetaMigrateError('RUN_NOT_FOUND', `There is no run ${id}. \`runs\` lists them.`, { run: id })
  return run
}

function noBackups(runs: readonly RunRecord[]): MetaMigrateError {
  const ids = runs.map(({ id }) => id)
  return new MetaMigrateError('NO_BACKUPS', `Run ${ids.join(', ')} keeps no backup.`, { runs: ids })
}

/** Each copy with what it alone holds once those before it are gone. */
async function measured(chosen: readonly HeldCopy[], now: CopiesNow, connection: Connection): Promise<readonly Backup[]> {
  const gone = new Set<HeldCopy>()
  const backups: Backup[] = []
  for (const held of chosen) {
    gone.add(held)
    backups.push(await describe(held, now, gone, connection))
  }
  return backups
}

const sole = ({ onlyCopy }: Backup) => onlyCopy !== null && (onlyCopy.rows !== '0' || onlyCopy.values.length > 0)

const sum = (counts: readonly string[]): bigint => counts.reduce((total, one) => total + BigInt(one), 0n)

/** What the drop takes from everywhere, summed. */
export function soleTotals(backups: readonly Backup[]): { readonly rows: string; readonly values: string } {
  return {
    rows: String(sum(backups.map(({ onlyCopy }) => onlyCopy?.rows ?? '0'))),
    values: String(sum(backups.flatMap(({ onlyCopy }) => (onlyCopy?.values ?? []).map(({ count }) => count)))),
  }
}

/** What is accepted of the losses. Errors: ONLY_COPY. */
function judge(backups: readonly Backup[], { accept, seen, dryRun }: DropRequest): DroppedBackups['accepted'] {
  const losses = backups.filter(sole)
  if (losses.length === 0) return []
  const totals = soleTotals(backups)
  const isMore = seen !== undefined && (BigInt(totals.rows) > BigInt(seen.rows) || BigInt(totals.values) > BigInt(seen.values))
  if (!dryRun && (!accept.includes(codes.onlyCopy) || isMore)) {
    const said = losses.map((backup) => `${nameText(backup.name)} is the only copy of ${soleText(backup)}`).join('; ')
    const what = isMore && accept.includes(codes.onlyCopy) ? 'More than was shown would go' : 'Nothing was dropped'
    throw new MetaMigrateError('ONLY_COPY', `${what}: ${said}. Accept ${codes.onlyCopy} if that is meant (--accept ${codes.onlyCopy}).`, {
      code: codes.onlyCopy,
      ...totals,
      backups: losses.map(({ name }) => nameText(name)),
    })
  }
  if (!accept.includes(codes.onlyCopy)) return []
  return losses.map(({ name, table, onlyCopy }) => ({
    code: codes.onlyCopy,
    backup: name,
    table: table ?? name,
    rows: onlyCopy?.rows ?? '0',
    values: onlyCopy?.values ?? [],
  }))
}

const nameText = ({ schema, name }: { readonly schema: string; readonly name: string }) => (schema === '' ? name : `${schema}.${name}`)

/** `3 rows of shop.item, and of 2 values of its field note`. */
export function soleText({ onlyCopy, table }: Backup): string {
  const rows = onlyCopy?.rows ?? '0'
  const of = table === null ? '' : ` of ${nameText(table)}`
  const parts = [
    ...(rows === '0' ? [] : [`${rows} ${rows === '1' ? 'row' : 'rows'}${of}`]),
    ...(onlyCopy?.values ?? []).map(({ field, count }) => `${count} ${count === '1' ? 'value' : 'values'} of ${field}, a field that went${rows === '0' ? ` from ${table === null ? '' : nameText(table)}` : ''}`),
  ]
  return parts.join(' and ')
}

function dropTexts({ shape }: HeldCopy, { dialect }: Connection): readonly string[] {
  return dialect.statements({ kind: 'dropTable', shape: backupShape(shape, { schema: shape.schema, name: shape.name }) }).map(({ text }) => text)
}

interface Dropping {
  readonly request: DropRequest
  readonly context: RunContext
  readonly connection: Connection
  readonly done: { readonly backups: Backup[]; readonly accepted: DroppedBackups['accepted'][number][]; readonly statements: string[] }
}

interface Some {
  backups: readonly Backup[]
  accepted: DroppedBackups['accepted']
  readonly statements: string[]
  runs: RunRecord[]
  readonly groups: { readonly run: string; readonly group: string }[]
}

/** One transaction: the copies of these names are measured again, judged again, and dropped. */
async function dropSome(names: ReadonlySet<string>, { request, context, connection, done }: Dropping): Promise<void> {
  const { journal } = context
  const some: Some = { backups: [], accepted: [], statements: [], runs: [], groups: [] }
  await inTransaction(connection, () =>
    holdCopies(connection, async () => {
      const now = await readCopies(connection)
      const chosen = now.holdings.copies.filter(({ copy }) => names.has(tableKey(connection.dialect.can, copy.name)))
      some.backups = await measured(chosen, now, connection)
      some.accepted = judge(some.backups, request)
      for (const held of chosen) {
        for (const text of dropTexts(held, connection)) {
          await logged(held.copy.run.id, text, context, connection)
          some.statements.push(text)
        }
      }
      const facts: DroppedFacts = {
        at: nowOf(context),
        names: chosen.map(({ copy }) => copy.name),
        accepted: some.accepted,
      }
      some.runs = now.records.filter(({ id }) => chosen.some(({ copy }) => copy.run.id === id))
      for (const run of some.runs) some.groups.push(...(await recordDrop(run, chosen, facts, { context, connection })))
    }),
  )
  for (const { run, group } of some.groups) journal.groupCommitted(run, group)
  done.backups.push(...some.backups)
  done.accepted.push(...some.accepted)
  done.statements.push(...some.statements)
}

/** Writes down what goes. Gives the groups that are recorded, for the local store to know once they are committed. */
async function recordDrop(
  run: RunRecord,
  chosen: readonly HeldCopy[],
  facts: DroppedFacts,
  { context, connection }: Pick<Dropping, 'context' | 'connection'>,
): Promise<readonly { readonly run: string; readonly group: string }[]> {
  const books = booksOf(connection)
  const own = chosen.flatMap(({ copy }) => (copy.run.id === run.id ? [copy] : []))
  const mine = { ...facts, names: own.map(({ name }) => name), accepted: facts.accepted.filter(({ backup }) => own.some(({ name }) => name === backup)) }
  for (const { rescue, name } of own) {
    if (rescue === null) continue
    await connection.execute(books.deleteGroup, [run.id, rescueRow(name)])
    await connection.execute(books.insertGroup, [run.id, rescueRow(name), JSON.stringify({ ...rescue, dropped: mine })])
    context.journal.rescued(run.id, { ...rescue, dropped: mine })
  }
  if (own.every(({ rescue }) => rescue !== null)) return []
  const before = run.dropped?.size ?? 0
  const group = before === 0 ? droppedGroup : `${droppedGroup}.${before}`
  const record = { format: 1, group, cleanup: true, tables: [], identitiesBefore: [], dropped: mine } as const
  await connection.execute(books.insertGroup, [run.id, group, JSON.stringify(record)])
  context.journal.groupCommitting(run.id, record)
  return [{ run: run.id, group }]
}

async function logged(runId: string, text: string, context: RunContext, connection: Connection): Promise<void> {
  const startedAt = nowOf(context)
  const start = context.clock()
  const entry = { group: droppedGroup, step: droppedGroup, text, startedAt }
  context.journal.stepStarted(runId, entry)
  try {
    const rows = await connection.execute(text)
    context.journal.stepEnded(runId, { ...entry, durationMs: context.clock() - start, rows, outcome: 'done' })
  } catch (error) {
    context.journal.stepEnded(runId, { ...entry, durationMs: context.clock() - start, rows: null, outcome: 'failed' })
    throw error
  }
}
