import { lossWords } from '../../app/commands/count-words.ts'
import type { Plan, PlanTable } from '../../app/commands/plan.ts'
import type { TableName } from '../../app/model/shape.ts'
import { displayName } from '../../app/model/names.ts'

const words: Readonly<Record<PlanTable['action'], string>> = {
  create: 'Create',
  rebuild: 'Rebuild, rows kept',
  drop: 'Drop',
  backup: 'Back up',
  restore: 'Restore',
}

/** Tables that the plan touches, with rows and backup, and how it is protected by transactions. */
export function PlanSummary({ plan }: { readonly plan: Plan }) {
  const tables = plan.groups.filter((group) => !group.cleanup).flatMap((group) => group.tables)
  const transactions = plan.groups.filter((group) => !group.cleanup).length
  if (plan.groups.length === 0)
    return <p className="notice success">Nothing to do: {plan.unchanged.length} tables are as the model wants them.</p>
  return (
    <section aria-label="Tables" className="plan-summary">
      <h3 className="section-title">Tables</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col">What happens</th>
            <th scope="col" className="number">
              Rows
            </th>
            <th scope="col">Lost or renamed</th>
            <th scope="col">Backup</th>
          </tr>
        </thead>
        <tbody>
          {tables.map((table) => (
            <tr key={displayName(table.name) + table.action}>
              <td className="mono">{fromTo(table)}</td>
              <td>{words[table.action]}</td>
              <td className="number mono">{table.rowEstimate === null ? '' : `about ${table.rowEstimate.toLocaleString('en')}`}</td>
              <td>{remarks(table)}</td>
              <td className="mono muted">{table.backup ? displayName(table.backup) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">
        {transactions === 1
          ? 'One transaction: all of it is done, or none of it.'
          : `${transactions} transactions, one per group below: each is done as a whole or not at all.`}
        {plan.unchanged.length > 0
          ? ` ${plan.unchanged.length} unchanged table${plan.unchanged.length === 1 ? ' is' : 's are'} left alone.`
          : ''}
        {plan.groups.some((group) => group.cleanup) ? ' The backups are dropped at the end; after that there is no undo.' : ''}
      </p>
    </section>
  )
}

/** Renames of fields, and losses that were accepted. */
function remarks({ renames = [], losses = [] }: PlanTable): string {
  return [...renames.map(({ from, to }) => `${from} to ${to}`), ...losses.map(lossWords)].join('; ')
}

function fromTo(table: PlanTable): string {
  return table.from && !isSame(table.from, table.name)
    ? `${displayName(table.from)} to ${displayName(table.name)}`
    : displayName(table.name)
}

const isSame = (a: TableName, b: TableName): boolean => a.schema === b.schema && a.name === b.name
