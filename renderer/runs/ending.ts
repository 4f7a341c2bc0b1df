import type { LiveRun } from './live-run.ts'

/** How a run ended and what exists now, in one sentence. */
export function endingOf({ run, receipt }: LiveRun): string {
  if (!run) return ''
  const seconds = run.endedAt ? ` in ${((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000).toFixed(1)} s` : ''
  const groups = `${run.groups.committed} of ${run.groups.total} groups committed`
  switch (run.state) {
    case 'running':
      return ''
    case 'done':
      return `Done: ${run.steps.done} statements${seconds}. ${provedRows(receipt)}`.trim()
    case 'failed':
      return `Stopped at statement ${run.steps.done + 1} of ${run.steps.total}; ${groups}, the rest is as it was.`
    case 'cancelled':
      return `Cancelled after ${run.steps.done} of ${run.steps.total} statements; ${groups}, the rest is as it was.`
    case 'interrupted':
      return `Interrupted; ${groups}. Resume goes on, Undo goes back; no row is lost either way.`
    case 'undone':
      return 'Undone: everything is as it was before the run.'
  }
}

function provedRows(receipt: LiveRun['receipt']): string {
  if (!receipt) return ''
  const kept = receipt.tables.filter((table) => table.before && table.after)
  const rows = kept.reduce((sum, table) => sum + Number(table.after?.rows ?? 0), 0)
  const proved = kept.filter((table) => table.verified).length
  return kept.length === 0
    ? ''
    : `Kept ${rows.toLocaleString('en')} rows of ${kept.length} table${kept.length === 1 ? '' : 's'}, ${proved} proved equal.`
}
