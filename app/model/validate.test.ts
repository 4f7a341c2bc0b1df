import { describe, expect, test } from 'vitest'
import { emptyTable, field, model, table } from './build.ts'
import type { Table } from './model.ts'
import { validateModel } from './validate.ts'

const codes = (...tables: readonly Table[]): readonly string[] => validateModel(model(...tables)).map((finding) => finding.code)
const doctor = table('doctor', field('id', 'int64', { primaryKey: true }), field('email', 'varchar(50)'))
const a = table('t', field('a', 'int64'))
const reference = { id: 'r', name: '', fields: ['t.a'], onUpdate: 'no action', onDelete: 'no action', deferrable: 'no' } as const
const part = { field: null, expression: '', order: 'asc', nulls: '' } as const
const index = { id: 'i', name: '', unique: false, method: '', parts: [], include: [], predicate: '' } as const

describe('validateModel', () => {
  test('finds nothing in a sound model', () => {
    expect(
      codes(
        doctor,
        table(
          'visit',
          field('id', 'int32', { primaryKey: true, identity: 'always' }),
          field('doctor', 'int64', { references: 'doctor.id' }),
        ),
      ),
    ).toEqual([])
  })

  test.each<[string, readonly Table[]]>([
    ['TABLE_NAME_EMPTY', [{ ...a, name: '' }]],
    ['TABLE_NAME_ALIKE', [{ ...a, name: 'Doctor' }, doctor]],
    ['TABLE_EMPTY', [emptyTable('e', 'e')]],
    ['FIELD_NAME_EMPTY', [table('t', field('', 'int32'))]],
    ['FIELD_NAME_ALIKE', [table('t', field('a', 'int32'), field('A', 'int32'))]],
    ['PREVIOUS_NAME_CLASH', [table('t', field('a', 'int32', { previousName: 'b' }), field('b', 'int32'))]],
    ['PREVIOUS_NAME_CLASH', [{ ...a, previousName: 'doctor' }, doctor]],
    ['TYPE_UNKNOWN', [table('t', field('a', 'flurb'))]],
    ['TYPE_EMPTY', [table('t', field('a', ''))]],
    ['TYPE_LENGTH_NOT_ALLOWED', [table('t', field('a', 'date(3)'))]],
    ['TYPE_LENGTH', [table('t', field('a', 'array(varchar(0))'))]],
    ['TYPE_MEMBER_DUPLICATE', [table('t', field('a', "enum('x','x')"))]],
    ['GENERATED_WITH_DEFAULT', [table('t', field('a', 'int32', { default: '1', generated: { expression: '1', stored: true } }))]],
    [
      'GENERATED_WITH_IDENTITY',
      [table('t', field('a', 'int32', { nullable: false, identity: 'always', generated: { expression: '1', stored: true } }))],
    ],
    ['IDENTITY_WITH_DEFAULT', [table('t', field('a', 'int32', { nullable: false, identity: 'always', default: '1' }))]],
    ['IDENTITY_TYPE', [table('t', field('a', 'text', { nullable: false, identity: 'always' }))]],
    ['IDENTITY_WITH_DEFAULT', [table('t', field('a', 'int32', { nullable: false, identity: 'serial', default: '7' }))]],
    ['DEFAULT_EMPTY', [table('t', field('a', 'text', { default: ' ' }))]],
    ['PRIMARY_KEY_NULLABLE', [table('t', field('a', 'int32', { primaryKey: true, nullable: true }))]],
    ['PRIMARY_KEY_MANY', [{ ...doctor, keys: [...doctor.keys, { id: 'k', kind: 'primary', name: '', fields: ['doctor.id'] }] }]],
    ['KEY_EMPTY', [{ ...a, keys: [{ id: 'k', kind: 'unique', name: '', fields: [] }] }]],
    ['KEY_FIELD_MISSING', [{ ...a, keys: [{ id: 'k', kind: 'unique', name: '', fields: ['gone'] }] }]],
    ['KEY_FIELD_TWICE', [{ ...a, keys: [{ id: 'k', kind: 'unique', name: '', fields: ['t.a', 't.a'] }] }]],
    ['CHECK_EMPTY', [{ ...a, checks: [{ id: 'c', name: '', expression: '' }] }]],
    ['INDEX_EMPTY', [{ ...a, indexes: [index] }]],
    ['INDEX_PART_EMPTY', [{ ...a, indexes: [{ ...index, parts: [part] }] }]],
    ['INDEX_FIELD_MISSING', [{ ...a, indexes: [{ ...index, parts: [{ ...part, field: 'gone' }] }] }]],
    [
      'PART_NAME_DUPLICATE',
      [
        {
          ...a,
          checks: [
            { id: 'c', name: 'n', expression: 'x' },
            { id: 'd', name: 'n', expression: 'y' },
          ],
        },
      ],
    ],
    [
      'REFERENCE_TABLE_MISSING',
      [{ ...a, references: [{ ...reference, target: { kind: 'name', schema: 's', table: 'x', fields: ['y'] } }] }],
    ],
    ['REFERENCE_TABLE_MISSING', [{ ...a, references: [{ ...reference, target: { kind: 'id', table: 'gone', fields: [] } }] }]],
    [
      'REFERENCE_FIELD_MISSING',
      [{ ...a, references: [{ ...reference, target: { kind: 'id', table: 'doctor', fields: ['gone'] } }] }, doctor],
    ],
    ['REFERENCE_NO_KEY', [{ ...a, references: [{ ...reference, target: { kind: 'id', table: 't', fields: [] } }] }]],
    [
      'REFERENCE_COUNT',
      [{ ...a, references: [{ ...reference, target: { kind: 'id', table: 'doctor', fields: ['doctor.id', 'doctor.email'] } }] }, doctor],
    ],
    ['REFERENCE_TYPE', [table('t', field('a', 'text', { references: 'doctor.id' })), doctor]],
    ['REFERENCE_NOT_UNIQUE', [table('t', field('a', 'varchar(50)', { references: 'doctor.email' })), doctor]],
    [
      'REFERENCE_SET_NULL',
      [
        {
          ...table('t', field('a', 'int64', { nullable: false })),
          references: [{ ...reference, onDelete: 'set null', target: { kind: 'id', table: 'doctor', fields: [] } }],
        },
        doctor,
      ],
    ],
    ['CELL_INVALID', [{ ...a, invalid: { IS_NULLABLE: 'perhaps' } }]],
  ])('finds %s', (code, tables) => {
    expect(codes(...tables)).toContain(code)
    expect(codes(...tables).length).toBeLessThan(3)
  })

  test('names both of two tables and both of two fields with one name', () => {
    const twice = table('t', field('a', 'int32'), { ...field('b', 'int32'), name: 'a' })
    expect(codes({ ...a, name: 'doctor' }, doctor)).toEqual(['TABLE_NAME_DUPLICATE', 'TABLE_NAME_DUPLICATE'])
    expect(codes(twice)).toEqual(['FIELD_NAME_DUPLICATE', 'FIELD_NAME_DUPLICATE'])
  })

  test('lets two fields exchange their names', () => {
    expect(codes(table('t', field('a', 'int32', { previousName: 'b' }), field('b', 'int32', { previousName: 'a' })))).toEqual([])
  })
})
