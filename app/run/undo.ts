import type { GroupFacts } from '../commands/history.ts'
import type { PlanGroup } from '../commands/plan.ts'
import { tableKey } from '../diff/names.ts'
import { MetaMigrateError } from '../errors.ts'
import { booksOf, groupIdentities, holdCopies, rescueRow, restoreIdentities, targetGroups, targetRuns } from './books.ts'
import type { RescueFacts } from './books.ts'
import type { RunContext, StartedRun } from './context.ts'
import { openRun } from './open-run.ts'
import type { RunPreview, RunState, RunSummary } from './report.ts'
import { closeRun, finish, finishBadly, ownerJson, register } from './start.ts'
import type { LiveRun } from './session.ts'
import { nowOf, runErrorOf, summaryOf, throwIfCancelled } from './session.ts'
import { committedSteps } from './summary.ts'
import { proveGroup } from './undo-proof.ts'

export interface UndoOptions extends RunContext {
  /** Rows written since the run may go from the table: they are copied to a table of their own first. */
  readonly acceptLoss?: boolean
}

/**
 * Takes a run back, group by group, the last first, each in one transaction.
 * Rejects: RUN_NOT_FOUND, RUN_CONFLICT, UNDO_IMPOSSIBLE (backups dropped, or a step without a way back), UNDO_OUT_OF_ORDER (a later run changed a table),
 * UNDO_WOULD_LOSE (rows were written since) unless `acceptLoss`.
 */
export async function startUndo(runId: string, options: UndoOptions): Promise<StartedRun> {
  const connection = await options.openConnection()
  try {
    const { run, attempts } = await openRun(runId, options, connection)
    const before = run.state
    refuse(run)
    const acceptLoss = options.acceptLoss === true
    const others = await refuseOutOfOrder(run)
    for (const group of undoable(run)) await proveGroup({ run, group, acceptLoss, others })
    await register(run, attempts + 1, false)
    run.state = 'running'
    options.journal.update(runId, { state: 'running', owner: ownerJson(options, connection), endedAt: null, error: null })
    options.emit?.({ kind: 'run.started', run: summaryOf(run) })
    return { runId, done: driveUndo(run, before, { acceptLoss, others }) }
  } catch (error) {
    await connection.close()
    throw error
  }
}

/** What an undo of a run would run, as it stands. Errors: those of `startUndo`. */
export async function previewUndo(run: LiveRun, acceptLoss: boolean): Promise<RunPreview> {
  refuse(run)
  const others = await refuseOutOfOrder(run)
  const groups: { title: string; steps: { text: string }[] }[] = []
  const copies: RunPreview['copies'][number][] = []
  for (const group of undoable(run)) {
    const rescues = await proveGroup({ run, group, acceptLoss, others })
    const { head, body, tail } = backwards(group)
    const texts = [...head, ...rescues.flatMap(({ statements }) => statements), ...body, ...tail]
    groups.push({ title: group.title, steps: texts.map((text) => ({ text })) })
    copies.push(...rescues.map(({ facts: { name, table, rows } }) => ({ name, table, rows })))
  }
  return { run: summaryOf(run), groups, copies }
}

/** Takes a run back and waits for the end. */
export async function undoRun(runId: string, options: UndoOptions): Promise<RunSummary> {
  return (await startUndo(runId, options)).done
}

const undoable = (run: LiveRun): readonly PlanGroup[] => run.plan.groups.filter(({ id }) => run.committed.has(id)).toReversed()

function refuse(run: LiveRun): void {
  const impossible = (why: string) => new MetaMigrateError('UNDO_IMPOSSIBLE', `Run ${run.id} cannot be undone: ${why}`, { run: run.id })
  if (run.state === 'undone') throw impossible('it is undone already.')
  if ([...run.committed.values()].some(({ cleanup }) => cleanup)) throw impossible('its backups were dropped, so the old rows are gone.')
  const stuck = undoable(run)
    .flatMap(({ steps }) => steps)
    .find((step) => step.undo === null)
  if (stuck !== undefined) throw impossible(`"${stuck.summary}" has no way back.`)
}

/**
 * A later run that changed one of the tables stands on what this one made: it has to go first. Gives the keys of the backups that later runs made: such a
 * table is theirs, even where this run once had one of that name.
 */
async function refuseOutOfOrder(run: LiveRun): Promise<ReadonlySet<string>> {
  const { connection } = run
  const { can } = connection.dialect
  const runs = await targetRuns(connection)
  const keysOf = (facts: GroupFacts) =>
    facts.tables
      .filter(({ action }) => action !== 'backup')
      .flatMap(({ name, from }) => [tableKey(can, name), ...(from === null ? [] : [tableKey(can, from)])])
  const mine = new Set([...run.committed.values()].flatMap(keysOf))
  const backups = new Set<string>()
  for (const later of runs.slice(
    0,
    runs.findIndex(({ id }) => id === run.id),
  )) {
    if (later.state === 'undone') continue
    const groups = [...(await targetGroups(connection, later.id)).committed.values()].filter(({ cleanup }) => !cleanup)
    for (const { tables } of groups) for (const { backup, action } of tables) if (backup !== null && action !== 'restore') backups.add(tableKey(can, backup))
    if (!groups.some((facts) => keysOf(facts).some((key) => mine.has(key)))) continue
    throw new MetaMigrateError('UNDO_OUT_OF_ORDER', `Run ${later.id} changed a table of run ${run.id} later: undo ${later.id} first.`, {
      run: run.id,
      later: later.id,
    })
  }
  return backups
}

