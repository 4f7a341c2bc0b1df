import { describe, expect, it } from 'vitest'
import { field, model, table } from '../model/build.ts'
import { createDocument } from '../model/document.ts'
import { editBetween } from './model-edit.ts'

const a = table('a', field('id', 'int64'))
const b = table('b', field('id', 'int64'))
const c = table('c', field('id', 'int64'))
const d = table('d', field('id', 'int64'))

describe('editBetween', () => {
  it.each([
    ['nothing', [a, b], [a, b]],
    ['a changed table', [a, b], [{ ...a, comment: 'x' }, b]],
    ['tables that go and come', [a, b, c], [d, b]],
    ['another order', [a, b, c, d], [d, b, a, c]],
    ['all at once', [a, b, c], [{ ...c, name: 'see' }, d, { ...a, name: 'A' }]],
    ['an empty model', [a], []],
    ['a first table', [], [a, b]],
  ])('makes one model the other, and undo takes it back: %s', (_, from, to) => {
    const start = model(...from)
    const document = createDocument(start)
    document.apply(editBetween(start, model(...to)))
    expect(document.snapshot().tables).toEqual(to)
    document.undo()
    expect(document.snapshot().tables).toEqual(from)
  })
})
