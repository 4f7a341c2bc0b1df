import { MetaMigrateError } from '../errors.ts'
import type { Connection } from '../flavor/driver.ts'
import type { GroupFacts } from '../commands/history.ts'
import type { Plan } from '../commands/plan.ts'
import { ensureBooks, targetGroups, targetRuns } from './books.ts'
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
}

/** Runs of the local store and of the target, newest first. A run whose owner died is `interrupted`. */
export async function listRuns({ journal, owner, connection }: ListInput): Promise<readonly RunSummary[]> {
  const known = new Map(journal.list().map((run) => [run.id, localRun(run, journal)]))
  if (connection !== null) {
    await ensureBooks(connection)
    for (const { id } of await targetRuns(connection)) {
      const run = await targetRun(id, connection, known.get(id) ?? null)
      if (run !== null) known.set(id, run)
    }
  }
  const runs: RunSummary[] = []
  for (const run of known.values()) runs.push(await summaryOfKnown(run, owner, connection))
  return runs.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0))
}

/** One run with its plan and receipt. Errors: RUN_NOT_FOUND. */
export async function runDetail(runId: string, { journal, owner, connection }: ListInput): Promise<RunDetail> {
  const stored = journal.get(runId)
  const local = stored === null ? null : localRun(stored, journal)
  if (connection !== null) await ensureBooks(connection)
  const run = (connection === null ? null : await targetRun(runId, connection, local)) ?? local
  if (run === null) throw new MetaMigrateError('RUN_NOT_FOUND', `There is no run ${runId}. \`runs\` lists them.`, { run: runId })
  const summary = await summaryOfKnown(run, owner, connection)
  return { summary, plan: run.plan, receipt: receiptOf({ summary, plan: run.plan, committed: run.committed, log: journal.log(runId) }) }
}

function localRun(run: ReturnType<Journal['list']>[number], journal: Journal): Known {
  const groups = journal.groups(run.id).filter(({ committed }) => committed)
  return { ...run, committed: new Map(groups.map(({ group, facts }) => [group, facts])) }
}

/** What the target says of a run wins: the local store may have missed the end. */
async function targetRun(id: string, connection: Connection, local: Known | null): Promise<Known | null> {
  const row = (await targetRuns(connection)).find((one) => one.id === id)
  if (row === undefined) return null
  // An end that both tell alike needs no second look at the target's facts, which hold the whole plan.
  if (local !== null && row.state !== 'running' && local.state === row.state) return local
  const { plan, committed, owners } = await targetGroups(connection, id)
  const known = plan ?? local?.plan
  if (known === undefined) return null
  const { startedAt, endedAt } = row
  return {
    id,
    plan: known,
    state: row.state as RunState,
    owner: owners.at(-1) ?? row.owner,
    startedAt,
    endedAt,
    error: local?.error ?? null,
    committed,
  }
}

async function summaryOfKnown(run: Known, owner: Owner, connection: Connection | null): Promise<RunSummary> {
  const isDead = run.state === 'running' && !(await isOwnerAlive(owner, run.owner, connection))
  return summarize({ ...run, state: isDead ? 'interrupted' : run.state, stepsDone: committedSteps(run.plan, run.committed) })
}
