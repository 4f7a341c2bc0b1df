import { describe, expect, it } from 'vitest'
import type { DataType } from '../../../app/model/data-type.ts'
import { dialect } from './index.ts'
import { types } from './types.ts'

const wide = (what: string) => ['TYPE_WIDENED info', `SQLite checks no range and no length: ${what} are taken too. A check of the field would keep the limit.`]
const text = (what: string, way = 'A check of the field would refuse other texts.') => ['TYPE_AS_TEXT info', `SQLite has no ${what}: values are kept as text that nobody checks. ${way}`]
const iso = 'Written as ISO 8601 they sort and compare.'
const json = (kind: string) => ['TYPE_AS_JSON warning', `SQLite has no ${kind}: values are kept as JSON text, and the type reads back as json. A table of its own would keep it.`]
const foreign = (spelling: string, owner: string, carrier: string, lost: string) => [`TYPE_FOREIGN ${lost === '' ? 'info' : 'warning'}`, `The type ${spelling} belongs to ${owner}. Here ${carrier} carries it; ${lost === '' ? 'every value comes through' : `what is lost: ${lost}`}.`]
const digits = (severity: string) => [`DECIMAL_DIGITS ${severity}`, 'SQLite keeps 15 significant digits of a number that is not whole: digits beyond are rounded. The setting decimals: text keeps every digit (as text, which neither compares nor adds as a number); an int64 of the smallest unit is exact.']

/** Logical type, declared type, the logical type that it reads back as (null: the same), what is lost. */
const matrix: readonly (readonly [DataType, string, DataType | null, readonly (readonly string[])[]])[] = [
  [{ kind: 'bool' }, 'BOOLEAN', null, []],
  [{ kind: 'int8' }, 'TINYINT', null, [wide('values beyond -128 and 127')]],
  [{ kind: 'int16' }, 'SMALLINT', null, [wide('values beyond -32768 and 32767')]],
  [{ kind: 'int32' }, 'INT', null, [wide('values beyond -2147483648 and 2147483647')]],
  [{ kind: 'int64' }, 'BIGINT', null, []],
  [{ kind: 'uint8' }, 'TINYINT UNSIGNED', null, [wide('values beyond 0 and 255')]],
  [{ kind: 'uint16' }, 'SMALLINT UNSIGNED', null, [wide('values beyond 0 and 65535')]],
  [{ kind: 'uint32' }, 'INT UNSIGNED', null, [wide('values beyond 0 and 4294967295')]],
  [{ kind: 'uint64' }, 'U64_TEXT', null, [['UINT64_AS_TEXT info', 'SQLite integers end at 2^63-1: values are kept as text, so compare and add them with care. int64 would be a number.']]],
  [{ kind: 'decimal', precision: 12, scale: 4 }, 'DECIMAL(12,4)', null, [wide('more digits than DECIMAL(12,4) says')]],
  [{ kind: 'decimal', precision: 15, scale: 15 }, 'DECIMAL(15,15)', null, [wide('more digits than DECIMAL(15,15) says')]],
  [{ kind: 'decimal', precision: 16, scale: 2 }, 'DECIMAL(16,2)', null, [digits('warning')]],
  [{ kind: 'decimal', precision: 18, scale: null }, 'DECIMAL(18)', null, [wide('more digits than DECIMAL(18) says')]],
  [{ kind: 'decimal', precision: 19, scale: 0 }, 'DECIMAL(19,0)', null, [digits('warning')]],
  [{ kind: 'decimal', precision: null, scale: null }, 'DECIMAL', null, [digits('info')]],
  [{ kind: 'float32' }, 'FLOAT4', null, [wide('values with 8 byte precision')]],
  [{ kind: 'float64' }, 'DOUBLE', null, []],
  [{ kind: 'char', length: 3 }, 'CHAR(3)', null, [wide('values longer than 3')]],
  [{ kind: 'varchar', length: 40 }, 'VARCHAR(40)', null, [wide('values longer than 40')]],
  [{ kind: 'text' }, 'TEXT', null, []],
  [{ kind: 'binary', length: 16 }, 'BINARY_BLOB(16)', null, [wide('values longer than 16')]],
  [{ kind: 'blob' }, 'BLOB', null, []],
  [{ kind: 'date' }, 'DATE', null, [text('dates', 'Written as 2026-01-31 they sort and compare; a check on date(field) would refuse others.')]],
  [{ kind: 'time', precision: 3 }, 'TIME(3)', null, [text('times', iso)]],
  [{ kind: 'timestamp', precision: 6 }, 'TIMESTAMP(6)', null, [text('timestamps', iso), ['TYPE_PRECISION info', 'The functions of SQLite read 3 fractional digits of a second, not 6; the text keeps them all.']]],
  [{ kind: 'timestamptz', precision: null }, 'TIMESTAMPTZ', null, [text('timestamps', 'Bring all to UTC, or they neither sort nor compare.')]],
  [{ kind: 'interval' }, 'DURATION_TEXT', null, [text('intervals', 'They neither add nor compare; an int64 of seconds would.')]],
  [{ kind: 'uuid' }, 'UUID_TEXT', null, [text('uuids')]],
  [{ kind: 'json' }, 'JSON_TEXT', null, [text('json type', 'A check on json_valid(field) would refuse other texts.')]],
  [{ kind: 'xml' }, 'XML_TEXT', null, [text('xml')]],
  [{ kind: 'inet' }, 'INET_TEXT', null, [text('addresses')]],
  [{ kind: 'bit', length: 8 }, 'BIT_TEXT(8)', null, [text('bit strings')]],
  [{ kind: 'enum', name: null, values: ['a'] }, 'TEXT', { kind: 'text' }, []],
  [{ kind: 'enum', name: 'mood', values: ['a'] }, 'TEXT', { kind: 'text' }, [['TYPE_NAME_LOST info', 'SQLite names no types: the enum mood becomes a check of the field, and reads back as text.']]],
  [{ kind: 'array', element: { kind: 'text' } }, 'JSON_TEXT', { kind: 'json' }, [json('array')]],
  [{ kind: 'map', key: { kind: 'text' }, value: { kind: 'int32' } }, 'JSON_TEXT', { kind: 'json' }, [json('map')]],
  [{ kind: 'struct', members: [] }, 'JSON_TEXT', { kind: 'json' }, [json('struct')]],
  [{ kind: 'geometry' }, 'GEOMETRY_BLOB', null, [['TYPE_AS_BLOB info', 'SQLite has no geometry: values are kept as WKB bytes, without its operators and indexes.']]],
  [{ kind: 'native', flavor: 'sqlite', text: 'NVARCHAR2(5)' }, 'NVARCHAR2(5)', { kind: 'varchar', length: 5 }, []],
  [{ kind: 'native', flavor: 'mssql', text: 'money' }, 'DECIMAL(19,4)', { kind: 'decimal', precision: 19, scale: 4 }, [foreign('money', 'mssql', 'DECIMAL(19,4)', ''), digits('warning')]],
  [{ kind: 'native', flavor: 'postgres', text: 'int4range' }, 'TEXT', { kind: 'text' }, [foreign('int4range', 'postgres', 'TEXT', 'range operators and exclusion constraints')]],
  [{ kind: 'native', flavor: null, text: 'x; DROP' }, 'TEXT', { kind: 'text' }, [['TYPE_UNKNOWN error', 'The type is not known: x; DROP. SQLite would keep its values as text. Choose a type of the list.']]],
]

