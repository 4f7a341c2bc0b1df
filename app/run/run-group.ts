import type { PlanGroup, Step } from '../commands/plan.ts'
import { MetaMigrateError, messageOf } from '../errors.ts'
import { tableKey } from '../diff/names.ts'
import type { Rows } from '../flavor/driver.ts'
import type { TableName } from '../model/shape.ts'
import { booksOf, groupIdentities, readIdentities, recordIdentities } from './books.ts'
import { createIdentityIndex } from './identity-index.ts'
import { factsOf } from './facts.ts'
import { judge } from './judge.ts'
import type { Answers } from './judge.ts'
import type { LiveRun } from './session.ts'
import { nowOf, runErrorOf, throwIfCancelled } from './session.ts'
import type { RunError } from './report.ts'

/** A step that failed, with what to tell of it. */
export class StepFailure extends Error {
  readonly report: RunError

  constructor(report: RunError, cause: unknown) {
    super(report.message, { cause })
    this.report = report
  }
}

/**
 * Runs one group as one transaction, texts byte for byte as the plan has them, and records it in the target inside that transaction.
 * Throws StepFailure after the transaction was rolled back.
 */
export async function runGroup(run: LiveRun, group: PlanGroup): Promise<void> {
  const { head, body, tail } = partsOf(group.steps)
  const answers: Answers = new Map()
  let at: Step | undefined
  const all = async (steps: readonly Step[]) => {
    for (const step of steps) {
      at = step
      throwIfCancelled(run.context)
      await runStep(run, group, step, answers)
    }
  }
  const done = run.stepsDone
  try {
    await all(head)
    await checkFingerprints(run, group)
    await all(body)
    const facts = await record(run, group, answers)
    throwIfCancelled(run.context)
    run.context.journal.groupCommitting(run.id, facts)
    await all(tail)
    run.committed.set(group.id, facts)
    run.context.journal.groupCommitted(run.id, group.id)
    run.context.emit?.({ kind: 'group.committed', runId: run.id, group: group.id })
  } catch (error) {
    run.stepsDone = done
    const rollback = await rollBack(run, group)
    throw new StepFailure(reportOf(run, group, at, error, rollback), error)
  }
}

/** Opening frame, what is between, closing frame. */
export function partsOf(steps: readonly Step[]): {
  readonly head: readonly Step[]
  readonly body: readonly Step[]
  readonly tail: readonly Step[]
} {
  const first = steps.findIndex((step) => step.phase !== 'frame')
  const last = steps.findLastIndex((step) => step.phase !== 'frame')
  return { head: steps.slice(0, first), body: steps.slice(first, last + 1), tail: steps.slice(last + 1) }
}

async function runStep(run: LiveRun, group: PlanGroup, step: Step, answers: Answers): Promise<void> {
  const { context, connection, id } = run
  const startedAt = nowOf(context)
  const start = context.clock()
  const total = run.plan.groups.reduce((sum, { steps }) => sum + steps.length, 0)
  const entryOf = (rows: number | null, outcome: 'done' | 'failed') =>
    ({ group: group.id, step: step.id, text: step.text, startedAt, durationMs: context.clock() - start, rows, outcome }) as const
  context.journal.stepStarted(id, { group: group.id, step: step.id, text: step.text, startedAt })
  context.emit?.({ kind: 'step.started', runId: id, group: group.id, step: step.id, done: run.stepsDone, total })
  const end = (rows: number | null, outcome: 'done' | 'failed') => {
    const entry = entryOf(rows, outcome)
    context.journal.stepEnded(id, entry)
    context.emit?.({ kind: 'step.ended', runId: id, entry, done: run.stepsDone, total })
  }
  try {
    const rows = await answer(run, step, answers)
    run.stepsDone++
    end(rows, 'done')
  } catch (error) {
    end(null, 'failed')
    throw error
  }

  async function answer(live: LiveRun, one: Step, kept: Answers): Promise<number | null> {
    if (one.judge.kind === 'execute') return connection.execute(one.text)
    const rows = await live.connection.query(one.text)
    judge(one, rows, kept)
    if (one.judge.kind === 'rejects') await writeRejects(live, one.judge, one.id, rows, kept)
    return rows.rows.length
  }
}

