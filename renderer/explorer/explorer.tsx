import { useMemo, useState } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { useApp } from '../store/app.ts'
import { TableTree } from './table-tree.tsx'
import { treeLines } from './tree-lines.ts'

/** Schemas and tables of the model, with a filter. */
export function Explorer() {
  const document = useApp((state) => state.model.document)
  const edits = useApp((state) => state.model.edits)
  const baseline = useApp((state) => state.model.baseline)
  const [filter, setFilter] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const names = useMemo(
    () =>
      document && edits >= 0 ? document.order.map((id) => `${document.table(id)?.schema}.${document.table(id)?.name}`).join('\n') : '',
    [document, edits],
  )
  const lines = useMemo(() => (document && names !== null ? treeLines(document, filter, closed, baseline) : []), [document, names, filter, closed, baseline])

  function toggle(schema: string): void {
    const next = new Set(closed)
    if (!next.delete(schema)) next.add(schema)
    setClosed(next)
  }

  return (
    <nav className="explorer" aria-label="Explorer">
      <div className="explorer-head">
        <input
          className="input"
          type="search"
          aria-label="Filter tables"
          placeholder="Filter tables"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <ActionButton id="table.add" icon="plus" isIconOnly />
      </div>
      {document && lines.length === 0 ? (
        <div className="explorer-empty muted">
          {filter === '' ? 'No tables yet.' : 'No table matches.'}
          {filter === '' ? null : (
            <button type="button" className="button" onClick={() => setFilter('')}>
              Clear the filter
            </button>
          )}
        </div>
      ) : (
        <TableTree lines={lines} onToggle={toggle} />
      )}
    </nav>
  )
}
