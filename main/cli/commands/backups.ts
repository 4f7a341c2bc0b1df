import type { TargetInfo } from '../../../app/api/api.ts'
import { codes } from '../../../app/commands/codes.ts'
import { MetaMigrateError } from '../../../app/errors.ts'
import { soleText, soleTotals } from '../../../app/run/drop-backups.ts'
import type { Backup, DroppedBackups } from '../../../app/run/report.ts'
import { refuseReadOnly } from '../../service/plan-handlers.ts'
import { agree } from '../agree.ts'
import { exit, UsageError, type ExitCode } from '../exit.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output.ts'
import { findRun, runsOf, scopeOf, withBooks, type FoundRun, type RunOptions, type Scope } from '../run-scope.ts'
import { count, table } from '../text.ts'
import type { Workspace } from '../workspace.ts'
import { withRunDesk } from './runs.ts'

type DropOptions = RunOptions & { readonly olderThan?: string; readonly dryRun?: boolean; readonly accept?: string }

/** The databases whose copies are meant: the one named, else those of the project. */
async function databasesOf(scope: Scope, workspace: Workspace): Promise<readonly TargetInfo[]> {
  if (scope.kind === 'target') return [scope.target]
  // It says what there is, where nothing says which database is meant.
  if (scope.kind === 'nowhere') await runsOf(scope, workspace)
  return scope.kind === 'project' && scope.fallback !== null ? [scope.fallback] : []
}

/** The one database whose copies are meant. Errors: TARGET_NEEDED, UsageError where a project has several. */
async function databaseOf(scope: Scope, workspace: Workspace): Promise<TargetInfo> {
  const [target] = await databasesOf(scope, workspace)
  if (target === undefined) throw new UsageError(`name the database with --target: ${scope.kind === 'project' ? scope.targets.map(({ name }) => name).join(', ') : ''}`)
  return target
}

/** `backups`. */
export function backups(io: Io, _words: readonly string[], options: RunOptions): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    const target = await databaseOf(scopeOf(workspace, io, options), workspace)
    const list = await workspace.withPassword(target, () => workspace.call('backups.list', { target: target.id }))
    if (options.json === true) printJson(io, 'backups', { target: { name: target.name, url: target.url }, backups: list })
    else if (list.length === 0) io.say(`${target.name} keeps no backup.`)
    else io.out(backupsText(list))
    return exit.done
  })
}

const nameOf = ({ schema, name }: { readonly schema: string; readonly name: string }) => (schema === '' ? name : `${schema}.${name}`)

function backupsText(list: readonly Backup[]): string {
  const head = ['backup', 'of', 'rows', 'size', 'made by', 'age', 'only copy of']
  return table([head, ...list.map(lineOf)])
}

function lineOf(backup: Backup): string[] {
  const { name, kind, table: of, rows, bytes, run, command, madeAt, onlyCopy } = backup
  const by = run === null ? 'no known run' : kind === 'rescue' ? `undo of ${run}` : `${command ?? ''} ${run}`
  const alone = onlyCopy === null ? '?' : soleText(backup) || 'nothing'
  return [nameOf(name), of === null ? '?' : nameOf(of), rows, sizeText(bytes), by, madeAt === null ? '-' : ageText(madeAt), alone]
}

/** `12 KB`; `-` where the engine does not tell. */
export function sizeText(bytes: string | null): string {
  if (bytes === null) return '-'
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let [size, at] = [Number(bytes), 0]
  while (size >= 1024 && at < units.length - 1) [size, at] = [size / 1024, at + 1]
  return `${at === 0 || size >= 10 ? Math.round(size) : size.toFixed(1)} ${units[at] ?? ''}`
}

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

function ageText(madeAt: string): string {
  const ms = Math.max(0, Date.now() - Date.parse(madeAt))
  const unit = (['d', 'h', 'm'] as const).find((one) => ms >= units[one]) ?? 's'
  return `${Math.floor(ms / units[unit])}${unit}`
}

/** The moment before which something is older than `30d`, `12h`: ISO 8601, UTC. */
function momentOf(age: string): string {
  const match = /^(\d{1,9})([smhdw])$/.exec(age.trim())
  if (match === null) throw new UsageError(`--older-than takes an age such as 30d, 12h or 90m, not '${age}'`)
  return new Date(Date.now() - Number(match[1]) * units[match[2] as keyof typeof units]).toISOString()
}

