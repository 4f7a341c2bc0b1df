import { describe, expect, it } from 'vitest'
import { pendingRenames } from './previous-names.ts'

const pending = (target: readonly string[], entries: readonly (readonly [key: string, previous: string])[], spent = false) =>
  pendingRenames(
    entries.map(([key, previous]) => ({ key, previous })),
    (key) => target.includes(key),
    () => spent,
  ).map(({ key, previous }) => `${previous}>${key}`)

describe('pendingRenames', () => {
  it('counts while the target lacks the new name', () => {
    expect(pending(['a'], [['b', 'a']])).toEqual(['a>b'])
    expect(pending(['b'], [['b', 'a']])).toEqual([])
  })
  it('does not repeat a rename that was done when the old name is in use again', () => {
    expect(pending(['a', 'b'], [['b', 'a']])).toEqual([])
  })
  it('follows a chain to its free end', () => {
    expect(
      pending(
        ['a', 'b'],
        [
          ['b', 'a'],
          ['c', 'b'],
        ],
      ),
    ).toEqual(['a>b', 'b>c'])
    expect(
      pending(
        ['a', 'b', 'c'],
        [
          ['b', 'a'],
          ['c', 'b'],
        ],
      ),
    ).toEqual([])
  })
  it('takes a swap once', () => {
    expect(
      pending(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
    ).toEqual(['b>a', 'a>b'])
    expect(
      pending(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
        true,
      ),
    ).toEqual([])
  })
})
