import { attempt, useApp, useAppHandle } from '../store/app.ts'
import type { DeployState } from '../store/state.ts'
import { changeDeploy } from './deploy.ts'

/** What the person may choose of a plan; each choice makes the plan anew. */
export function DeployOptions({ deploy }: { readonly deploy: DeployState }) {
  const app = useAppHandle()
  const shown = useApp((state) => state.view.tables.length)
  const strategy = deploy.reply?.plan?.strategy
  const change = (work: Promise<void>) => void attempt(app, 'Make the plan', () => work)
  const keeps = deploy.options.keepBackup ?? true
  return (
    <fieldset className="deploy-options">
      <legend className="visually-hidden">Options</legend>
      <label className="check-line">
        <input
          type="checkbox"
          checked={deploy.scope === 'shown'}
          disabled={shown === 0}
          onChange={(event) => change(changeDeploy(app, { scope: event.currentTarget.checked ? 'shown' : 'all' }))}
        />
        <span>{shown > 1 ? `Only the ${shown} tables of the sheet` : 'Only the table of the sheet'}</span>
      </label>
      <label className="check-line">
        <input
          type="checkbox"
          checked={keeps}
          onChange={(event) => change(changeDeploy(app, {}, { keepBackup: event.currentTarget.checked }))}
        />
        <span>Keep the backups until I drop them</span>
      </label>
      <label className="check-line">
        <input
          type="checkbox"
          checked={deploy.options.includeUnchanged}
          onChange={(event) => change(changeDeploy(app, {}, { includeUnchanged: event.currentTarget.checked }))}
        />
        <span>Rebuild unchanged tables too</span>
      </label>
      {strategy ? <span className="muted">Strategy: {strategy}</span> : null}
    </fieldset>
  )
}
