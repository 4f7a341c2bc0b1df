import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { field, model, table } from './build.ts'
import { createDocument } from './document.ts'
import { countedIds } from './id.ts'
import { anyName } from './testing/any-type.ts'
import { parseReference, renderReference } from './reference-text.ts'
import { primaryKeyPosition, referenceCell, setPrimaryKey, setReference, setUnique, uniqueKeyOf } from './sheet-edits.ts'
import type { Table } from './model.ts'

const sample = () => {
  const document = createDocument(
    model(
      table('t', field('a', 'int32'), field('b', 'int32'), field('c', 'int32')),
      table('p', field('id', 'int32', { primaryKey: true })),
    ),
  )
  const now = (): Table => document.table('t') ?? table('gone')
  const context = { names: document.names, lookup: document.table, newId: countedIds() }
  return { document, now, context }
}

describe('setPrimaryKey', () => {
  test('puts a field at its place in the key and makes it NOT NULL; taking the last out removes the key', () => {
    const { document, now, context } = sample()
    document.apply(setPrimaryKey(now(), 't.a', 1, context.newId))
    document.apply(setPrimaryKey(now(), 't.b', 1, context.newId))
    expect(now().keys[0]?.fields).toEqual(['t.b', 't.a'])
    expect(now().fields.map((each) => each.nullable)).toEqual([false, false, true])
    expect([primaryKeyPosition(now(), 't.a'), primaryKeyPosition(now(), 't.c')]).toEqual([2, null])
    document.apply(setPrimaryKey(now(), 't.a', null, context.newId))
    document.apply(setPrimaryKey(now(), 't.b', null, context.newId))
    expect(now().keys).toEqual([])
  })
})

describe('setUnique', () => {
  test('makes a constraint of its own, joins a named one, and leaves it', () => {
    const { document, now, context } = sample()
    document.apply(setUnique(now(), 't.a', true, context.newId))
    expect(uniqueKeyOf(now(), 't.a')?.fields).toEqual(['t.a'])
    document.apply(setUnique(now(), 't.a', 'both', context.newId))
    document.apply(setUnique(now(), 't.b', 'both', context.newId))
    expect(now().keys.map(({ name, fields }) => [name, fields])).toEqual([['both', ['t.a', 't.b']]])
    document.apply(setUnique(now(), 't.a', false, context.newId))
    document.apply(setUnique(now(), 't.b', false, context.newId))
    expect(now().keys).toEqual([])
  })
})

describe('setReference', () => {
  test('resolves the parent by name, follows its rename, and keeps an unknown parent by name', () => {
    const { document, now, context } = sample()
    document.apply(setReference(now(), 't.a', 'p.id', context) ?? { kind: 'batch', edits: [] })
    expect(now().references[0]?.target).toEqual({ kind: 'id', table: 'p', fields: ['p.id'] })
    document.apply({ kind: 'table.set', table: 'p', set: { name: 'parent' } })
    expect(referenceCell(now(), 't.a', document.table)).toBe('parent.id')
    document.apply(setReference(now(), 't.a', 'other.gone.id', context) ?? { kind: 'batch', edits: [] })
    expect(now().references).toHaveLength(1)
    expect(referenceCell(now(), 't.a', document.table)).toBe('other.gone.id')
    document.apply(setReference(now(), 't.a', '', context) ?? { kind: 'batch', edits: [] })
    expect(now().references).toEqual([])
    expect(setReference(now(), 't.a', 'a.b.c.d', context)).toBe(null)
  })
})

describe('renderReference', () => {
  test('is read back equal for any names', () => {
    fc.assert(
      fc.property(fc.record({ schema: fc.option(anyName), table: anyName, column: fc.option(anyName) }), (text) => {
        expect(parseReference(renderReference(text))).toEqual(text)
      }),
    )
  })
})
