import { describe, expect, it } from 'vitest'
import type { TableShape } from '../model/shape.ts'
import { compareShapes, sameValue } from './compare.ts'

const column = (name: string, nullable = true) =>
  ({ name, type: { kind: 'text' }, nullable, default: null, identity: null, generated: null, comment: '', collation: '' }) as const
const shape: TableShape = {
  schema: 'public',
  name: 't',
  comment: '',
  columns: [column('a'), column('b')],
  primaryKey: null,
  uniques: [],
  checks: [],
  references: [],
  indexes: [],
  options: {},
}

describe('compareShapes', () => {
  it('finds nothing between equal tables', () => {
    expect(compareShapes(shape, { ...shape, columns: [column('a'), column('b')] })).toEqual([])
  })
  it('tells added, removed and changed parts with what changed', () => {
    expect(
      compareShapes(shape, {
        ...shape,
        comment: 'x',
        columns: [column('a', false), column('c')],
        checks: [{ name: 'k', expression: 'a > 0' }],
      }),
    ).toEqual([
      { kind: 'changed', part: 'table', name: 't', properties: ['comment'] },
      { kind: 'changed', part: 'column', name: 'a', properties: ['nullable'] },
      { kind: 'added', part: 'column', name: 'c', properties: [] },
      { kind: 'removed', part: 'column', name: 'b', properties: [] },
      { kind: 'added', part: 'check', name: 'k', properties: [] },
    ])
  })
  it('tells another order of the same columns', () => {
    expect(compareShapes(shape, { ...shape, columns: [column('b'), column('a')] })).toEqual([
      { kind: 'changed', part: 'table', name: '', properties: ['order'] },
    ])
  })
})

describe('sameValue', () => {
  it('ignores the order of keys and minds that of lists', () => {
    expect(sameValue({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true)
    expect(sameValue([1, 2], [2, 1])).toBe(false)
    expect(sameValue({}, null)).toBe(false)
  })
})
