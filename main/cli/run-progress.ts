import type { RunEvent } from '../../app/run/report.ts'
import type { Io } from './io.ts'

const width = 24

/** Draws a run's progress: a bar on a terminal, else a line per committed group. Gives the listener for its events. */
export function runProgress(io: Io, titles: ReadonlyMap<string, string>): (event: RunEvent) => void {
  const started = Date.now()
  return (event) => {
    if (event.kind === 'step.started' || event.kind === 'step.ended') {
      const part = event.total === 0 ? 1 : event.done / event.total
      const bar = '#'.repeat(Math.round(part * width)).padEnd(width, '.')
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      io.progress(`[${bar}] ${event.done} of ${event.total} statements, ${seconds} s`)
      if (event.kind === 'step.ended') io.tell(`  ${event.entry.durationMs} ms${event.entry.rows === null ? '' : `, ${event.entry.rows} rows`}: ${event.entry.text.split('\n')[0] ?? ''}`)
    } else if (event.kind === 'group.committed') {
      if (!io.live) io.say(`Committed ${titles.get(event.group) ?? event.group}`)
    } else if (event.kind === 'run.ended') io.progress('')
  }
}
