import type { Arguments } from '../../app/api/api.ts'
import { setTasks, setView, showToast, withBusy, type App } from '../store/app.ts'
import { dialectOf } from '../store/flavors.ts'

/** Makes a target the one that commands speak to, and shows its flavor in the preview. A missing password is asked for. */
export function chooseTarget(app: App, id: string): void {
  const target = app.store.getState().tasks.targets.find((each) => each.id === id)
  if (!target) return
  setTasks(app, { target: id })
  if (dialectOf(target.flavor)) setView(app, { flavor: target.flavor })
  if (target.needsPassword) setView(app, { dialog: { kind: 'targetPassword', target: id } })
}

export async function listTargets(app: App): Promise<void> {
  setTasks(app, { targets: await app.client.call('target.list', {}) })
}

/** Keeps a new target and makes it the chosen one. */
export async function addTarget(app: App, args: Arguments<'target.add'>): Promise<void> {
  const target = await withBusy(app, 'Connecting', () => app.client.call('target.add', args))
  await listTargets(app)
  setView(app, { dialog: null })
  chooseTarget(app, target.id)
  showToast(app, `Connected ${target.name}`)
}

export async function givePassword(app: App, id: string, password: string): Promise<void> {
  await app.client.call('target.password', { id, password })
  await listTargets(app)
  setView(app, { dialog: null })
}
