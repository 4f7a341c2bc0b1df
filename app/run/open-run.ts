import { hasBooks } from '../commands/history.ts'
import type { GroupFacts } from '../commands/history.ts'
import type { Plan } from '../commands/plan.ts'
import { MetaMigrateError } from '../errors.ts'
import type { Connection } from '../flavor/driver.ts'
import { booksOf, ensureBooks, inTransaction, planRow, rescueRow, targetGroups, targetRuns } from './books.ts'
import type { TargetGroups, TargetRun } from './books.ts'
import type { JournalRun } from './journal.ts'
import { tableKey } from '../diff/names.ts'
import { isOwnerAlive } from './context.ts'
import type { RunContext } from './context.ts'
import type { RunState } from './report.ts'
import { newRun } from './start.ts'
import type { LiveRun } from './session.ts'
import { committedSteps } from './summary.ts'

/** A run of the past, opened for going on with it, with the number of attempts so far. */
export interface OpenedRun {
  readonly run: LiveRun
  readonly attempts: number
}

/** A run as it was found, before anything is done about it. */
interface Found {
  readonly plan: Plan
  readonly there: TargetRun | undefined
  readonly local: JournalRun | null
  readonly kept: TargetGroups
  readonly owner: string
  readonly state: RunState
}

const nothingKept: TargetGroups = { plan: null, committed: new Map(), owners: [], rescues: [] }

/** Errors: RUN_NOT_FOUND, PLAN_MISMATCH. */
async function findRun(runId: string, context: RunContext, connection: Connection): Promise<Found> {
  const isKept = await hasBooks(connection)
  const there = isKept ? (await targetRuns(connection)).find(({ id }) => id === runId) : undefined
  const local = context.journal.get(runId)
  const kept = isKept ? await targetGroups(connection, runId) : nothingKept
  const plan = kept.plan ?? local?.plan
  if (plan === undefined) {
    throw new MetaMigrateError('RUN_NOT_FOUND', `There is no run ${runId}, neither here nor in the target. \`runs\` lists them.`, {
      run: runId,
    })
  }
  if (plan.flavor !== connection.dialect.name)
    throw new MetaMigrateError('PLAN_MISMATCH', `Run ${runId} belongs to a target of flavor ${plan.flavor}.`)
  const owner = kept.owners.at(-1) ?? there?.owner ?? local?.owner ?? '{}'
  return { plan, there, local, kept, owner, state: (there?.state ?? local?.state ?? 'running') as RunState }
}

/**
 * A run as it stands, for showing what would be done about it: nothing is written, nobody is waited for or ended.
 * Errors: RUN_NOT_FOUND, RUN_CONFLICT (its owner still lives).
 */
export async function lookAtRun(runId: string, context: RunContext, connection: Connection): Promise<LiveRun> {
  const { plan, there, local, kept, owner, state } = await findRun(runId, context, connection)
  if (state === 'running' && (await isOwnerAlive(context.owner, owner, connection))) throw atWork(runId)
  const committed = new Map(kept.committed)
  if (there === undefined) for (const [group, facts] of await recoverGroups(runId, plan, context, connection)) committed.set(group, facts)
  const base = newRun(runId, plan, context, connection)
  return {
    ...base,
    startedAt: there?.startedAt ?? local?.startedAt ?? base.startedAt,
    state: state === 'running' ? 'interrupted' : state,
    committed,
    rescues: [...kept.rescues],
    stepsDone: committedSteps(plan, committed),
  }
}

const atWork = (runId: string) => new MetaMigrateError('RUN_CONFLICT', `Run ${runId} is still at work: wait for it, or cancel it.`, { run: runId })

/**
 * A run read back from the target, or from the local store where the target lost it; either alone suffices. Waits for, or ends, the session that its owner left.
 * Errors: RUN_NOT_FOUND, RUN_CONFLICT (its owner still lives).
 */
