import { listDrafts } from '../drafts/recover.ts'
import { openModel } from '../actions/model-actions.ts'
import { listRuns, takeEvent } from '../runs/runs.ts'
import { attempt, setTasks, setView, type App } from '../store/app.ts'
import { dialects } from '../store/flavors.ts'
import type { Theme } from '../store/state.ts'
import { chooseTarget, listTargets } from '../targets/targets.ts'

const isTheme = (value: unknown): value is Theme => value === 'system' || value === 'light' || value === 'dark'

/** Asks the host what there is, opens the first model, and listens to events from then on. */
export async function startApp(app: App): Promise<void> {
  setView(app, { flavor: dialects[0]?.name ?? '' })
  app.client.listen((event) => takeEvent(app, event))
  await attempt(app, 'Start', async () => {
    const start = await app.client.call('app.start', {})
    const theme = start.settings['theme']
    setView(app, { theme: isTheme(theme) ? theme : 'system', isHighContrast: start.settings['highContrast'] === true })
    await Promise.all([
      attempt(app, 'Open the model', () => openModel(app, start.initial)),
      attempt(app, 'List the targets', async () => {
        await listTargets(app)
        if (start.defaultTarget !== null) chooseTarget(app, start.defaultTarget)
      }),
      attempt(app, 'List the runs', () => listRuns(app)),
    ])
    setTasks(app, { start })
    await attempt(app, 'List the drafts', () => listDrafts(app))
  })
}

/** Keeps theme and contrast of the page in step with the state. */
export function followTheme(app: App): void {
  const show = () => {
    const { theme, isHighContrast } = app.store.getState().view
    document.documentElement.dataset['theme'] = theme
    if (isHighContrast) document.documentElement.dataset['contrast'] = 'high'
    else delete document.documentElement.dataset['contrast']
  }
  show()
  app.store.subscribe((state, before) => {
    if (state.view.theme !== before.view.theme || state.view.isHighContrast !== before.view.isHighContrast) show()
  })
}
