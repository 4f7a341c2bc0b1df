import { describe, expect, it } from 'vitest'
import type { ColumnShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { dialect } from './index.ts'

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type: { kind: 'int32' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })
const table = (more: Partial<TableShape>): TableShape => ({ schema: '', name: 't', comment: '', columns: [column('a'), column('b')], primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {}, ...more })
const found = (more: Partial<TableShape>) => dialect.check(table(more)).map(({ code, severity, path }) => `${severity} ${code} ${path.property ?? ''} ${path.column ?? ''}`.trim())
const reference = (more: Partial<ReferenceShape>): ReferenceShape => ({ name: 'f', columns: ['a'], parent: { schema: 'dbo', name: 'p' }, parentColumns: ['id'], onUpdate: 'no action', onDelete: 'no action', deferrable: 'no', ...more })
const index = (more: Partial<TableShape['indexes'][number]>): TableShape['indexes'][number] => ({ name: 'i', unique: false, method: '', parts: [{ column: 'a', expression: '', order: 'asc', nulls: '' }], include: [], predicate: '', ...more })
const text = (length: number) => ({ kind: 'varchar', length }) as const

describe('check', () => {
  it('finds nothing wrong with a plain table', () => expect(found({})).toEqual([]))

  it.each([
    // Names.
    ['error NAME_REFUSED name', { name: '#t' }],
    ['error NAME_TOO_LONG name', { name: 'x'.repeat(129) }],
    ['error NAME_REFUSED name', { name: 'trail ' }],
    ['error NAME_REFUSED schema', { schema: 'INFORMATION_SCHEMA' }],
    ['error NAME_REFUSED name nul\0', { columns: [column('nul\0')] }],
    ['error NAME_CLASH name A', { columns: [column('a'), column('A')] }],
    ['error NAME_CLASH name i', { uniques: [{ name: 'I', columns: ['b'] }], indexes: [index({})] }],
    // Rows and fields.
    ['error TABLE_EMPTY name', { columns: [] }],
    ['error TOO_MANY_FIELDS name', { columns: Array.from({ length: 1025 }, (_, at) => column(`c${at}`)) }],
    ['error ROW_TOO_WIDE name', { columns: [column('a', { type: { kind: 'binary', length: 8000 } }), column('b', { type: { kind: 'binary', length: 60 } })] }],
    ['error IDENTITY_TWICE identity b', { columns: [column('a', { identity: 'always' }), column('b', { identity: 'always' })] }],
    ['error IDENTITY_TYPE identity a', { columns: [column('a', { identity: 'always', type: { kind: 'uuid' } })] }],
    ['info IDENTITY_ALWAYS identity a', { columns: [column('a', { identity: 'default' })] }],
    ['error COLLATION_REFUSED collation a', { columns: [column('a', { type: { kind: 'text' }, collation: 'und-x-icu' })] }],
    ['error COMMENT_TOO_LONG comment', { comment: 'x'.repeat(3751) }],
    ['info COMPUTED_TYPE type a', { columns: [column('a', { generated: { expression: 'b * 2', stored: true } }), column('b')] }],
    ['info ROWVERSION_NEW type a', { columns: [column('a', { type: { kind: 'native', flavor: 'mssql', text: 'rowversion' } }), column('b')] }],
    // Keys.
    ['error KEY_TYPE type a', { columns: [column('a', { type: { kind: 'text' } })], primaryKey: { name: '', columns: ['a'] } }],
    ['error KEY_TOO_WIDE key a', { columns: [column('a', { type: { kind: 'binary', length: 901 } })], primaryKey: { name: '', columns: ['a'] } }],
    ['info UNIQUE_NULLS key a', { uniques: [{ name: '', columns: ['a'] }] }],
    ['error CLUSTERED_TWICE method i', { primaryKey: { name: '', columns: ['b'] }, indexes: [index({ method: 'clustered' })] }],
    // Indexes.
    ['error FEATURE_UNSUPPORTED columns i', { indexes: [index({ parts: [{ column: null, expression: 'lower(a)', order: 'asc', nulls: '' }] })] }],
    ['warning FEATURE_UNSUPPORTED method i', { indexes: [index({ method: 'gin' })] }],
    ['warning FEATURE_UNSUPPORTED nulls i', { indexes: [index({ parts: [{ column: 'a', expression: '', order: 'asc', nulls: 'last' }] })] }],
    ['error FEATURE_UNSUPPORTED predicate i', { indexes: [index({ predicate: 'a > 1 OR b > 1' })] }],
    ['error FEATURE_UNSUPPORTED predicate i', { indexes: [index({ predicate: 'abs(a) > 1' })] }],
    // References.
    ['error CASCADE_PATHS reference a', { references: [reference({ parent: { schema: '', name: 'T' }, onDelete: 'set null' })] }],
    ['info ACTION_RESTRICT reference a', { references: [reference({ onDelete: 'restrict' })] }],
    ['warning FEATURE_UNSUPPORTED reference a', { references: [reference({ deferrable: 'deferred' })] }],
    ['error ACTION_IMPOSSIBLE reference a', { columns: [column('a', { nullable: false })], references: [reference({ onDelete: 'set null' })] }],
    ['error ACTION_IMPOSSIBLE reference a', { columns: [column('a', { nullable: false })], references: [reference({ onUpdate: 'set default' })] }],
    // Options.
    ['error OPTION_VALUE MSSQL.DATA_COMPRESSION', { options: { 'MSSQL.DATA_COMPRESSION': 'zip' } }],
    ['warning OPTION_UNKNOWN MSSQL.FILLFACTOR', { options: { 'MSSQL.FILLFACTOR': '90' } }],
    ['error NAME_TOO_LONG MSSQL.FILEGROUP', { options: { 'MSSQL.FILEGROUP': 'x'.repeat(129) } }],
    // Expressions.
    ['error EXPRESSION_REFUSED check c', { checks: [{ name: 'c', expression: 'a > (1' }] }],
    ['error EXPRESSION_REFUSED default a', { columns: [column('a', { default: "'" })] }],
  ] as const)('says %s', (expected, more) => expect(found(more)).toContain(expected))

  it('blocks two references to one parent that both act', () => {
    expect(found({ references: [reference({ onDelete: 'cascade' }), reference({ name: 'g', columns: ['b'], parent: { schema: '', name: 'P' }, onUpdate: 'cascade' })] })).toEqual(['error CASCADE_PATHS reference a', 'error CASCADE_PATHS reference b'])
  })

  it('warns of a key that only long values make too wide, and lets an index be wider than the order of the rows', () => {
    const columns = [column('a', { type: text(600), nullable: false })]
    expect(found({ columns, primaryKey: { name: '', columns: ['a'] } })).toEqual(['info TYPE_UTF16_UNITS type a', 'warning KEY_TOO_WIDE key a'])
    expect(found({ columns, primaryKey: { name: '', columns: ['a'] }, options: { 'MSSQL.CLUSTERED': 'no' } })).toEqual(['info TYPE_UTF16_UNITS type a'])
    expect(found({ columns, indexes: [index({})] })).toEqual(['info TYPE_UTF16_UNITS type a'])
  })

  it('tells once a table that lengths count UTF-16 units', () => {
    expect(found({ columns: [column('a', { type: text(9) }), column('b', { type: text(9) }), column('c', { type: text(9) })] })).toEqual(['info TYPE_UTF16_UNITS type a'])
  })

  it('takes conditions that a filtered index can have', () => {
    expect(found({ indexes: [index({ predicate: "a IS NOT NULL AND b IN (1, 2) AND a <> -1 AND b = 'x'" })] })).toEqual([])
  })
})
