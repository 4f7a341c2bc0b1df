import type { GroupFacts } from '../commands/history.ts'
import type { Plan } from '../commands/plan.ts'
import type { RescueFacts } from './books.ts'
import type { RunError, RunState, RunSummary } from './report.ts'

export interface SummaryInput {
  readonly id: string
  readonly plan: Plan
  readonly state: RunState
  readonly startedAt: string
  readonly endedAt: string | null
  readonly committed: ReadonlyMap<string, GroupFacts>
  readonly stepsDone: number
  readonly error: RunError | null
  readonly rescues: readonly RescueFacts[]
}

/** A run in short, with what may be done about it now. */
export function summarize(input: SummaryInput): RunSummary {
  const { plan, state, committed } = input
  const cleaned = [...committed.values()].some((facts) => facts.cleanup)
  const idle = state === 'failed' || state === 'cancelled' || state === 'interrupted'
  const isReversible = plan.groups.every((group) => group.cleanup || group.steps.every((step) => step.undo !== null))
  const backups = plan.groups.some(
    (group) => !group.cleanup && committed.has(group.id) && group.tables.some((table) => table.dropBackup !== undefined),
  )
  return {
    id: input.id,
    command: plan.command,
    state,
    target: plan.target.url ?? '',
    flavor: plan.flavor,
    planHash: plan.hash,
    startedAt: input.startedAt,
    endedAt: input.endedAt,
    groups: { total: plan.groups.length, committed: plan.groups.filter(({ id }) => committed.has(id)).length },
    steps: { total: plan.groups.reduce((sum, { steps }) => sum + steps.length, 0), done: input.stepsDone },
    can: {
      resume: idle,
      undo: (idle || state === 'done') && !cleaned && isReversible,
      dropBackups: (state === 'done' && backups && !cleaned) || ((state === 'done' || state === 'undone') && input.rescues.some(({ dropped }) => dropped === undefined)),
    },
    error: input.error,
  }
}

/** Steps of the committed groups: what is done for good. */
export function committedSteps(plan: Plan, committed: ReadonlyMap<string, GroupFacts>): number {
  return plan.groups.reduce((sum, { id, steps }) => sum + (committed.has(id) ? steps.length : 0), 0)
}
