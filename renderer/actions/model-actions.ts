import { showModel } from '../store/open.ts'
import { setModel, setView, showToast, withBusy, type App } from '../store/app.ts'
import { documentOf } from '../store/edits.ts'
import { listTargets } from '../targets/targets.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { FileHandle } from '../../app/api/api.ts'
import { needsModel, type Action } from './action.ts'

/** Opens a model; null opens the sample. */
export async function openModel(app: App, handle: FileHandle | null): Promise<void> {
  const opened = await withBusy(app, 'Opening the model', () => app.client.call('model.open', { handle }))
  showModel(app, opened)
  // A model may belong to a project, which brings its own databases.
  await listTargets(app)
}

/** Reads a database into a new model. */
export async function openTarget(app: App, target: string): Promise<void> {
  const opened = await withBusy(app, 'Reading the database', () => app.client.call('model.fromTarget', { target }))
  showModel(app, opened)
}

/** Opens files that were dropped on the window. */
export async function importFiles(app: App, files: readonly File[]): Promise<void> {
  const contents = await Promise.all(files.map(async (file) => ({ name: file.name, base64: await base64Of(file) })))
  const opened = await withBusy(app, 'Reading the files', () => app.client.call('model.import', { files: contents }))
  showModel(app, opened)
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

async function save(app: App): Promise<void> {
  const { handle } = app.store.getState().model
  if (handle === null) return setView(app, { dialog: { kind: 'saveAs' } })
  const document = documentOf(app)
  const model = document.snapshot()
  const { files } = await withBusy(app, 'Saving', () => app.client.call('model.save', { handle, model }))
  if (document.snapshot() === model) document.markSaved()
  setModel(app, { isDirty: document.isDirty })
  showToast(app, files.length === 0 ? 'Saved; nothing had changed' : `Saved ${files.join(', ')}`)
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
  { id: 'model.save', title: 'Save', group: 'Model', keywords: 'write csv', shortcuts: ['Mod+S'], enabled: needsModel, run: save },
  {
    id: 'model.saveAs',
    title: 'Save as…',
    group: 'Model',
    keywords: 'copy csv folder',
    shortcuts: ['Mod+Shift+S'],
    enabled: needsModel,
    run: (app) => setView(app, { dialog: { kind: 'saveAs' } }),
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
