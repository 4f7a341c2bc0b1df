import { draftKeeperOf } from '../drafts/keep-drafts.ts'
import { listRuns, loadRun } from '../runs/runs.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import { attempt, setModel, setTasks, showToast, type App } from '../store/app.ts'
import { listTargets } from '../targets/targets.ts'

const beatMs = 1_000
/** An answer that takes longer is none: together with a beat it is said within three seconds. */
const answerMs = 1_800

/** Asks the host every second whether it lives and what the model's files are. Says so when it does not, and takes up again with a host that was started anew. */
export function followHost(app: App): () => void {
  let host: string | null = null
  let seen: string | null | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false

  async function beat(): Promise<void> {
    const { handle, document } = app.store.getState().model
    try {
      const reply = await ask(app, handle)
      if (host !== null && host !== reply.host) await reconnect(app)
      host = reply.host
      if (app.store.getState().tasks.hostLost !== null) {
        setTasks(app, { hostLost: null })
        showToast(app, 'MetaMigrate answers again')
      }
      const now = app.store.getState().model
      // What is on its way to disk is seen once before its own reply comes: two equal answers count.
      if (now.document === document && now.handle === handle && handle !== null) {
        if (reply.stamp === seen && now.stamp !== null && now.filesNow !== reply.stamp) setModel(app, { filesNow: reply.stamp })
        seen = reply.stamp
      } else seen = undefined
    } catch (error) {
      // A host that answers with an error is there; it is asked again.
      if (!(error instanceof MetaMigrateError && error.code === 'CONNECTION_LOST')) return
      const hostLost = error.details['status'] === undefined ? 'silent' : 'stranger'
      if (app.store.getState().tasks.hostLost !== hostLost) setTasks(app, { hostLost })
    }
  }

  function next(): void {
    if (isStopped) return
    const again = () => {
      timer = setTimeout(next, beatMs)
    }
    beat().then(again, again)
  }
  next()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

/** A host that was started anew does not know the handle yet: it is asked without. */
async function ask(app: App, handle: string | null): Promise<{ readonly host: string; readonly stamp: string | null }> {
  const window = app.windowId
  try {
    return await inTime(app.client.call('window.pulse', { window, handle }))
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || error.code !== 'BAD_HANDLE') throw error
    return inTime(app.client.call('window.pulse', { window, handle: null }))
  }
}

function inTime<T>(reply: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new MetaMigrateError('CONNECTION_LOST', 'MetaMigrate itself does not answer.')), answerMs)
    reply.then(resolve, reject).finally(() => clearTimeout(late))
  })
}

/** Takes up with a host that was started anew: it is told of the model, and asked for its databases and runs. Edits are sent to it again, whole. */
async function reconnect(app: App): Promise<void> {
  const { handle } = app.store.getState().model
  await app.client.call('app.start', {})
  if (handle !== null)
    await attempt(app, 'Find the model again', async () => {
      await app.client.call('model.open', { handle })
    })
  await attempt(app, 'List the targets', () => listTargets(app))
  await attempt(app, 'List the runs', () => listRuns(app))
  const { run } = app.store.getState().tasks
  if (run !== null) await attempt(app, 'Read the run', () => loadRun(app, run.id))
  if (app.store.getState().model.isDirty) await attempt(app, 'Keep the edits as a draft', () => draftKeeperOf(app).settle())
}
