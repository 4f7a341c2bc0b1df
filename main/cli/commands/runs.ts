import { MetaMigrateError } from '../../../app/errors.ts'
import { listRuns, runDetail } from '../../../app/run/list.ts'
import type { RunDetail, RunSummary } from '../../../app/run/report.ts'
import { exit, type ExitCode } from '../exit.ts'
import { followRun } from '../follow-run.ts'
import type { Io } from '../io.ts'
import type { CommonOptions } from '../options.ts'
import { receiptText } from '../receipt-text.ts'
import { table } from '../text.ts'
import { withWorkbench, type Workbench } from '../workbench.ts'
import { json } from '../write-out.ts'

type Options = CommonOptions & { readonly target?: string; readonly dir?: string | true; readonly acceptLoss?: boolean }

/** Work with the runs that the local journal knows and, with --target, those that the target knows. */
async function withRuns<T>(workbench: Workbench, options: Options, work: (input: Parameters<typeof listRuns>[0]) => Promise<T>): Promise<T> {
  const { desk } = workbench.service.context
  if (options.target === undefined) return work({ journal: desk.journal, owner: desk.owner, connection: null })
  const connection = await workbench.connect(await workbench.target(options.target))
  try {
    return await work({ journal: desk.journal, owner: desk.owner, connection })
  } finally {
    await connection.close()
  }
}

/** `runs`. */
export function runs(io: Io, _words: readonly string[], options: Options): Promise<ExitCode> {
  return withWorkbench(io, options, async (workbench) => {
    const list = await withRuns(workbench, options, listRuns)
    if (options.json === true) io.out(json('runs', { runs: list }))
    else if (list.length > 0) io.out(table(list.map(({ id, state, command, startedAt, groups, target }) => [id, state, command, startedAt, `${groups.committed}/${groups.total}`, target])))
    const open = list.filter(({ can }) => can.resume)
    if (open.length > 0) io.say(`${open.length === 1 ? 'One run' : `${open.length} runs`} can be finished: metamigrate resume ${open[0]?.id ?? ''}`)
    return exit.done
  })
}

/** The run that was named, or the newest that `fits`. Its target is made known, so that it can be reached again. */
async function choose(workbench: Workbench, options: Options, named: string | undefined, fits: (run: RunSummary) => boolean, what: string): Promise<RunSummary> {
  const list = await withRuns(workbench, options, listRuns)
  const found = named === undefined ? list.find(fits) : list.find(({ id }) => id === named)
  if (found === undefined) throw new MetaMigrateError('RUN_NOT_FOUND', named === undefined ? `There is no run that can be ${what}. The command runs lists them; --target asks a database for its own.` : `There is no run ${named}. The command runs lists them; --target asks a database for its own.`, { run: named ?? '' })
  const target = await workbench.target(options.target ?? found.target)
  // A password is asked for before anything is started.
  await (await workbench.connect(target)).close()
  return found
}

/** `resume [RUN]`. */
export function resume(io: Io, [named]: readonly string[], options: Options): Promise<ExitCode> {
  return withWorkbench(io, options, async (workbench) => {
    const run = await choose(workbench, options, named, ({ can }) => can.resume, 'resumed')
    return followRun(io, workbench, { plan: null, json: options.json === true, start: () => workbench.service.handlers['run.resume']({ runId: run.id }) })
  })
}

/** `undo [RUN]`. */
export function undo(io: Io, [named]: readonly string[], options: Options): Promise<ExitCode> {
  return withWorkbench(io, options, async (workbench) => {
    const run = await choose(workbench, options, named, ({ can }) => can.undo, 'undone')
    return followRun(io, workbench, { plan: null, json: options.json === true, start: () => workbench.service.handlers['run.undo']({ runId: run.id, acceptLoss: options.acceptLoss === true }) })
  })
}

/** `receipt RUN`. */
export function receipt(io: Io, [named = '']: readonly string[], options: Options): Promise<ExitCode> {
  return withWorkbench(io, options, async (workbench) => {
    const detail: RunDetail = await withRuns(workbench, options, (input) => runDetail(named, input))
    io.out(options.json === true ? json('receipt', { receipt: detail.receipt, plan: detail.plan }) : receiptText(detail.receipt))
    return exit.done
  })
}

/** `drop-backups RUN`. */
export function dropBackups(io: Io, [named = '']: readonly string[], options: Options): Promise<ExitCode> {
  return withWorkbench(io, options, async (workbench) => {
    const run = await choose(workbench, options, named, ({ can }) => can.dropBackups, 'cleaned up')
    await workbench.service.handlers['run.dropBackups']({ runId: run.id })
    io.say(`The backups of run ${run.id} are dropped; it cannot be undone any more.`)
    return exit.done
  })
}
