import { codes } from '../../app/commands/codes.ts'
import type { Backup } from '../../app/run/report.ts'
import { setTasks, showToast, type App } from '../store/app.ts'
import { listRuns } from './runs.ts'

/** Reads what a database keeps. */
export async function listBackups(app: App, target: string): Promise<void> {
  const list = await app.client.call('backups.list', { target })
  setTasks(app, { backups: { target, list, run: app.store.getState().tasks.backups?.run ?? null } })
}

/** What copies alone hold, in words: `3 rows, 2 values of note`; '' when nothing. */
export function soleSummary(copies: readonly Backup[]): string {
  const rows = copies.reduce((sum, { onlyCopy }) => sum + BigInt(onlyCopy?.rows ?? '0'), 0n)
  const values = copies.flatMap(({ onlyCopy }) => onlyCopy?.values ?? [])
  return [...(rows === 0n ? [] : [`${rows} ${rows === 1n ? 'row' : 'rows'}`]), ...values.map(({ field, count }) => `${count} ${count === '1' ? 'value' : 'values'} of ${field}`)].join(', ')
}

interface Dropping {
  readonly target: string
  readonly run: string
  /** As they were shown: more than that is refused. */
  readonly copies: readonly Backup[]
  readonly confirm: string | undefined
}

/** Drops the copies of a run, with what was shown of them accepted. */
export async function dropCopies(app: App, { target, run, copies, confirm }: Dropping): Promise<void> {
  const rows = copies.reduce((sum, { onlyCopy }) => sum + BigInt(onlyCopy?.rows ?? '0'), 0n)
  const values = copies.flatMap(({ onlyCopy }) => onlyCopy?.values ?? []).reduce((sum, { count }) => sum + BigInt(count), 0n)
  const accept = rows + values === 0n ? [] : [codes.onlyCopy]
  const seen = { rows: String(rows), values: String(values) }
  await app.client.call('backups.drop', { target, runs: [run], accept, seen, ...(confirm === undefined ? {} : { confirm }) })
  showToast(app, 'Dropped the backups')
  await listBackups(app, target)
  await listRuns(app)
}
