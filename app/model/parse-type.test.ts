import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyType } from './testing/any-type.ts'
import { isKnownType, parseType } from './parse-type.ts'
import { renderType } from './render-type.ts'

describe('parseType', () => {
  test.each([
    ['int32', 'int32'],
    ['INT4', 'int32'],
    ['integer', 'int32'],
    ['int(11)', 'int32'],
    ['int2', 'int16'],
    ['int8', 'int8'],
    ['bigint(20) unsigned', 'uint64'],
    ['tinyint(1)', 'bool'],
    ['tinyint(4)', 'int8'],
    ['BOOLEAN', 'bool'],
    ['serial', 'int32'],
    ['double precision', 'float64'],
    ['float', 'float64'],
    ['float(24)', 'float32'],
    ['real', 'float32'],
    ['numeric', 'decimal'],
    ['NUMERIC( 10 , 2 )', 'decimal(10,2)'],
    ['decimal(5)', 'decimal(5)'],
    ['numeric(3,-2)', 'decimal(3,-2)'],
    ['character varying(50)', 'varchar(50)'],
    ['character varying', 'varchar'],
    ['nvarchar(max)', 'text'],
    ['varbinary(MAX)', 'blob'],
    ['bpchar(3)', 'char(3)'],
    ['longtext', 'text'],
    ['bytea', 'blob'],
    ['datetime2(7)', 'timestamp(7)'],
    ['timestamp without time zone', 'timestamp'],
    ['timestamp(3) with time zone', 'timestamp(3) with time zone'],
    ['timestamptz', 'timestamp with time zone'],
    ['datetimeoffset(2)', 'timestamp(2) with time zone'],
    ['time(0) without time zone', 'time(0)'],
    ['uniqueidentifier', 'uuid'],
    ['jsonb', 'json'],
    ['string', 'text'],
    ['integer[]', 'array(int32)'],
    ['int4[3][]', 'array(array(int32))'],
    ['text array', 'array(text)'],
    ['_int8', 'array(int64)'],
    ['_varchar', 'array(varchar)'],
    ['ARRAY<STRUCT<a:INT,`b c`:MAP<STRING,DOUBLE>>>', 'array(struct(a int32,"b c" map(text,float64)))'],
    ['row(a int, b text)', 'struct(a int32,b text)'],
    ["enum('a','it''s')", "enum('a','it''s')"],
    ["ENUM mood('x')", "enum mood('x')"],
    ['enum()', 'enum()'],
  ])('reads %s as %s', (text, logical) => {
    expect(renderType(parseType(text))).toBe(logical)
    expect(isKnownType(parseType(text))).toBe(true)
  })

  test.each([
    ['int8', 'postgres', 'int64'],
    ['timestamp', 'mysql', 'timestamp with time zone'],
    ['float', 'mysql', 'float32'],
    ['tinyint', 'mssql', 'uint8'],
    ['bit', 'mssql', 'bool'],
    ['datetime', 'mssql', 'timestamp(3)'],
    ['real', 'sqlite', 'float64'],
    ['timestamp', 'mssql', "native('mssql', 'timestamp')"],
    ['json', 'postgres', "native('postgres', 'json')"],
  ] as const)('reads %s in the words of %s as %s', (text, hint, logical) => {
    expect(renderType(parseType(text, hint))).toBe(logical)
  })

  test.each([
    ['tsvector', 'postgres'],
    ['bit varying(5)', 'postgres'],
    ['time with time zone', 'postgres'],
    ['mediumint(8) unsigned', 'mysql'],
    ["set('a','b')", 'mysql'],
    ['hierarchyid', 'mssql'],
    ['rowversion', 'mssql'],
    ['year(4)', 'mysql'],
  ])('keeps %s verbatim for %s', (text, flavor) => {
    expect(parseType(text)).toEqual({ kind: 'native', flavor, text })
  })

  test.each([
    '',
    'flurb',
    'date(3)',
    'varchar(',
    'varchar(-1)',
    'varchar(1,2)',
    'int;--',
    'decimal(99999999999999999999)',
    "enum('a",
    'array()',
    'map(int32)',
    'geometry(Point,4326)',
  ])('keeps %j verbatim and says that it is unknown', (text) => {
    expect(parseType(text)).toEqual({ kind: 'native', flavor: null, text })
    expect(isKnownType(parseType(text))).toBe(false)
  })

  test('keeps only the unknown part of a nested type verbatim', () => {
    expect(parseType('array(flurb(1, x))')).toEqual({ kind: 'array', element: { kind: 'native', flavor: null, text: 'flurb(1, x)' } })
    expect(isKnownType(parseType('map(text, flurb)'))).toBe(false)
  })

  test('ends on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void renderType(parseType(text))))
    expect(parseType('array('.repeat(10_000)).kind).toBe('native')
  })
})

describe('renderType', () => {
  test('gives a text that is read back equal, for every type', () => {
    fc.assert(
      fc.property(anyType, (type) => {
        expect(parseType(renderType(type))).toEqual(type)
      }),
      { numRuns: 2000 },
    )
  })
})
