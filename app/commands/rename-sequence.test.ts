import { describe, expect, it } from 'vitest'
import { renameSequence } from './rename-sequence.ts'

const lower = (name: string) => name.toLowerCase()
const sequence = (wanted: readonly string[], occupied: readonly string[], fold = (name: string) => name) => {
  let count = 0
  const renames = wanted.map((pair) => ({ from: pair.split('>')[0] ?? '', to: pair.split('>')[1] ?? '' }))
  const { steps } = renameSequence(renames, occupied, fold, () => `t${++count}`)
  return steps.map(({ from, to }) => `${from}>${to}`)
}

describe('renameSequence', () => {
  it('renames a chain from its end', () => {
    expect(sequence(['a>b', 'b>c'], ['a', 'b'])).toEqual(['b>c', 'a>b'])
  })
  it('swaps through a name of its own', () => {
    expect(sequence(['a>b', 'b>a'], ['a', 'b'])).toEqual(['a>t1', 'b>a', 't1>b'])
  })
  it('turns a ring of three with one detour', () => {
    expect(sequence(['a>b', 'b>c', 'c>a'], ['a', 'b', 'c'])).toEqual(['a>t1', 'c>a', 'b>c', 't1>b'])
  })
  it('changes only the case through a name of its own where case does not count', () => {
    expect(sequence(['name>Name'], ['name'], lower)).toEqual(['name>t1', 't1>Name'])
    expect(sequence(['name>Name'], ['name'])).toEqual(['name>Name'])
  })
  it('moves a dropped name aside that is in the way', () => {
    expect(sequence(['a>b'], ['a', 'b'])).toEqual(['b>t1', 'a>b'])
  })
})
