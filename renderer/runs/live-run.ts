import type { Plan } from '../../app/commands/plan.ts'
import type { LogEntry, Receipt, RunEvent, RunSummary } from '../../app/run/report.ts'

/** A run as the window follows it: what the events said so far, and the receipt once it ended. */
export interface LiveRun {
  readonly id: string
  readonly run: RunSummary | null
  readonly plan: Plan | null
  readonly log: readonly LogEntry[]
  readonly current: { readonly group: string; readonly step: string } | null
  readonly done: number
  readonly total: number
  readonly receipt: Receipt | null
  readonly isCancelling: boolean
}

/** A run of which only the id is known. */
export function startLiveRun(id: string, plan: Plan | null): LiveRun {
  const total = plan ? plan.groups.reduce((sum, group) => sum + group.steps.length, 0) : 0
  return { id, run: null, plan, log: [], current: null, done: 0, total, receipt: null, isCancelling: false }
}

/** The run after an event; the same object when the event is about another run. */
export function followRun(live: LiveRun, event: RunEvent): LiveRun {
  const id = event.kind === 'run.started' || event.kind === 'run.ended' ? event.run.id : event.runId
  if (id !== live.id) return live
  switch (event.kind) {
    case 'run.started':
      return { ...live, run: event.run, total: event.run.steps.total }
    case 'step.started':
      return { ...live, current: { group: event.group, step: event.step }, done: event.done, total: event.total }
    case 'step.ended':
      return { ...live, log: [...live.log, event.entry], done: event.done, total: event.total }
    case 'group.committed':
      return live
    case 'run.ended':
      return { ...live, run: event.run, current: null, isCancelling: false, done: event.run.steps.done }
  }
}

/** Whether the run still goes on. */
export const isRunning = (live: LiveRun): boolean => live.run === null || live.run.state === 'running'