describe('the types of SQLite', () => {
  it.each(matrix)('writes %j as %s, and knows what is lost', (type, declared, back, losses) => {
    const native = types.toNative(type)
    expect([native.text, native.losses.map(({ code, severity, message }) => [`${code} ${severity}`, message])]).toEqual([declared, losses])
    expect(types.fromNative(native.text)).toEqual(back ?? type)
    expect(native.losses.every(({ flavor }) => flavor === 'sqlite')).toBe(true)
  })

  it('keeps decimals as text where that is chosen', () => {
    const { types: chosen } = dialect.withSettings({ decimals: 'text' })
    const said = 'Decimals are kept as text here (setting decimals: text): every digit stays, but compare and add them with care. An int64 of the smallest unit would be a number.'
    expect(chosen.toNative({ kind: 'decimal', precision: 20, scale: 4 })).toEqual({ text: 'DECIMAL_TEXT(20,4)', losses: [{ code: 'DECIMAL_AS_TEXT', severity: 'info', message: said, flavor: 'sqlite' }] })
    expect(chosen.toNative({ kind: 'native', flavor: 'mssql', text: 'money' }).text).toBe('DECIMAL_TEXT(19,4)')
    expect(chosen.fromNative('DECIMAL_TEXT(20,4)')).toEqual(types.fromNative('NUMERIC(20,4)'))
  })

  it.each([
    ['integer', { kind: 'int64' }],
    ['varchar( 12 )', { kind: 'varchar', length: 12 }],
    ['NUMERIC(10, 2)', { kind: 'decimal', precision: 10, scale: 2 }],
    ['datetime', { kind: 'timestamp', precision: null }],
    ['STRING', { kind: 'native', flavor: 'sqlite', text: 'STRING' }],
    ['FLOATING POINT', { kind: 'native', flavor: 'sqlite', text: 'FLOATING POINT' }],
    ['', { kind: 'native', flavor: 'sqlite', text: '' }],
    ['DECIMAL_TEXT(10,2)', { kind: 'decimal', precision: 10, scale: 2 }],
    ['"quoted type"', { kind: 'native', flavor: 'sqlite', text: '"quoted type"' }],
    ['[odd type](3, -2)', { kind: 'native', flavor: 'sqlite', text: '[odd type](3, -2)' }],
    ['x, y', null],
    ['x /* y */', null],
    ['a" b', null],
    ['int not null', null],
  ] as const)('reads %j of another program', (declared, type) => {
    expect(types.fromNative(declared)).toEqual(type)
  })
})
