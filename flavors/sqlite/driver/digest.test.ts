import { expect, it } from 'vitest'
import { digestResult, digestStart, digestStep, type SqliteValue } from './digest.ts'

const digest = (...rows: SqliteValue[][]) => digestResult(rows.reduce((state, row) => digestStep(state, row), digestStart()))

it('does not depend on the order of rows', () => {
  expect(digest([1n, 'a'], [2n, 'b'])).toBe(digest([2n, 'b'], [1n, 'a']))
})

it('tells apart rows that look alike', () => {
  const rows: SqliteValue[][] = [[null], [0n], [0], [-0], [''], [new Uint8Array()], ['0'], ['n'], ['a', 'b'], ['ab', ''], ['a;t1:b'], [9007199254740993n], [9007199254740992n]]
  expect(new Set(rows.map((row) => digest(row))).size).toBe(rows.length)
  expect(digest(['a'], ['a'])).not.toBe(digest(['a']))
})
