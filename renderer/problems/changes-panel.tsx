import { useMemo } from 'react'
import { Icon, type IconName } from '../parts/icon.tsx'
import { useApp, useAppHandle } from '../store/app.ts'
import { changesSince, type Change } from './changes.ts'
import { reveal } from './walk.ts'

const looks: Readonly<Record<Change['kind'], { readonly icon: IconName; readonly className: string }>> = {
  added: { icon: 'plus', className: 'ok' },
  changed: { icon: 'info', className: 'warn' },
  removed: { icon: 'close', className: 'danger' },
  renamed: { icon: 'link', className: 'warn' },
}
const mostLines = 500

/** What differs from the model as it was opened. */
export function ChangesPanel() {
  const app = useAppHandle()
  const document = useApp((state) => state.model.document)
  const baseline = useApp((state) => state.model.baseline)
  const edits = useApp((state) => state.model.edits)
  const changes = useMemo(() => (document && edits >= 0 ? changesSince(baseline, document) : []), [document, baseline, edits])
  if (changes.length === 0) return <p className="panel-empty muted">No differences from the model as it was opened.</p>
  return (
    <ul className="changes" tabIndex={0} aria-label="Changes">
      {changes.slice(0, mostLines).map((change, at) => (
        <li key={at}>
          <button
            type="button"
            className="change-line"
            onClick={() =>
              change.kind === 'removed' ? undefined : reveal(app, change.part === null ? 'tables' : 'fields', change.table, change.part)
            }
          >
            <span className={`change-kind ${looks[change.kind].className}`}>
              <Icon name={looks[change.kind].icon} /> {change.kind}
            </span>
            <span className="mono truncate">{change.name}</span>
            <span className="muted truncate">{change.detail}</span>
          </button>
        </li>
      ))}
      {changes.length > mostLines ? <li className="panel-empty muted">and {changes.length - mostLines} more</li> : null}
    </ul>
  )
}
