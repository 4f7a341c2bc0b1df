import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { gridOf } from '../grids/controllers.ts'
import { countCells, rowsOf } from '../grids/selection.ts'
import { SeverityMark } from '../parts/finding-line.tsx'
import { messageAt, worstAt } from '../problems/problem-index.ts'
import { useApp, useAppHandle } from '../store/app.ts'

/** What is saved, how much there is, what is selected, what is waited for. */
export function StatusBar() {
  return (
    <footer className="status-bar" aria-label="Status">
      <SavedState />
      <Counts />
      <SelectionCount />
      <FocusedProblem />
      <Busy />
      <TargetState />
    </footer>
  )
}

function SavedState() {
  const text = useApp((state) =>
    state.model.document === null
      ? 'No model'
      : state.model.isDirty
        ? state.tasks.keptEdits === state.model.edits
          ? 'Not saved, kept as a draft'
          : 'Not saved'
        : state.model.handle === null
          ? 'Not a file yet'
          : 'Saved',
  )
  return <span>{text}</span>
}

function Counts() {
  const document = useApp((state) => state.model.document)
  const structure = useApp((state) => state.model.structure)
  const text = useMemo(
    () =>
      document && structure >= 0
        ? countsOf(
            document.order.length,
            document.order.reduce((sum, id) => sum + (document.table(id)?.fields.length ?? 0), 0),
          )
        : '',
    [document, structure],
  )
  return <span>{text}</span>
}

const countsOf = (tables: number, fields: number): string =>
  `${tables.toLocaleString('en')} table${tables === 1 ? '' : 's'}, ${fields.toLocaleString('en')} field${fields === 1 ? '' : 's'}`

function SelectionCount() {
  const app = useAppHandle()
  const tab = useApp((state) => state.view.tab)
  const text = useStore(gridOf(app, tab).session, (state) => {
    const cells = countCells(state.selection)
    return cells > 1
      ? `${cells.toLocaleString('en')} cells in ${rowsOf(state.selection).length.toLocaleString('en')} lines`
      : `Line ${state.selection.active.row + 1}`
  })
  return <span aria-live="off">{text}</span>
}

/** What is wrong or lost at the focused cell, in words: a mark alone says nothing. A screen reader hears it from the cell. */
function FocusedProblem() {
  const app = useAppHandle()
  const tab = useApp((state) => state.view.tab)
  const grid = gridOf(app, tab)
  const { row, col } = useStore(grid.session, (state) => state.selection.active)
  const line = grid.rows[row]
  const property = grid.columns[col]?.property
  const place = line === undefined || line.isBlank || property === undefined ? null : { line, property }
  const severity = useApp((state) => place && worstAt(state.model.problemsOf, place.line, place.property))
  const message = useApp((state) => place && messageAt(state.model.problemsOf, place.line, place.property))
  if (severity === null || message === null) return null
  return (
    <span className="status-problem" aria-hidden="true" title={message}>
      <SeverityMark severity={severity} />
      <span className="truncate">{message}</span>
    </span>
  )
}

/** What is waited for; shown once it takes over 200 ms. */
function Busy() {
  const task = useApp((state) => state.tasks.busy[0])
  const [shown, setShown] = useState<number | null>(null)
  useEffect(() => {
    if (!task) return
    const timer = setTimeout(() => setShown(task.id), 200)
    return () => clearTimeout(timer)
  }, [task])
  return (
    <output className="busy">
      {task && shown === task.id ? (
        <>
          <span className="spinner" /> {task.label}…
        </>
      ) : null}
    </output>
  )
}

function TargetState() {
  const target = useApp((state) => state.tasks.targets.find((each) => each.id === state.tasks.target))
  return <span className="status-end truncate">{target ? `${target.name} (${target.tag})` : 'No target'}</span>
}
