import { describe, expect, it } from 'vitest'
import type { KeyPress } from '../actions/shortcut.ts'
import { gridCommand, type KeyMode } from './keys.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})
const mode = (change: Partial<KeyMode> = {}): KeyMode => ({
  edit: 'none',
  hasList: false,
  isBoolean: false,
  isLong: false,
  isLeaving: false,
  isMac: false,
  ...change,
})

describe('gridCommand', () => {
  it('moves with arrows, extends with Shift, jumps with Mod', () => {
    expect(gridCommand(press('ArrowDown'), mode())).toEqual({ kind: 'move', movement: 'down', extend: false })
    expect(gridCommand(press('ArrowDown', { shiftKey: true }), mode())).toEqual({ kind: 'move', movement: 'down', extend: true })
    expect(gridCommand(press('End', { ctrlKey: true }), mode())).toEqual({ kind: 'move', movement: 'end', extend: false })
    expect(gridCommand(press('ArrowLeft', { metaKey: true }), mode({ isMac: true }))).toEqual({
      kind: 'move',
      movement: 'edgeLeft',
      extend: false,
    })
  })

  it('leaves printable keys to the text field', () => {
    for (const key of ['a', '_', 'é', ',', '=', 'Process', 'Dead']) expect(gridCommand(press(key), mode())).toBeNull()
  })

  it('edits with F2 and Enter, commits with Enter, Tab and their Shift twins', () => {
    expect(gridCommand(press('F2'), mode())).toEqual({ kind: 'edit' })
    expect(gridCommand(press('Enter'), mode())).toEqual({ kind: 'edit' })
    expect(gridCommand(press('Enter'), mode({ edit: 'typed' }))).toEqual({ kind: 'commit', go: 'down' })
    expect(gridCommand(press('Enter', { shiftKey: true }), mode({ edit: 'caret' }))).toEqual({ kind: 'commit', go: 'up' })
    expect(gridCommand(press('Tab', { shiftKey: true }), mode({ edit: 'caret' }))).toEqual({ kind: 'commit', go: 'left' })
    expect(gridCommand(press('Enter', { ctrlKey: true }), mode({ edit: 'typed' }))).toEqual({ kind: 'commit', go: 'all' })
  })

  it('leaves a typed edit with an arrow, but moves the caret in an edit begun by F2', () => {
    expect(gridCommand(press('ArrowRight'), mode({ edit: 'typed' }))).toEqual({ kind: 'commit', go: 'right' })
    expect(gridCommand(press('ArrowRight'), mode({ edit: 'caret' }))).toBeNull()
  })

  it('walks the list with up and down while one is open', () => {
    expect(gridCommand(press('ArrowDown'), mode({ edit: 'typed', hasList: true }))).toEqual({ kind: 'listDown' })
  })

  it('toggles a box with Space, selects row and column with Shift and Ctrl', () => {
    expect(gridCommand(press(' '), mode({ isBoolean: true }))).toEqual({ kind: 'toggle' })
    expect(gridCommand(press(' '), mode())).toBeNull()
    expect(gridCommand(press(' ', { shiftKey: true }), mode())).toEqual({ kind: 'select', what: 'row' })
    expect(gridCommand(press(' ', { ctrlKey: true }), mode())).toEqual({ kind: 'select', what: 'column' })
  })

  it('breaks the line in a long text with Alt+Enter only', () => {
    expect(gridCommand(press('Enter', { altKey: true }), mode({ edit: 'caret', isLong: true }))).toEqual({ kind: 'lineBreak' })
    expect(gridCommand(press('Enter', { altKey: true }), mode({ edit: 'caret' }))).toBeNull()
  })

  it('leaves the sheet with Tab only after Esc', () => {
    expect(gridCommand(press('Escape'), mode())).toEqual({ kind: 'leave' })
    expect(gridCommand(press('Tab'), mode({ isLeaving: true }))).toBeNull()
    expect(gridCommand(press('Tab'), mode())).toEqual({ kind: 'commit', go: 'right' })
  })

  it('clears, deletes and inserts', () => {
    expect(gridCommand(press('Delete'), mode())).toEqual({ kind: 'clear' })
    expect(gridCommand(press('-', { ctrlKey: true }), mode())).toEqual({ kind: 'deleteRows' })
    expect(gridCommand(press('+', { ctrlKey: true, shiftKey: true }), mode())).toEqual({ kind: 'insertRows' })
    expect(gridCommand(press('Delete'), mode({ edit: 'typed' }))).toBeNull()
  })
})
