import type { LogEntry } from '../../app/run/report.ts'
import { Icon } from '../parts/icon.tsx'
import { attempt, showToast, useAppHandle } from '../store/app.ts'

const lastLines = 300

/** What was executed, byte for byte, newest last, with copy. */
export function RunLog({ log }: { readonly log: readonly LogEntry[] }) {
  const app = useAppHandle()
  if (log.length === 0) return null
  const text = () =>
    log
      .map(
        (entry) =>
          `-- ${entry.startedAt} ${entry.outcome} ${entry.durationMs} ms${entry.rows === null ? '' : ` ${entry.rows} rows`}\n${entry.text};`,
      )
      .join('\n')
  return (
    <section aria-label="Log">
      <div className="log-head">
        <h3 className="section-title">Log</h3>
        <button
          type="button"
          className="button quiet"
          onClick={() =>
            void attempt(app, 'Copy the log', async () => (await navigator.clipboard.writeText(text()), showToast(app, 'Copied the log')))
          }
        >
          <Icon name="copy" /> Copy
        </button>
      </div>
      <ol className="log">
        {log.slice(-lastLines).map((entry, at) => (
          <li key={at} className="log-line">
            <span className={entry.outcome === 'done' ? 'ok' : entry.outcome === 'failed' ? 'danger' : 'muted'}>
              <Icon name={entry.outcome === 'done' ? 'check' : entry.outcome === 'failed' ? 'error' : 'undo'} />
              <span className="visually-hidden">{entry.outcome}</span>
            </span>
            <code className="mono truncate" title={entry.text}>
              {entry.text.replaceAll(/\s+/g, ' ')}
            </code>
            <span className="muted mono">
              {entry.rows === null ? '' : `${entry.rows} rows, `}
              {Math.round(entry.durationMs)} ms
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
