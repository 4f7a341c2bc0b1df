import { describe, expect, it } from 'vitest'
import { groupFindings } from './finding-groups.ts'

describe('groupFindings', () => {
  it('counts what says the same and puts the worst first', () => {
    const note = { code: 'A', severity: 'info', path: {}, message: 'kept as text' } as const
    const error = { code: 'B', severity: 'error', path: {}, message: 'no such type' } as const
    expect(groupFindings([note, error, { ...note, path: { table: 't' } }]).map(({ code, count }) => [code, count])).toEqual([
      ['B', 1],
      ['A', 2],
    ])
  })
})
