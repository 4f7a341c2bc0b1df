import { describe, expect, it } from 'vitest'
import { emptyTable } from '../model/build.ts'
import { selectTables } from './selection.ts'

const rules = { identifierComparison: 'exact', defaultSchema: 'public' } as const
const model = {
  name: 'm',
  tables: [
    emptyTable('1', 'users'),
    emptyTable('2', 'users_old', 'public'),
    emptyTable('3', 'orders', 'sales'),
    emptyTable('4', 'odd[1]+', 'sales'),
  ],
}
const select = (schemas: readonly string[], tables: readonly string[], how: Parameters<typeof selectTables>[2] = rules) =>
  selectTables(model, { schemas, tables }, how).map(({ name }) => name)

describe('selectTables', () => {
  it('takes everything when nothing is named', () => {
    expect(select([], [])).toEqual(['users', 'users_old', 'orders', 'odd[1]+'])
  })
  it('takes a table without schema for one of the default schema', () => {
    expect(select(['public'], [])).toEqual(['users', 'users_old'])
    expect(select([], ['public.users'])).toEqual(['users'])
  })
  it('understands * and ? and nothing else as a glob', () => {
    expect(select([], ['users*'])).toEqual(['users', 'users_old'])
    expect(select([], ['sales.?rders'])).toEqual(['orders'])
    expect(select([], ['odd[1]+'])).toEqual(['odd[1]+'])
    expect(select([], ['odd.*'])).toEqual([])
  })
  it('wants both when a schema and a table are named', () => {
    expect(select(['sales'], ['*s'])).toEqual(['orders'])
  })
  it('minds case as the flavor does', () => {
    expect(select([], ['USERS'])).toEqual([])
    expect(select([], ['USERS'], { ...rules, identifierComparison: 'caseInsensitive' })).toEqual(['users'])
  })
})
