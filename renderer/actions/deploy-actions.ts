import type { CommandName } from '../../app/commands/plan.ts'
import { openDeploy } from '../deploy/deploy.ts'
import { cancelRun } from '../runs/runs.ts'
import { isRunning } from '../runs/live-run.ts'
import { needsTarget, type Action } from './action.ts'

const commands: readonly { readonly name: CommandName; readonly title: string; readonly keywords: string }[] = [
  { name: 'redeploy', title: 'Redeploy…', keywords: 'deploy apply migrate sync push' },
  { name: 'create', title: 'Create tables…', keywords: 'deploy ddl' },
  { name: 'backup', title: 'Back up tables…', keywords: 'copy' },
  { name: 'delete', title: 'Delete tables…', keywords: 'drop' },
  { name: 'restore', title: 'Restore rows…', keywords: 'load backup' },
]

export const deployActions: readonly Action[] = [
  ...commands.map(({ name, title, keywords }): Action => ({
    id: `deploy.${name}`,
    title,
    group: 'Deploy',
    keywords,
    enabled: needsTarget,
    ...(name === 'redeploy' ? { shortcuts: ['F9'] } : {}),
    run: (app) => openDeploy(app, name),
  })),
  {
    id: 'run.cancel',
    title: 'Cancel the run',
    group: 'Deploy',
    keywords: 'stop abort',
    enabled: (state) => (state.tasks.run && isRunning(state.tasks.run) ? true : 'Nothing is running'),
    run: async (app) => {
      const { run } = app.store.getState().tasks
      if (run) await cancelRun(app, run.id)
    },
  },
]
