import { describe, expect, it } from 'vitest'
import { dialect as postgres } from '../../flavors/postgres/dialect/index.ts'
import { dialect as sqlite } from '../../flavors/sqlite/dialect/index.ts'
import { field, model, table } from '../model/build.ts'
import type { Index, Table } from '../model/model.ts'
import { lookupOf } from '../model/resolve.ts'
import { createClashIndex, nameClashes } from './name-clashes.ts'

const index = (name: string, id: string): Index => ({
  id: `i_${name}_${id}`,
  name,
  unique: false,
  method: '',
  parts: [{ field: id, expression: '', order: 'asc', nulls: '' }],
  include: [],
  predicate: '',
})
const withIndex = (one: Table, name: string): Table => ({ ...one, indexes: [index(name, one.fields[0]?.id ?? '')] })
const messages = (source: ReturnType<typeof model>, dialect = postgres) =>
  nameClashes(source.tables, dialect, lookupOf(source)).map(({ message }) => message)

describe('nameClashes', () => {
  it('says nothing of names that are apart', () => {
    expect(messages(model(table('a', field('x', 'int32')), table('b', field('x', 'int32'))))).toEqual([])
  })

  it('finds two indexes of one name in a schema, on both tables', () => {
    const a = withIndex(table('a', field('x', 'int32')), 'by_x')
    const b = withIndex(table('b', field('x', 'int32')), 'by_x')
    expect(messages(model(a, b))).toEqual([
      'The index by_x has the name of the index by_x of public.b: to PostgreSQL they are one name. Rename one of them.',
      'The index by_x has the name of the index by_x of public.a: to PostgreSQL they are one name. Rename one of them.',
    ])
  })

  it('finds a table that has the name which another table makes for its primary key', () => {
    const a = table('a', field('id', 'int32', { primaryKey: true }))
    expect(messages(model(a, table('a_pkey', field('x', 'int32'))))).toEqual([
      'The primary key a_pkey has the name of the table public.a_pkey: to PostgreSQL they are one name. Rename one of them.',
      'The table a_pkey has the name of the primary key a_pkey of public.a: to PostgreSQL they are one name. Rename one of them.',
    ])
  })

  it('finds two tables that differ in case only, where the flavor folds', () => {
    const source = model(table('Users', field('x', 'int32')), table('users', field('x', 'int32')))
    expect(messages(source)).toEqual([])
    expect(messages(source, sqlite)).toEqual([
      'The table Users has the name of the table users: to SQLite they are one name. Rename one of them.',
      'The table users has the name of the table Users: to SQLite they are one name. Rename one of them.',
    ])
  })
})

describe('a clash index', () => {
  it('names the tables that a rename frees and those that it hits', () => {
    const a = table('a', field('x', 'int32'))
    const b = table('b', field('x', 'int32'))
    const now = new Map([a, b].map((one) => [one.id, one]))
    const clashes = createClashIndex(postgres, (id) => now.get(id))
    clashes.set(a, a.id)
    clashes.set(b, b.id)
    now.set(b.id, { ...b, name: 'a' })
    expect(clashes.set(now.get(b.id) ?? null, b.id)).toEqual([b.id, a.id])
    expect(clashes.clashes(a.id)).toHaveLength(1)
    now.set(b.id, b)
    expect(clashes.set(b, b.id)).toEqual([b.id, a.id])
    expect(clashes.clashes(a.id)).toEqual([])
    clashes.set(null, a.id)
    expect(clashes.clashes(a.id)).toEqual([])
  })
})
