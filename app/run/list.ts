import { MetaMigrateError } from '../errors.ts'
import type { Connection } from '../flavor/driver.ts'
import { hasBooks } from '../commands/history.ts'
import type { GroupFacts } from '../commands/history.ts'
import type { Plan } from '../commands/plan.ts'
import { targetGroups, targetRuns } from './books.ts'
import type { RescueFacts, TargetRun } from './books.ts'
import { isOwnerAlive } from './context.ts'
import type { Owner } from './context.ts'
import type { Journal } from './journal.ts'
import { receiptOf } from './receipt.ts'
import type { RunDetail, RunError, RunState, RunSummary } from './report.ts'
import { committedSteps, summarize } from './summary.ts'

export interface ListInput {
  readonly journal: Journal
  readonly owner: Owner
  /** A session on the target, for runs that the local store does not know; null: only the local store is read. */
  readonly connection: Connection | null
}

interface Known {
  readonly id: string
  readonly plan: Plan
  readonly state: RunState
  readonly owner: string
  readonly startedAt: string
  readonly endedAt: string | null
  readonly error: RunError | null
  readonly committed: ReadonlyMap<string, GroupFacts>
  readonly rescues: readonly RescueFacts[]
}

/**
 * Runs of the local store and of the target, newest first: those of the target in its own order. A run whose owner died is `interrupted`. Writes nothing;
 * a target without books has no runs.
 */
export async function listRuns({ journal, owner, connection }: ListInput): Promise<readonly RunSummary[]> {
  const known = new Map(journal.list().map((run) => [run.id, localRun(run, journal)]))
  const order: string[] = []
  if (connection !== null && (await hasBooks(connection))) {
    for (const row of await targetRuns(connection)) {
      const run = await targetRun(row, connection, known.get(row.id) ?? null)
      if (run === null) continue
      known.set(row.id, run)
      order.push(row.id)
    }
  }
  const runs: RunSummary[] = []
  for (const run of known.values()) runs.push(await summaryOfKnown(run, owner, connection))
  return inOrder(runs, order)
}

/** Runs of `order` keep it, since clocks differ; the others stand among them by their time. */
function inOrder(runs: readonly RunSummary[], order: readonly string[]): readonly RunSummary[] {
  const place = new Map(order.map((id, at) => [id, at]))
  const ordered = runs.filter(({ id }) => place.has(id)).toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
  const others = runs.filter(({ id }) => !place.has(id)).toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0))
  for (const run of others) {
    const at = ordered.findIndex(({ startedAt }) => startedAt < run.startedAt)
    ordered.splice(at === -1 ? ordered.length : at, 0, run)
  }
  return ordered
}

/** One run with its plan and receipt. Errors: RUN_NOT_FOUND. */
export async function runDetail(runId: string, { journal, owner, connection }: ListInput): Promise<RunDetail> {
  const stored = journal.get(runId)
  const local = stored === null ? null : localRun(stored, journal)
  const row = connection !== null && (await hasBooks(connection)) ? (await targetRuns(connection)).find(({ id }) => id === runId) : undefined
  const run = (connection === null || row === undefined ? null : await targetRun(row, connection, local)) ?? local
  if (run === null) throw new MetaMigrateError('RUN_NOT_FOUND', `There is no run ${runId}. \`runs\` lists them.`, { run: runId })
  const summary = await summaryOfKnown(run, owner, connection)
  return { summary, plan: run.plan, receipt: receiptOf({ summary, plan: run.plan, committed: run.committed, log: journal.log(runId), rescues: run.rescues }) }
}

function localRun(run: ReturnType<Journal['list']>[number], journal: Journal): Known {
  const groups = journal.groups(run.id).filter(({ committed }) => committed)
  return { ...run, committed: new Map(groups.map(({ group, facts }) => [group, facts])), rescues: journal.rescues(run.id) }
}

/** What the target says of a run wins: the local store may have missed the end. */
async function targetRun(row: TargetRun, connection: Connection, local: Known | null): Promise<Known | null> {
  const { id, startedAt, endedAt } = row
  // An end that both tell alike needs no second look at the target's facts, which hold the whole plan.
  if (local !== null && row.state !== 'running' && local.state === row.state) return local
  const { plan, committed, owners, rescues } = await targetGroups(connection, id)
  const known = plan ?? local?.plan
  if (known === undefined) return null
  return {
    id,
    plan: known,
    state: row.state as RunState,
    owner: owners.at(-1) ?? row.owner,
    startedAt,
    endedAt,
    error: local?.error ?? null,
    committed,
    rescues,
  }
}

async function summaryOfKnown(run: Known, owner: Owner, connection: Connection | null): Promise<RunSummary> {
  const isDead = run.state === 'running' && !(await isOwnerAlive(owner, run.owner, connection))
  return summarize({ ...run, state: isDead ? 'interrupted' : run.state, stepsDone: committedSteps(run.plan, run.committed) })
}
