import type { Finding } from '../../app/model/finding.ts'
import { displayName } from '../../app/model/names.ts'
import { SeverityMark } from '../parts/finding-line.tsx'
import { useWindow } from '../parts/use-window.ts'
import { useApp, useAppHandle } from '../store/app.ts'
import { tableOf } from '../store/edits.ts'
import { showProblem } from './walk.ts'

const lineHeight = 28

/** Every problem of the model, and what reading the files found; a click goes to its cell. */
export function ProblemsPanel() {
  const problems = useApp((state) => state.model.problems)
  const loaded = useApp((state) => state.model.loadFindings)
  const all = loaded.length === 0 ? problems : [...loaded, ...problems]
  const { first, last, ref, onScroll } = useWindow(all.length, lineHeight)
  if (all.length === 0) return <p className="panel-empty muted">No problems.</p>
  return (
    <section className="problem-list" ref={ref} onScroll={onScroll} tabIndex={0} aria-label="Problems">
      <ul style={{ blockSize: all.length * lineHeight, position: 'relative' }}>
        {all.slice(first, last).map((finding, offset) => (
          <li key={first + offset} className="problem" style={{ insetBlockStart: (first + offset) * lineHeight }}>
            <ProblemLine finding={finding} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ProblemLine({ finding }: { readonly finding: Finding }) {
  const app = useAppHandle()
  const { path } = finding
  const table = path.table === undefined ? undefined : tableOf(app, path.table)
  const field = table?.fields.find((each) => each.id === path.field)
  const place = table
    ? `${displayName(table)}${field ? `.${field.name}` : ''}`
    : path.file
      ? `${path.file}${path.row === undefined ? '' : ` line ${path.row}`}${path.column ? ` ${path.column}` : ''}`
      : ''
  const content = (
    <>
      <SeverityMark severity={finding.severity} />
      <span className="mono truncate problem-place">{place}</span>
      <span className="truncate problem-text" title={finding.message}>
        {finding.message}
      </span>
      {finding.flavor ? <span className="muted">{finding.flavor}</span> : null}
    </>
  )
  return table ? (
    <button type="button" className="problem-line" onClick={() => showProblem(app, finding)}>
      {content}
    </button>
  ) : (
    <div className="problem-line">{content}</div>
  )
}
