/** What a shortcut needs of a key event. */
export interface KeyPress {
  readonly key: string
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const signs: Readonly<Record<string, string>> = { Plus: '+', Minus: '-', Comma: ',', Space: ' ' }

/** Whether a key press is the shortcut, written as `Mod+Shift+P` (Mod: Cmd on macOS, else Ctrl; signs by name: Plus, Minus, Comma, Space). */
export function isShortcut(shortcut: string, press: KeyPress, isMac: boolean): boolean {
  const parts = shortcut.split('+')
  const last = parts.at(-1) ?? ''
  const key = signs[last] ?? last
  const has = (name: string) => parts.includes(name)
  const control = has('Ctrl') || (has('Mod') && !isMac)
  const meta = has('Mod') && isMac
  if (press.ctrlKey !== control || press.metaKey !== meta || press.altKey !== has('Alt')) return false
  if (press.shiftKey !== has('Shift') && /^([a-z0-9]|.{2,})$/i.test(key)) return false
  return sameKey(key, press)
}

/** Letters by the sign they give, and by their place on the keyboard where a modifier changes the sign (Alt on macOS). */
function sameKey(key: string, press: KeyPress): boolean {
  if (press.key.toLowerCase() === key.toLowerCase()) return true
  return key.length === 1 && /[a-z]/i.test(key) && !/^[a-z]$/i.test(press.key) && press.code === `Key${key.toUpperCase()}`
}

const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' }

/** The shortcut as a person reads it: `Ctrl+Shift+P`, or `⇧⌘P` on macOS. */
export function renderShortcut(shortcut: string, isMac: boolean): string {
  const parts = shortcut.split('+')
  if (!isMac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+')
  const order = ['Ctrl', 'Alt', 'Shift', 'Mod']
  const held = order.filter((name) => parts.includes(name)).map((name) => macSigns[name] ?? name)
  return held.join('') + (parts.at(-1) ?? '')
}

/** The value of aria-keyshortcuts for a shortcut. */
export function ariaShortcut(shortcut: string, isMac: boolean): string {
  return shortcut.replace('Mod', isMac ? 'Meta' : 'Control').replace('Ctrl', 'Control')
}
