import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { MetaMigrateError } from '../../app/errors.ts'
import type { Finding } from '../../app/model/finding.ts'
import { parseProject } from '../../app/project/project.ts'
import type { FlavorSettings } from '../../app/flavor/dialect.ts'
import type { Project as ProjectSettings, SettingCheck } from '../../app/project/project.ts'
import { flavors } from '../../flavors/registry.ts'
import { readSettings } from '../../flavors/settings.ts'
import type { ServiceContext } from './context.ts'
import type { Environment } from './paths.ts'
import type { ProjectFile, TargetRequest } from './targets.ts'

export const projectFileName = 'metamigrate.yaml'

/** A project on disk. Its `findings` tell what in its file could not be used. */
export interface Project {
  readonly name: string | null
  readonly flavor: string | null
  /** Choices about texts, by flavor. */
  readonly flavors: FlavorSettings
  readonly folder: string
  /** Path of its model. */
  readonly modelPath: string
  readonly connections: readonly TargetRequest[]
  readonly findings: readonly Finding[]
  /** Path of the model that is meant by a path inside the project. */
  modelPathFor(path: string): string
}

/** The project that a path belongs to: its folder, its model, or a part of its model; null when there is none. */
export async function findProject(path: string, env: Environment): Promise<Project | null> {
  const start = resolve(path)
  // The folder itself, or the ones above a model inside of it: a model is never further than that from its project.
  for (const folder of [start, dirname(start), dirname(dirname(start))]) {
    const project = await projectIn(folder, env)
    const isOwn =
      project !== null &&
      (folder === start || start === join(folder, projectFileName) || start === project.modelPath || dirname(start) === project.modelPath)
    if (isOwn) return project
  }
  return null
}

/** The project of a folder, null when the folder has no project file. */
export async function projectIn(folder: string, env: Environment): Promise<Project | null> {
  const path = join(folder, projectFileName)
  let source: string
  try {
    source = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
  const { project, findings } = parseProject(source, (name) => env[name], { settingProblem })
  const modelPath = resolve(folder, project.model ?? '.')
  const isWhole = (given: string) => given === folder || given === path
  return {
    name: project.name,
    flavor: project.flavor,
    flavors: project.flavors,
    folder,
    modelPath,
    findings,
    connections: project.connections.map((connection) => requestOf(connection, findings)),
    modelPathFor: (given) => (isWhole(resolve(given)) ? modelPath : given),
  }
}

/** What the flavors say of a setting, without the stop that ends the sentence. */
const settingProblem: SettingCheck = (flavor, setting) => {
  const found = flavors.find(({ dialect }) => dialect.name === flavor)
  if (found === undefined) return `there is no flavor ${flavor}; known: ${flavors.map(({ dialect }) => dialect.name).join(', ')}`
  if (setting === null) return null
  try {
    readSettings(flavor, found.dialect.settings, { [setting.name]: setting.value })
    return null
  } catch (error) {
    if (!(error instanceof MetaMigrateError)) throw error
    return error.message.replace(/\.$/, '')
  }
}

/** A password whose variable is not set is asked for. */
function requestOf({ password, ...rest }: ProjectSettings['connections'][number], findings: readonly Finding[]): TargetRequest {
  const isAsked = findings.some(({ code, path }) => code === 'PROJECT_VARIABLE' && path.property === `connections.${rest.name}.password`)
  return { ...rest, ...(password === null ? {} : { password }), expectsPassword: isAsked || password !== null }
}

/** Makes a project's connections the ones that are shown; without a project there are none of a project. Gives what is wrong with them. */
export function useProject(project: Project | null, context: Pick<ServiceContext, 'targets' | 'folder' | 'project'>): readonly Finding[] {
  context.project = project
  const problems = context.targets.setProject(project?.connections ?? [], project?.folder ?? context.folder, fileOf(project))
  return [...(project?.findings ?? []), ...problems.map(findingOf)]
}

/** Connections of which a variable is not set stay as strict as they were. */
function fileOf(project: Project | null): ProjectFile | undefined {
  if (project === null) return undefined
  const known = new Set(project.connections.map(({ name }) => name))
  const named = project.findings.flatMap(({ path }) => /^connections\.(.+?)(?:\.(?:url|password|tag|policy|tunnel))?$/.exec(path.property ?? '')?.[1] ?? [])
  return { path: join(project.folder, projectFileName), unread: named.filter((name) => !known.has(name)) }
}

function findingOf({ name, error }: { readonly name: string; readonly error: MetaMigrateError }): Finding {
  return {
    code: error.code,
    severity: 'error',
    path: { file: projectFileName, property: `connections.${name}.url` },
    message: `${projectFileName}, connections.${name}: ${error.message}`,
  }
}
