import { describe, expect, it } from 'vitest'
import { parseType } from '../../../app/model/parse-type.ts'
import type { ColumnShape, IndexShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { dialect } from './index.ts'

const column = (name: string, type = 'int32', more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type: parseType(type), nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })
const table = (more: Partial<TableShape>): TableShape => ({ schema: '', name: 't', comment: '', columns: [column('a')], primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {}, ...more })
const index = (more: Partial<IndexShape> = {}): IndexShape => ({ name: 'i', unique: false, method: '', parts: [{ column: 'a', expression: '', order: 'asc', nulls: '' }], include: [], predicate: '', ...more })
const reference = (more: Partial<ReferenceShape>): ReferenceShape => ({ name: 'f', columns: ['a'], parent: { schema: '', name: 'p' }, parentColumns: ['id'], onUpdate: 'no action', onDelete: 'no action', deferrable: 'no', ...more })
const mariadb = dialect.withSettings({ version: 'mariadb-10.11' })
const codes = (shape: TableShape, of = dialect) => of.check(shape).map(({ code, severity, path }) => `${code} ${severity} ${path.property ?? ''}`)

describe('what MySQL refuses is said before anything runs', () => {
  it.each<[string, Partial<TableShape>, readonly string[]]>([
    ['nothing of a plain table', {}, []],
    ['a name of 65 characters', { name: 'x'.repeat(65) }, ['NAME_TOO_LONG error name']],
    ['an emoji in a field name', { columns: [column('😀')] }, ['NAME_REFUSED error name']],
    ['two fields that differ in case', { columns: [column('a'), column('A')] }, ['NAME_CLASH error name']],
    ['a table without fields', { columns: [] }, ['TABLE_EMPTY error name']],
    ['two indexes of one name', { indexes: [index(), index({ name: 'I' })] }, ['NAME_CLASH error name']],
    ['an index called PRIMARY', { indexes: [index({ name: 'Primary' })] }, ['NAME_REFUSED error name']],
    ['a text in a primary key', { columns: [column('a', 'text')], primaryKey: { name: '', columns: ['a'] } }, ['KEY_NEEDS_LENGTH error key']],
    ['a key of more than 3072 bytes', { columns: [column('a', 'varchar(769)')], primaryKey: { name: '', columns: ['a'] } }, ['KEY_TOO_LONG error key']],
    ['a row of more than 65535 bytes', { columns: [column('a', 'varchar(16383)'), column('b', 'varchar(2)')] }, ['ROW_TOO_WIDE error name']],
    ['a counter that begins no key', { columns: [column('a', 'int64', { identity: 'default' })] }, ['IDENTITY_KEY error identity']],
    ['a counter that is no whole number', { columns: [column('a', 'decimal(5,0)', { identity: 'default' })], primaryKey: { name: '', columns: ['a'] } }, ['IDENTITY_TYPE error identity']],
    ['SET DEFAULT', { references: [reference({ onDelete: 'set default' })] }, ['ACTION_UNSUPPORTED error reference']],
    ['SET NULL over a field that takes none', { columns: [column('a', 'int32', { nullable: false })], references: [reference({ onDelete: 'set null' })] }, ['ACTION_UNSUPPORTED error reference']],
    ['a parent without schema under a table with one', { schema: 's', references: [reference({})] }, ['REFERENCE_UNCLEAR error reference']],
    ['a unique index over some rows', { indexes: [index({ unique: true, predicate: 'a > 1' })] }, ['FEATURE_UNSUPPORTED error index']],
    ['an index over some rows', { indexes: [index({ predicate: 'a > 1' })] }, ['FEATURE_UNSUPPORTED warning index']],
    ['a check that ends the statement', { checks: [{ name: 'c', expression: '1); DROP TABLE t; --' }] }, ['EXPRESSION_REFUSED error check']],
    ['a collation that is no word', { columns: [column('a', 'text', { collation: 'x; DROP' })] }, ['COLLATION_REFUSED error collation']],
    ['an engine that does not exist', { options: { 'MYSQL.ENGINE': 'Turbo' } }, ['OPTION_VALUE error MYSQL.ENGINE']],
    ['a first number of zero', { options: { 'MYSQL.AUTO_INCREMENT': '0' } }, ['OPTION_VALUE error MYSQL.AUTO_INCREMENT']],
    ['a collation of another character set', { options: { 'MYSQL.CHARSET': 'latin1', 'MYSQL.COLLATE': 'utf8mb4_bin' } }, ['OPTION_VALUE error MYSQL.COLLATE']],
    ['a foreign key of an engine without any', { options: { 'MYSQL.ENGINE': 'MyISAM' }, references: [reference({})] }, ['FEATURE_UNSUPPORTED error MYSQL.ENGINE']],
    ["a field of InnoDB's own", { columns: [column('DB_ROW_ID')] }, ['NAME_REFUSED error name']],
    ["a table of MetaMigrate's own", { name: 'metamigrate_run' }, ['NAME_REFUSED error name']],
    ['an emoji in an enum', { columns: [column('a', "enum('🙂','b')")] }, ['TYPE_ENUM_TEXT warning type']],
    ['texts joined by ||, which is OR', { checks: [{ name: 'c', expression: "a || 'x' <> 'y'" }] }, ['EXPRESSION_MEANING warning check']],
    ['a cast of PostgreSQL', { columns: [column('a'), column('b', 'int32', { generated: { expression: 'a::bigint', stored: true } })] }, ['EXPRESSION_FOREIGN error generated']],
    ['a comment of 1025 characters', { columns: [column('a', 'int32', { comment: 'x'.repeat(1025) })] }, ['COMMENT_TOO_LONG error comment']],
  ])('%s', (_, more, expected) => expect(codes(table(more))).toEqual(expected))

  it('knows how much of a row stays on its page', () => {
    const wide = (count: number, type: string) => table({ columns: Array.from({ length: count }, (_, at) => column(`c${at}`, type)) })
    // MariaDB 10.11 takes 40 of these and refuses 41; so it does with 383 and 384 texts.
    expect([codes(wide(40, 'varchar(50)'), mariadb), codes(wide(41, 'varchar(50)'), mariadb)]).toEqual([[], ['ROW_TOO_WIDE error name']])
    expect([codes(wide(383, 'text'), mariadb), codes(wide(384, 'text'), mariadb)]).toEqual([[], ['ROW_TOO_WIDE error name']])
  })

  it('differs on MariaDB: long uniques, no expression indexes, question marks for emoji in comments', () => {
    const unique = table({ columns: [column('a', 'text')], uniques: [{ name: 'u', columns: ['a'] }] })
    expect([codes(unique), codes(unique, mariadb)]).toEqual([['KEY_NEEDS_LENGTH error unique'], []])
    const long = table({ columns: [column('a', 'text')], indexes: [index()] })
    expect([codes(long), codes(long, mariadb)]).toEqual([['KEY_NEEDS_LENGTH error index'], ['INDEX_PREFIX warning index']])
    const expression = table({ indexes: [index({ parts: [{ column: null, expression: 'a + 1', order: 'asc', nulls: '' }] })] })
    expect([codes(expression), codes(expression, mariadb)]).toEqual([[], ['FEATURE_UNSUPPORTED warning index']])
    const emoji = table({ comment: 'x🙂' })
    expect([codes(emoji), codes(emoji, mariadb)]).toEqual([['COMMENT_CHANGED error comment'], ['COMMENT_CHANGED warning comment']])
    expect(mariadb.normalize(emoji).comment).toBe('x?')
  })
})
