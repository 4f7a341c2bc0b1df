import type { EditorView } from '@codemirror/view'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { createSqlView, showText, type LineMarks } from './sql-editor.ts'

interface SqlTextProps {
  readonly text: string
  readonly marks: LineMarks
  readonly flavor: string
  readonly label: string
  readonly placeholder: string
  readonly onLine: (line: number) => void
}

/** Read-only SQL with marked lines; keeps its scroll while the text changes. */
export function SqlText({ text, marks, label, placeholder, onLine }: SqlTextProps) {
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const listener = useRef(onLine)
  useEffect(() => {
    listener.current = onLine
  })
  useLayoutEffect(() => {
    if (!box.current) return
    const made = createSqlView(box.current, label, (line) => listener.current(line))
    view.current = made
    return () => made.destroy()
  }, [label])
  useLayoutEffect(() => {
    if (view.current) showText(view.current, text, marks)
  }, [text, marks])
  return (
    <div className="sql-text" ref={box}>
      {text === '' && placeholder !== '' ? <p className="sql-empty muted">{placeholder}</p> : null}
    </div>
  )
}
