import type { Plan } from '../../app/commands/plan.ts'
import { displayName } from '../../app/model/names.ts'
import { attempt, useAppHandle } from '../store/app.ts'
import type { DeployState } from '../store/state.ts'
import { changeDeploy } from './deploy.ts'

interface Line {
  /** What the plan is asked to drop, by. */
  readonly name: string
  readonly text: string
  readonly canDrop: boolean
}

/** What only the database has, folded: it stays, and each part that may go has a box. Tables beside the model's go by their own box only. */
export function PlanUnmanaged({ plan, deploy }: { readonly plan: Plan; readonly deploy: DeployState }) {
  const app = useAppHandle()
  const { unmanaged } = plan
  const asked = deploy.options.dropUnmanaged ?? []
  if (unmanaged === undefined) return null
  const kept = unmanaged.kept.map((one): Line => ({ name: `${one.text} of ${displayName(one.table)}`, text: `${one.text} of ${displayName(one.table)}`, canDrop: one.droppable }))
  const alone = unmanaged.leftAlone.map((table): Line => ({ name: `table ${displayName(table)}`, text: `table ${displayName(table)}`, canDrop: true }))
  const chosen = asked.map((name): Line => ({ name, text: name, canDrop: true }))
  const lines = [...chosen, ...[...kept, ...alone].filter(({ name }) => !asked.includes(name))]
  if (lines.length === 0) return null
  const change = (name: string, drops: boolean) =>
    void attempt(app, 'Make the plan', () => changeDeploy(app, {}, { dropUnmanaged: drops ? [...asked, name] : asked.filter((one) => one !== name) }))
  return (
    <details className="plan-unmanaged" open={asked.length > 0}>
      <summary>
        Not in the model: {unmanaged.kept.length} kept, {unmanaged.leftAlone.length} table{unmanaged.leftAlone.length === 1 ? '' : 's'} left alone
        {asked.length > 0 ? `, ${asked.length} to be dropped` : ''}
      </summary>
      <ul>
        {lines.map(({ name, text, canDrop }) => (
          <li key={name}>
            {canDrop && plan.command === 'redeploy' ? (
              <label className="check-line">
                <input type="checkbox" checked={asked.includes(name)} onChange={(event) => change(name, event.currentTarget.checked)} />
                <span>
                  Drop <span className="mono">{text}</span>
                </span>
              </label>
            ) : (
              <span className="mono">{text}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
