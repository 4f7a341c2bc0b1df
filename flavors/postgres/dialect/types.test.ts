import { describe, expect, it } from 'vitest'
import type { DataType } from '../../../app/model/data-type.ts'
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
    ['bpchar', 'bpchar'],
    ['bpchar(3)', 'character(3)'],
    ['numeric(3,-2)', 'numeric(3,-2)'],
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
    expect(['nvarchar(max)', 'datetime2', 'int(11)', 'mood', ''].map((text) => types.fromNative(text))).toEqual([
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
    [{ kind: 'enum', name: null, values: ['a', 'a'] }, "enum('a', 'a')", 'TYPE_UNSUPPORTED'],
  ] as const)('spells %j as %s and says %s', (type, text, code) => {
    const native = types.toNative(type)
    expect([native.text, native.losses.map((loss) => loss.code)]).toEqual([text, [code]])
  })
})

const wide = (what: string, text: string, least: string, most: string) => ['TYPE_WIDENED info', `${what}: ${text} also takes values beyond ${least} and ${most}. A check of the field would keep the limits.`]
const unsigned = 'PostgreSQL has no unsigned integers'
const json = (kind: string) => ['TYPE_AS_JSON warning', `PostgreSQL has no ${kind}: values are kept as jsonb, whose members nobody checks. A table of its own would.`]
const foreign = (text: string, owner: string, carrier: string, lost: string) => [`TYPE_FOREIGN ${lost === '' ? 'info' : 'warning'}`, `The type ${text} belongs to ${owner}. Here ${carrier} carries it; ${lost === '' ? 'every value comes through' : `what is lost: ${lost}`}.`]
const finer = ['TYPE_PRECISION warning', 'PostgreSQL keeps 6 fractional digits of a second, not 9: more are rounded. A text or a bigint of nanoseconds would keep them.']

