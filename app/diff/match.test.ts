import { describe, expect, it } from 'vitest'
import { dialect as postgres } from '../../flavors/postgres/dialect/index.ts'
import { dialect as sqlite } from '../../flavors/sqlite/dialect/index.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { CatalogTable } from '../flavor/driver.ts'
import { field, model, table } from '../model/build.ts'
import type { Table } from '../model/model.ts'
import { lookupOf, shapeOf } from '../model/resolve.ts'
import type { RenameAnswer } from './candidate.ts'
import { matchModel } from './match.ts'
import type { IdentityRecord } from './match.ts'

interface Given {
  readonly identities?: readonly IdentityRecord[]
  readonly renames?: readonly RenameAnswer[]
  readonly dialect?: Dialect
}

/** What continues what, as `old.column > new.column`, only where a name changes; and the candidates. */
function matched(before: readonly Table[], after: readonly Table[], { identities = [], renames = [], dialect = postgres }: Given = {}) {
  const source = model(...before)
  const catalog = before.map((one): CatalogTable => ({
    shape: dialect.normalize(shapeOf(one, lookupOf(source))),
    rowEstimate: null,
    dependents: [],
    remake: [],
    fingerprint: '',
  }))
  const match = matchModel({ tables: after, lookup: lookupOf(model(...after)), catalog, identities, renames, spent: [], dialect })
  const pairs = match.pairs.flatMap(({ after: to, before: from, columns }) => [
    ...(from === null || from.name === to.name ? [] : [`${from.name} > ${to.name}`]),
    ...[...columns].filter(([name, old]) => name !== old).map(([name, old]) => `${from?.name ?? ''}.${old} > ${to.name}.${name}`),
  ])
  return {
    pairs,
    candidates: match.candidates.map(({ from, to }) => `${from} > ${to}`),
    unmatched: match.unmatched.map(({ shape }) => shape.name),
  }
}

const identity = (one: Table): readonly IdentityRecord[] => [
  { tableId: one.id, fieldId: '', schema: 'public', table: one.name, column: '' },
  ...one.fields.map(({ id, name }) => ({ tableId: one.id, fieldId: id, schema: 'public', table: one.name, column: name })),
]
/** The same table under other names: `{ a: 'b' }` by field, `''` for the table itself. */
const renamed = (one: Table, names: Readonly<Record<string, string>>): Table => ({
  ...one,
  name: names[''] ?? one.name,
  fields: one.fields.map((item) => ({ ...item, name: names[item.name] ?? item.name })),
})

const users = table('users', field('id', 'int32', { primaryKey: true }), field('first', 'text'), field('last', 'text'))
const teams = table('teams', field('code', 'text'), field('size', 'int32'))

describe('matchModel', () => {
  it('pairs by the same qualified name when nothing else is known', () => {
    expect(matched([users], [users])).toEqual({ pairs: [], candidates: [], unmatched: [] })
  })

  it('follows recorded identities through a rename of table and field at once', () => {
    expect(matched([users], [renamed(users, { '': 'people', first: 'given' })], { identities: identity(users) })).toEqual({
      pairs: ['users > people', 'users.first > people.given'],
      candidates: [],
      unmatched: [],
    })
  })

  it('follows a swap of two tables and of two fields by identity', () => {
    const swapped = [renamed(users, { '': 'teams', first: 'last', last: 'first' }), renamed(teams, { '': 'users' })]
    expect(matched([users, teams], swapped, { identities: [...identity(users), ...identity(teams)] }).pairs).toEqual([
      'users > teams',
      'users.first > teams.last',
      'users.last > teams.first',
      'teams > users',
    ])
  })

  it('does not believe an identity whose name the catalog no longer has', () => {
    const stale = identity(renamed(users, { '': 'gone' }))
    expect(matched([users], [users], { identities: stale })).toEqual({ pairs: [], candidates: [], unmatched: [] })
  })

  it('asks for a field and for a table that look renamed, and says nothing of a denied one', () => {
    const given = { ...renamed(users, { first: 'first_name' }) }
    expect(matched([users], [given]).candidates).toEqual(['public.users.first > public.users.first_name'])
    expect(matched([users], [given], { renames: [{ from: 'users.first', to: null }] })).toEqual({
      pairs: [],
      candidates: [],
      unmatched: [],
    })
    expect(matched([users], [renamed(users, { '': 'user' })]).candidates).toEqual(['public.users > public.user'])
  })

  it('does a confirmed rename, however its names are spelled', () => {
    const given = renamed(users, { first: 'first_name' })
    for (const renames of [[{ from: 'users.first', to: 'users.first_name' }], [{ from: 'public.users.first', to: 'first_name' }]]) {
      expect(matched([users], [given], { renames }).pairs).toEqual(['users.first > users.first_name'])
    }
    expect(matched([users], [renamed(users, { '': 'user' })], { renames: [{ from: 'users', to: 'public.user' }] }).pairs).toEqual([
      'users > user',
    ])
  })

  it('does not ask when the person dropped a field and added another to a known table', () => {
    const other = {
      ...users,
      fields: users.fields.map((item) => (item.name === 'last' ? { ...item, id: 'fresh', name: 'lasting' } : item)),
    }
    expect(matched([users], [other], { identities: identity(users) }).candidates).toEqual([])
    expect(matched([users], [other]).candidates).toEqual(['public.users.last > public.users.lasting'])
  })

  it('never takes unlike things for a rename', () => {
    const other = {
      ...users,
      fields: [
        ...users.fields.slice(0, 2),
        { ...(teams.fields[1] ?? users.fields[0]), id: 'n', name: 'height', generated: null } as Table['fields'][number],
      ],
    }
    expect(matched([users], [other]).candidates).toEqual([])
    expect(matched([users], [teams])).toEqual({ pairs: [], candidates: [], unmatched: ['users'] })
  })

  it('knows a change of case as a rename where case does not count, and as another name where it does', () => {
    const given = renamed(users, { first: 'First' })
    expect(matched([users], [given], { dialect: sqlite }).pairs).toEqual(['users.first > users.First'])
    expect(matched([users], [given]).candidates).toEqual(['public.users.first > public.users.First'])
  })
})
