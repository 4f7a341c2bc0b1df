import { describe, expect, it } from 'vitest'
import type { DataType } from '../../../app/model/data-type.ts'
import { dialect } from './index.ts'

const { types } = dialect
const at = (version: string) => dialect.withSettings({ version }).types

describe('types.fromNative', () => {
  it.each([
    ['numeric(10,2)', 'decimal(10,2)'], ['DEC( 10 , 2 )', 'decimal(10,2)'], ['decimal', 'decimal(18,0)'], ['numeric(9)', 'decimal(9,0)'],
    ['float', 'float(53)'], ['float(24)', 'real'], ['float(25)', 'float(53)'], ['double precision', 'float(53)'], ['real', 'real'],
    ['integer', 'int'], ['tinyint', 'tinyint'], ['bit', 'bit'], ['BigInt', 'bigint'],
    ['nvarchar(max)', 'nvarchar(max)'], ['nvarchar( 50 )', 'nvarchar(50)'], ['nvarchar', 'nvarchar(1)'], ['national character varying(9)', 'nvarchar(9)'], ['nchar', 'nchar(1)'], ['sysname', 'nvarchar(128)'],
    ['datetime2', 'datetime2(7)'], ['datetime2(3)', 'datetime2(3)'], ['datetimeoffset', 'datetimeoffset(7)'], ['time', 'time(7)'], ['date', 'date'],
    ['varbinary(max)', 'varbinary(max)'], ['binary varying(9)', 'varbinary(9)'], ['binary', 'binary(1)'], ['uniqueidentifier', 'uniqueidentifier'], ['xml', 'xml'], ['geometry', 'geometry'],
    ['[sys].[nvarchar](50)', 'nvarchar(50)'], ['[int]', 'int'],
    // Without a logical twin: kept as they are.
    ['varchar(50)', 'varchar(50)'], ['varchar(max)', 'varchar(max)'], ['character varying(9)', 'varchar(9)'], ['char', 'char(1)'], ['text', 'text'], ['ntext', 'ntext'], ['image', 'image'],
    ['money', 'money'], ['smallmoney', 'smallmoney'], ['datetime', 'datetime'], ['smalldatetime', 'smalldatetime'], ['timestamp', 'rowversion'], ['rowversion', 'rowversion'],
    ['hierarchyid', 'hierarchyid'], ['sql_variant', 'sql_variant'], ['geography', 'geography'], ['[dbo].[Phone]', '[dbo].[Phone]'], ['xml(CONTENT [dbo].[c])', 'xml(CONTENT [dbo].[c])'],
  ])('reads %s as what is written %s', (spelling, expected) => {
    const type = types.fromNative(spelling)
    expect(type).not.toBeNull()
    if (type !== null) expect(types.toNative(type).text).toBe(expected)
  })

  it('gives null for what SQL Server has not', () => {
    const others = ['boolean', 'int32', 'serial', 'timestamptz', 'jsonb', 'varchar2(9)', 'nvarchar(4001)', 'varchar(8001)', 'nvarchar(0)', 'decimal(39,0)', 'decimal(5,6)', 'datetime2(8)', 'float(54)', 'mood', 'dbo.Phone', 'int; DROP TABLE x', '[sys].[Phone]', '']
    expect(others.filter((text) => types.fromNative(text) !== null)).toEqual([])
  })
})

