import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IdentityRecord } from '../diff/match.ts'
import { loadedFieldId, loadedTableId } from '../model/loaded-ids.ts'
import type { TableShape } from '../model/shape.ts'
import { idsForLoaded } from './loaded-ids.ts'

const rules = { identifierComparison: 'exact', defaultSchema: 'public' } as const
const shape = (name: string, ...columns: readonly string[]): TableShape => ({
  schema: 'public',
  name,
  comment: '',
  columns: columns.map((column) => ({
    name: column,
    type: { kind: 'text' },
    nullable: true,
    default: null,
    identity: null,
    generated: null,
    comment: '',
    collation: '',
  })),
  primaryKey: null,
  uniques: [],
  checks: [],
  references: [],
  indexes: [],
  options: {},
})
const row = (tableId: string, fieldId: string, table: string, column: string): IdentityRecord => ({ tableId, fieldId, schema: 'public', table, column })

describe('idsForLoaded', () => {
  it('makes the same ids from the same names, 12 characters with a letter first', () => {
    const one = shape('spot', 'lat', 'lon')
    const ids = idsForLoaded([one], [], rules)(one)
    expect(ids?.table).toBe(loadedTableId(one))
    expect(ids?.fields.get('lat')).toBe(loadedFieldId(one, 'lat'))
    for (const id of [ids?.table, ...(ids?.fields.values() ?? [])]) expect(id).toMatch(/^[a-z][0-9a-z]{11}$/)
  })

  it('takes the ids that the database recorded', () => {
    const one = shape('spot', 'lat', 'lon')
    const ids = idsForLoaded([one], [row('t1', '', 'spot', ''), row('t1', 'f1', 'spot', 'lon')], rules)(one)
    expect([ids?.table, ids?.fields.get('lon'), ids?.fields.get('lat')]).toEqual(['t1', 'f1', loadedFieldId(one, 'lat')])
  })

  it('never gives a new column the id that a renamed one has recorded', () => {
    const one = shape('spot', 'b', 'a')
    const ids = idsForLoaded([one], [row('t1', '', 'spot', ''), row('t1', loadedFieldId(one, 'a'), 'spot', 'b')], rules)(one)
    expect(ids?.fields.get('b')).toBe(loadedFieldId(one, 'a'))
    expect(ids?.fields.get('a')).toBe(loadedFieldId(one, 'a', 1))
  })

  it('gives no id twice, whatever the names and whatever was recorded', () => {
    const names = fc.uniqueArray(fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', 'ä', '"', '.') }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), names), { maxLength: 6, selector: ([name]) => name }), fc.nat(), (tables, salt) => {
        const shapes = tables.map(([name, columns]) => shape(name, ...columns))
        const recorded = shapes.flatMap((one, at) => ((salt + at) % 2 === 0 ? [row(loadedTableId(shapes[0] ?? one), '', one.name, '')] : []))
        const idsOf = idsForLoaded(shapes, recorded, rules)
        const all = shapes.flatMap((one) => [idsOf(one)?.table ?? '', ...(idsOf(one)?.fields.values() ?? [])])
        expect(new Set(all).size).toBe(all.length)
      }),
    )
  })
})
