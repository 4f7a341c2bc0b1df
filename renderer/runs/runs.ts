import type { ApiEvent } from '../../app/api/api.ts'
import type { Plan } from '../../app/commands/plan.ts'
import { attempt, setTasks, setView, type App } from '../store/app.ts'
import { followRun, startLiveRun } from './live-run.ts'

/** Turns to a run that was just started. Events that came before are asked for. */
export function followLive(app: App, runId: string, plan: Plan | null): void {
  const live = app.store.getState().tasks.run
  setTasks(app, { run: live?.id === runId ? { ...live, plan } : startLiveRun(runId, plan), backups: null })
  setView(app, { drawer: 'runs' })
  void attempt(app, 'Follow the run', () => loadRun(app, runId))
}

/** Shows a run of the list, with its plan, log and receipt. */
export async function loadRun(app: App, runId: string): Promise<void> {
  const detail = await app.client.call('run.get', { runId })
  const live = app.store.getState().tasks.run
  const isEnded = detail.summary.state !== 'running'
  const base = live?.id === runId ? live : startLiveRun(runId, detail.plan)
  const log = detail.receipt.log.length >= base.log.length ? detail.receipt.log : base.log
  setTasks(app, {
    run: {
      ...base,
      plan: detail.plan,
      run: base.run && base.run.state !== 'running' && !isEnded ? base.run : detail.summary,
      log,
      total: detail.summary.steps.total,
      done: Math.max(base.done, detail.summary.steps.done),
      receipt: isEnded ? detail.receipt : null,
    },
  })
}

export async function listRuns(app: App): Promise<void> {
  setTasks(app, { runs: await app.client.call('run.list', {}) })
}

/** Takes in an event of the host. */
export function takeEvent(app: App, event: ApiEvent): void {
  const live = app.store.getState().tasks.run
  if (live) {
    const next = followRun(live, event)
    if (next !== live) setTasks(app, { run: next })
  }
  if (event.kind !== 'run.started' && event.kind !== 'run.ended') return
  void attempt(app, 'List the runs', () => listRuns(app))
  if (event.kind === 'run.ended' && live?.id === event.run.id) void attempt(app, 'Read the receipt', () => loadRun(app, event.run.id))
}

export async function cancelRun(app: App, runId: string): Promise<void> {
  const live = app.store.getState().tasks.run
  if (live?.id === runId) setTasks(app, { run: { ...live, isCancelling: true } })
  await app.client.call('run.cancel', { runId })
}

export async function resumeRun(app: App, runId: string, confirm: string | undefined): Promise<void> {
  const started = await app.client.call('run.resume', { runId, ...(confirm === undefined ? {} : { confirm }) })
  setTasks(app, { run: null })
  followLive(app, started.runId, null)
}

interface UndoOptions {
  readonly acceptLoss: boolean
  readonly confirm: string | undefined
}

export async function undoRun(app: App, runId: string, { acceptLoss, confirm }: UndoOptions): Promise<void> {
  const started = await app.client.call('run.undo', { runId, ...(acceptLoss ? { acceptLoss } : {}), ...(confirm === undefined ? {} : { confirm }) })
  setTasks(app, { run: null })
  followLive(app, started.runId, null)
}

/** Turns to the backups of the database that a run is on, with the question about that run's. */
export function showBackups(app: App, runId: string | null): void {
  const { targets, target, runs } = app.store.getState().tasks
  const url = runs.find(({ id }) => id === runId)?.target
  const id = targets.find((one) => one.url === url)?.id ?? target
  if (id !== null) setTasks(app, { backups: { target: id, list: null, run: runId } })
}