/** `drop-backups [RUN...]`: what goes is listed, then asked, then measured again and dropped. */
export function dropBackups(io: Io, words: readonly string[], options: DropOptions): Promise<ExitCode> {
  return withRunDesk(io, options, async (workspace) => {
    if ((words.length === 0) === (options.olderThan === undefined)) throw new UsageError('drop-backups takes the ids of runs, or --older-than AGE (30d, 12h)')
    const which = options.olderThan === undefined ? { runs: words } : { before: momentOf(options.olderThan) }
    const accept = (options.accept ?? '').split(',').map((code) => code.trim()).filter((code) => code !== '')
    const strange = accept.find((code) => code !== codes.onlyCopy)
    if (strange !== undefined) throw new UsageError(`drop-backups has no finding ${strange} to accept; it takes --accept ${codes.onlyCopy}`)
    const scope = scopeOf(workspace, io, options)
    if (options.dryRun !== true && scope.kind === 'target') refuseReadOnly(scope.target)
    const target = await targetOf(words, scope, workspace)
    if (options.dryRun !== true) refuseReadOnly(target)
    const drop = { target: target.id, ...which, accept }
    const shown = await workspace.withPassword(target, () => workspace.call('backups.drop', { ...drop, dryRun: true }))
    for (const { name, run, why } of shown.left) io.say(`kept: ${nameOf(name)} of run ${run}, since ${why}`)
    if (shown.backups.length === 0) return tellNothing(io, target, shown, options)
    const isRefused = shown.backups.some((backup) => soleText(backup) !== '') && !accept.includes(codes.onlyCopy)
    if (options.dryRun === true) {
      tellDropped(io, target, shown, options)
      return isRefused ? exit.differences : exit.done
    }
    if (isRefused) {
      // The core says why; nobody need be asked before.
      io.say(backupsText(shown.backups).trimEnd())
      await workspace.call('backups.drop', { ...drop, confirm: await nameOfDatabase(target, workspace) })
      return exit.failed
    }
    io.say(backupsText(shown.backups).trimEnd())
    const summary = `drop ${count(shown.backups.length, 'backup')} of ${target.name}${runsText(shown.backups)}`
    const confirm = await agree(io, { target, database: await nameOfDatabase(target, workspace), text: '', summary, yes: options.yes === true })
    if (confirm === null) {
      io.say('Nothing was dropped.')
      return exit.cancelled
    }
    const done = await workspace.call('backups.drop', { ...drop, confirm, seen: soleTotals(shown.backups) })
    tellDropped(io, target, done, options)
    return exit.done
  })
}

const nameOfDatabase = (target: TargetInfo, workspace: Workspace): Promise<string> => withBooks(target, workspace, async ({ server }) => server.database)

function runsText(list: readonly Backup[]): string {
  const ids = [...new Set(list.flatMap(({ run, kind }) => (run === null || kind === 'rescue' ? [] : [run])))]
  return ids.length === 0 ? '' : `; ${ids.length === 1 ? 'run' : 'runs'} ${ids.join(', ')} cannot be undone after that`
}

/** The database of the runs that were named, which is one; without names the one that is meant. Errors: RUN_ELSEWHERE. */
async function targetOf(words: readonly string[], scope: Scope, workspace: Workspace): Promise<TargetInfo> {
  if (words.length === 0) return databaseOf(scope, workspace)
  const found: FoundRun[] = []
  for (const id of words) found.push(await findRun(id, scope, workspace))
  const [first] = found
  const { targets } = workspace.service.context
  const other = found.find(({ target }) => first !== undefined && targets.placeOf(target.id) !== targets.placeOf(first.target.id))
  if (first === undefined) return databaseOf(scope, workspace)
  if (other === undefined) return first.target
  throw new MetaMigrateError('RUN_ELSEWHERE', `Run ${other.run.id} is of ${other.target.url}, run ${first.run.id} of ${first.target.url}: drop the backups of one database at a time.`, { run: other.run.id })
}

function tellDropped(io: Io, target: TargetInfo, dropped: DroppedBackups, options: DropOptions): void {
  if (options.json === true) return printJson(io, 'dropped-backups', { target: { name: target.name, url: target.url }, ...dropped })
  if (dropped.dryRun) {
    io.say(backupsText(dropped.backups).trimEnd())
    io.out(dropped.statements.map((text) => `${text};\n`).join(''))
    return
  }
  io.out(`${count(dropped.backups.length, 'backup')} dropped: ${dropped.backups.map(({ name }) => nameOf(name)).join(', ')}\n`)
  for (const { code, backup, rows, values } of dropped.accepted) {
    const fields = values.map(({ field, count: held }) => `${held} values of ${field}`)
    io.out(`accepted ${code}: ${nameOf(backup)} was the only copy of ${[...(rows === '0' ? [] : [`${rows} rows`]), ...fields].join(' and ')}\n`)
  }
}

function tellNothing(io: Io, target: TargetInfo, shown: DroppedBackups, options: DropOptions): ExitCode {
  if (options.json === true) printJson(io, 'dropped-backups', { target: { name: target.name, url: target.url }, ...shown })
  else io.say(`There is nothing to drop in ${target.name}.`)
  return exit.done
}