const matrix: readonly (readonly [DataType, string, readonly string[]])[] = [
  [{ kind: 'bool' }, 'bit', []],
  [{ kind: 'int8' }, 'smallint', ['TYPE_WIDENED']],
  [{ kind: 'int16' }, 'smallint', []],
  [{ kind: 'int32' }, 'int', []],
  [{ kind: 'int64' }, 'bigint', []],
  [{ kind: 'uint8' }, 'tinyint', []],
  [{ kind: 'uint16' }, 'int', ['TYPE_WIDENED']],
  [{ kind: 'uint32' }, 'bigint', ['TYPE_WIDENED']],
  [{ kind: 'uint64' }, 'decimal(20,0)', ['TYPE_WIDENED']],
  [{ kind: 'float32' }, 'real', []],
  [{ kind: 'float64' }, 'float(53)', []],
  [{ kind: 'decimal', precision: 38, scale: 10 }, 'decimal(38,10)', []],
  [{ kind: 'decimal', precision: null, scale: null }, 'decimal(38,10)', ['TYPE_PRECISION']],
  [{ kind: 'decimal', precision: 50, scale: 12 }, 'decimal(38,12)', ['TYPE_PRECISION']],
  [{ kind: 'decimal', precision: 5, scale: 6 }, 'decimal(5,6)', ['TYPE_UNSUPPORTED']],
  [{ kind: 'char', length: 10 }, 'nchar(10)', ['TYPE_UTF16_UNITS']],
  [{ kind: 'char', length: null }, 'nchar(1)', ['TYPE_LENGTH_ONE']],
  [{ kind: 'varchar', length: 4000 }, 'nvarchar(4000)', ['TYPE_UTF16_UNITS']],
  [{ kind: 'varchar', length: 4001 }, 'nvarchar(max)', ['TYPE_WIDENED']],
  [{ kind: 'varchar', length: null }, 'nvarchar(max)', []],
  [{ kind: 'varchar', length: 0 }, 'nvarchar(0)', ['TYPE_UNSUPPORTED']],
  [{ kind: 'text' }, 'nvarchar(max)', []],
  [{ kind: 'binary', length: 8000 }, 'binary(8000)', []],
  [{ kind: 'varbinary', length: 8001 }, 'varbinary(max)', ['TYPE_WIDENED']],
  [{ kind: 'blob' }, 'varbinary(max)', []],
  [{ kind: 'bit', length: 9 }, 'binary(2)', ['TYPE_AS_BINARY']],
  [{ kind: 'date' }, 'date', []],
  [{ kind: 'time', precision: 3 }, 'time(3)', []],
  [{ kind: 'timestamp', precision: null }, 'datetime2(7)', []],
  [{ kind: 'timestamp', precision: 9 }, 'datetime2(7)', ['TYPE_PRECISION']],
  [{ kind: 'timestamptz', precision: 6 }, 'datetimeoffset(6)', []],
  [{ kind: 'interval' }, 'varchar(64)', ['TYPE_AS_TEXT']],
  [{ kind: 'uuid' }, 'uniqueidentifier', []],
  [{ kind: 'json' }, 'nvarchar(max)', ['TYPE_AS_CHECK']],
  [{ kind: 'xml' }, 'xml', []],
  [{ kind: 'inet' }, 'varchar(43)', ['TYPE_AS_TEXT']],
  [{ kind: 'geometry' }, 'geometry', []],
  [{ kind: 'enum', name: 'mood', values: ['sad', 'happy'] }, 'nvarchar(5)', ['TYPE_AS_CHECK']],
  [{ kind: 'enum', name: null, values: [] }, 'nvarchar(1)', ['TYPE_UNSUPPORTED']],
  [{ kind: 'enum', name: null, values: ['a', 'a'] }, 'nvarchar(1)', ['TYPE_UNSUPPORTED']],
  [{ kind: 'array', element: { kind: 'int32' } }, 'nvarchar(max)', ['TYPE_AS_JSON']],
  [{ kind: 'map', key: { kind: 'text' }, value: { kind: 'text' } }, 'nvarchar(max)', ['TYPE_AS_JSON']],
  [{ kind: 'struct', members: [] }, 'nvarchar(max)', ['TYPE_AS_JSON']],
  [{ kind: 'native', flavor: 'mssql', text: 'TimeStamp' }, 'rowversion', []],
  [{ kind: 'native', flavor: 'mssql', text: 'int; DROP TABLE x' }, 'nvarchar(max)', ['TYPE_UNSUPPORTED']],
  [{ kind: 'native', flavor: 'mssql', text: 'vector(3)' }, 'vector(3)', ['TYPE_UNSUPPORTED']],
  [{ kind: 'native', flavor: null, text: 'money' }, 'money', []],
  [{ kind: 'native', flavor: null, text: 'mood' }, 'nvarchar(max)', ['TYPE_UNKNOWN']],
  [{ kind: 'native', flavor: 'postgres', text: 'cidr' }, 'varchar(43)', ['TYPE_FOREIGN', 'TYPE_AS_TEXT']],
  [{ kind: 'native', flavor: 'postgres', text: 'tsvector' }, 'nvarchar(max)', ['TYPE_FOREIGN']],
  [{ kind: 'native', flavor: 'mysql', text: 'year' }, 'smallint', ['TYPE_FOREIGN']],
]

describe('types.toNative', () => {
  it.each(matrix)('spells %j as %s with findings %j', (type, text, codes) => {
    const native = types.toNative(type)
    expect([native.text, native.losses.map(({ code }) => code)]).toEqual([text, codes])
  })

  it('says of every loss what is lost, and that this flavor loses it', () => {
    const losses = matrix.flatMap(([type]) => types.toNative(type).losses)
    expect(losses.filter(({ flavor, message }) => flavor !== 'mssql' || message.length < 30)).toEqual([])
  })

  it('writes JSON as the version has it: a check of objects and arrays, of any value, a type of its own', () => {
    const json: DataType = { kind: 'json' }
    expect(['2016', '2022', '2025'].map((version) => at(version).toNative(json))).toMatchObject([
      { text: 'nvarchar(max)', losses: [{ code: 'TYPE_AS_CHECK' }] }, { text: 'nvarchar(max)', losses: [] }, { text: 'json', losses: [] },
    ])
    expect(at('2025').toNative({ kind: 'array', element: json }).text).toBe('json')
    expect(at('2025').toNative({ kind: 'native', flavor: 'mssql', text: 'vector(3)' }).losses).toEqual([])
  })
})
