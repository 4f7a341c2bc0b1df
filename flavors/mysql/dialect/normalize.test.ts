import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookupOf, shapeOf } from '../../../app/model/resolve.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { anyModel } from '../../../app/model/testing/any-model.ts'
import { dialect } from './index.ts'

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type: { kind: 'int32' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })
const table = (more: Partial<TableShape>): TableShape => ({ schema: '', name: 't', comment: '', columns: [column('a')], primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {}, ...more })
const mariadb = dialect.withSettings({ version: 'mariadb-10.11' })
const defaultOf = (type: ColumnShape['type'], text: string, of = dialect) => of.normalize(table({ columns: [column('a', { type, default: text })] })).columns[0]?.default

describe('the normal form', () => {
  it.each([['MySQL', dialect], ['MySQL 8.0.13', dialect.forVersion(80_013)], ['MariaDB 10.6', dialect.forVersion(100_600)], ['MariaDB 11.8', dialect.forVersion(110_800)]] as const)('of any table is its own normal form on %s', (_, one) => {
    fc.assert(fc.property(anyModel, (model) => {
      const lookup = lookupOf(model)
      for (const shape of model.tables.map((each) => shapeOf(each, lookup))) {
        const normal = one.normalize(shape)
        expect(one.normalize(normal)).toEqual(normal)
      }
    }), { numRuns: 500 })
  })

  it('folds what the server does not tell apart', () => {
    const reference = { name: '', columns: ['a'], parent: { schema: '', name: 'p' }, parentColumns: ['id'], onUpdate: 'restrict', onDelete: 'cascade', deferrable: 'deferred' } as const
    const given = table({ primaryKey: { name: 'mine', columns: ['a'] }, references: [reference], options: { 'MYSQL.ENGINE': 'innodb', 'MYSQL.COLLATE': 'utf8mb4_0900_ai_ci', 'OTHER.X': '1' } })
    expect(dialect.normalize(given)).toMatchObject({
      columns: [{ nullable: false }], primaryKey: { name: 'PRIMARY' }, options: {}, references: [{ name: 't_a_fk', onUpdate: 'no action', onDelete: 'cascade', deferrable: 'no' }],
    })
  })

  it('leaves out the index that a foreign key brings along', () => {
    const reference = { name: 'f', columns: ['a'], parent: { schema: '', name: 'p' }, parentColumns: ['id'], onUpdate: 'no action', onDelete: 'no action', deferrable: 'no' } as const
    const index = { name: 'f', unique: false, method: 'BTREE', parts: [{ column: 'a', expression: '', order: 'asc', nulls: '' }], include: [], predicate: '' } as const
    expect(dialect.normalize(table({ references: [reference], indexes: [{ ...index, method: '' }] })).indexes).toEqual([])
    expect(dialect.normalize(table({ references: [reference], indexes: [{ ...index, name: 'g' }] })).indexes).toEqual([{ ...index, name: 'g', method: '' }])
  })

  it('reads a text with a check that it is JSON as json, on MariaDB', () => {
    const given = table({ columns: [column('a', { type: { kind: 'text' }, collation: 'utf8mb4_bin' })], checks: [{ name: 'a', expression: 'json_valid(`a`)' }] })
    expect(mariadb.normalize(given)).toMatchObject({ columns: [{ type: { kind: 'json' }, collation: '' }], checks: [] })
    expect(dialect.normalize(given)).toMatchObject({ columns: [{ type: { kind: 'text' } }], checks: [{ expression: 'json_valid(a)' }] })
  })

  it('writes defaults in one spelling, whichever flavor they were written for', () => {
    expect(defaultOf({ kind: 'bool' }, 'true')).toBe('1')
    expect(defaultOf({ kind: 'decimal', precision: 10, scale: 2 }, '0.00')).toBe('0')
    expect(defaultOf({ kind: 'timestamp', precision: 3 }, 'now()')).toBe('CURRENT_TIMESTAMP(3)')
    expect(defaultOf({ kind: 'date' }, 'CURRENT_DATE')).toBe('curdate()')
    expect(defaultOf({ kind: 'uuid' }, 'gen_random_uuid()')).toBe('uuid()')
    expect(defaultOf({ kind: 'varchar', length: 9 }, "'a\\b'::text")).toBe("'a\\b'")
    expect(defaultOf({ kind: 'timestamptz', precision: 0 }, 'now() on update now()')).toBe('CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP')
    expect(defaultOf({ kind: 'int32' }, 'NULL')).toBeNull()
  })

  it('takes "x" for a name where a column has it, and else for a text', () => {
    const given = table({ columns: [column('a'), column('full name')], checks: [{ name: 'c', expression: '("a" > 1 AND "full name" <> "b")' }] })
    expect(dialect.normalize(given).checks).toEqual([{ name: 'c', expression: "a > 1 AND `full name` <> 'b'" }])
  })
})
