import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DataType } from '../../app/model/data-type.ts'
import { anyType } from '../../app/model/testing/any-type.ts'
import { dialect } from './dialect/index.ts'
import { nativeType, storedType, usualText } from './dialect/types.ts'
import { decimal, varchar } from './testing/build.ts'

const simple = (kind: string) => ({ kind }) as DataType
const point: DataType = { kind: 'struct', members: [{ name: 'X', type: simple('float64') }, { name: 'tags', type: { kind: 'array', element: varchar(5) } }] }

describe('native types', () => {
  it.each<[DataType, string, string]>([
    [simple('bool'), 'BOOLEAN', ''], [simple('int8'), 'TINYINT', ''], [simple('uint8'), 'SMALLINT', 'TYPE_WIDENED'], [simple('uint64'), 'DECIMAL(20,0)', 'TYPE_WIDENED'], [decimal(38, 38), 'DECIMAL(38,38)', ''],
    [{ kind: 'decimal', precision: null, scale: null }, 'DECIMAL(38,10)', 'TYPE_NARROWED'], [decimal(39, 0), 'DECIMAL(39,0)', 'TYPE_UNSUPPORTED'], [{ kind: 'char', length: 256 }, 'CHAR(256)', 'TYPE_UNSUPPORTED'], [varchar(65_535), 'VARCHAR(65535)', 'TYPE_BYTES'],
    [{ kind: 'varchar', length: null }, 'STRING', ''], [{ kind: 'timestamptz', precision: 6 }, 'TIMESTAMP', 'TYPE_RANGE TYPE_ZONE_LOST TYPE_WIDENED'], [{ kind: 'timestamp', precision: 9 }, 'TIMESTAMP', 'TYPE_RANGE'], [simple('uuid'), 'STRING', 'TYPE_AS_TEXT'],
    [point, 'STRUCT<`x`:DOUBLE,`tags`:ARRAY<VARCHAR(5)>>', 'TYPE_READ_ONLY TYPE_BYTES'], [{ kind: 'map', key: simple('text'), value: simple('int32') }, 'MAP<STRING,INT>', 'TYPE_READ_ONLY'], [{ kind: 'struct', members: [] }, 'STRUCT<>', 'TYPE_UNSUPPORTED'],
    [{ kind: 'native', flavor: 'postgres', text: 'money' }, 'DECIMAL(19,2)', 'TYPE_FOREIGN'], [{ kind: 'native', flavor: 'postgres', text: 'tsvector' }, 'STRING', 'TYPE_FOREIGN'], [{ kind: 'native', flavor: 'impala', text: 'variant' }, 'VARIANT', 'TYPE_UNSUPPORTED'],
    [{ kind: 'native', flavor: null, text: 'blah' }, 'STRING', 'TYPE_UNKNOWN'], [{ kind: 'native', flavor: 'impala', text: 'integer' }, 'INT', ''],
  ])('of %j is %s', (type, text, losses) => {
    const native = dialect.types.toNative(type)
    expect([native.text, native.losses.map(({ code }) => code).join(' ')]).toEqual([text, losses])
  })

  it('has bytes as BINARY since 4.3, and VARIANT in Iceberg of 5.0', () => {
    expect(dialect.withSettings({ version: '4.2' }).types.toNative(simple('blob')).text).toBe('STRING')
    expect(dialect.types.toNative(simple('blob')).text).toBe('BINARY')
    const variant: DataType = { kind: 'native', flavor: 'impala', text: 'VARIANT' }
    expect(storedType(variant, { format: 'iceberg', version: 50_000 })).toEqual(variant)
  })

  it('has a short way for usual ones that says the same', () => {
    fc.assert(fc.property(anyType, (type) => {
      const place = { format: 'file', version: 40_500 } as const
      const usual = usualText(type, place)
      if (usual !== null) expect([usual, false]).toEqual([nativeType(type, place).text, nativeType(type, place).losses.some(({ severity }) => severity === 'error')])
    }), { numRuns: 500 })
  })

  it('reads back what it wrote, whatever the type', () => {
    fc.assert(fc.property(anyType, fc.constantFrom('file', 'kudu', 'iceberg'), fc.constantFrom(30_400, 50_000), (type, format, version) => {
      const stored = storedType(type, { format, version })
      expect(storedType(stored, { format, version })).toEqual(stored)
    }), { numRuns: 500 })
  })
})

describe('logical types', () => {
  it.each<[string, DataType | null]>([
    ['int', simple('int32')], ['INTEGER', simple('int32')], ['real', simple('float64')], ['DECIMAL', decimal(9, 0)], ['decimal( 12 )', decimal(12, 0)], ['varchar', simple('text')], ['varchar(7)', varchar(7)],
    ['array<struct<a:int,b:map<string,decimal(5,2)>>>', { kind: 'array', element: { kind: 'struct', members: [{ name: 'a', type: simple('int32') }, { name: 'b', type: { kind: 'map', key: simple('text'), value: decimal(5, 2) } }] } }],
    ["struct<`A b`:int comment 'it\\'s',c:string>", { kind: 'struct', members: [{ name: 'a b', type: simple('int32') }, { name: 'c', type: simple('text') }] }],
    ['UUID', { kind: 'native', flavor: 'impala', text: 'UUID' }], ['jsonb', null], ['array<int', null], ['int)', null], ['decimal(1,2,3)', null], ['', null],
  ])('of %j', (text, type) => expect(dialect.types.fromNative(text)).toEqual(type))
})
