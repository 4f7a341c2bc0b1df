import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { dialect } from './index.ts'

/** Declared texts as other programs write them, of every affinity. */
const declared = ['INT', 'BIGINT', 'SERIAL', 'NUMERIC(10,2)', 'DECIMAL', 'REAL', 'DOUBLE', 'TEXT', 'NVARCHAR(5)', 'STRING', 'DATETIME', 'DATE', 'TIME', 'BOOLEAN', 'BLOB', 'BYTEA', '', 'JSON', 'UUID', 'XML', 'BIT(3)', 'INTERVAL', 'MONEY']

const values = ['1', "'1'", "'007'", '1.5', "'1.10000'", '9007199254740993', '12345678901234567.5', '1e20', "'abc'", "x'00ff'", "''", "'2020-01-01'", '0.1 + 0.2', "'0x10'", '-0.0', '9e999', "'1e3'", "' 5 '", "char(0) || 'a'", 'NULL']

const columnOf = (text: string): ColumnShape => ({
  name: 'v', type: dialect.types.fromNative(text) ?? expect.fail(text), nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', declared: text,
})

const tableOf = (name: string, column: ColumnShape): TableShape => ({ schema: '', name, comment: '', columns: [column], primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {} })

describe('rows copied without a change of type', () => {
  it.each(declared)('are stored as what they are compared with, from a column declared %j', (text) => {
    const database = new Database(':memory:')
    const column = columnOf(text)
    const copied = tableOf('new', column)
    const columns = [{ from: column, to: column }]
    database.exec(`CREATE TABLE old (v ${text}); INSERT INTO old VALUES (${values.join('), (')})`)
    for (const { text: create } of dialect.statements({ kind: 'createTable', shape: copied, references: false })) database.exec(create)
    for (const { text: copy } of dialect.statements({ kind: 'copyRows', from: tableOf('old', column), to: copied, columns })) database.exec(copy)
    // The driver's digest tells values apart by type and content; so does this one, and it can be read.
    database.aggregate('metamigrate_digest', { start: '', step: (all: string, value: unknown) => `${all}\n${String(value)}` })
    const shown = (side: 'from' | 'to') =>
      database.prepare(dialect.question({ kind: 'digest', table: { schema: '', name: side === 'from' ? 'old' : 'new' }, columns, side }).replaceAll(/metamigrate_digest\((.*)\)(?= FROM)/gs, "metamigrate_digest(typeof($1) || ' ' || quote($1))")).get()
    expect(Object.values(shown('to') ?? {})).toEqual(Object.values(shown('from') ?? {}))
  })

  it('keep the numbers of a STRING column, which SQLite takes for NUMERIC', () => {
    expect(dialect.types.fromNative('STRING')).toEqual({ kind: 'native', flavor: 'sqlite', text: 'STRING' })
  })

  it('turn whole reals of any size into the integers that SQLite would store', () => {
    const database = new Database(':memory:')
    const [from, to] = [{ ...columnOf('REAL') }, { ...columnOf('BIGINT') }]
    database.exec('CREATE TABLE old (v REAL); INSERT INTO old VALUES (9e15), (-1e16), (9.2e18), (9223372036854775808.0), (1e300), (0.5)')
    for (const { text } of dialect.statements({ kind: 'createTable', shape: tableOf('new', to), references: false })) database.exec(text)
    for (const { text } of dialect.statements({ kind: 'copyRows', from: tableOf('old', from), to: tableOf('new', to), columns: [{ from, to }] })) database.exec(text)
    expect(database.prepare('SELECT typeof(v) AS kind FROM new').pluck().all()).toEqual(['integer', 'integer', 'integer', 'real', 'real', 'real'])
  })
})
