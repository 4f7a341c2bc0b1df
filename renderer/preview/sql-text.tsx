import type { EditorView } from '@codemirror/view'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { languageOf, sqlOf } from './languages.ts'
import { createSqlView, showLanguage, showLine, showText, type LineMarks } from './sql-editor.ts'

interface SqlTextProps {
  readonly text: string
  readonly marks: LineMarks
  readonly flavor: string
  readonly language: 'sql' | 'python'
  readonly label: string
  readonly placeholder: string
  readonly onLine: (line: number) => void
  /** What the marked lines are about: when it changes, the first of them is brought into view. */
  readonly subject: string
}

/** Read-only SQL or code with marked lines; keeps its scroll while the text changes. */
export function SqlText({ text, marks, flavor, language, label, placeholder, onLine, subject }: SqlTextProps) {
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const listener = useRef(onLine)
  const shown = useRef(marks)
  useEffect(() => {
    listener.current = onLine
  })
  useLayoutEffect(() => {
    if (!box.current) return
    const made = createSqlView(box.current, label, (line) => listener.current(line))
    view.current = made
    return () => made.destroy()
  }, [label])
  useEffect(() => {
    const shown = view.current
    if (!shown) return
    if (language === 'sql') return showLanguage(shown, sqlOf(flavor))
    let isWanted = true
    void languageOf(flavor, language).then((syntax) => (isWanted && view.current === shown ? showLanguage(shown, syntax) : null))
    return () => {
      isWanted = false
    }
  }, [flavor, language, label])
  useLayoutEffect(() => {
    shown.current = marks
    if (view.current) showText(view.current, text, marks)
  }, [text, marks])
  useEffect(() => {
    const first = shown.current.marked[0]
    if (view.current && subject !== '' && first !== undefined) showLine(view.current, first)
    // Only another subject moves the text: typing keeps its scroll.
  }, [subject])
  return (
    <div className="sql-text" ref={box}>
      {text === '' && placeholder !== '' ? <p className="sql-empty muted">{placeholder}</p> : null}
    </div>
  )
}