export async function openRun(runId: string, context: RunContext, connection: Connection): Promise<OpenedRun> {
  const { plan, there, local, kept, owner, state } = await findRun(runId, context, connection)
  await ensureBooks(connection)
  if (state === 'running') await waitForOwner(runId, owner, context, connection)
  // What the old session had in flight is decided only now.
  const now = there === undefined ? kept : await targetGroups(connection, runId)
  const committed = new Map(now.committed)
  if (there === undefined) for (const [group, facts] of await recoverGroups(runId, plan, context, connection)) committed.set(group, facts)
  const startedAt = there?.startedAt ?? local?.startedAt ?? newRun(runId, plan, context, connection).startedAt
  const rescues = there === undefined ? context.journal.rescues(runId) : now.rescues
  const run: LiveRun = {
    ...newRun(runId, plan, context, connection),
    startedAt,
    state: state === 'running' ? 'interrupted' : state,
    committed,
    rescues: [...rescues],
    stepsDone: committedSteps(plan, committed),
    identities: null,
  }
  if (there === undefined) await writeBack(run, owner)
  if (local === null)
    context.journal.begin({ id: runId, plan, state: run.state, owner: owner, startedAt, endedAt: there?.endedAt ?? null, error: null })
  syncJournal(run)
  return { run, attempts: now.owners.length }
}

/** An owner that lives keeps its run. One that died may have left a session that still works on its last statement: it decides the last commit, so it must end first. */
async function waitForOwner(runId: string, owner: string, context: RunContext, connection: Connection): Promise<void> {
  if (await isOwnerAlive(context.owner, owner, connection)) throw atWork(runId)
  const { session } = JSON.parse(owner) as Readonly<Record<string, unknown>>
  if (typeof session !== 'string') return
  const limitMs = context.sessionWaitMs ?? 5000
  const pauseMs = 50
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += pauseMs) {
    if (!(await connection.sessionAlive(session))) return
    if (context.wait === undefined) break
    await context.wait(pauseMs)
  }
  await connection.endSession(session)
  for (let tries = 0; tries < 100 && (await connection.sessionAlive(session)); tries++) await context.wait?.(pauseMs)
  if (await connection.sessionAlive(session))
    throw new MetaMigrateError('TARGET_BUSY', `The old session of run ${runId} does not end: end it on the server, then try again.`, {
      run: runId,
      session,
    })
}

/** The target lost its record: the local store says what was committed, and of a commit in doubt the catalog shows whether it came through. */
async function recoverGroups(
  runId: string,
  plan: Plan,
  { journal }: RunContext,
  connection: Connection,
): Promise<ReadonlyMap<string, GroupFacts>> {
  const groups = journal.groups(runId)
  const inDoubt = groups.some(({ committed }) => !committed)
  const { can } = connection.dialect
  const names = inDoubt ? new Set((await connection.introspect()).tables.map(({ shape }) => tableKey(can, shape))) : new Set<string>()
  const isThere = (facts: GroupFacts) =>
    plan.groups
      .find(({ id }) => id === facts.group)
      ?.tables.every(({ name, backup, action }) => names.has(tableKey(can, backup ?? name)) || action === 'drop') === true
  return new Map(groups.filter(({ committed, facts }) => committed || isThere(facts)).map(({ group, facts }) => [group, facts]))
}

async function writeBack(run: LiveRun, owner: string): Promise<void> {
  const { connection, context, plan, id } = run
  const books = booksOf(connection)
  await inTransaction(connection, async () => {
    await connection.execute(books.insertRun, [
      id,
      plan.hash,
      run.state,
      owner,
      run.startedAt,
      String(context.owner.facts['version'] ?? ''),
    ])
    await connection.execute(books.insertGroup, [id, planRow, JSON.stringify(plan)])
    for (const [group, facts] of run.committed) await connection.execute(books.insertGroup, [id, group, JSON.stringify(facts)])
    for (const rescue of run.rescues) await connection.execute(books.insertGroup, [id, rescueRow(rescue.name), JSON.stringify(rescue)])
  })
}

/** The local store learns what the target knows. */
function syncJournal({ id, committed, rescues, context }: LiveRun): void {
  for (const rescue of rescues) context.journal.rescued(id, rescue)
  const known = new Map(context.journal.groups(id).map((group) => [group.group, group.committed]))
  for (const [group, facts] of committed) {
    if (known.get(group) === true) continue
    if (!known.has(group)) context.journal.groupCommitting(id, facts)
    context.journal.groupCommitted(id, group)
  }
  for (const group of known.keys()) if (!committed.has(group)) context.journal.groupUndone(id, group)
}
