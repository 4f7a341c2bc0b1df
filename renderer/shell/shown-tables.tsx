import { displayName } from '../../app/model/names.ts'
import { Icon } from '../parts/icon.tsx'
import { setView, useApp, useAppHandle } from '../store/app.ts'

/** Which tables the sheet shows, and the way back to all. */
export function ShownTables() {
  const app = useAppHandle()
  const tables = useApp((state) => state.view.tables)
  const text = useApp((state) => {
    const { document } = state.model
    if (!document) return ''
    const [only] = state.view.tables
    if (state.view.tables.length === 0 || only === undefined) return 'Whole model'
    const table = document.table(only)
    return state.view.tables.length === 1 && table ? displayName(table) : `${state.view.tables.length} tables`
  })
  if (tables.length === 0) return <span className="shown-tables muted">{text}</span>
  return (
    <span className="shown-tables truncate">
      <span className="truncate">{text}</span>
      <button
        type="button"
        className="button quiet icon-only"
        aria-label="Show the whole model"
        title="Show the whole model"
        onClick={() => setView(app, { tables: [] })}
      >
        <Icon name="close" />
      </button>
    </span>
  )
}
