import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { OpenedModel, TargetInfo } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import { loadJsonModel } from '../../app/loaders/json.ts'
import type { Dialect } from '../../app/flavor/dialect.ts'
import type { Connection } from '../../app/flavor/driver.ts'
import { modelFromShapes } from '../../app/model/from-shapes.ts'
import type { Model } from '../../app/model/model.ts'
import { ownTablesOut } from '../../app/commands/plan-command.ts'
import { flavors } from '../../flavors/registry.ts'
import { dataFolder } from '../service/paths.ts'
import { findProject, projectIn, useProject, type Project } from '../service/project.ts'
import { createService, type Service } from '../service/service.ts'
import { readModelAt } from '../service/model-store.ts'
import { UsageError } from './exit.ts'
import type { Io } from './io.ts'
import type { ModelOptions } from './options.ts'
import { findingLine, tellFindings } from './text.ts'

/** The service as the command line uses it: the same handlers as the screens, in this process. */
export interface Workbench {
  readonly service: Service
  readonly project: Project | null
  /** The model that `--dir` or the project means. Its findings are told. */
  model(options: ModelOptions): Promise<OpenedModel>
  /** A model from any source: CSV file or directory, model JSON, database address or connection name, `sample`. */
  source(source: string, schemas?: readonly string[]): Promise<Pick<OpenedModel, 'model' | 'findings' | 'title'>>
  /** A target by connection name or address, with its password where one is needed. */
  target(nameOrUrl: string | undefined): Promise<TargetInfo>
  connect(target: TargetInfo): Promise<Connection>
  close(): Promise<void>
}

const isAddress = (text: string) => /^[a-z][a-z0-9+.-]+:/i.test(text) && !/^[a-z]:[\\/]/i.test(text)

