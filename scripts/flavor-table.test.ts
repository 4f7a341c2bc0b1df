import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { flavorTable, readmePath, withTable } from './flavor-table.ts'

it('stands in the README as the code says it', () => {
  const readme = readFileSync(readmePath, 'utf8')
  expect(readme).toContain(flavorTable())
  expect(withTable(readme)).toBe(readme)
})
