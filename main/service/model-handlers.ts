import type { Stats } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Api, OpenedModel } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import { loadCsvModel } from '../../app/loaders/csv/load.ts'
import type { ServiceContext } from './context.ts'
import { holdsModelFiles, isTextModel, onDisk, readModelAt, saveModelAt, titleOf } from './model-store.ts'
import { readTarget } from './read-target.ts'
import { prefetch, type Prefetch } from './prefetch.ts'
import { findProject, useProject } from './project.ts'

const maxRecent = 12

/** Models in and out. */
export function modelHandlers(context: ServiceContext) {
  const { handles, newId, targets } = context
  // The window will ask for this model as its first thing: it is read while the window itself still loads.
  const early = context.startPath === null ? null : begin(context.startPath, context)
  // Every file that was shown has a handle. Only what holds a model of this session may be written by one.
  const models = new Set<string>()
  return {
    'model.open': async ({ handle }) => {
      if (handle === null) return openSample(context)
      const { path, opened } = await openAt(handles.path(handle), context, early)
      models.add(path)
      return opened
    },
    'model.import': async ({ files }) => {
      const [first] = files
      const title = files.length === 1 && first !== undefined ? titleOf(first.name) : 'imported'
      const { model, findings } = loadCsvModel(
        files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') })),
        { newId, name: title },
      )
      return { handle: null, title, location: files.map(({ name }) => name).join(', '), model, findings }
    },
    'model.fromTarget': async ({ target, schemas }) => {
      const { name, url } = targets.get(target)
      const connection = await targets.connect(target)
      try {
        const { model, loaded, findings } = await readTarget(connection, name, schemas)
        await context.loaded.remember(url, loaded)
        return { handle: null, title: name, location: url, model, findings }
      } finally {
        await connection.close()
      }
    },
    'model.save': async ({ handle, model, stamp = null }) => {
      const path = handles.path(handle)
      if (!models.has(path))
        throw new MetaMigrateError('BAD_HANDLE', `No model was opened from ${path} in this session. Use Save as.`, { path })
      return saveModelAt(path, model, await kindAt(path), stamp)
    },
    'model.saveAs': async ({ folder, name, model, overwrite = false }) => {
      const path = join(handles.path(folder), checkedName(name))
      const kind = isTextModel(name) ? 'single' : 'directory'
      await onDisk(path, async () => {
        if ((await isTaken(path, kind)) && !overwrite)
          throw new MetaMigrateError('ALREADY_EXISTS', `${path} is there already. Save over it, or choose another name.`, { path })
        if (kind === 'directory') await mkdir(path, { recursive: true })
      })
      const { stamp } = await saveModelAt(path, model, kind)
      models.add(path)
      await remember(path, context)
      useProject(await findProject(path, context.env), context)
      return { handle: handles.mint(path), title: titleOf(path), location: path, stamp }
    },
  } satisfies Pick<Api, 'model.open' | 'model.import' | 'model.fromTarget' | 'model.save' | 'model.saveAs'>
}

async function openSample({ sampleFolder, newId }: ServiceContext): Promise<OpenedModel> {
  const { model, findings } = await readModelAt(sampleFolder, newId)
  return {
    handle: null,
    title: 'Sample',
    location: 'the sample that comes with MetaMigrate',
    model: { ...model, name: 'Sample' },
    findings,
  }
}

type FirstModel = Promise<Prefetch<Awaited<ReturnType<typeof readModelAt>>> | null>

async function begin(given: string, { env, newId }: ServiceContext): FirstModel {
  try {
    const path = (await findProject(given, env))?.modelPathFor(given) ?? given
    return prefetch(path, () => readModelAt(path, newId))
  } catch {
    // Whoever opens it meets the same error, and can be told.
    return null
  }
}

/** A path may be a project: then its model is meant. */
async function openAt(
  given: string,
  context: ServiceContext,
  early: FirstModel | null,
): Promise<{ readonly path: string; readonly opened: OpenedModel }> {
  const project = await onDisk(given, () => findProject(given, context.env))
  const path = project === null ? given : project.modelPathFor(given)
  const { model, findings, stamp } = (await (await early)?.take(path)) ?? (await readModelAt(path, context.newId))
  const projectFindings = useProject(project, context)
  await remember(path, context)
  const title = project?.name ?? titleOf(path)
  return { path, opened: { handle: context.handles.mint(path), title, location: path, model, findings: [...projectFindings, ...findings], stamp, ...(project === null ? {} : { flavors: project.flavors }) } }
}

async function remember(path: string, { recent }: ServiceContext): Promise<void> {
  const others = recent.get().filter((one) => one.path !== path)
  await recent.set([{ title: titleOf(path), path }, ...others].slice(0, maxRecent))
}

async function kindAt(path: string): Promise<'single' | 'directory'> {
  return onDisk(path, async () => ((await stat(path)).isDirectory() ? 'directory' : 'single'))
}

/** Whether files would be replaced: a folder may get a model unless it has files of one. Errors: BAD_NAME where a file has the name of a folder, or a folder that of a file. */
async function isTaken(path: string, kind: 'single' | 'directory'): Promise<boolean> {
  const found = await statOf(path)
  if (found === null) return false
  if (found.isDirectory() !== (kind === 'directory'))
    throw new MetaMigrateError('BAD_NAME', `${path} is a ${found.isDirectory() ? 'folder' : 'file'} already. Choose another name.`, {
      path,
    })
  return kind === 'single' || holdsModelFiles(path)
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

// Names that Windows keeps for devices are refused everywhere: a model must open on the next machine too.
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

function checkedName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused here
  const isBad = /[/\\:*?"<>|\u0000-\u001f]/.test(name) || name.startsWith('.') || /[. ]$/.test(name) || deviceName.test(name)
  if (isBad)
    throw new MetaMigrateError('BAD_NAME', 'This is no name for a file: leave out / \\ : * ? " < > | and do not begin or end with a dot.', {
      name,
    })
  return name
}