/** Opens the project that `--dir` means. */
export async function openWorkbench(io: Io, options: { readonly dir?: string | true } = {}): Promise<Workbench> {
  const folder = resolve(io.cwd, typeof options.dir === 'string' ? options.dir : '.')
  const service = createService({
    dataDir: dataFolder(io.env), env: io.env, host: 'web', startPath: null, folder: io.cwd,
    unexpected: (call, error) => io.tell(`${call}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  })
  const project = (await findProject(folder, io.env)) ?? (await projectIn(io.cwd, io.env))
  for (const finding of useProject(project, service.context)) io.say(findingLine(finding, null, io))
  const { targets, newId } = service.context
  const connect = async (target: TargetInfo): Promise<Connection> => {
    await ensurePassword(target, service, io)
    try {
      return await targets.connect(target.id)
    } catch (error) {
      if (!(error instanceof MetaMigrateError) || error.code !== 'AUTHENTICATION_FAILED' || !io.interactive) throw error
      io.say(error.message)
      await ensurePassword({ ...target, needsPassword: true }, service, io)
      return targets.connect(target.id)
    }
  }
  const target = async (nameOrUrl: string | undefined) => findTarget(nameOrUrl, { service, project, io })
  const workbench: Workbench = {
    service,
    project,
    async model(given) {
      const path = typeof given.dir === 'string' ? resolve(io.cwd, given.dir) : (project?.modelPath ?? io.cwd)
      const at = project?.modelPathFor(path) ?? path
      if (!existsSync(at)) throw new MetaMigrateError('NOT_FOUND', `There is no model at ${at}. Name one with --dir, or make a project with init.`, { path: at })
      const { model, findings } = await readModelAt(at, newId)
      tellFindings(findings, model, io)
      return { handle: null, title: model.name, location: at, model, findings }
    },
    async source(source, schemas = []) {
      if (source === 'sample') return { ...(await readModelAt(service.context.sampleFolder, newId)), title: 'sample' }
      const path = resolve(io.cwd, source)
      if (!isAddress(source) && !(project?.connections.some(({ name }) => name === source) === true && !existsSync(path))) return readSource(path, source, newId)
      const found = await target(source)
      const connection = await connect(found)
      try {
        const catalog = ownTablesOut(await connection.introspect(schemas.length === 0 ? {} : { schemas }), connection.dialect)
        return { model: modelFromShapes(catalog.tables.map(({ shape }) => shape), newId, connection.server.database), findings: [], title: found.name }
      } finally {
        await connection.close()
      }
    },
    target,
    connect,
    close: () => service.close(),
  }
  return workbench
}

async function readSource(path: string, source: string, newId: () => string): Promise<{ model: Model; findings: OpenedModel['findings']; title: string }> {
  if (!existsSync(path)) throw new MetaMigrateError('NOT_FOUND', `There is no file or directory ${source}, and it is no database address (sqlite:PATH, postgres://...).`, { path: source })
  if (/\.json$/i.test(path)) return { model: loadJsonModel(await readFile(path, 'utf8')), findings: [], title: source }
  return { ...(await readModelAt(path, newId)), title: source }
}

async function findTarget(nameOrUrl: string | undefined, { service, project, io }: { readonly service: Service; readonly project: Project | null; readonly io: Io }): Promise<TargetInfo> {
  const { targets } = service.context
  const names = project?.connections.map(({ name }) => name) ?? []
  if (nameOrUrl === undefined) {
    if (names.length === 1 && names[0] !== undefined) return targets.get(`project:${names[0]}`)
    throw new UsageError(names.length === 0 ? 'Which database? Name it with --target (sqlite:PATH, postgres://USER@HOST/DATABASE), or add connections to metamigrate.yaml.' : `Which database? Name it with --target: ${names.join(', ')}.`)
  }
  if (names.includes(nameOrUrl)) return targets.get(`project:${nameOrUrl}`)
  const known = targets.list().find(({ name, id }) => name === nameOrUrl || id === nameOrUrl)
  if (known !== undefined) return known
  if (!isAddress(nameOrUrl)) throw new UsageError(`There is no connection '${nameOrUrl}'${names.length === 0 ? '' : ` (there are: ${names.join(', ')})`}, and it is no address: sqlite:PATH, postgres://USER@HOST/DATABASE.`)
  if (/^[a-z]+:\/\/[^/@]*:[^/@]+@/i.test(nameOrUrl)) io.say(`${io.style('yellow', 'warning')} The address holds a password, which other users of this machine can see. Use METAMIGRATE_PASSWORD, or \${VAR} in metamigrate.yaml.`)
  return targets.addForNow({ name: nameOrUrl.replace(/:[^:@/]*@/, '@'), url: nameOrUrl, tag: 'development', policy: 'free' }, io.cwd)
}

async function ensurePassword(target: TargetInfo, service: Service, io: Io): Promise<void> {
  const { targets } = service.context
  const given = io.env['METAMIGRATE_PASSWORD']
  if (given !== undefined && given !== '') return targets.setPassword(target.id, given)
  if (!target.needsPassword) return undefined
  if (!io.interactive) throw new MetaMigrateError('AUTHENTICATION_FAILED', `${target.name} needs a password: set METAMIGRATE_PASSWORD, or \${VAR} in metamigrate.yaml.`, { target: target.name })
  targets.setPassword(target.id, await io.ask(`Password for ${target.name}: `, true))
  return undefined
}

/** The dialect of `--flavor`, or of the project, or PostgreSQL. */
export function dialectOf(flavor: string | undefined, project: Project | null): Dialect {
  const wanted = flavor ?? project?.flavor ?? 'postgres'
  const found = flavors.find(({ dialect }) => dialect.name === wanted)
  if (found === undefined) throw new UsageError(`There is no flavor '${wanted}': ${flavors.map(({ dialect }) => dialect.name).join(', ')}.`)
  return found.dialect
}

/** Runs work with a workbench that is closed afterwards, whatever happens. */
export async function withWorkbench<T>(io: Io, options: { readonly dir?: string | true }, work: (workbench: Workbench) => Promise<T>): Promise<T> {
  const workbench = await openWorkbench(io, options)
  try {
    return await work(workbench)
  } finally {
    await workbench.close()
  }
}
