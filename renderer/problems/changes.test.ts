import { describe, expect, it } from 'vitest'
import { emptyTable, field, model, table } from '../../app/model/build.ts'
import { createDocument } from '../../app/model/document.ts'
import { changesSince } from './changes.ts'

const users = table('users', field('id', 'int64'), field('name', 'text'))

describe('changesSince', () => {
  it('tells renames, changes, additions and removals apart by identity', () => {
    const document = createDocument(model(users, table('old')))
    document.apply({
      kind: 'field.set',
      table: 'users',
      changes: [{ field: 'users.name', set: { name: 'full_name', type: { kind: 'varchar', length: 50 } } }],
    })
    document.apply({ kind: 'field.remove', table: 'users', fields: ['users.id'] })
    document.apply({ kind: 'table.remove', table: 'old' })
    document.apply({ kind: 'table.add', value: emptyTable('new', 'pets'), at: null })
    const baseline = new Map([users, table('old')].map((each) => [each.id, each]))
    expect(changesSince(baseline, document).map(({ kind, name, detail }) => `${kind} ${name}: ${detail}`)).toEqual([
      'renamed users.full_name: from name',
      'changed users.full_name: type text to varchar(50)',
      'removed users.id: int64',
      'added pets: 0 fields',
      'removed old: 0 fields',
    ])
  })

  it('is empty when an edit was undone', () => {
    const document = createDocument(model(users))
    document.apply({ kind: 'table.set', table: 'users', set: { name: 'people' } })
    document.undo()
    expect(changesSince(new Map([[users.id, users]]), document)).toEqual([])
  })
})
