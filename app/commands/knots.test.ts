import { describe, expect, it } from 'vitest'
import { knotsOf } from './knots.ts'

const knots = (names: string, edges: readonly string[], ties: readonly string[] = []) => {
  const pairs = (list: readonly string[]) => list.map((pair) => [names.indexOf(pair[0] ?? ''), names.indexOf(pair[1] ?? '')] as const)
  const groups = knotsOf({ size: names.length, edges: pairs(edges), ties: pairs(ties), name: (node) => names[node] ?? '' })
  return groups.map((nodes) => nodes.map((node) => names[node]).join('')).join(' ')
}

describe('knotsOf', () => {
  it('orders parents before children, names breaking ties', () => {
    expect(knots('cba', [])).toBe('a b c')
    expect(knots('abc', ['cb', 'ba'])).toBe('c b a')
  })
  it('keeps a ring in one group', () => {
    expect(knots('abcd', ['ab', 'bc', 'ca', 'ad'])).toBe('abc d')
  })
  it('keeps tied nodes in one group and closes the ring that the tie makes', () => {
    expect(knots('abcd', ['ab', 'bd'], ['ad'])).toBe('abd c')
  })
  it('ignores an edge of a node to itself', () => {
    expect(knots('ab', ['aa', 'ba'])).toBe('b a')
  })
  it('does not depend on the order of the input', () => {
    expect(knots('dcba', ['ca', 'ab', 'bc', 'da'])).toBe(knots('abcd', ['bc', 'da', 'ab', 'ca']))
  })
  it('orders a chain of 20,000 without recursion', () => {
    const size = 20_000
    const edges = Array.from({ length: size - 1 }, (_, index) => [index, index + 1] as const)
    const groups = knotsOf({ size, edges, ties: [], name: (node) => String(size - node) })
    expect(groups.length).toBe(size)
    expect(groups.slice(0, 3)).toEqual([[0], [1], [2]])
  })
})
