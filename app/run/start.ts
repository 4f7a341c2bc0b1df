import type { Plan } from '../commands/plan.ts'
import { MetaMigrateError } from '../errors.ts'
import type { Connection } from '../flavor/driver.ts'
import {
  booksOf,
  claimKeys,
  ensureBooks,
  inTransaction,
  ownerRow,
  planRow,
  readIdentities,
  recordIdentities,
  targetGroups,
  targetRuns,
} from './books.ts'
import { holdsOnlyCopies } from './backups/cleanup-proof.ts'
import { isOwnerAlive } from './context.ts'
import type { RunContext, StartedRun } from './context.ts'
import { runGroup, StepFailure } from './run-group.ts'
import type { RunState, RunSummary } from './report.ts'
import type { LiveRun } from './session.ts'
import { nowOf, runErrorOf, summaryOf, throwIfCancelled } from './session.ts'

export interface RunInput extends RunContext {
  readonly plan: Plan
}

/**
 * Starts a plan. The promise rejects when the run is refused before anything is changed: PLAN_BLOCKED (findings of severity error), PLAN_MISMATCH (another flavor),
 * RUN_CONFLICT (another run holds a table). After that `done` tells how it ended.
 */
export async function startRun(input: RunInput): Promise<StartedRun> {
  const { plan, ...context } = input
  const blocking = plan.findings.filter(({ severity }) => severity === 'error')
  if (blocking.length > 0) {
    throw new MetaMigrateError(
      'PLAN_BLOCKED',
      `The plan is not run: ${blocking[0]?.message ?? ''}${blocking.length > 1 ? ` (and ${blocking.length - 1} more)` : ''}`,
      { codes: blocking.map(({ code }) => code) },
    )
  }
  const connection = await context.openConnection()
  try {
    if (connection.dialect.name !== plan.flavor)
      throw new MetaMigrateError('PLAN_MISMATCH', `The plan was made for ${plan.flavor}, the target is ${connection.dialect.name}.`)
    const run = newRun(context.newId(), plan, context, connection)
    await ensureBooks(connection)
    await claim(run)
    context.journal.begin({
      id: run.id,
      plan,
      state: 'running',
      owner: ownerJson(context, connection),
      startedAt: run.startedAt,
      endedAt: null,
      error: null,
    })
    await register(run, 1, true)
    context.emit?.({ kind: 'run.started', run: summaryOf(run) })
    return { runId: run.id, done: drive(run) }
  } catch (error) {
    await connection.close()
    throw error
  }
}

/** Runs a plan to its end. Rejects as `startRun` does; otherwise the summary says how it ended. */
export async function runPlan(input: RunInput): Promise<RunSummary> {
  return (await startRun(input)).done
}

/** A run that has done nothing yet. */
export function newRun(id: string, plan: Plan, context: RunContext, connection: Connection): LiveRun {
  return {
    id,
    plan,
    context,
    connection,
    startedAt: nowOf(context),
    committed: new Map(),
    state: 'running',
    endedAt: null,
    error: null,
    stepsDone: 0,
    rescues: [],
    identities: null,
  }
}

/** Who runs, as it is kept: facts of the process and the session on the server. */
export function ownerJson(context: RunContext, connection: Connection): string {
  return JSON.stringify({ ...context.owner.facts, session: connection.server.session })
}

/** Refuses at once when another run holds one of the tables, naming it. */
async function claim(run: LiveRun): Promise<void> {
  const { connection, plan } = run
  const { rows } = await connection.query(booksOf(connection).selectClaims)
  const mine = new Set(claimKeys(plan, connection))
  const held = rows.find(([key, runId]) => mine.has(key ?? '') && runId !== run.id)
  if (held !== undefined) throw await conflict(run, held[0] ?? '', held[1] ?? '')
}

async function conflict(run: LiveRun, key: string, runId: string): Promise<MetaMigrateError> {
  const { connection, context } = run
  const first = (await targetRuns(connection)).find(({ id }) => id === runId)
  const { owners } = await targetGroups(connection, runId)
  const owner = owners.at(-1) ?? first?.owner ?? '{}'
  const [schema, name] = JSON.parse(key) as [string, string]
  const table = connection.dialect.display({ schema, name })
  const alive = await isOwnerAlive(context.owner, owner, connection)
  const since = first === undefined ? '' : ` since ${first.startedAt}`
  const message = alive
    ? `Run ${runId} is at work on ${table}${since}: wait for it, or cancel it.`
    : `Run ${runId} on ${table} was interrupted: resume or undo it first.`
  return new MetaMigrateError('RUN_CONFLICT', message, { run: runId, table, interrupted: !alive })
}

