import { useRef, useState, type KeyboardEvent } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useWindow } from '../parts/use-window.ts'
import type { Table } from '../../app/model/model.ts'
import { displayName } from '../../app/model/names.ts'
import { setView, showToast, useApp, useAppHandle, type App } from '../store/app.ts'
import { applyEdit, documentOf } from '../store/edits.ts'
import { commitOpenEdit } from '../store/open-edit.ts'
import { shownGrid } from '../grids/controllers.ts'
import { badgeOf, type TreeLine } from './tree-lines.ts'

const lineHeight = 24

interface TableTreeProps {
  readonly lines: readonly TreeLine[]
  readonly onToggle: (schema: string) => void
}

/** The tree: arrows move, Enter and click choose, Shift and Mod choose several. Only the lines in view are drawn. */
export function TableTree({ lines, onToggle }: TableTreeProps) {
  const app = useAppHandle()
  const chosen = useApp((state) => state.view.tables)
  const [active, setActive] = useState(0)
  const anchor = useRef(0)
  const { first, last, ref: watch, onScroll } = useWindow(lines.length, lineHeight)
  const box = useRef<HTMLDivElement>(null)

  function choose(at: number, held: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }): void {
    const line = lines[at]
    if (!line) return
    setActive(at)
    if (line.kind === 'removed') return
    if (line.kind === 'schema') return onToggle(line.name === '(no schema)' ? '' : line.name)
    const between = lines
      .slice(Math.min(anchor.current, at), Math.max(anchor.current, at) + 1)
      .flatMap((each) => (each.kind === 'table' ? each.key : []))
    if (held.shiftKey) return setView(app, { tables: between })
    anchor.current = at
    if (held.ctrlKey || held.metaKey)
      return setView(app, { tables: chosen.includes(line.key) ? chosen.filter((id) => id !== line.key) : [...chosen, line.key] })
    setView(app, { tables: [line.key], focus: { table: line.key, part: null } })
  }

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 240) / lineHeight) - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -lines.length,
      End: lines.length,
    }
    const step = steps[event.key]
    const line = lines[active]
    if (step !== undefined) {
      const next = Math.max(0, Math.min(lines.length - 1, active + step))
      setActive(next)
      scrollTo(box.current, next)
      if (event.shiftKey) choose(next, event)
    } else if (event.key === 'Enter' && line?.kind === 'removed') {
      putBack(app, line.table)
    } else if (event.key === 'Enter' || event.key === ' ') {
      choose(active, event)
      if (event.key === 'Enter' && line?.kind === 'table') requestAnimationFrame(() => shownGrid(app).focus())
    } else if (
      (event.key === 'ArrowLeft' && line?.kind === 'schema' && line.isOpen) ||
      (event.key === 'ArrowRight' && line?.kind === 'schema' && !line.isOpen)
    )
      choose(active, event)
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={(element) => {
        box.current = element
        return watch(element)
      }}
      className="tree"
      role="tree"
      aria-label="Tables"
      aria-multiselectable="true"
      tabIndex={0}
      aria-activedescendant={lines[active] ? `tree-${lines[active].key}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div role="presentation" style={{ blockSize: lines.length * lineHeight }}>
        {lines.slice(first, last).map((line, offset) => (
          <TreeItem
            key={line.key}
            line={line}
            at={first + offset}
            count={lines.length}
            isActive={active === first + offset}
            isChosen={line.kind === 'table' && chosen.includes(line.key)}
            onChoose={choose}
            onPutBack={(table) => putBack(app, table)}
          />
        ))}
      </div>
    </div>
  )
}

/** Puts a deleted table into the model again, as it was opened, after the nearest of the tables that stood before it. */
function putBack(app: App, table: Table): void {
  commitOpenEdit(app)
  const { order } = documentOf(app)
  const before = [...app.store.getState().model.baseline.keys()]
  const previous = before.slice(0, before.indexOf(table.id)).findLast((id) => order.includes(id))
  applyEdit(app, `Put back table ${displayName(table)}`, { kind: 'table.add', value: table, at: previous === undefined ? 0 : order.indexOf(previous) + 1 })
  setView(app, { tables: [table.id], focus: { table: table.id, part: null } })
  showToast(app, `Put back table ${displayName(table)}`, true)
}

function scrollTo(box: HTMLElement | null, at: number): void {
  if (!box) return
  const top = at * lineHeight
  if (top < box.scrollTop) box.scrollTop = top
  else if (top + lineHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + lineHeight - box.clientHeight
}

interface TreeItemProps {
  readonly line: TreeLine
  readonly at: number
  readonly count: number
  readonly isActive: boolean
  readonly isChosen: boolean
  readonly onChoose: (at: number, held: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }) => void
  readonly onPutBack: (table: Table) => void
}

function TreeItem({ line, at, count, isActive, isChosen, onChoose, onPutBack }: TreeItemProps) {
  const badge = useApp((state) =>
    line.kind === 'table' && state.model.document && state.model.edits > 0
      ? badgeOf(state.model.document, state.model.baseline, line.key)
      : null,
  )
  return (
    <div
      id={`tree-${line.key}`}
      role="treeitem"
      aria-level={line.kind === 'schema' ? 1 : 2}
      aria-setsize={count}
      aria-posinset={at + 1}
      aria-selected={isChosen}
      aria-expanded={line.kind === 'schema' ? line.isOpen : undefined}
      className={`tree-item ${line.kind} ${isActive ? 'is-active' : ''} ${isChosen ? 'is-chosen' : ''}`}
      style={{ insetBlockStart: at * lineHeight }}
      title={line.kind === 'removed' ? 'Deleted from the model since it was opened. Double-click or Enter puts it back.' : undefined}
      onClick={(event) => onChoose(at, event)}
      onDoubleClick={() => (line.kind === 'removed' ? onPutBack(line.table) : undefined)}
    >
      <Icon name={line.kind === 'schema' ? (line.isOpen ? 'chevron' : 'chevronRight') : 'table'} />
      <span className="truncate">{line.name === '' ? '(no name)' : line.name}</span>
      {line.kind === 'schema' ? <span className="muted">{line.count}</span> : null}
      {line.kind === 'removed' ? (
        <span className="tree-badge removed">
          −<span className="visually-hidden">removed</span>
        </span>
      ) : null}
      {badge ? (
        <span className={`tree-badge ${badge}`} title={badge === 'added' ? 'Added since it was opened' : 'Changed since it was opened'}>
          {badge === 'added' ? '+' : '~'}
          <span className="visually-hidden">{badge}</span>
        </span>
      ) : null}
    </div>
  )
}
