import { describe, expect, it } from 'vitest'
import { castRisk } from './cast.ts'
import { types } from './types.ts'

describe('types.fromNative', () => {
  it.each([
    ['int4', 'integer'],
    ['INT', 'integer'],
    ['serial', 'integer'],
    ['bigserial', 'bigint'],
    ['int2', 'smallint'],
    ['bool', 'boolean'],
    ['float8', 'double precision'],
    ['float(24)', 'real'],
    ['float(25)', 'double precision'],
    ['varchar(20)', 'character varying(20)'],
    ['character varying', 'character varying'],
    ['char', 'character(1)'],
    ['bpchar', 'character(1)'],
    ['decimal(10)', 'numeric(10,0)'],
    ['numeric( 10 , 2 )', 'numeric(10,2)'],
    ['numeric', 'numeric'],
    ['timestamptz', 'timestamp with time zone'],
    ['timestamp (3) with time zone', 'timestamp(3) with time zone'],
    ['timestamp without time zone', 'timestamp'],
    ['time(0) without time zone', 'time(0)'],
    ['text[][]', 'text[]'],
    ['integer array', 'integer[]'],
    ['jsonb', 'jsonb'],
    ['json', 'json'],
    ['timetz(3)', 'time(3) with time zone'],
    ['varbit(3)', 'bit varying(3)'],
    ['pg_catalog.int8', 'bigint'],
    ["enum('a', 'it''s')", "enum('a', 'it''s')"],
  ])('folds %s to %s', (spelling, expected) => {
    const type = types.fromNative(spelling)
    expect(type).not.toBeNull()
    if (type !== null) expect(types.toNative(type)).toEqual({ text: expected, losses: [] })
  })

  it('gives null for what PostgreSQL has not', () => {
    expect(['nvarchar(max)', 'datetime2', 'tinyint', 'mood', ''].map((text) => types.fromNative(text))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })
})

describe('types.toNative', () => {
  it.each([
    [{ kind: 'uint64' }, 'numeric(20,0)', 'TYPE_WIDENED'],
    [{ kind: 'varbinary', length: 9 }, 'bytea', 'TYPE_WIDENED'],
    [{ kind: 'timestamp', precision: 9 }, 'timestamp(6)', 'TYPE_PRECISION'],
    [{ kind: 'struct', members: [] }, 'jsonb', 'TYPE_AS_JSON'],
    [{ kind: 'decimal', precision: 2000, scale: 0 }, 'numeric(2000,0)', 'TYPE_UNSUPPORTED'],
    [{ kind: 'native', flavor: 'mssql', text: 'hierarchyid' }, 'hierarchyid', 'TYPE_UNSUPPORTED'],
    [{ kind: 'enum', name: null, values: ['a', 'a'] }, "enum('a', 'a')", 'TYPE_UNSUPPORTED'],
  ] as const)('spells %j as %s and says %s', (type, text, code) => {
    const native = types.toNative(type)
    expect([native.text, native.losses.map((loss) => loss.code)]).toEqual([text, [code]])
  })
})

describe('castRisk', () => {
  it.each([
    [{ kind: 'int32' }, { kind: 'int64' }, 'exact'],
    [{ kind: 'int64' }, { kind: 'int32' }, 'lossy'],
    [{ kind: 'int8' }, { kind: 'int16' }, 'same'],
    [{ kind: 'uint64' }, { kind: 'decimal', precision: 20, scale: 0 }, 'same'],
    [{ kind: 'decimal', precision: 10, scale: 2 }, { kind: 'decimal', precision: 12, scale: 2 }, 'exact'],
    [{ kind: 'decimal', precision: 10, scale: 2 }, { kind: 'decimal', precision: 10, scale: 4 }, 'lossy'],
    [{ kind: 'varchar', length: 10 }, { kind: 'text' }, 'exact'],
    [{ kind: 'text' }, { kind: 'varchar', length: 10 }, 'lossy'],
    [{ kind: 'timestamp', precision: 6 }, { kind: 'timestamp', precision: null }, 'same'],
    [{ kind: 'bool' }, { kind: 'date' }, 'impossible'],
    [{ kind: 'enum', name: 'a', values: ['x'] }, { kind: 'enum', name: 'a', values: ['x', 'y'] }, 'exact'],
    [{ kind: 'enum', name: 'a', values: ['x', 'y'] }, { kind: 'enum', name: 'a', values: ['x'] }, 'lossy'],
    [{ kind: 'array', element: { kind: 'int32' } }, { kind: 'array', element: { kind: 'text' } }, 'exact'],
  ] as const)('of %j to %j is %s', (from, to, expected) => {
    expect(castRisk(from, to)).toBe(expected)
  })
})
