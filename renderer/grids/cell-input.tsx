import { useEffect, useId, useRef, type KeyboardEvent, type Ref } from 'react'
import { useStore } from 'zustand'
import { isMac } from '../actions/platform.ts'
import { messageAt, worstAt } from '../problems/problem-index.ts'
import { useApp } from '../store/app.ts'
import { isAt } from './cell-place.ts'
import { useGrid } from './grid-context.ts'
import { gridCommand } from './keys.ts'
import { OfferList } from './offer-list.tsx'
import type { SheetColumn, SheetRow } from './sheet.ts'

interface CellInputProps {
  readonly row: SheetRow
  readonly column: SheetColumn
  readonly text: string
}

/**
 * The one text field of the sheet: it sits unseen in the active cell and has the focus, so that typing, an input method, dead keys, dictation and the
 * emoji panel all begin an edit in a real field. It becomes visible with the first sign.
 */
export function CellInput({ row, column, text }: CellInputProps) {
  const grid = useGrid()
  const edit = useStore(grid.session, (state) => (state.edit && isAt(state.edit.place, row, column) ? state.edit : null))
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const listId = useId()
  const problemId = useId()
  const problem = useApp((state) => (row.isBlank ? null : messageAt(state.model.problemsOf, row, column.property)))
  const isInvalid = useApp((state) => !row.isBlank && worstAt(state.model.problemsOf, row, column.property) === 'error')
  const offers = edit ? grid.offers() : []

  useEffect(() => {
    const input = field.current
    grid.setInput(input)
    return () => {
      if (grid.input === input) grid.setInput(null)
    }
  }, [grid])

  useEffect(() => {
    const input = field.current
    if (edit?.mode === 'caret' && input) input.setSelectionRange(input.value.length, input.value.length)
  }, [edit?.mode])

  function onKeyDown(event: KeyboardEvent) {
    if (edit || event.nativeEvent.isComposing) event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    const mode = {
      edit: edit?.mode ?? ('none' as const),
      hasList: offers.length > 0,
      isBoolean: column.kind === 'boolean',
      isLong: column.kind === 'long',
      isLeaving: grid.session.getState().isLeaving,
      isMac,
    }
    const command = gridCommand(event, mode)
    if (!command) return
    event.preventDefault()
    event.stopPropagation()
    grid.obey(command)
  }

  const shared = {
    className: `cell-input ${column.kind === 'code' ? 'mono' : ''}`,
    'data-editing': edit !== null,
    'aria-label': `${column.title}${row.isBlank ? ', new line' : ''}${edit ? '' : `: ${text === '' ? 'empty' : text}`}`,
    // What a flavor loses is told, but nothing is wrong with the value.
    'aria-invalid': isInvalid || undefined,
    'aria-describedby': problem === null ? undefined : problemId,
    'aria-readonly': column.write ? undefined : true,
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellCheck: column.kind === 'long',
    value: edit?.text ?? '',
    tabIndex: 0,
    onKeyDown,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => grid.type({ row, column }, event.currentTarget.value),
  }
  const list =
    offers.length > 0
      ? {
          role: 'combobox',
          'aria-expanded': true,
          'aria-controls': listId,
          'aria-autocomplete': 'list' as const,
          'aria-activedescendant': edit && edit.marked >= 0 ? `${listId}-${edit.marked}` : undefined,
        }
      : {}
  return (
    <>
      {column.kind === 'long' ? (
        <textarea ref={field as Ref<HTMLTextAreaElement>} rows={1} {...shared} />
      ) : (
        <input ref={field as Ref<HTMLInputElement>} type="text" {...shared} {...list} />
      )}
      {problem === null ? null : (
        <span id={problemId} className="visually-hidden">
          {problem}
        </span>
      )}
      {edit && offers.length > 0 ? <OfferList id={listId} offers={offers} marked={edit.marked} anchor={field} /> : null}
    </>
  )
}
