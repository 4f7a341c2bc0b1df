import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import { MetaMigrateError } from '../../app/errors.ts'
import { saveCsvModel } from '../../app/exporters/csv.ts'
import { loadCsvModel, modelFileNames } from '../../app/loaders/csv/load.ts'
import type { LoadedCsv } from '../../app/loaders/csv/load.ts'
import type { Id, Model } from '../../app/model/model.ts'
import { settle, stage, syncFolder, writeWhole } from './atomic.ts'
import { contentStamp } from './content-stamp.ts'
import { createTurns } from './turns.ts'

const maxFileBytes = 256 * 1024 * 1024
const textEndings: ReadonlySet<string> = new Set(['.csv', '.tsv', '.txt'])
/** Which files of a folder are on their way to which names: there exactly while a save is being settled. */
const manifestName = '.metamigrate-saving.json'

// Two saves of one folder at once would settle each other's files, and who reads in between would finish a save that is still at work.
const inTurn = createTurns()

const isModelFile = (name: string): boolean => modelFileNames.includes(name.toLowerCase())

/** Whether a file may hold a model by its name. */
export const isTextModel = (name: string): boolean => textEndings.has(extname(name).toLowerCase())

/** Whether a folder holds a model directory. */
export async function isModelFolder(folder: string): Promise<boolean> {
  return (await namesIn(folder)).some((name) => name.toLowerCase() === 'fields.csv')
}

/** Whether a save into a folder would replace files that are there. */
export async function holdsModelFiles(folder: string): Promise<boolean> {
  return (await namesIn(folder)).some(isModelFile)
}

/** Title of what lies at a path: its name without the ending of a file. */
export const titleOf = (path: string): string => basename(path).replace(/\.(csv|tsv|txt)$/i, '') || path

/** A model with the stamp of the very bytes that it was read from. */
export interface StoredModel extends LoadedCsv {
  readonly stamp: string
}

/** The model of a CSV file or model directory. Errors: NOT_FOUND, NOT_PERMITTED, FILE_TOO_LARGE, those of `loadCsvModel`. */
export async function readModelAt(path: string, newId: () => Id): Promise<StoredModel> {
  return onDisk(path, async () => {
    const files = await inTurn(path, () => filesAt(path))
    return { ...loadCsvModel(files, { newId, name: titleOf(path) }), stamp: contentStamp(files) }
  })
}

/** The folder and names of the files that a model at a path is made of. */
export async function modelFilesAt(path: string): Promise<{ readonly folder: string; readonly names: readonly string[] }> {
  const isFolder = (await stat(path)).isDirectory()
  return isFolder ? { folder: path, names: (await namesIn(path)).filter(isModelFile) } : { folder: dirname(path), names: [basename(path)] }
}

async function filesAt(path: string): Promise<readonly { readonly name: string; readonly bytes: Buffer }[]> {
  if ((await stat(path)).isDirectory()) await finishSave(path)
  const { folder, names } = await modelFilesAt(path)
  return Promise.all(names.map(async (name) => ({ name, bytes: await readLimited(join(folder, name)) })))
}

/**
 * Writes a model and gives the names of the files that changed. A crash at any moment leaves the old model or, once opened again, the new one; files
 * that are no part of a model are left alone. Errors: NOT_PERMITTED, DISK_FULL, those of `saveCsvModel`.
 */
export async function writeModelAt(path: string, model: Model, kind: 'single' | 'directory'): Promise<readonly string[]> {
  return (await saveModelAt(path, model, kind)).files
}

/** The same, with the stamp of what was written. `expected`: what the files must still be; null: whatever they are. Error: CHANGED_ON_DISK. */
export async function saveModelAt(
  path: string,
  model: Model,
  kind: 'single' | 'directory',
  expected: string | null = null,
): Promise<{ readonly files: readonly string[]; readonly stamp: string }> {
  return onDisk(path, async () => {
    const files = saveCsvModel(model, { kind })
    return inTurn(path, async () => {
      if (expected !== null && contentStamp(await filesAt(path)) !== expected)
        throw new MetaMigrateError('CHANGED_ON_DISK', `${path} was changed by another program since it was opened or saved here. Nothing was written: merge its changes, load it again, or save under another name.`, { path })
      return kind === 'directory' ? writeFolder(path, files) : writeSingle(path, files[0]?.bytes)
    })
  })
}

