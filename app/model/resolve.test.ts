import { describe, expect, test } from 'vitest'
import { emptyTable, field, model, table } from './build.ts'
import { countedIds, makeIds } from './id.ts'
import type { Table } from './model.ts'
import { lookupOf, modelFromShapes, shapeOf } from './resolve.ts'

const doctor = table('doctor', field('id', 'int64', { primaryKey: true, identity: 'always' }), field('email', 'text', { unique: true }))
const visit: Table = {
  ...table('visit', field('id', 'int64', { primaryKey: true }), field('doctor', 'int64', { references: 'doctor.id' })),
  checks: [{ id: 'c', name: 'positive', expression: 'id > 0' }],
  indexes: [
    {
      id: 'i',
      name: 'by_doctor',
      unique: false,
      method: '',
      parts: [{ field: 'visit.doctor', expression: '', order: 'desc', nulls: 'last' }],
      include: ['visit.id'],
      predicate: '',
    },
  ],
}

describe('shapeOf', () => {
  test('resolves every id to a name', () => {
    const shape = shapeOf(visit, lookupOf(model(doctor, visit)))
    expect(shape.primaryKey).toEqual({ name: '', columns: ['id'] })
    expect(shape.references).toEqual([
      {
        name: '',
        columns: ['doctor'],
        parent: { schema: '', name: 'doctor' },
        parentColumns: ['id'],
        onUpdate: 'no action',
        onDelete: 'no action',
        deferrable: 'no',
      },
    ])
    expect(shape.indexes[0]?.parts).toEqual([{ column: 'doctor', expression: '', order: 'desc', nulls: 'last' }])
    expect(shape.indexes[0]?.include).toEqual(['id'])
  })

  test("fills empty target fields with the parent's primary key", () => {
    const implied = {
      ...visit,
      references: visit.references.map((reference) => ({ ...reference, target: { kind: 'id', table: 'doctor', fields: [] } as const })),
    }
    expect(shapeOf(implied, lookupOf(model(doctor, implied))).references[0]?.parentColumns).toEqual(['id'])
  })

  test('leaves out parts that point at nothing', () => {
    const broken: Table = { ...visit, fields: [], keys: visit.keys }
    const shape = shapeOf(broken, lookupOf(model(doctor, broken)))
    expect([shape.primaryKey, shape.references, shape.indexes]).toEqual([null, [], []])
    expect(shapeOf(visit, lookupOf(model(visit))).references).toEqual([])
  })
})

describe('modelFromShapes', () => {
  test('gives back a model with the same shapes, references by id', () => {
    const source = model(visit, doctor, emptyTable('e', 'empty', 'other'))
    const lookup = lookupOf(source)
    const shapes = source.tables.map((each) => shapeOf(each, lookup))
    const made = modelFromShapes(shapes, countedIds(), 'made')
    expect(made.tables.map((each) => shapeOf(each, lookupOf(made)))).toEqual(shapes)
    expect(made.tables[0]?.references[0]?.target.kind).toBe('id')
  })

  test('keeps a reference to a table outside by name', () => {
    const shapes = [shapeOf(visit, lookupOf(model(doctor, visit)))]
    expect(modelFromShapes(shapes, countedIds()).tables[0]?.references[0]?.target).toEqual({
      kind: 'name',
      schema: '',
      table: 'doctor',
      fields: ['id'],
    })
  })
})

describe('makeIds', () => {
  test('gives 12 characters that start with a letter', () => {
    const newId = makeIds(Math.random)
    for (let each = 0; each < 200; each++) expect(newId()).toMatch(/^[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{11}$/)
  })
})
