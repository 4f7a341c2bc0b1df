import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MetaMigrateError } from '../../app/errors.ts'
import { lookupOf, shapeOf } from '../../app/model/resolve.ts'
import { anyModel } from '../../app/model/testing/any-model.ts'
import { anyValidModel } from '../../app/model/testing/any-valid-model.ts'
import type { TableShape } from '../../app/model/shape.ts'
import { dialect } from './dialect/index.ts'
import { column, impala, table, varchar } from './testing/build.ts'
import { tableOptions } from './testing/table-options.ts'

const anyShapes = fc.oneof(anyModel, anyValidModel({ optionsOf: tableOptions, hostile: 30 })).map((model) => model.tables.map((one) => shapeOf(one, lookupOf(model))))
const dialects = ['3.4', '4.5', '5.0'].map((version) => dialect.withSettings({ version }))

/** The text of the table, or the code of why there is none. */
function madeOf(shape: TableShape, one: typeof dialect): string {
  try {
    return one.statements({ kind: 'createTable', shape, references: true }).map(({ text }) => text).join(';')
  } catch (error) {
    if (error instanceof MetaMigrateError) return error.code
    throw error
  }
}

describe('normalize', () => {
  it('is the same when done twice, and means the same table', () => {
    fc.assert(fc.property(anyShapes, (shapes) => {
      for (const shape of shapes) for (const one of dialects) {
        const normal = one.normalize(shape)
        expect(one.normalize(normal)).toEqual(normal)
        // Properties and foreign keys are ordered by name in the normal form.
        const ordered = (text: string) => text.split(/[\n,()]+\s*/).toSorted()
        expect(ordered(madeOf(normal, one))).toEqual(ordered(madeOf(shape, one)))
      }
    }), { numRuns: 150 })
  })

  it('says with check whatever stops a table', () => {
    fc.assert(fc.property(anyShapes, (shapes) => {
      for (const shape of shapes) for (const one of dialects) {
        const isStopped = /^[A-Z_]+$/.test(madeOf(shape, one))
        const errors = one.check(shape).filter(({ severity }) => severity === 'error')
        if (isStopped) expect(errors).not.toEqual([])
      }
    }), { numRuns: 150 })
  })

  it('leaves out what the format does not keep', () => {
    const shape = table('T', [column('ID', 'int64', { nullable: false, identity: 'always' }), column('n', varchar(9), { nullable: false, default: "'x'", collation: 'C' }), column('g', 'int32', { generated: { expression: 'a', stored: true } })], {
      uniques: [{ name: 'u', columns: ['n'] }], checks: [{ name: 'c', expression: 'n > 1' }], indexes: [{ name: 'i', unique: false, method: '', parts: [], include: [], predicate: '' }], primaryKey: { name: 'pk', columns: ['ID'] },
    })
    expect(dialect.normalize(shape)).toEqual(table('t', [column('id', 'int64'), column('n', varchar(9)), column('g', 'int32')], { primaryKey: { name: '', columns: ['id'] } }))
    expect(dialect.check(shape).map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'info NAME_FOLDED', 'warning FEATURE_UNSUPPORTED', 'info TYPE_BYTES', 'info FEATURE_UNSUPPORTED', 'info DEFAULT_LOST', 'warning FEATURE_UNSUPPORTED', 'info NOT_NULL_LOST', 'info KEY_INFORMATIONAL', 'warning FEATURE_UNSUPPORTED', 'warning FEATURE_UNSUPPORTED', 'info FEATURE_UNSUPPORTED',
    ])
  })

  it('writes defaults of Kudu in one spelling', () => {
    const fields = ["'it''s'", "'a'::text", '7', 'now()', 'NULL'].map((text, at) => column(`t${at}`, 'text', { default: text }))
    const numbers = ['+7', "'12'", 'true', '1.5', '300'].map((text, at) => column(`n${at}`, 'int8', { default: text }))
    const shape = table('t', [column('id', 'int64'), ...fields, ...numbers, column('b', 'bool', { default: '1' })], { primaryKey: { name: '', columns: ['id'] }, options: impala({ STORED_AS: 'KUDU' }) })
    expect(dialect.normalize(shape).columns.map((one) => one.default)).toEqual([null, "'it''s'", "'a'", "'7'", null, null, '7', '12', '1', null, null, 'true'])
  })
})
