import { describe, expect, it } from 'vitest'
import { field, model, table } from '../../app/model/build.ts'
import { createDocument } from '../../app/model/document.ts'
import type { Table } from '../../app/model/model.ts'
import { dialects } from '../store/flavors.ts'
import { checkTable } from './check-table.ts'

const index = (id: string, name: string, column: string) => ({
  id,
  name,
  unique: false,
  method: '',
  parts: [{ field: column, expression: '', order: 'asc', nulls: '' } as const],
  include: [],
  predicate: '',
})

const parent = table('parent', field('id', 'int64', { primaryKey: true }))
const child: Table = {
  ...table(
    'child',
    field('id', 'int64', { primaryKey: true }),
    field('mother', 'int64', { references: 'parent.id' }),
    field('father', 'int64', { references: 'parent.id' }),
    field('number', 'int32', { unique: true }),
  ),
  indexes: [index('i1', '', 'child.mother'), index('i2', 'number', 'child.number'), index('i3', '', 'child.father')],
  checks: [{ id: 'c1', name: '', expression: 'number > 0' }],
}

function placesOf(flavor: string): readonly string[] {
  const document = createDocument(model(parent, child))
  const dialect = dialects.find(({ name }) => name === flavor)
  const found = checkTable(document, 'child', dialect).filter((finding) => finding.flavor === flavor)
  return found.map(({ code, path }) => `${code} ${path.field ?? path.part ?? 'table'} ${path.property}`).toSorted()
}

describe('placeFindings', () => {
  it('puts what is said of keys, references and indexes into their cells, with and without names', () => {
    // Checks have no sheet: their table's line tells of them.
    expect(placesOf('impala')).toEqual([
      'FEATURE_UNSUPPORTED child.number unique',
      'FEATURE_UNSUPPORTED i1 fields',
      'FEATURE_UNSUPPORTED i2 fields',
      'FEATURE_UNSUPPORTED i3 fields',
      'FEATURE_UNSUPPORTED table name',
      'KEY_INFORMATIONAL child.id key',
      'NOT_NULL_LOST table name',
      'REFERENCE_INFORMATIONAL child.father reference',
      'REFERENCE_INFORMATIONAL child.mother reference',
    ])
  })
})