/** Logical type, native type, the logical type that it reads back as (null: the same), what is lost. */
const matrix: readonly (readonly [DataType, string, DataType | null, readonly (readonly string[])[]])[] = [
  [{ kind: 'bool' }, 'boolean', null, []],
  [{ kind: 'int8' }, 'smallint', { kind: 'int16' }, [wide('PostgreSQL has no 8 bit integer', 'smallint', '-128', '127')]],
  [{ kind: 'int16' }, 'smallint', null, []],
  [{ kind: 'int32' }, 'integer', null, []],
  [{ kind: 'int64' }, 'bigint', null, []],
  [{ kind: 'uint8' }, 'smallint', { kind: 'int16' }, [wide(unsigned, 'smallint', '0', '255')]],
  [{ kind: 'uint16' }, 'integer', { kind: 'int32' }, [wide(unsigned, 'integer', '0', '65535')]],
  [{ kind: 'uint32' }, 'bigint', { kind: 'int64' }, [wide(unsigned, 'bigint', '0', '4294967295')]],
  [{ kind: 'uint64' }, 'numeric(20,0)', { kind: 'decimal', precision: 20, scale: 0 }, [wide(`${unsigned}, and bigint ends at 2^63-1`, 'numeric(20,0)', '0', '2^64-1')]],
  [{ kind: 'decimal', precision: 12, scale: 4 }, 'numeric(12,4)', null, []],
  [{ kind: 'decimal', precision: null, scale: null }, 'numeric', null, []],
  [{ kind: 'decimal', precision: 3, scale: 5 }, 'numeric(3,5)', null, [['TYPE_NEEDS_VERSION warning', 'numeric(3,5) has more fractional digits than digits: PostgreSQL takes that since version 15.']]],
  [{ kind: 'float32' }, 'real', null, []],
  [{ kind: 'float64' }, 'double precision', null, []],
  [{ kind: 'char', length: 3 }, 'character(3)', null, []],
  [{ kind: 'char', length: null }, 'character', { kind: 'char', length: 1 }, [['TYPE_LENGTH_ONE warning', 'character without a length holds just one. Give the length.']]],
  [{ kind: 'varchar', length: 40 }, 'character varying(40)', null, []],
  [{ kind: 'varchar', length: 20_000_000 }, 'character varying(20000000)', null, [['TYPE_UNSUPPORTED error', 'character varying takes a length from 1 to 10485760, not 20000000. Take text.']]],
  [{ kind: 'text' }, 'text', null, []],
  [{ kind: 'binary', length: 16 }, 'bytea', { kind: 'blob' }, [['TYPE_WIDENED info', 'bytea has no length: more than 16 bytes are taken too. A check on octet_length would keep the limit.']]],
  [{ kind: 'blob' }, 'bytea', null, []],
  [{ kind: 'date' }, 'date', null, []],
  [{ kind: 'time', precision: 9 }, 'time(6)', { kind: 'time', precision: 6 }, [finer]],
  [{ kind: 'timestamp', precision: 3 }, 'timestamp(3)', null, []],
  [{ kind: 'timestamp', precision: 9 }, 'timestamp(6)', { kind: 'timestamp', precision: 6 }, [finer]],
  [{ kind: 'timestamptz', precision: null }, 'timestamp with time zone', null, []],
  [{ kind: 'interval' }, 'interval', null, []],
  [{ kind: 'uuid' }, 'uuid', null, []],
  [{ kind: 'json' }, 'jsonb', null, []],
  [{ kind: 'xml' }, 'xml', null, []],
  [{ kind: 'inet' }, 'inet', null, []],
  [{ kind: 'bit', length: 8 }, 'bit(8)', null, []],
  [{ kind: 'enum', name: null, values: ['a', "it's"] }, "enum('a', 'it''s')", null, []],
  [{ kind: 'array', element: { kind: 'text' } }, 'text[]', null, []],
  [{ kind: 'array', element: { kind: 'array', element: { kind: 'int32' } } }, 'integer[][]', { kind: 'array', element: { kind: 'int32' } }, [['TYPE_WIDENED info', 'PostgreSQL has one type for arrays of any depth: a flat one is taken too.']]],
  [{ kind: 'map', key: { kind: 'text' }, value: { kind: 'int32' } }, 'jsonb', { kind: 'json' }, [json('map')]],
  [{ kind: 'struct', members: [] }, 'jsonb', { kind: 'json' }, [json('struct')]],
  [{ kind: 'geometry' }, 'geometry', null, [['TYPE_NEEDS_EXTENSION warning', 'geometry needs the extension PostGIS in the database.']]],
  [{ kind: 'native', flavor: 'postgres', text: 'tsvector' }, 'tsvector', null, []],
  [{ kind: 'native', flavor: 'mssql', text: 'smallmoney' }, 'numeric(10,4)', { kind: 'decimal', precision: 10, scale: 4 }, [foreign('smallmoney', 'mssql', 'numeric(10,4)', '')]],
  [{ kind: 'native', flavor: 'mssql', text: 'hierarchyid' }, 'bytea', { kind: 'blob' }, [foreign('hierarchyid', 'mssql', 'bytea', 'tree operators'), ['TYPE_WIDENED info', 'bytea has no length: more than 892 bytes are taken too. A check on octet_length would keep the limit.']]],
  [{ kind: 'native', flavor: 'mysql', text: "set('a','b')" }, 'text', { kind: 'text' }, [foreign("set('a','b')", 'mysql', 'text', 'the check of the members')]],
  [{ kind: 'native', flavor: 'oracle', text: 'date' }, 'text', { kind: 'text' }, [foreign('date', 'oracle', 'text', 'everything but the text of its values')]],
]

describe('the types of PostgreSQL', () => {
  it.each(matrix)('writes %j as %s, and knows what is lost', (type, text, back, losses) => {
    const native = types.toNative(type)
    expect([native.text, native.losses.map(({ code, severity, message }) => [`${code} ${severity}`, message])]).toEqual([text, losses])
    expect(types.fromNative(native.text)).toEqual(back ?? type)
    expect(native.losses.every(({ flavor }) => flavor === 'postgres')).toBe(true)
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
