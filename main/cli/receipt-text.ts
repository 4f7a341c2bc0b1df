import type { UnmanagedObject } from '../../app/commands/plan.ts'
import type { TableName } from '../../app/model/shape.ts'
import type { Receipt } from '../../app/run/report.ts'
import { amountWords } from '../../app/commands/count-words.ts'
import { count, table } from './text.ts'

const nameOf = ({ schema, name }: TableName) => (schema === '' ? name : `${schema}.${name}`)
const sideOf = (side: { readonly rows: string; readonly checksum: string } | null) => (side === null ? '-' : `${side.rows} rows ${side.checksum}`)

/** A receipt for people: one line a table, with the row counts and checksums that were compared. */
export function receiptText({ run, tables, backups, copies, droppedBackups, unmanaged }: Receipt): string {
  const head = `run ${run.id}  ${run.command}  ${run.state}  ${run.target}\n${run.startedAt}${run.endedAt === null ? '' : ` to ${run.endedAt}`}  ${run.groups.committed} of ${run.groups.total} transactions, ${count(run.steps.done, 'statement')}\n`
  const rows = tables.map((one) => [`  ${nameOf(one.name)}`, one.action, `before ${sideOf(one.before)}`, `after ${sideOf(one.after)}`, verdictOf(one)])
  const kept = backups.length === 0 ? '' : `backups kept: ${backups.map(nameOf).join(', ')}\n`
  const lost = tables.flatMap((one) => [...(one.losses ?? []).map((loss) => `  lost as accepted: ${loss.code} ${loss.word}: ${amountWords(loss)}\n`), ...(one.rejects ?? []).map(({ file, values }) => `  left out: ${count(Number(values), 'value')} of ${nameOf(one.name)}, in ${file}\n`)])
  const cause = run.error === null ? '' : `cause: [${run.error.code}] ${run.error.message}\n`
  const nothing = run.state === 'undone' ? '  taken back: everything is as it was before the run\n' : '  nothing was changed\n'
  const aside = copies.map(({ name, table: of, rows: held, isDropped }) => `copied aside: ${nameOf(name)} holds ${held} rows of ${nameOf(of)}${isDropped ? ', dropped since' : '; backups lists it'}\n`)
  const accepted = droppedBackups.flatMap(({ at, accepted: losses }) => losses.map((one) => `backup dropped ${at}: ${nameOf(one.backup)}, accepted ${one.code}: the only copy of ${one.rows} rows${one.values.map(({ field, count: held }) => `, ${held} values of ${field}`).join('')}\n`))
  return head + (rows.length === 0 ? nothing : table(rows)) + lost.join('') + unmanagedText(tables, unmanaged) + kept + aside.join('') + accepted.join('') + cause
}

/** What only the database had of the tables of the run, a line a table: what was kept, what went. */
function unmanagedText(tables: Receipt['tables'], unmanaged: Receipt['unmanaged']): string {
  if (unmanaged === undefined) return ''
  return tables
    .filter(({ action }) => action === 'rebuild')
    .flatMap(({ name }) => {
      const own = (objects: readonly UnmanagedObject[]) => objects.filter((one) => nameOf(one.table) === nameOf(name)).map(({ text }) => text)
      const [kept, gone] = [own(unmanaged.kept), own(unmanaged.gone)]
      return [
        kept.length === 0 ? '' : `kept, not in the model: ${kept.join(', ')} of ${nameOf(name)}\n`,
        gone.length === 0 ? '' : `gone from ${nameOf(name)}: ${gone.join(', ')}\n`,
      ]
    })
    .join('')
}

/** A table that lost values never reads just "verified". */
function verdictOf({ verified, before, losses = [], rejects = [] }: Receipt['tables'][number]): string {
  if (losses.length > 0 || rejects.length > 0) return `${verified ? 'verified, but for' : 'with'} ${count(losses.length, 'accepted loss', 'accepted losses')}`
  return verified ? 'verified' : before === null ? '' : 'not verified'
}
