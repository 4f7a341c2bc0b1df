import { describe, expect, it } from 'vitest'
import { dialect as postgres } from '../../flavors/postgres/dialect/index.ts'
import { dialect as sqlite } from '../../flavors/sqlite/dialect/index.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { CatalogTable } from '../flavor/driver.ts'
import { field, model, table } from '../model/build.ts'
import type { Table } from '../model/model.ts'
import { loadedFieldId, loadedTableId } from '../model/loaded-ids.ts'
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

  it('asks again when a table lost the ids of all its fields, and a known field is missing', () => {
    const blank = { ...users, fields: users.fields.map((item, at) => ({ ...item, id: `new${at}`, name: item.name === 'last' ? 'lasting' : item.name })) }
    expect(matched([users], [blank], { identities: identity(users) }).candidates).toEqual(['public.users.last > public.users.lasting'])
  })
})

describe('matchModel with ids of a loaded model', () => {
  const name = (table: string) => ({ schema: 'public', name: table })
  /** The table as it is when it was loaded from a database. */
  const loaded = (one: Table): Table => ({
    ...one,
    id: loadedTableId(name(one.name)),
    fields: one.fields.map((item) => ({ ...item, id: loadedFieldId(name(one.name), item.name) })),
  })
  const people = loaded(users)
  const groups = loaded(teams)

  it('knows a rename whose new name the target lacks, of a field, a table, and both', () => {
    expect(matched([users], [renamed(people, { first: 'given' })])).toEqual({ pairs: ['users.first > users.given'], candidates: [], unmatched: [] })
    expect(matched([users], [renamed(people, { '': 'people', last: 'family' })]).pairs).toEqual(['users > people', 'users.last > people.family'])
  })

  it('knows a chain to a name that the target lacks', () => {
    expect(matched([users], [renamed(people, { first: 'last', last: 'family' })]).pairs).toEqual(['users.first > users.last', 'users.last > users.family'])
  })

  it('asks for a swap, a ring, and a name that was dropped: the target may be the one before or the one after', () => {
    expect(matched([users], [renamed(people, { first: 'last', last: 'first' })]).candidates).toEqual([
      'public.users.first > public.users.last',
      'public.users.last > public.users.first',
    ])
    const onto = renamed({ ...people, fields: people.fields.filter((item) => item.name !== 'last') }, { first: 'last' })
    expect(matched([users], [onto]).candidates).toEqual(['public.users.first > public.users.last'])
    expect(matched([users, teams], [renamed(people, { '': 'teams' }), renamed(groups, { '': 'users' })]).candidates).toEqual(
      expect.arrayContaining(['public.users > public.teams', 'public.teams > public.users']),
    )
  })

  it('does an answered swap, and keeps the names of a denied one', () => {
    const swapped = renamed(people, { first: 'last', last: 'first' })
    const yes = [{ from: 'users.first', to: 'users.last' }, { from: 'users.last', to: 'users.first' }]
    expect(matched([users], [swapped], { renames: yes })).toEqual({ pairs: ['users.first > users.last', 'users.last > users.first'], candidates: [], unmatched: [] })
    const no = [{ from: 'users.first', to: null }, { from: 'users.last', to: null }]
    expect(matched([users], [swapped], { renames: no })).toEqual({ pairs: [], candidates: [], unmatched: [] })
  })

  it('believes what the target recorded before the name that an id was made from', () => {
    const swapped = renamed(people, { first: 'last', last: 'first' })
    expect(matched([users], [swapped], { identities: identity(people) }).candidates).toEqual([])
    expect(matched([users], [swapped], { identities: identity(swapped) })).toEqual({ pairs: [], candidates: [], unmatched: [] })
  })
})
