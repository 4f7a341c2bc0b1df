import type { KeyPress } from '../actions/shortcut.ts'
import type { Movement } from './selection.ts'

/** What a key press in the sheet asks for. */
export type GridCommand =
  | { readonly kind: 'move'; readonly movement: Movement; readonly extend: boolean }
  | { readonly kind: 'commit'; readonly go: 'down' | 'up' | 'right' | 'left' | 'all' | 'stay' }
  | { readonly kind: 'edit' | 'cancel' | 'clear' | 'toggle' | 'lineBreak' | 'leave' }
  | { readonly kind: 'select'; readonly what: 'all' | 'row' | 'column' }
  | { readonly kind: 'deleteRows' | 'insertRows' | 'listUp' | 'listDown' }

/** How the sheet stands when a key is pressed. `typed`: an edit that began by typing, in which arrows leave the cell, as in a spreadsheet. */
export interface KeyMode {
  readonly edit: 'none' | 'typed' | 'caret'
  readonly hasList: boolean
  readonly isBoolean: boolean
  readonly isLong: boolean
  /** Esc was pressed just before: then Tab leaves the sheet. */
  readonly isLeaving: boolean
  readonly isMac: boolean
}

const arrows: Readonly<Record<string, 'up' | 'down' | 'left' | 'right'>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}
const edges: Readonly<Record<string, Movement>> = {
  ArrowUp: 'edgeUp',
  ArrowDown: 'edgeDown',
  ArrowLeft: 'edgeLeft',
  ArrowRight: 'edgeRight',
  Home: 'start',
  End: 'end',
}
const plain: Readonly<Record<string, Movement>> = { ...arrows, Home: 'rowStart', End: 'rowEnd', PageUp: 'pageUp', PageDown: 'pageDown' }

/** The command of a key press; null when the key is for the text field, for a shortcut, or for nobody. */
export function gridCommand(press: KeyPress, mode: KeyMode): GridCommand | null {
  const hasMod = mode.isMac ? press.metaKey : press.ctrlKey
  if (press.key === 'Enter' || press.key === 'Tab') return commitKey(press, mode, hasMod)
  return mode.edit === 'none' ? readyKey(press, mode, hasMod) : editKey(press, mode, hasMod)
}

function commitKey(press: KeyPress, mode: KeyMode, hasMod: boolean): GridCommand | null {
  if (press.key === 'Tab' && mode.isLeaving) return null
  if (press.key === 'Tab') return hasMod || press.altKey ? null : { kind: 'commit', go: press.shiftKey ? 'left' : 'right' }
  if (press.altKey) return mode.edit !== 'none' && mode.isLong ? { kind: 'lineBreak' } : null
  if (hasMod) return { kind: 'commit', go: 'all' }
  if (mode.edit === 'none' && !press.shiftKey) return mode.isBoolean ? { kind: 'commit', go: 'down' } : { kind: 'edit' }
  return { kind: 'commit', go: press.shiftKey ? 'up' : 'down' }
}

function editKey(press: KeyPress, mode: KeyMode, hasMod: boolean): GridCommand | null {
  if (press.key === 'Escape') return { kind: 'cancel' }
  if (hasMod || press.altKey || press.shiftKey) return null
  if (mode.hasList && press.key === 'ArrowDown') return { kind: 'listDown' }
  if (mode.hasList && press.key === 'ArrowUp') return { kind: 'listUp' }
  const arrow = arrows[press.key]
  if (!arrow) return null
  if (mode.edit === 'typed') return { kind: 'commit', go: arrow }
  return mode.isLong || arrow === 'left' || arrow === 'right' ? null : { kind: 'commit', go: arrow }
}

function readyKey(press: KeyPress, mode: KeyMode, hasMod: boolean): GridCommand | null {
  if (press.altKey) return null
  const movement = hasMod ? edges[press.key] : plain[press.key]
  if (movement) return { kind: 'move', movement, extend: press.shiftKey }
  if (press.key === ' ') return spaceKey(press, mode)
  if (hasMod) return modKey(press)
  switch (press.key) {
    case 'F2':
      return { kind: 'edit' }
    case 'Escape':
      return { kind: 'leave' }
    case 'Delete':
    case 'Backspace':
      return { kind: 'clear' }
    case 'Insert':
      return { kind: 'insertRows' }
    default:
      return null
  }
}

function spaceKey(press: KeyPress, mode: KeyMode): GridCommand | null {
  if (press.shiftKey) return { kind: 'select', what: 'row' }
  if (press.ctrlKey) return { kind: 'select', what: 'column' }
  return mode.isBoolean ? { kind: 'toggle' } : null
}

function modKey(press: KeyPress): GridCommand | null {
  if (press.key.toLowerCase() === 'a' && !press.shiftKey) return { kind: 'select', what: 'all' }
  if (press.key === '-') return { kind: 'deleteRows' }
  if (press.key === '+' || (press.key === '=' && press.shiftKey)) return { kind: 'insertRows' }
  return null
}
