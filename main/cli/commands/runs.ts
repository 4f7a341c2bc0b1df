import { renderPlanText } from '../../../app/commands/render-plan.ts'
import type { RunPreview, RunSummary } from '../../../app/run/report.ts'
import { refuseReadOnly } from '../../service/plan-handlers.ts'
import { agree } from '../agree.ts'
import { exit, type ExitCode } from '../exit.ts'
import { dialectOf } from '../flavors.ts'
import { followRun } from '../follow-run.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output.ts'
import { receiptText } from '../receipt-text.ts'
import { detailOf, findRun, newestRun, runsOf, scopeOf, withBooks, type FoundRun, type RunOptions } from '../run-scope.ts'
import { readProject } from '../source.ts'
import { table } from '../text.ts'
import { withWorkspace, type Workspace } from '../workspace.ts'

type ActOptions = RunOptions & { readonly acceptLoss?: boolean; readonly dryRun?: boolean }

/** Work with the core on the project at hand. */
export const withRunDesk = async <T>(io: Io, options: RunOptions, work: (workspace: Workspace) => Promise<T>): Promise<T> =>
  withWorkspace(io, await readProject(options, io), work)

/** `runs`. */
export function runs(io: Io, _words: readonly string[], options: RunOptions): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    const list = await runsOf(scopeOf(workspace, io, options), workspace)
    if (options.json === true) printJson(io, 'runs', { runs: list })
    else if (list.length > 0) io.out(table(list.map(({ id, state, command, startedAt, groups, target }) => [id, state, command, startedAt, `${groups.committed}/${groups.total}`, target])))
    const open = list.filter(({ can }) => can.resume)
    if (open.length > 0) io.say(`${open.length === 1 ? 'One run' : `${open.length} runs`} can be finished: metamigrate resume ${open[0]?.id ?? ''}`)
    return exit.done
  })
}

interface Action {
  readonly action: 'resume' | 'undo'
  readonly named: string | undefined
  readonly fits: (run: RunSummary) => boolean
}

/** `resume [RUN]` and `undo [RUN]`: the run is found, its database's policy is asked, then the person. */
function act(io: Io, options: ActOptions, { action, named, fits }: Action): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    const scope = scopeOf(workspace, io, options)
    // What may not be changed says so before anything is asked.
    if (options.dryRun !== true && scope.kind === 'target') refuseReadOnly(scope.target)
    const found = named === undefined ? await newestRun(action, fits, scope, workspace) : await findRun(named, scope, workspace)
    const place = { runId: found.run.id, target: found.target.id }
    const acceptLoss = options.acceptLoss === true
    if (options.dryRun === true) {
      const preview = await workspace.withPassword(found.target, () => workspace.call('run.preview', { ...place, action, acceptLoss }))
      tellPreview(io, action, preview, options.json === true)
      return exit.done
    }
    refuseReadOnly(found.target)
    const database = await withBooks(found.target, workspace, async ({ server }) => server.database)
    const confirm = await agree(io, { target: found.target, database, text: '', summary: summaryOf(action, found), yes: options.yes === true })
    if (confirm === null) {
      io.say('Nothing was run.')
      return exit.cancelled
    }
    const args = { ...place, confirm }
    const start = () => (action === 'undo' ? workspace.call('run.undo', { ...args, acceptLoss }) : workspace.call('run.resume', args))
    return followRun(io, workspace, { plan: null, json: options.json === true, start })
  })
}

const summaryOf = (verb: string, { run, target }: FoundRun) => `${verb} run ${run.id}: ${run.command} of ${run.startedAt} on ${target.url}`

/** What would run, byte for byte. */
function tellPreview(io: Io, action: string, { run, groups, copies }: RunPreview, asJson: boolean): void {
  if (asJson) return printJson(io, 'run-preview', { action, run, groups, copies })
  io.out(renderPlanText({ groups }, dialectOf(run.flavor)))
  for (const { name, table: of, rows } of copies) io.say(`${rows} rows of ${displayed(of)} would be copied aside first, as ${displayed(name)}`)
}

const displayed = ({ schema, name }: { readonly schema: string; readonly name: string }) => (schema === '' ? name : `${schema}.${name}`)

/** `resume [RUN]`. */
export const resume = (io: Io, [named]: readonly string[], options: ActOptions): Promise<ExitCode> =>
  act(io, options, { action: 'resume', named, fits: ({ can }) => can.resume })

/** `undo [RUN]`. */
export const undo = (io: Io, [named]: readonly string[], options: ActOptions): Promise<ExitCode> =>
  act(io, options, { action: 'undo', named, fits: ({ can }) => can.undo })

/** `receipt RUN`. */
export function receipt(io: Io, [named = '']: readonly string[], options: RunOptions): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    const detail = await detailOf(named, scopeOf(workspace, io, options), workspace)
    if (options.json === true) printJson(io, 'receipt', { receipt: detail.receipt, plan: detail.plan })
    else io.out(receiptText(detail.receipt))
    return exit.done
  })
}

