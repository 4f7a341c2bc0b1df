import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { MetaMigrateError } from '../../app/errors.ts'
import { loadJsonModel } from '../../app/loaders/json.ts'
import type { Finding } from '../../app/model/finding.ts'
import { makeIds } from '../../app/model/id.ts'
import type { Model } from '../../app/model/model.ts'
import { validateModel } from '../../app/model/validate.ts'
import { onDisk, readModelAt } from '../service/model-store.ts'
import { programFolder } from '../service/paths.ts'
import { findProject } from '../service/project.ts'
import type { Project } from '../service/project.ts'
import type { Io } from './io.ts'
import type { ModelOptions } from './options.ts'

/** Fresh random ids. */
export const newId = makeIds(() => randomInt(2 ** 47) / 2 ** 47)

/** A model as a command was given it. */
export interface Source {
  readonly model: Model
  readonly findings: readonly Finding[]
  readonly path: string
  readonly project: Project | null
}

/** Whether a word is a database address and no path. One letter before the colon is a drive. */
export const isAddress = (word: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]+:/.test(word)

/** The model that `--dir` names: a project, a model directory, or a CSV file; by default the current directory. Errors: those of `readModelAt`. */
export async function readSource({ dir }: Pick<ModelOptions, 'dir'>, io: Io): Promise<Source> {
  const given = resolve(io.cwd, typeof dir === 'string' ? dir : '.')
  const project = await onDisk(given, () => findProject(given, io.env))
  refuseBroken(project)
  const path = project?.modelPathFor(given) ?? given
  const { model, findings } = await readModelAt(path, newId)
  return { model: project?.name == null ? model : { ...model, name: project.name }, findings, path, project }
}

/** The project around a directory, or null. Errors: PROJECT_INVALID. */
export async function readProject({ dir }: Pick<ModelOptions, 'dir'>, io: Io): Promise<Project | null> {
  const given = resolve(io.cwd, typeof dir === 'string' ? dir : '.')
  const project = await onDisk(given, () => findProject(given, io.env))
  refuseBroken(project)
  return project
}

function refuseBroken(project: Project | null): void {
  // A variable that is not set matters only to the connection that needs it: that one asks, or is missing.
  const broken = project?.findings.find(({ code, severity }) => severity === 'error' && code !== 'PROJECT_VARIABLE')
  if (broken !== undefined) throw new MetaMigrateError('PROJECT_INVALID', broken.message, { folder: project?.folder ?? '' })
}

/** The model of a file, a directory, or the sample; a live database is another matter. */
export async function readFileSource(word: string, io: Io): Promise<{ readonly model: Model; readonly findings: readonly Finding[] }> {
  if (word === 'sample') return readModelAt(join(programFolder(), 'assets', 'sample'), newId)
  const path = resolve(io.cwd, word)
  refuseCode(word)
  if (!/\.json$/i.test(path)) return readSource({ dir: path }, io)
  const model = loadJsonModel(await onDisk(path, () => readFile(path, 'utf8')))
  return { model: model.name === '' ? { ...model, name: basename(path, '.json') } : model, findings: [] }
}

/** What makes a model something else than the person means: cells that could not be read, parts that contradict each other. A text of the rest is not the whole. */
export const modelErrors = ({ model, findings }: Pick<Source, 'model' | 'findings'>): readonly Finding[] =>
  [...findings, ...validateModel(model)].filter(({ severity }) => severity === 'error')

/** Files that look like a model to a person, and are a program that makes one. Errors: SOURCE_UNSUPPORTED. */
function refuseCode(word: string): void {
  if (/\.sql$/i.test(word))
    throw new MetaMigrateError('SOURCE_UNSUPPORTED', `${word} is an SQL script, which MetaMigrate does not read yet. Run it in an empty database, and load that: sqlite3 new.db < ${word}, then metamigrate load sqlite:new.db.`, { source: word })
  if (/\.py$/i.test(word))
    throw new MetaMigrateError('SOURCE_UNSUPPORTED', `${word} is Python code, which MetaMigrate does not read yet. Let Django make the tables (manage.py migrate), and load that database.`, { source: word })
}
