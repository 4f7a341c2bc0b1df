import type { Api, ApiEvent, Arguments, CallName, Result, TargetInfo } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import { dataFolder } from '../service/paths.ts'
import { useProject } from '../service/project.ts'
import type { Project } from '../service/project.ts'
import { createService } from '../service/service.ts'
import type { Service } from '../service/service.ts'
import { UsageError } from './exit.ts'
import type { Io } from './io.ts'
import { nearest } from '../service/nearest.ts'
import { isAddress } from './source.ts'

/** The core, called in process with the same checks as from a window. */
export interface Workspace {
  readonly service: Service
  call<K extends CallName>(name: K, args: Arguments<K>): Promise<Result<K>>
  listen(listener: (event: ApiEvent) => void): () => void
  /** Work on a target that asks for the password when the server does. */
  withPassword<T>(target: TargetInfo, work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Work with an opened core that is closed afterwards, whatever happens. */
export async function withWorkspace<T>(io: Io, project: Project | null, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = openWorkspace(io, project)
  try {
    return await work(workspace)
  } finally {
    await workspace.close()
  }
}

/** Opens the core on this person's data folder, with the project's connections known. */
export function openWorkspace(io: Io, project: Project | null): Workspace {
  const service = createService({ dataDir: dataFolder(io.env), env: io.env, host: 'web', startPath: null, folder: io.cwd, unexpected: (_, error) => io.tell(error instanceof Error ? (error.stack ?? error.message) : String(error)) })
  for (const { message } of useProject(project, service.context)) io.say(`warning: ${message}`)
  const call = async <K extends CallName>(name: K, args: Arguments<K>): Promise<Result<K>> => {
    const reply = await service.dispatch(name satisfies keyof Api, args)
    if (!reply.ok) throw new MetaMigrateError(reply.error.code, reply.error.message, reply.error.details)
    return reply.value as Result<K>
  }
  return { service, call, listen: (listener) => service.listen(listener), withPassword: (target, work) => withPassword({ target, work, call, io }), close: () => service.close() }
}

/** The database that a word names: a connection of the project, a known target, or an address. Errors: TARGET_NOT_FOUND. */
export function chooseTarget(word: string | undefined, { service }: Workspace, io: Io): TargetInfo {
  const { targets, project } = service.context
  const known = targets.list()
  if (word === undefined) return chooseDefault(known, io)
  if (!isAddress(word)) {
    const found = known.find(({ name, origin }) => name === word && origin === 'project') ?? known.find(({ id, name }) => id === word || name === word)
    if (found !== undefined) return found
    const names = known.map(({ id, name, origin }) => (origin === 'sample' ? id : name))
    throw new MetaMigrateError('TARGET_NOT_FOUND', `There is no connection named ${word}${nearest(word, names, '; did you mean ')}. Known: ${names.join(', ')}. Or give an address: sqlite:PATH, postgres://USER@HOST/DATABASE.`)
  }
  const request = { name: 'the given address', url: word, tag: 'development', policy: 'free' } as const
  const target = targets.addForNow(request, io.cwd)
  if (/^[A-Za-z0-9+.-]+:\/\/[^/@]*:[^/@]+@/.test(word)) io.say('warning: others on this machine can read a password on a command line; use METAMIGRATE_PASSWORD or ${VAR} in metamigrate.yaml')
  const alike = known.find(({ url }) => url === target.url)
  // The same database under a name of the project keeps that name; its policy it has by itself.
  return alike !== undefined && project !== null ? alike : { ...target, name: target.url }
}

/** The database that a project means where none is named: its only one, else its only one for development, as the project itself says. Null: it is to be named. */
export function defaultOf(own: readonly TargetInfo[]): TargetInfo | null {
  const development = own.filter(({ tag, stricter }) => (stricter?.ownTag ?? tag) === 'development')
  const [only] = own.length === 1 ? own : development
  return only === undefined || (own.length > 1 && development.length > 1) ? null : only
}

function chooseDefault(known: readonly TargetInfo[], io: Io): TargetInfo {
  const own = known.filter(({ origin }) => origin === 'project')
  const only = defaultOf(own)
  if (only === null) {
    throw new UsageError(`name the database with --target${own.length === 0 ? ': sqlite:PATH, postgres://USER@HOST/DATABASE' : `: ${own.map(({ name }) => name).join(', ')}`}`)
  }
  io.say(`target: ${only.name} (${only.url})`)
  return only
}

interface PasswordInput<T> {
  readonly target: TargetInfo
  readonly work: () => Promise<T>
  readonly call: Workspace['call']
  readonly io: Io
}

async function withPassword<T>({ target, work, call, io }: PasswordInput<T>): Promise<T> {
  const given = io.env['METAMIGRATE_PASSWORD']
  const set = (password: string) => call('target.password', { id: target.id, password })
  if (target.needsPassword || given !== undefined) {
    if (given !== undefined && target.url.includes('//')) await set(given)
    else if (target.needsPassword && io.interactive) await set(await io.ask(`Password for ${target.url}: `, true))
  }
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof MetaMigrateError) || error.code !== 'AUTHENTICATION_FAILED') throw error
      if (!io.interactive) throw new MetaMigrateError(error.code, `${error.message} Give the password in METAMIGRATE_PASSWORD, or as password: \${VAR} in metamigrate.yaml.`, error.details, { cause: error })
      if (tries === 3) throw error
      await set(await io.ask(`Password for ${target.url}: `, true))
    }
  }
}