interface Permit {
  readonly acceptLoss: boolean
  readonly others: ReadonlySet<string>
}

async function driveUndo(run: LiveRun, before: RunState, permit: Permit): Promise<RunSummary> {
  const { context, connection } = run
  const stop = () => void connection.cancel()
  context.signal?.addEventListener('abort', stop)
  const total = run.committed.size
  try {
    for (const group of undoable(run)) {
      throwIfCancelled(context)
      await undoGroup(run, group, permit)
    }
    run.error = null
    await finish(run, 'undone')
  } catch (error) {
    run.error = runErrorOf(error, null)
    if (run.committed.size === total && before === 'done') await finishAs(run, before)
    else await finishBadly(run)
  } finally {
    context.signal?.removeEventListener('abort', stop)
  }
  return closeRun(run)
}

/** Nothing was taken back: the run is what it was. */
async function finishAs(run: LiveRun, state: RunState): Promise<void> {
  try {
    await finish(run, state)
  } catch (error) {
    run.error = runErrorOf(error, null)
    await finishBadly(run)
  }
}

/** One group back, in one transaction: what the commit step carries opens it, what the begin step carries closes it. */
async function undoGroup(run: LiveRun, group: PlanGroup, permit: Permit): Promise<void> {
  const { connection, context, plan, id } = run
  const { head, body, tail } = backwards(group)
  const made: RescueFacts[] = []
  try {
    for (const text of head) await execute(run, group, text)
    await holdCopies(connection, async () => {
      // Again, now that nobody else can write: nothing is taken away before it is proved to be somewhere else.
      const rescues = await proveGroup({ run, group, ...permit })
      for (const { statements } of rescues) for (const text of statements) await execute(run, group, text)
      for (const text of body) {
        throwIfCancelled(context)
        await execute(run, group, text)
      }
      const books = booksOf(connection)
      await restoreIdentities(connection, groupIdentities(plan, group, connection), run.committed.get(group.id)?.identitiesBefore ?? [])
      await connection.execute(books.deleteGroup, [id, group.id])
      for (const { facts } of rescues) await connection.execute(books.insertGroup, [id, rescueRow(facts.name), JSON.stringify(facts)])
      made.push(...rescues.map(({ facts }) => facts))
    })
    for (const text of tail) await execute(run, group, text)
  } catch (error) {
    context.journal.rolledBack(id, group.id)
    await rollBack(run, error)
    throw error
  }
  run.committed.delete(group.id)
  run.rescues.push(...made)
  for (const facts of made) context.journal.rescued(id, facts)
  run.stepsDone = committedSteps(plan, run.committed)
  context.journal.groupUndone(id, group.id)
}

/** Ends the transaction; an error of its own is told together with the first one. */
async function rollBack(run: LiveRun, error: unknown): Promise<void> {
  try {
    await run.connection.execute('ROLLBACK')
  } catch (second) {
    throw new MetaMigrateError(
      'CONNECTION_LOST',
      `${runErrorOf(error, null).message} The session is gone too, so the server rolls back.`,
      {},
      { cause: new AggregateError([error, second]) },
    )
  }
}

/** Undo texts from the last step to the first: opening frame, what is between, closing frame. */
function backwards(group: PlanGroup): {
  readonly head: readonly string[]
  readonly body: readonly string[]
  readonly tail: readonly string[]
} {
  const steps = group.steps.toReversed()
  const first = steps.findIndex(({ phase }) => phase !== 'frame')
  const last = steps.findLastIndex(({ phase }) => phase !== 'frame')
  const texts = (part: typeof steps) => part.flatMap(({ undo }) => undo ?? [])
  return { head: texts(steps.slice(0, first)), body: texts(steps.slice(first, last + 1)), tail: texts(steps.slice(last + 1)) }
}

async function execute(run: LiveRun, group: PlanGroup, text: string): Promise<void> {
  const { connection, context, id } = run
  const startedAt = nowOf(context)
  const start = context.clock()
  const base = { group: group.id, step: `${group.id}.undo`, text, startedAt }
  context.journal.stepStarted(id, base)
  context.emit?.({ kind: 'step.started', runId: id, group: group.id, step: base.step, done: run.stepsDone, total: run.plan.groups.length })
  const end = (rows: number | null, outcome: 'done' | 'failed') => {
    const entry = { ...base, durationMs: context.clock() - start, rows, outcome }
    context.journal.stepEnded(id, entry)
    context.emit?.({ kind: 'step.ended', runId: id, entry, done: run.stepsDone, total: run.plan.groups.length })
  }
  try {
    end(await connection.execute(text), 'done')
  } catch (error) {
    end(null, 'failed')
    throw error
  }
}
