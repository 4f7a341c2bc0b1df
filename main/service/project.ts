import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { MetaMigrateError } from '../../app/errors.ts'
import type { ServiceContext } from './context.ts'
import { parseProject } from './project-file.ts'
import type { ProjectFile } from './project-file.ts'

export const projectFileName = 'metamigrate.yaml'

/** A project on disk. */
export interface Project extends ProjectFile {
  readonly folder: string
  /** Path of its model. */
  readonly modelPath: string
  /** Path of the model that is meant by a path inside the project. */
  modelPathFor(path: string): string
}

/**
 * The project that a path belongs to: its folder, its model, or a part of its model; null when there is none.
 * Errors: PROJECT_INVALID.
 */
export async function findProject(path: string): Promise<Project | null> {
  const start = resolve(path)
  // The folder itself, or the ones above a model inside of it: a model is never further than that from its project.
  for (const folder of [start, dirname(start), dirname(dirname(start))]) {
    const project = await projectIn(folder)
    if (project !== null && (folder === start || start === project.modelPath || dirname(start) === project.modelPath)) return project
  }
  return null
}

/** The project of a folder, null when the folder has no project file. Errors: PROJECT_INVALID. */
export async function projectIn(folder: string): Promise<Project | null> {
  const path = join(folder, projectFileName)
  let source: string
  try {
    source = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
  const file = parseProject(source, path)
  const modelPath = resolve(folder, file.model)
  const isOwn = (given: string) => given === folder || given === path
  return { ...file, folder, modelPath, modelPathFor: (given) => (isOwn(resolve(given)) ? modelPath : given) }
}

/** Makes a project's connections the ones that are shown; without a project there are none of a project. */
export function useProject(project: Project | null, context: ServiceContext): void {
  context.project = project
  const requests = project === null ? [] : Object.entries(project.connections).map(([name, connection]) => ({ name, ...connection }))
  try {
    context.targets.setProject(requests, project?.folder ?? context.folder)
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || project === null) throw error
    throw new MetaMigrateError('PROJECT_INVALID', `${join(project.folder, projectFileName)}: ${error.message}`, error.details, { cause: error })
  }
}
