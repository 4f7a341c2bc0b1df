import { expect, it } from 'vitest'
import { marksIn } from './bundle.ts'

it('finds a driver that slipped into a bundle', () => {
  expect(marksIn('var x=require("better-sqlite3")')).toEqual(['/better-sqlite3/'])
  expect(marksIn('import"node:net"')).toHaveLength(1)
  expect(marksIn('const sqlite = "sqlite:sample.db"; const postgres = "postgres://"')).toEqual([])
})
