import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { runAction } from '../actions/action.ts'
import { DialogFrame } from '../parts/dialog-frame.tsx'
import { setView, useApp, useAppHandle } from '../store/app.ts'
import { commandEntries, objectEntries, rememberAction, type Entry } from './entries.ts'

const drawn = 60

/** A field and a list: commands by name, or tables and fields of the model. */
export function Palette({ mode }: { readonly mode: 'commands' | 'objects' }) {
  const app = useAppHandle()
  const document = useApp((state) => state.model.document)
  const [query, setQuery] = useState('')
  const [marked, setMarked] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const entries = useMemo(
    () =>
      (mode === 'commands' ? commandEntries(app.store.getState(), query) : document ? objectEntries(document, query) : []).slice(0, drawn),
    [app, mode, document, query],
  )
  const isCommands = mode === 'commands'

  function choose(entry: Entry | undefined): void {
    if (!entry || entry.reason !== null) return
    setView(app, { dialog: null })
    if (entry.action) {
      rememberAction(entry.action.id)
      runAction(app, entry.action)
    } else entry.go?.(app)
  }

  function mark(at: number): void {
    const next = (at + entries.length) % Math.max(1, entries.length)
    setMarked(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') mark(marked + 1)
    else if (event.key === 'ArrowUp') mark(marked - 1)
    else if (event.key === 'Enter') choose(entries[marked])
    else return
    event.preventDefault()
  }

  const title = isCommands ? 'Command palette' : 'Go to table or field'
  return (
    <DialogFrame title={title} onClose={() => setView(app, { dialog: null })} initialFocus={field}>
      <input
        ref={field}
        className="input"
        role="combobox"
        aria-label={title}
        aria-expanded={entries.length > 0}
        aria-controls="palette-list"
        aria-activedescendant={entries[marked] ? `palette-${marked}` : undefined}
        placeholder={isCommands ? 'Type a command' : 'Type a table, or table.field'}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setMarked(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id="palette-list" role="listbox" aria-label={isCommands ? 'Commands' : 'Tables and fields'} className="palette-list">
        {entries.map((entry, at) => (
          <li
            key={entry.key}
            id={`palette-${at}`}
            role="option"
            aria-selected={at === marked}
            aria-disabled={entry.reason !== null}
            className="palette-item"
            onMouseMove={() => setMarked(at)}
            onClick={() => choose(entry)}
          >
            <span className="truncate">{entry.title}</span>
            <span className="muted truncate">{entry.reason ?? entry.note}</span>
            {entry.keys ? <kbd>{entry.keys}</kbd> : null}
          </li>
        ))}
      </ul>
      {entries.length === 0 ? <p className="muted">Nothing matches.</p> : null}
    </DialogFrame>
  )
}
