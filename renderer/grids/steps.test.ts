import { describe, expect, it } from 'vitest'
import { extendTo, selectCell } from './selection.ts'
import { afterCommit, cellsOf } from './steps.ts'

const size = { rows: 3, cols: 2 }

describe('afterCommit', () => {
  it('goes right with Tab and on to the next line at the end', () => {
    expect(afterCommit({ row: 0, col: 0 }, 'right', null, size)).toEqual({ to: { row: 0, col: 1 }, start: 0 })
    expect(afterCommit({ row: 0, col: 1 }, 'right', 0, size)).toEqual({ to: { row: 1, col: 0 }, start: 0 })
  })

  it('goes down with Enter, to the column where a run of Tabs began', () => {
    expect(afterCommit({ row: 0, col: 1 }, 'down', 0, size)).toEqual({ to: { row: 1, col: 0 }, start: null })
    expect(afterCommit({ row: 2, col: 1 }, 'down', null, size)).toEqual({ to: { row: 2, col: 1 }, start: null })
  })
})

describe('cellsOf', () => {
  it('lists every selected cell once', () => {
    expect(cellsOf(extendTo(selectCell({ row: 1, col: 1 }), { row: 2, col: 1 }), 2)).toEqual([
      { row: 1, col: 1 },
      { row: 2, col: 1 },
    ])
  })
})