interface Written {
  readonly files: readonly string[]
  readonly stamp: string
}

async function writeSingle(path: string, bytes: Uint8Array = new Uint8Array()): Promise<Written> {
  const stamp = contentStamp([{ name: basename(path), bytes }])
  if (await sameBytes(path, bytes)) return { files: [], stamp }
  await writeWhole(path, bytes)
  return { files: [basename(path)], stamp }
}

async function writeFolder(
  folder: string,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<Written> {
  await finishSave(folder)
  const there = await namesIn(folder)
  // A file keeps the spelling that it has (Fields.CSV).
  const nameOf = (name: string) => there.find((one) => one.toLowerCase() === name) ?? name
  const wanted = files.map(({ name, bytes }) => ({ name: nameOf(name), bytes }))
  const stamp = contentStamp(wanted)
  const changed: typeof wanted = []
  for (const file of wanted) if (!(await sameBytes(join(folder, file.name), file.bytes))) changed.push(file)
  const gone = there.filter((name) => isModelFile(name) && wanted.every((file) => file.name !== name))
  if (changed.length === 0 && gone.length === 0) return { files: [], stamp }
  const staged = await stageAll(changed.map(({ name, bytes }) => ({ path: join(folder, name), bytes })))
  const manifest = { renames: staged.map((file) => ({ from: basename(file.temporary), to: basename(file.path) })), removed: gone }
  await writeWhole(join(folder, manifestName), JSON.stringify(manifest))
  await finishSave(folder)
  return { files: [...changed.map(({ name }) => name), ...gone], stamp }
}

async function stageAll(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]) {
  const staged: Awaited<ReturnType<typeof stage>>[] = []
  try {
    for (const { path, bytes } of files) staged.push(await stage(path, bytes))
    return staged
  } catch (error) {
    for (const { temporary } of staged) await rm(temporary, { force: true })
    throw error
  }
}

const manifestShape = z.object({
  renames: z.array(z.object({ from: z.string().regex(/^\.[^/\\]+\.[0-9a-f]{12}\.tmp$/), to: z.string() })),
  removed: z.array(z.string()),
})

/** Settles a save whose files are all on disk. Nothing is done where no save was under way. Only names of model files are ever touched, whatever a manifest says. */
async function finishSave(folder: string): Promise<void> {
  const path = join(folder, manifestName)
  const source = await readIfThere(path)
  if (source === null) return
  const manifest = manifestShape.safeParse(parsed(source.toString('utf8'))).data
  if (manifest !== undefined && [...manifest.renames.map(({ to }) => to), ...manifest.removed].every(isModelFile)) {
    const there = new Set(await namesIn(folder))
    for (const { from, to } of manifest.renames)
      if (there.has(from)) await settle({ path: join(folder, to), temporary: join(folder, from) })
    for (const name of manifest.removed) await rm(join(folder, name), { force: true })
    await syncFolder(folder)
  }
  await rm(path, { force: true })
  await syncFolder(folder)
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).toSorted()
}

async function readLimited(path: string): Promise<Buffer> {
  const { size } = await stat(path)
  if (size > maxFileBytes)
    throw new MetaMigrateError('FILE_TOO_LARGE', `${path} has ${size} bytes; a model file may have ${maxFileBytes}.`, { path })
  return readFile(path)
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

async function sameBytes(path: string, bytes: Uint8Array): Promise<boolean> {
  return (await readIfThere(path))?.equals(bytes) === true
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

const reasons: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['NOT_FOUND', 'is not there'],
  ENOTDIR: ['NOT_FOUND', 'is not there'],
  EACCES: ['NOT_PERMITTED', 'may not be read or written by this user'],
  EPERM: ['NOT_PERMITTED', 'may not be read or written by this user'],
  EROFS: ['NOT_PERMITTED', 'is on a disk that cannot be written'],
  ENOSPC: ['DISK_FULL', 'could not be written: the disk is full. What was there is still there'],
}

/** Work on a path whose system errors come out as ours. */
export async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const reason = reasons[codeOf(error)]
    if (reason === undefined || error instanceof MetaMigrateError) throw error
    throw new MetaMigrateError(reason[0], `${path} ${reason[1]}.`, { path }, { cause: error })
  }
}