/**
 * Writes the run, its plan, its claims and who attempts it into the target, all or nothing.
 * `isNew` false: the run is there already and is taken over; of two who try, one gets RUN_CONFLICT.
 */
export async function register(run: LiveRun, attempt: number, isNew: boolean): Promise<void> {
  const { connection, context, plan, id } = run
  const books = booksOf(connection)
  const owner = ownerJson(context, connection)
  try {
    await inTransaction(connection, async () => {
      if (isNew) {
        await connection.execute(books.insertRun, [
          id,
          plan.hash,
          'running',
          owner,
          run.startedAt,
          String(context.owner.facts['version'] ?? ''),
        ])
        await connection.execute(books.insertGroup, [id, planRow, JSON.stringify(plan)])
        await recordIdentities(connection, unchangedIdentities(plan), await readIdentities(connection))
      } else {
        await connection.execute(books.updateRun, ['running', null, id])
        await connection.execute(books.deleteClaims, [id])
      }
      await connection.execute(books.insertGroup, [id, ownerRow(attempt), owner])
      for (const key of claimKeys(plan, connection)) await connection.execute(books.insertClaim, [key, id])
    })
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || error.code !== 'UNIQUE_VIOLATION') throw error
    context.journal.update(id, { state: isNew ? 'failed' : 'interrupted', endedAt: nowOf(context), error: runErrorOf(error, null) })
    await claim(run)
    throw new MetaMigrateError('RUN_CONFLICT', `Run ${id} was just taken over by another process.`, { run: id }, { cause: error })
  }
}

/** Unchanged tables are what the model says they are: their names are recorded even when nothing runs on them. */
function unchangedIdentities(plan: Plan): Plan['identities'] {
  const names = new Set(plan.unchanged.map(({ schema, name }) => `${schema}\u0000${name}`))
  return plan.identities.filter(({ name }) => names.has(`${name.schema}\u0000${name.name}`))
}

/** Runs what is not committed yet, group by group, and closes the session. Never rejects. */
export async function drive(run: LiveRun, { isResumed }: { readonly isResumed: boolean } = { isResumed: false }): Promise<RunSummary> {
  const { context, connection } = run
  const stop = () => void connection.cancel()
  context.signal?.addEventListener('abort', stop)
  try {
    for (const group of run.plan.groups) {
      if (run.committed.has(group.id)) continue
      throwIfCancelled(context)
      if (isResumed && group.cleanup && (await holdsOnlyCopies(run, group))) continue
      await runGroup(run, group)
    }
    run.error = null
    await finish(run, 'done')
  } catch (error) {
    run.error = error instanceof StepFailure ? error.report : runErrorOf(error, null)
    await finishBadly(run)
  } finally {
    context.signal?.removeEventListener('abort', stop)
  }
  return closeRun(run)
}

/** Writes how a run ended, target first: the target decides, the local store follows. */
export async function finish(run: LiveRun, state: RunState): Promise<void> {
  const { connection, context, id } = run
  const books = booksOf(connection)
  const endedAt = nowOf(context)
  await inTransaction(connection, async () => {
    await connection.execute(books.updateRun, [state, endedAt, id])
    await connection.execute(books.deleteClaims, [id])
  })
  run.state = state
  run.endedAt = endedAt
  context.journal.update(id, { state, endedAt, error: run.error })
}

/** The same after a failure, when the session itself may be gone: then a new one is tried, and the local store is written in any case. */
export async function finishBadly(run: LiveRun): Promise<void> {
  const state: RunState = run.error?.code === 'CANCELLED' ? 'cancelled' : 'failed'
  try {
    await finish(run, state)
  } catch (error) {
    const again = await finishAnew(run, state)
    if (again === null) return
    const endedAt = nowOf(run.context)
    run.state = 'interrupted'
    run.endedAt = endedAt
    run.error = { ...(run.error ?? runErrorOf(error, null)), details: { ...run.error?.details, record: again } }
    run.context.journal.update(run.id, { state: 'interrupted', endedAt, error: run.error })
  }
}

/** Null when a new session could write the end of the run; otherwise why not. */
async function finishAnew(run: LiveRun, state: RunState): Promise<string | null> {
  try {
    const connection = await run.context.openConnection()
    try {
      const anew: LiveRun = { ...run, connection }
      await finish(anew, state)
      run.state = anew.state
      run.endedAt = anew.endedAt
      return null
    } finally {
      await connection.close()
    }
  } catch (error) {
    return runErrorOf(error, null).message
  }
}

/** Ends the session and tells everyone. */
export async function closeRun(run: LiveRun): Promise<RunSummary> {
  try {
    await run.connection.close()
  } catch (error) {
    run.error ??= runErrorOf(error, null)
  }
  const summary = summaryOf(run)
  run.context.emit?.({ kind: 'run.ended', run: summary })
  return summary
}
