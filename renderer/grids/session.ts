import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CellPlace } from './cell-place.ts'
import { selectCell, type GridSelection } from './selection.ts'

/** A cell being typed into. The text belongs to its place, whatever the sheet shows meanwhile. */
export interface CellEdit {
  readonly place: CellPlace
  readonly text: string
  readonly mode: 'typed' | 'caret'
  /** Which offer of the list is marked; -1 for none: then the typed text counts. */
  readonly marked: number
  readonly isListClosed: boolean
}

/** What the sheet knows besides the model: selection and the cell being typed into. Not undoable. */
export interface GridState {
  readonly selection: GridSelection
  readonly edit: CellEdit | null
  /** Column in which a run of Tabs began: Enter goes back to it. */
  readonly tabStart: number | null
  /** Esc was pressed: the next Tab leaves the sheet. */
  readonly isLeaving: boolean
}

export type GridSession = StoreApi<GridState>

export function createGridSession(): GridSession {
  return createStore<GridState>(() => ({ selection: selectCell({ row: 0, col: 0 }), edit: null, tabStart: null, isLeaving: false }))
}