/** Rows that are left out go to a file first, so that they are in two places before they are in one. */
async function writeRejects({ context }: LiveRun, rule: Extract<Step['judge'], { kind: 'rejects' }>, step: string, rows: Rows, answers: Answers): Promise<void> {
  if (rows.rows.length > Number(rule.most)) throw new MetaMigrateError(rule.code, `${rule.message} ${rows.rows.length} now, ${rule.most} when the plan was made.`, { count: String(rows.rows.length), told: rule.most })
  if (rows.rows.length === 0) return
  if (context.writeRejects === undefined) throw new MetaMigrateError('NO_REJECTS', 'There is no folder for a reject file here: run this from the command line.')
  answers.set(step, [String(rows.rows.length), await context.writeRejects(rule.file, rows)])
}

/** Under the locks, and before the first change: the target must still be the one that the plan was made for. */
async function checkFingerprints(run: LiveRun, group: PlanGroup): Promise<void> {
  const { connection, plan } = run
  const { dialect } = connection
  const tables = group.tables.flatMap(({ from }) => from ?? [])
  if (group.cleanup || tables.length === 0) return
  const catalog = await connection.introspect({ tables })
  const key = (name: TableName) => tableKey(dialect.can, name)
  const now = new Map(catalog.tables.map((table) => [key(table.shape), table.fingerprint]))
  const changed = tables
    .filter((table) => now.get(key(table)) !== plan.target.fingerprints[dialect.display(table)])
    .map((table) => dialect.display(table))
  if (changed.length === 0) return
  const message = `${changed.join(', ')} changed in the target since the plan was made (the table, or something that hangs on it). Make a new plan.`
  throw new MetaMigrateError('TARGET_CHANGED', message, { tables: changed })
}

async function record(run: LiveRun, group: PlanGroup, answers: Answers): Promise<ReturnType<typeof factsOf>> {
  const { connection, plan } = run
  const { can } = connection.dialect
  run.identities ??= createIdentityIndex(await readIdentities(connection), can)
  const identities = group.cleanup ? [] : groupIdentities(plan, group, connection)
  const names = group.tables.flatMap(({ name, from }) => [name, ...(from === null ? [] : [from])])
  const known = run.identities.rows(new Set(identities.map(({ table }) => table)), new Set(names.map((name) => tableKey(can, name))))
  const facts = factsOf({ group, answers, identities, known, can })
  await connection.execute(booksOf(connection).insertGroup, [run.id, group.id, JSON.stringify(facts)])
  await recordIdentities(connection, identities, known)
  // A group that does not commit ends the run, and the index with it.
  if (!group.cleanup) run.identities.replace(known, identities)
  return facts
}

/** Null when the transaction is gone for sure; the reason otherwise (the server ends it when the session ends). */
async function rollBack(run: LiveRun, group: PlanGroup): Promise<string | null> {
  run.context.journal.rolledBack(run.id, group.id)
  try {
    await run.connection.execute('ROLLBACK')
    return null
  } catch (error) {
    return messageOf(error)
  }
}

function reportOf(run: LiveRun, group: PlanGroup, step: Step | undefined, error: unknown, rollback: string | null): RunError {
  const base = runErrorOf(error, step?.id ?? null)
  const number = step === undefined ? 0 : group.steps.indexOf(step) + 1
  const place = step === undefined ? group.title : `${step.summary} (${group.title}, step ${number} of ${group.steps.length})`
  const committed = [...run.committed.keys()].filter((id) => id !== group.id).length
  const others = committed === 0 ? 'nothing is changed' : `${committed} of ${run.plan.groups.length} groups are done and stay`
  const state =
    rollback === null ? `This group was rolled back; ${others}.` : `The session is gone, so the server rolls this group back; ${others}.`
  const next = committed === 0 ? 'Mend the cause and plan again.' : 'Mend the cause, then resume the run or undo it.'
  const details = { ...base.details, step: step?.id ?? null, number, of: group.steps.length, group: group.id }
  return { code: base.code, message: `${place}: ${base.message} ${state} ${next}`, details, step: step?.id ?? null }
}
