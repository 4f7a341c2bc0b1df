import { listDrafts } from '../drafts/recover.ts'
import { showInstead } from '../start/leave.ts'
import { saveModel, saveModelAs } from '../start/save-model.ts'
import { setView, withBusy, type App } from '../store/app.ts'
import { listTargets } from '../targets/targets.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { FileHandle } from '../../app/api/api.ts'
import { needsModel, type Action } from './action.ts'

/** Opens a model; null opens the sample. */
export async function openModel(app: App, handle: FileHandle | null): Promise<void> {
  const read = () => withBusy(app, 'Opening the model', () => app.client.call('model.open', { handle }))
  if (!(await showInstead(app, handle === null ? 'open the sample' : 'open another model', read))) return
  // A model may belong to a project, which brings its own databases.
  await listTargets(app)
  if (app.store.getState().tasks.start !== null) await listDrafts(app)
}

/** Reads a database into a new model. */
export async function openTarget(app: App, target: string): Promise<void> {
  const read = () => withBusy(app, 'Reading the database', () => app.client.call('model.fromTarget', { target }))
  await showInstead(app, 'read the model of the target', read)
}

/** Opens files that were dropped on the window. */
export async function importFiles(app: App, files: readonly File[]): Promise<void> {
  const contents = await Promise.all(files.map(async (file) => ({ name: file.name, base64: await base64Of(file) })))
  const read = () => withBusy(app, 'Reading the files', () => app.client.call('model.import', { files: contents }))
  await showInstead(app, `open ${files.length === 1 ? (files[0]?.name ?? 'a file') : `${files.length} files`}`, read)
}

/** A file's bytes in base64, as the browser writes them into a data URL. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : ''))
    reader.addEventListener('error', () =>
      reject(new MetaMigrateError('FILE_UNREADABLE', `Could not read ${file.name}.`, {}, { cause: reader.error })),
    )
    reader.readAsDataURL(file)
  })
}

export const modelActions: readonly Action[] = [
  {
    id: 'model.open',
    title: 'Open model…',
    group: 'Model',
    keywords: 'csv file folder directory load',
    shortcuts: ['Mod+O'],
    run: (app) => setView(app, { dialog: { kind: 'open' } }),
  },
  { id: 'model.sample', title: 'Open the sample model', group: 'Model', keywords: 'demo example', run: (app) => openModel(app, null) },
  { id: 'model.save', title: 'Save', group: 'Model', keywords: 'write csv', shortcuts: ['Mod+S'], enabled: needsModel, run: async (app) => void (await saveModel(app)) },
  {
    id: 'model.saveAs',
    title: 'Save as…',
    group: 'Model',
    keywords: 'copy csv folder',
    shortcuts: ['Mod+Shift+S'],
    enabled: needsModel,
    run: async (app) => void (await saveModelAs(app)),
  },
  {
    id: 'model.drafts',
    title: 'Drafts…',
    group: 'Model',
    keywords: 'recover restore unsaved crash',
    run: async (app) => {
      await listDrafts(app)
      setView(app, { dialog: { kind: 'drafts' } })
    },
  },
  {
    id: 'target.add',
    title: 'Connect a database…',
    group: 'Model',
    keywords: 'target connection postgres sqlite url',
    run: (app) => setView(app, { dialog: { kind: 'addTarget' } }),
  },
  {
    id: 'model.fromTarget',
    title: 'Read the model from the target',
    group: 'Model',
    keywords: 'introspect import database',
    enabled: (state) => (state.tasks.target === null ? 'No target is chosen' : true),
    run: async (app) => {
      const { target } = app.store.getState().tasks
      if (target !== null) await openTarget(app, target)
    },
  },
]
