import type { Edit } from './edit.ts'

/** One line of the history list. `done` is false for what was undone and can be redone. */
export interface HistoryStep {
  readonly label: string
  readonly done: boolean
}

interface Entry {
  readonly label: string
  readonly mergeKey: string
  readonly edit: Edit
  readonly inverse: Edit
}

/** A moment of a history: the step done last, null at its start. Opaque to whoever holds it. */
export interface SavePoint {
  readonly last: object | null
}

/** Undo and redo as two ways through one list of entries. Performs nothing itself: it is handed what does. */
export interface History {
  readonly steps: readonly HistoryStep[]
  readonly undoLabel: string | null
  readonly redoLabel: string | null
  readonly isDirty: boolean
  record(entry: Entry, mode: 'now' | 'merge'): void
  undo(run: (edit: Edit) => Edit): boolean
  redo(run: (edit: Edit) => Edit): boolean
  savePoint(): SavePoint
  markSaved(point?: SavePoint): void
  forgetSaved(): void
}

/** An empty history, clean. */
export function createHistory(): History {
  const entries: Entry[] = []
  let done = 0
  /** Number of entries done when last saved; -1 once that state can no longer be reached. */
  let saved = 0
  return {
    get steps() {
      return entries.map(({ label }, at) => ({ label, done: at < done }))
    },
    get undoLabel() {
      return entries[done - 1]?.label ?? null
    },
    get redoLabel() {
      return entries[done]?.label ?? null
    },
    get isDirty() {
      return done !== saved
    },
    record: (entry, mode) => {
      const last = entries[done - 1]
      if (saved > done) saved = -1
      // A step that was saved is not merged into: undo must be able to come back to the saved state.
      if (mode === 'merge' && last !== undefined && done !== saved && last.label === entry.label && last.mergeKey === entry.mergeKey) {
        entries.length = done - 1
        entries.push(merged(last, entry))
        return
      }
      entries.length = done
      entries.push(entry)
      done++
    },
    undo: (run) => {
      const entry = entries[done - 1]
      if (entry === undefined) return false
      run(entry.inverse)
      done--
      return true
    },
    redo: (run) => {
      const entry = entries[done]
      if (entry === undefined) return false
      run(entry.edit)
      done++
      return true
    },
    savePoint: () => ({ last: entries[done - 1] ?? null }),
    forgetSaved: () => {
      saved = -1
    },
    markSaved: (point) => {
      // A step that was merged or overwritten meanwhile can no longer be reached: -1, as when an edit cuts the saved state off.
      if (point === undefined) saved = done
      else if (point.last === null) saved = 0
      else {
        const at = entries.findIndex((entry) => entry === point.last)
        saved = at === -1 ? -1 : at + 1
      }
    },
  }
}

function merged(first: Entry, second: Entry): Entry {
  // Typing in one cell: the last text and the way back to the first, not one edit per key.
  if (overwrites(first.edit, second.edit)) return { ...second, inverse: first.inverse }
  return {
    ...second,
    edit: { kind: 'batch', edits: [first.edit, second.edit] },
    inverse: { kind: 'batch', edits: [second.inverse, first.inverse] },
  }
}

/** Whether `second` sets exactly what `first` set: one field, the same properties. */
function overwrites(first: Edit, second: Edit): boolean {
  if (first.kind !== 'field.set' || second.kind !== 'field.set' || first.table !== second.table) return false
  const [one, ...more] = first.changes
  const [other, ...others] = second.changes
  if (one === undefined || other === undefined || more.length > 0 || others.length > 0 || one.field !== other.field) return false
  return Object.keys(one.set).toSorted().join() === Object.keys(other.set).toSorted().join()
}
