import { MetaMigrateError } from '../../../app/errors.ts'
import { listRuns, runDetail } from '../../../app/run/list.ts'
import type { RunDetail, RunSummary } from '../../../app/run/report.ts'
import { agree } from '../agree.ts'
import { exit, type ExitCode } from '../exit.ts'
import { followRun } from '../follow-run.ts'
import type { Io } from '../io.ts'
import type { CommonOptions } from '../options.ts'
import { printJson } from '../output.ts'
import { receiptText } from '../receipt-text.ts'
import { table } from '../text.ts'
import { readProject } from '../source.ts'
import { chooseTarget, withWorkspace, type Workspace } from '../workspace.ts'

type Options = CommonOptions & { readonly target?: string; readonly dir?: string | true; readonly acceptLoss?: boolean }

/** Work with the runs that the local journal knows and, with --target, those that the target knows. */
async function withRuns<T>(workspace: Workspace, io: Io, options: Options, work: (input: Parameters<typeof listRuns>[0]) => Promise<T>): Promise<T> {
  const { desk } = workspace.service.context
  if (options.target === undefined) return work({ journal: desk.journal, owner: desk.owner, connection: null })
  const connection = await connectTo(workspace, options.target, io)
  try {
    return await work({ journal: desk.journal, owner: desk.owner, connection })
  } finally {
    await connection.close()
  }
}

function connectTo(workspace: Workspace, word: string, io: Io) {
  const target = chooseTarget(word, workspace, io)
  return workspace.withPassword(target, () => workspace.service.context.targets.connect(target.id))
}

const withRunDesk = async <T>(io: Io, options: Options, work: (workspace: Workspace) => Promise<T>): Promise<T> => withWorkspace(io, await readProject(options, io), work)

/** `runs`. */
export function runs(io: Io, _words: readonly string[], options: Options): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    const list = await withRuns(workspace, io, options, listRuns)
    if (options.json === true) printJson(io, 'runs', { runs: list })
    else if (list.length > 0) io.out(table(list.map(({ id, state, command, startedAt, groups, target }) => [id, state, command, startedAt, `${groups.committed}/${groups.total}`, target])))
    const open = list.filter(({ can }) => can.resume)
    if (open.length > 0) io.say(`${open.length === 1 ? 'One run' : `${open.length} runs`} can be finished: metamigrate resume ${open[0]?.id ?? ''}`)
    return exit.done
  })
}

interface Choice {
  readonly named: string | undefined
  readonly fits: (run: RunSummary) => boolean
  /** `undo`, `resume` ... : what will be done with it. */
  readonly verb: string
}

/** The run that was named, or the newest that `fits`, once the person agreed. Null: they did not. Errors: RUN_NOT_FOUND. */
async function choose(workspace: Workspace, io: Io, options: Options, { named, fits, verb }: Choice): Promise<RunSummary | null> {
  const list = await withRuns(workspace, io, options, listRuns)
  const found = named === undefined ? list.find(fits) : list.find(({ id }) => id === named)
  const where = 'The command runs lists them; --target asks a database for its own.'
  if (found === undefined) throw new MetaMigrateError('RUN_NOT_FOUND', named === undefined ? `There is no run to ${verb}. ${where}` : `There is no run ${named}. ${where}`, { run: named ?? '' })
  const word = options.target ?? found.target
  // A password is asked for before anything is started.
  const connection = await connectTo(workspace, word, io)
  const { database } = connection.server
  await connection.close()
  const summary = `${verb} run ${found.id}: ${found.command} of ${found.startedAt} on ${found.target}`
  const agreed = await agree(io, { target: chooseTarget(word, workspace, io), database, text: '', summary, yes: options.yes === true })
  if (agreed === null) io.say('Nothing was run.')
  return agreed === null ? null : found
}

/** `resume [RUN]`. */
export function resume(io: Io, [named]: readonly string[], options: Options): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    const run = await choose(workspace, io, options, { named, fits: ({ can }) => can.resume, verb: 'resume' })
    if (run === null) return exit.cancelled
    return followRun(io, workspace, { plan: null, json: options.json === true, start: () => workspace.call('run.resume', { runId: run.id }) })
  })
}

/** `undo [RUN]`. */
export function undo(io: Io, [named]: readonly string[], options: Options): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    const run = await choose(workspace, io, options, { named, fits: ({ can }) => can.undo, verb: 'undo' })
    if (run === null) return exit.cancelled
    return followRun(io, workspace, { plan: null, json: options.json === true, start: () => workspace.call('run.undo', { runId: run.id, acceptLoss: options.acceptLoss === true }) })
  })
}

/** `receipt RUN`. */
export function receipt(io: Io, [named = '']: readonly string[], options: Options): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    const detail: RunDetail = await withRuns(workspace, io, options, (input) => runDetail(named, input))
    if (options.json === true) printJson(io, 'receipt', { receipt: detail.receipt, plan: detail.plan })
    else io.out(receiptText(detail.receipt))
    return exit.done
  })
}

/** `drop-backups RUN`. */
export function dropBackups(io: Io, [named = '']: readonly string[], options: Options): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    const run = await choose(workspace, io, options, { named, fits: ({ can }) => can.dropBackups, verb: 'drop the backups of' })
    if (run === null) return exit.cancelled
    await workspace.call('run.dropBackups', { runId: run.id })
    io.say(`The backups of run ${run.id} are dropped; it cannot be undone any more.`)
    return exit.done
  })
}
