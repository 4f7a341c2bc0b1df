import { describe, expect, it } from 'vitest'
import { parseType } from '../../../app/model/parse-type.ts'
import { renderType } from '../../../app/model/render-type.ts'
import { dialect } from './index.ts'

const native = (type: string, of = dialect) => {
  const { text, losses } = of.types.toNative(parseType(type))
  return [text, ...losses.map(({ code, severity }) => `${code} ${severity}`)]
}
const mariadb = dialect.withSettings({ version: 'mariadb-10.11' })

describe('a logical type as MySQL has it', () => {
  it.each([
    ['bool', 'tinyint(1)', 'TYPE_WIDENED info'], ['int8', 'tinyint'], ['int16', 'smallint'], ['int32', 'int'], ['int64', 'bigint'], ['uint8', 'tinyint unsigned'], ['uint64', 'bigint unsigned'],
    ['decimal(65,30)', 'decimal(65,30)'], ['decimal(66,2)', 'decimal(66,2)', 'TYPE_UNSUPPORTED error'], ['decimal(40,31)', 'decimal(40,31)', 'TYPE_UNSUPPORTED error'], ['decimal', 'decimal(65,30)', 'TYPE_PRECISION warning'],
    ['float32', 'float'], ['float64', 'double'], ['char(255)', 'char(255)'], ['char(256)', 'varchar(256)', 'TYPE_AS_VARCHAR info'], ['varchar(16383)', 'varchar(16383)'], ['varchar(16384)', 'longtext', 'TYPE_WIDENED info'],
    ['text', 'longtext'], ['binary(16)', 'binary(16)'], ['varbinary(70000)', 'longblob', 'TYPE_WIDENED info'], ['blob', 'longblob'], ['date', 'date'], ['time(3)', 'time(3)'], ['timestamp(6)', 'datetime(6)'],
    ['uuid', 'char(36)', 'TYPE_AS_TEXT info'], ['json', 'json'], ['xml', 'longtext', 'TYPE_AS_TEXT info'], ['inet', 'varchar(43)', 'TYPE_AS_TEXT info'], ['interval', 'varchar(80)', 'TYPE_AS_TEXT info'], ['bit(64)', 'bit(64)'],
    ["enum('a','it''s')", "enum('a','it''s')"], ["enum('a','A')", "enum('a','A')", 'TYPE_ENUM_CASE warning'],
  ])('%s is %s', (type, ...expected) => expect(native(type)).toEqual(expected))

  it('says what a timestamp with a zone ends at, what arrays become, and what another flavor loses', () => {
    expect(native('timestamptz(6)')).toEqual(['timestamp(6)', expect.stringMatching(/^\w+ (?:warning|info)$/)])
    expect(native('array(int32)')).toEqual(['json', expect.stringMatching(/warning$/)])
    expect(dialect.types.toNative({ kind: 'native', flavor: 'postgres', text: 'tsvector' })).toMatchObject({ text: 'longtext', losses: [{ code: 'TYPE_FOREIGN', severity: 'warning' }] })
  })

  it('is uuid on MariaDB since 10.7', () => {
    expect(native('uuid', mariadb)).toEqual(['uuid'])
    expect(native('uuid', dialect.forVersion(100_600))[0]).toBe('char(36)')
  })
})

describe('a native type of MySQL', () => {
  it.each([
    ['int(11)', 'int32'], ['INTEGER', 'int32'], ['bool', 'bool'], ['tinyint(1)', 'bool'], ['tinyint(4)', 'int8'], ['bigint(20) unsigned', 'uint64'], ['numeric(5)', 'decimal(5,0)'], ['double precision', 'float64'], ['real', 'float64'],
    ['nvarchar(5)', 'varchar(5)'], ['character varying(5)', 'varchar(5)'], ['longtext', 'text'], ['datetime(3)', 'timestamp(3)'], ['datetime', 'timestamp(0)'], ["enum('a','it''s')", "enum('a','it''s')"], ['longblob', 'blob'],
  ])('%s is %s', (text, logical) => expect(dialect.types.fromNative(text)).toEqual(parseType(logical)))

  it.each(['mediumint', 'year', "set('a','b')", 'point', 'int(5) unsigned zerofill'])('%s stays as it is', (text) => {
    const type = dialect.types.fromNative(text)
    expect(type).toMatchObject({ kind: 'native', flavor: 'mysql' })
    expect(type === null ? '' : dialect.types.toNative(type).losses.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('is not known when it is no type of MySQL', () => {
    expect(dialect.types.fromNative('tsvector')).toBeNull()
    expect(renderType(dialect.types.fromNative('varchar(20)') ?? { kind: 'blob' })).toBe('varchar(20)')
  })
})
