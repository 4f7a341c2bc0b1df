import { describe, expect, it } from 'vitest'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { dialect } from './index.ts'

const column = (more: Partial<ColumnShape>): ColumnShape => ({ name: 'a', type: { kind: 'int32' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })
const table = (more: Partial<TableShape>): TableShape => ({ schema: '', name: 't', comment: '', columns: [column({})], primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {}, ...more })
const made = (shape: TableShape) => () => dialect.statements({ kind: 'createTable', shape, references: true })
const index = { name: 'i', unique: false, method: '', parts: [{ column: 'a', expression: '', order: 'asc', nulls: '' }], include: [], predicate: '' } as const

describe('an expression that is not one', () => {
  it.each(['1); DROP TABLE t; --', 'a > 0)', "'open", '(a', '', '/* open', '"a', '$$x', 'a; b', 'a > 0 \\! touch x', 'a > 0\n\\i x', 'a \\gset'])('is refused as a check, a default and a predicate: %j', (expression) => {
    const shape = table({ checks: [{ name: 'c', expression }], columns: [column({ default: expression })], indexes: [{ ...index, predicate: expression === '' ? '(' : expression }] })
    expect(dialect.check(shape).map(({ code }) => code)).toEqual(['EXPRESSION_REFUSED', 'EXPRESSION_REFUSED', 'EXPRESSION_REFUSED'])
    expect(made(table({ checks: [{ name: 'c', expression }] }))).toThrow(/is not one whole expression/)
    expect(made(table({ columns: [column({ default: expression })] }))).toThrow(/is not one whole expression/)
  })

  it('may end in a comment', () => {
    expect(made(table({ checks: [{ name: 'c', expression: 'a > 0 -- why' }] }))()[0]?.text).toContain('CHECK (a > 0 -- why\n)')
  })
})

describe('an option', () => {
  it('of PostgreSQL is told to do nothing: there are none', () => {
    expect(dialect.check(table({ options: { 'POSTGRES.FILLFACTOR': '70', 'SQLITE.STRICT': 'yes' } }))).toEqual([
      { code: 'OPTION_UNKNOWN', severity: 'warning', path: { property: 'POSTGRES.FILLFACTOR' }, message: 'POSTGRES.FILLFACTOR is no option of postgres, and does nothing: it has none.', flavor: 'postgres' },
    ])
  })
})

describe('settings', () => {
  it('choose a version and keep what is not named', () => {
    expect(dialect.withSettings({ version: '18' }).can.generatedColumns).toBe('both')
    expect(dialect.forVersion(180_000).withSettings({ quoting: 'needed' }).can.generatedColumns).toBe('both')
    expect(dialect.withSettings({ quoting: 'needed' }).forVersion(180_000).question({ kind: 'countRows', table: { schema: '', name: 't' } })).toBe('SELECT count(*) FROM public.t')
  })

  it.each([
    [{ versoin: '15' }, 'postgres has no setting versoin: it has version, quoting, timezone.'],
    [{ version: '12' }, 'postgres.version is one of 15, 13, 14, 16, 17, 18, not "12".'],
  ])('refuses %j', (values, message) => {
    expect(() => dialect.withSettings(values)).toThrow(message)
  })
})
