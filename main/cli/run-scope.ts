import type { TargetInfo } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { Journal } from '../../app/run/journal.ts'
import { listRuns, runDetail } from '../../app/run/list.ts'
import type { RunDetail, RunSummary } from '../../app/run/report.ts'
import { canonicalAddress } from '../service/canonical.ts'
import type { Io } from './io.ts'
import type { CommonOptions } from './options.ts'
import { chooseTarget, defaultOf, type Workspace } from './workspace.ts'

export type RunOptions = CommonOptions & { readonly target?: string; readonly dir?: string | true }

/** Which runs are meant: those of the database that was named, else of the databases of the project at hand; never another project's. */
export type Scope =
  | { readonly kind: 'target'; readonly target: TargetInfo }
  | { readonly kind: 'project'; readonly targets: readonly TargetInfo[]; readonly fallback: TargetInfo | null }
  | { readonly kind: 'nowhere' }

export function scopeOf(workspace: Workspace, io: Io, { target }: RunOptions): Scope {
  if (target !== undefined) return { kind: 'target', target: chooseTarget(target, workspace, io) }
  const { targets, project } = workspace.service.context
  const own = targets.list().filter(({ origin }) => origin === 'project')
  return project === null || own.length === 0 ? { kind: 'nowhere' } : { kind: 'project', targets: own, fallback: defaultOf(own) }
}

/** The local store with the runs of these databases alone. */
function journalOf(workspace: Workspace, targets: readonly TargetInfo[]): Journal {
  const { desk } = workspace.service.context
  const places = new Set(targets.map(({ url }) => canonicalAddress(url)))
  return { ...desk.journal, list: () => desk.journal.list().filter(({ plan }) => places.has(canonicalAddress(plan.target.url ?? ''))) }
}

/** Runs that are meant, newest first. With a target its own books are read too; without one the local store tells, and where it is empty the project's default database. */
export async function runsOf(scope: Scope, workspace: Workspace): Promise<readonly RunSummary[]> {
  if (scope.kind === 'nowhere') throw nowhere(workspace)
  const { owner } = workspace.service.context.desk
  if (scope.kind === 'target') return withBooks(scope.target, workspace, (connection) => listRuns({ journal: journalOf(workspace, [scope.target]), owner, connection }))
  const local = await listRuns({ journal: journalOf(workspace, scope.targets), owner, connection: null })
  const { fallback } = scope
  if (local.length > 0 || fallback === null || workspace.service.context.targets.isMissing(fallback.id)) return local
  return withBooks(fallback, workspace, (connection) => listRuns({ journal: journalOf(workspace, scope.targets), owner, connection }))
}

/** Work with a session that only reads. */
export async function withBooks<T>(target: TargetInfo, workspace: Workspace, work: (connection: Awaited<ReturnType<Workspace['service']['context']['targets']['connect']>>) => Promise<T>): Promise<T> {
  const connection = await workspace.withPassword(target, () => workspace.service.context.targets.connect(target.id))
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

/** What there is, where nothing says which database is meant. */
function nowhere(workspace: Workspace): MetaMigrateError {
  const { desk } = workspace.service.context
  const places = new Map<string, { url: string; runs: number }>()
  for (const { plan } of desk.journal.list()) {
    const url = plan.target.url ?? ''
    const place = canonicalAddress(url)
    const known = places.get(place)
    places.set(place, { url: known?.url ?? url, runs: (known?.runs ?? 0) + 1 })
  }
  const databases = [...places.values()]
  const list = databases.map(({ url, runs }) => `\n  ${url}  ${runs} ${runs === 1 ? 'run' : 'runs'}`).join('')
  const known = databases.length === 0 ? ' No run is known here.' : ` Databases with runs:${list}`
  return new MetaMigrateError('TARGET_NEEDED', `This is no project: name the database with --target, or give the id of a run.${known}`, { databases: databases.map(({ url }) => url) })
}

/** A run with the database that it is on. */
export interface FoundRun {
  readonly run: RunSummary
  readonly target: TargetInfo
}

/** The run of an id. Errors: RUN_NOT_FOUND, RUN_ELSEWHERE (it is of another database than the one that was named). */
export async function findRun(id: string, scope: Scope, workspace: Workspace): Promise<FoundRun> {
  const { desk, targets } = workspace.service.context
  const local = desk.journal.get(id)
  if (scope.kind === 'target') {
    const run = (await runsOf(scope, workspace)).find((one) => one.id === id)
    if (run !== undefined) return { run, target: scope.target }
    if (local !== null) throw elsewhere(id, local.plan.target.url ?? '', scope.target)
    throw notFound(id)
  }
  if (local !== null) {
    const target = targets.get(desk.targetOf(id))
    const [run] = await listRuns({ journal: { ...desk.journal, list: () => [local] }, owner: desk.owner, connection: null })
    if (run !== undefined) return { run, target }
  }
  const fallback = scope.kind === 'project' ? scope.fallback : null
  if (fallback === null || targets.isMissing(fallback.id)) throw notFound(id)
  return findRun(id, { kind: 'target', target: fallback }, workspace)
}

const notFound = (id: string) =>
  new MetaMigrateError('RUN_NOT_FOUND', `There is no run ${id}. The command runs lists them; --target asks a database for its own.`, { run: id })

const elsewhere = (id: string, url: string, { name, url: given }: TargetInfo) =>
  new MetaMigrateError('RUN_ELSEWHERE', `Run ${id} is of ${url}, not of ${name === given ? given : `${name} (${given})`}. Leave --target out, or name that database.`, { run: id, url, target: given })

/** The newest run that fits. Errors: RUN_NOT_FOUND, TARGET_NEEDED. */
export async function newestRun(verb: string, fits: (run: RunSummary) => boolean, scope: Scope, workspace: Workspace): Promise<FoundRun> {
  const run = (await runsOf(scope, workspace)).find(fits)
  if (run === undefined) {
    const where = scope.kind === 'target' ? `on ${scope.target.name}` : 'in this project'
    throw new MetaMigrateError('RUN_NOT_FOUND', `There is no run to ${verb} ${where}. The command runs lists them; --target asks a database for its own.`, { run: '' })
  }
  if (scope.kind === 'target') return { run, target: scope.target }
  const { targets } = workspace.service.context
  const id = targets.idOf(run.target)
  return id === null ? findRun(run.id, scope, workspace) : { run, target: targets.get(id) }
}

/** A run with its plan and receipt. Errors: those of `findRun`. */
export async function detailOf(id: string, scope: Scope, workspace: Workspace): Promise<RunDetail> {
  const { desk, targets } = workspace.service.context
  const { target } = await findRun(id, scope, workspace)
  const isLocal = scope.kind !== 'target' && desk.journal.get(id) !== null
  if (isLocal || targets.isMissing(target.id)) return desk.detail(id)
  return withBooks(target, workspace, (connection) => runDetail(id, { journal: desk.journal, owner: desk.owner, connection }))
}
