import type { Plan } from '../../app/commands/plan.ts'
import type { RunEvent, RunSummary } from '../../app/run/report.ts'
import { exit, type ExitCode } from './exit.ts'
import type { Io } from './io.ts'
import { receiptText } from './receipt-text.ts'
import { runProgress } from './run-progress.ts'
import { printJson } from './output.ts'
import type { Workspace } from './workspace.ts'

/** Starts a run and stays with it to its end: progress, Ctrl-C, receipt, exit code. */
export async function followRun(io: Io, workspace: Workspace, options: { readonly plan: Plan | null; readonly json: boolean; readonly start: () => Promise<{ readonly runId: string }> }): Promise<ExitCode> {
  const titles = new Map(options.plan?.groups.map(({ id, title }) => [id, title]))
  const draw = runProgress(io, titles)
  const ended = Promise.withResolvers<RunSummary>()
  const early: RunEvent[] = []
  let runId: string | null = null
  const hear = (event: RunEvent) => {
    draw(event)
    if (event.kind !== 'run.ended') return
    if (runId === null) early.push(event)
    else if (event.run.id === runId) ended.resolve(event.run)
  }
  const stop = workspace.listen(hear)
  const cancel = () => {
    io.say('Cancelling: the statement is stopped and its transaction rolled back ...')
    if (runId !== null) void workspace.service.dispatch('run.cancel', { runId })
  }
  process.on('SIGINT', cancel)
  try {
    runId = (await options.start()).runId
    for (const event of early) if (event.kind === 'run.ended' && event.run.id === runId) ended.resolve(event.run)
    const summary = await ended.promise
    return await tell(io, workspace, summary, options.json)
  } finally {
    process.off('SIGINT', cancel)
    stop()
  }
}

async function tell(io: Io, workspace: Workspace, summary: RunSummary, asJson: boolean): Promise<ExitCode> {
  const { receipt } = await workspace.call('run.get', { runId: summary.id })
  if (asJson) printJson(io, 'receipt', { receipt })
  else io.out(receiptText(receipt))
  if (summary.error !== null) io.say(`${io.style('red', 'error')} [${summary.error.code}] ${summary.error.message}`)
  if (summary.state === 'done' && summary.groups.committed < summary.groups.total) io.say('Backups that were to go are kept: they are the only copy of rows now. backups lists them.')
  const next = [summary.can.resume ? `metamigrate resume ${summary.id}` : '', summary.can.undo ? `metamigrate undo ${summary.id}` : ''].filter((one) => one !== '')
  if (summary.state !== 'done' && summary.state !== 'undone' && next.length > 0) io.say(`Next: ${next.join('   or   ')}`)
  // An undo that failed or was cancelled leaves a run that is done: what was asked for is not.
  if (summary.state === 'cancelled' || summary.error?.code === 'CANCELLED') return exit.cancelled
  if (summary.error !== null) return exit.failed
  return summary.state === 'done' || summary.state === 'undone' ? exit.done : exit.failed
}
