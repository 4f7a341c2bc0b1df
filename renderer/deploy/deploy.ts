import type { CommandName, PlanOptions, Selection } from '../../app/commands/plan.ts'
import type { RenameCandidate } from '../../app/api/api.ts'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import { displayName } from '../../app/model/names.ts'
import { followLive } from '../runs/runs.ts'
import { setTasks, setView, type App } from '../store/app.ts'
import { documentOf, shownTables } from '../store/edits.ts'
import { emptyPlanOptions, type DeployState } from '../store/state.ts'

/** Opens the deploy dialog for a command and asks the host for the plan. Nothing runs. */
export async function openDeploy(app: App, command: CommandName): Promise<void> {
  setTasks(app, { deploy: { command, scope: 'all', options: emptyPlanOptions, reply: null, isBusy: false, failure: null, confirm: '' } })
  setView(app, { dialog: { kind: 'deploy' } })
  await makePlan(app)
}

/** Changes what the person asks of the plan, and asks for it anew. */
export async function changeDeploy(
  app: App,
  change: Partial<Pick<DeployState, 'command' | 'scope'>>,
  options: Partial<PlanOptions> = {},
): Promise<void> {
  const deploy = app.store.getState().tasks.deploy
  if (!deploy) return
  setDeploy(app, { ...change, options: { ...deploy.options, ...options } })
  await makePlan(app)
}

export function setDeploy(app: App, change: Partial<DeployState>): void {
  const { deploy } = app.store.getState().tasks
  if (deploy) setTasks(app, { deploy: { ...deploy, ...change } })
}

let lastRequest = 0

/** Asks for the plan of the dialog as it stands; a newer question makes an older answer void. */
async function makePlan(app: App): Promise<void> {
  const { deploy, target } = app.store.getState().tasks
  if (!deploy || target === null) return
  const request = ++lastRequest
  setDeploy(app, { isBusy: true, failure: null })
  try {
    const reply = await app.client.call('plan.make', {
      target,
      command: deploy.command,
      model: documentOf(app).snapshot(),
      selection: selectionOf(app, deploy.scope),
      options: deploy.options,
    })
    if (request === lastRequest) setDeploy(app, { reply, isBusy: false, confirm: '' })
  } catch (error) {
    if (request === lastRequest)
      setDeploy(app, {
        reply: null,
        isBusy: false,
        failure: { code: error instanceof MetaMigrateError ? error.code : 'UNEXPECTED', message: messageOf(error) },
      })
  }
}

function selectionOf(app: App, scope: DeployState['scope']): Selection {
  return { schemas: [], tables: scope === 'all' ? [] : shownTables(app).map((table) => escapeGlob(displayName(table))) }
}

/** A name for a selection, in which `*` and `?` are globs: they can only be stood for by `?`. */
const escapeGlob = (name: string): string => name.replaceAll(/[*?]/g, '?')

/** Says whether a pair is a rename. The plan is asked for again once every pair is answered. */
export async function answerRename(app: App, candidate: RenameCandidate, isRename: boolean): Promise<void> {
  const { deploy } = app.store.getState().tasks
  if (!deploy) return
  const others = deploy.options.renames.filter((rename) => rename.from !== candidate.from || (isRename && rename.to === null))
  const renames = [
    ...others.filter((rename) => rename.from !== candidate.from),
    { from: candidate.from, to: isRename ? candidate.to : null },
  ]
  setDeploy(app, { options: { ...deploy.options, renames } })
  if (openCandidates(app).length === 0) await makePlan(app)
}

/** Pairs that are not answered yet. A field or table that was renamed answers every other pair with it. */
export function openCandidates(app: App): readonly RenameCandidate[] {
  const { deploy } = app.store.getState().tasks
  if (!deploy?.reply) return []
  const answered = new Set(deploy.options.renames.map((rename) => rename.from))
  return deploy.reply.candidates.filter((candidate) => !answered.has(candidate.from))
}

/** Runs the plan that the dialog shows, and turns to the run. */
export async function runDeploy(app: App): Promise<void> {
  const { deploy, target } = app.store.getState().tasks
  const plan = deploy?.reply?.plan
  if (!deploy || !plan || target === null) return
  setDeploy(app, { isBusy: true, failure: null })
  try {
    const { runId } = await app.client.call('plan.run', {
      hash: plan.hash,
      target,
      ...(deploy.confirm === '' ? {} : { confirm: deploy.confirm }),
    })
    setView(app, { dialog: null, drawer: 'runs' })
    setTasks(app, { deploy: null })
    followLive(app, runId, plan)
  } catch (error) {
    setDeploy(app, {
      isBusy: false,
      failure: { code: error instanceof MetaMigrateError ? error.code : 'UNEXPECTED', message: messageOf(error) },
    })
  }
}
