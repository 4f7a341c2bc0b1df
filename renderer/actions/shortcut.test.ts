import { describe, expect, it } from 'vitest'
import { isShortcut, renderShortcut, type KeyPress } from './shortcut.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

describe('isShortcut', () => {
  it('takes Mod as Ctrl, and as Cmd on macOS', () => {
    expect(isShortcut('Mod+Z', press('z', { ctrlKey: true }), false)).toBe(true)
    expect(isShortcut('Mod+Z', press('z', { metaKey: true }), false)).toBe(false)
    expect(isShortcut('Mod+Z', press('z', { metaKey: true }), true)).toBe(true)
  })

  it('tells Shift apart for letters and named keys', () => {
    expect(isShortcut('Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
    expect(isShortcut('Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
    expect(isShortcut('F8', press('F8', { shiftKey: true }), false)).toBe(false)
  })

  it('lets a sign need Shift on some keyboards', () => {
    expect(isShortcut('Mod+Shift+Plus', press('+', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
    expect(isShortcut('Mod+Minus', press('-', { ctrlKey: true }), false)).toBe(true)
  })

  it('finds a letter by its place where the keyboard gives another sign', () => {
    expect(isShortcut('Alt+N', press('˜', { altKey: true, code: 'KeyN' }), true)).toBe(true)
    expect(isShortcut('Mod+P', press('з', { ctrlKey: true, code: 'KeyP' }), false)).toBe(true)
  })
})

describe('renderShortcut', () => {
  it('reads as people write it', () => {
    expect(renderShortcut('Mod+Shift+P', false)).toBe('Ctrl+Shift+P')
    expect(renderShortcut('Mod+Shift+P', true)).toBe('⇧⌘P')
    expect(renderShortcut('Mod+Shift+Plus', false)).toBe('Ctrl+Shift+Plus')
  })
})
