import { defaultKeymap } from '@codemirror/commands'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, keymap, lineNumbers, type DecorationSet } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--sql-keyword)' },
  { tag: tags.string, color: 'var(--sql-string)' },
  // A name in quotes is a name, not a text.
  { tag: tags.special(tags.string), color: 'var(--text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--sql-number)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--sql-type)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--sql-comment)' },
  { tag: [tags.definition(tags.className), tags.className], color: 'var(--sql-type)' },
  { tag: [tags.self, tags.definitionKeyword, tags.controlKeyword, tags.moduleKeyword], color: 'var(--sql-keyword)' },
])

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '12px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '18px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--muted)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 12px' },
  '.cm-line': { padding: '0 12px 0 4px' },
  '.cm-line.is-changed': { boxShadow: 'inset 3px 0 var(--accent)', backgroundColor: 'var(--accent-soft)' },
  '.cm-line.is-marked': { backgroundColor: 'color-mix(in srgb, var(--accent) 16%, transparent)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-selectionBackground': { backgroundColor: 'var(--accent-soft) !important' },
})

/** 0-based lines to be marked. */
export interface LineMarks {
  readonly changed: readonly number[]
  readonly marked: readonly number[]
}

const setMarks = StateEffect.define<LineMarks>()
const changedLine = Decoration.line({ class: 'is-changed' })
const markedLine = Decoration.line({ class: 'is-marked' })

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(old, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return decorate(transaction.state, effect.value)
    return transaction.docChanged ? old.map(transaction.changes) : old
  },
  provide: (field) => EditorView.decorations.from(field),
})

function decorate(state: EditorState, lines: LineMarks): DecorationSet {
  const ranges = [
    ...lines.changed.filter((line) => line < state.doc.lines).map((line) => changedLine.range(state.doc.line(line + 1).from)),
    ...lines.marked.filter((line) => line < state.doc.lines).map((line) => markedLine.range(state.doc.line(line + 1).from)),
  ]
  return Decoration.set(ranges, true)
}

const language = new Compartment()

/** Shows the text in another syntax; the text itself stays. */
export function showLanguage(view: EditorView, syntax: Extension): void {
  view.dispatch({ effects: language.reconfigure(syntax) })
}

/** A read-only view of SQL text. `onLine` tells which 0-based line was clicked. */
export function createSqlView(parent: HTMLElement, label: string, onLine: (line: number) => void): EditorView {
  const extensions: Extension[] = [
    lineNumbers(),
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    keymap.of(defaultKeymap),
    syntaxHighlighting(colours),
    look,
    marks,
    EditorView.domEventHandlers({
      mouseup: (event, view) => {
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY })
        if (at !== null && view.state.selection.main.empty) onLine(view.state.doc.lineAt(at).number - 1)
      },
    }),
  ]
  return new EditorView({ parent, state: EditorState.create({ extensions: [...extensions, language.of([])] }) })
}

/** Replaces only the text that differs, so that scroll and folds stay; then marks lines. */
export function showText(view: EditorView, text: string, lines: LineMarks): void {
  const old = view.state.doc.toString()
  if (old === text) return view.dispatch({ effects: setMarks.of(lines) })
  const start = commonStart(old, text)
  const end = commonEnd(old, text, start)
  view.dispatch({ changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) } })
  view.dispatch({ effects: setMarks.of(lines) })
}

/** Brings a 0-based line into view, if it is not there yet. */
export function showLine(view: EditorView, line: number): void {
  if (line < view.state.doc.lines)
    view.dispatch({ effects: EditorView.scrollIntoView(view.state.doc.line(line + 1).from, { y: 'nearest' }) })
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let at = 0
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start
  let length = 0
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++
  return length
}
