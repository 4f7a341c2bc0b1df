import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MetaMigrateError } from '../../app/errors.ts'
import { anyText, hostileNames } from '../../app/model/testing/any-type.ts'
import { tokenize } from '../lexer.ts'
import type { Operation } from '../flavor.ts'
import { dialect } from './dialect/index.ts'
import { rules } from './dialect/lexical.ts'
import { columnNameProblem, fold, literal, rawLiteral, rawText, tableNameProblem } from './dialect/names.ts'
import { column, created, found, impala, table, texts } from './testing/build.ts'

/** Every operation on a table with names in every place. */
function operations(name: string, field: string): readonly Operation[] {
  const fields = [column(field, 'int64'), column('other', 'date', { comment: 'c' })]
  const shape = table(name, fields, { schema: name, primaryKey: { name: '', columns: [field] }, references: [{ name: '', columns: [field], parent: { schema: name, name: 'parent' }, parentColumns: [field], onUpdate: 'no action', onDelete: 'no action', deferrable: 'no' }] })
  const kudu = { ...shape, options: impala({ STORED_AS: 'KUDU' }) }
  const copied = fields.map((one) => ({ to: one, from: one }))
  const [first = column(field, 'int64')] = fields
  const named = { schema: name, name }
  return [
    { kind: 'createSchema', schema: name }, { kind: 'createTable', shape, references: true }, { kind: 'createTable', shape: kudu, references: true }, { kind: 'dropTable', shape }, { kind: 'renameTable', from: named, to: name },
    { kind: 'moveTable', from: named, toSchema: name }, { kind: 'setAside', shape, to: name, remake: [] }, { kind: 'copyTable', shape: kudu, to: name }, { kind: 'copyRows', from: named, to: shape, columns: copied },
    { kind: 'swapTables', tables: [{ old: { shape, aside: name }, fresh: shape, to: named }] }, { kind: 'addColumn', table: named, column: first }, { kind: 'dropColumn', table: named, column: first, options: kudu.options },
    { kind: 'renameColumn', table: named, from: field, to: field, column: first, options: kudu.options }, { kind: 'alterColumn', table: named, from: first, to: { ...first, comment: 'x' } }, { kind: 'commentTable', table: named, from: '', to: 'x' },
  ]
}

/** Texts there and back, as words; names and texts as what they mean. Null where the name is refused. */
function wordsOf(operation: Operation): readonly string[] | null {
  try {
    const said = dialect.statements(operation).flatMap(({ text, undo }) => [text, ...(undo ?? [])])
    return said.map((text) => tokenize(text, rules).map(({ kind, value, closed }) => `${kind}${closed ? '' : ' open'} ${kind === 'word' ? value.toUpperCase() : value}`).join('\n'))
  } catch (error) {
    if (error instanceof MetaMigrateError && error.code === 'NAME_REFUSED') return null
    throw error
  }
}

const plain: readonly (readonly string[] | null)[] = operations('zz_table', 'zz_field').map(wordsOf)

describe('names', () => {
  it.each([...hostileNames, 'select', 'A B', 'ünïcödé', 'x'.repeat(128), 'x'.repeat(129), 'ü'.repeat(768), 'back\\', '`', ' ', ' x', "it's", '--', 'a.b', 'İ'])('hold %j exactly, or are refused, through every statement', (name) => {
    const columnRefused = columnNameProblem(name) !== null
    const tableRefused = tableNameProblem(name) !== null
    const exact = (words: readonly string[] | null) => words?.map((text) => text.replaceAll(/^name zz_field$/gm, () => `name ${fold(name)}`)) ?? null
    expect(operations('zz_table', name).map(wordsOf)).toEqual(plain.map((words) => (columnRefused && words?.join('').includes('zz_field') === true ? null : exact(words))))
    const tables = (words: readonly string[] | null) => words?.map((text) => text.replaceAll(/^name zz_table$/gm, () => `name ${fold(name)}`)) ?? null
    expect(operations(name, 'zz_field').map(wordsOf)).toEqual(plain.map((words) => (tableRefused ? null : tables(words))))
  })

  it('fold to lower case, and clash where they fold together', () => {
    const shape = table('Orders', [column('Id', 'int64'), column('ID', 'text')])
    expect(found(shape)).toEqual(['info NAME_FOLDED name', 'error NAME_CLASH name ID'])
    expect(dialect.normalize(shape).columns.map(({ name }) => name)).toEqual(['id', 'id'])
    expect(dialect.names({ ...shape, schema: 'Sales' })).toEqual([{ key: 'sales\u0000orders', name: 'Orders', what: 'table', part: '' }])
    expect(dialect.display({ schema: 'Sales', name: 'Order' })).toBe('sales.`order`')
  })

  it('are told before anything runs', () => {
    expect(found(table('a b', [column('x`y', 'text'), column('full name', 'text')], { schema: 'ü' }))).toEqual(['error NAME_REFUSED schema', 'error NAME_REFUSED name', 'error NAME_REFUSED name x`y'])
  })

  it('stand without quotes where that means the same', () => {
    const bare = dialect.withSettings({ quoting: 'needed' })
    const shape = table('orders', [column('id', 'int64'), column('date', 'date'), column('full name', 'text', { comment: 'a `b`' })])
    expect(bare.statements({ kind: 'createTable', shape, references: true }).map(({ text, undo }) => [text, undo])).toEqual([['CREATE TABLE orders (\n  id BIGINT,\n  `date` DATE,\n  `full name` STRING COMMENT \'a `b`\'\n)\nSTORED AS PARQUET', ['DROP TABLE orders']]])
    expect(bare.question({ kind: 'countValues', table: shape, column: 'date' })).toBe('SELECT COUNT(`date`) FROM orders')
  })
})

describe('texts', () => {
  const tokenOf = (text: string) => tokenize(text, rules)

  it('are one literal that means the same, whatever they hold', () => {
    fc.assert(fc.property(anyText, (text) => {
      if (text.includes('\0') || !text.isWellFormed()) return
      expect(tokenOf(literal(text)).map(({ kind, value, closed }) => [kind, value, closed])).toEqual([['text', text, true]])
    }))
  })

  it('of comments stand as they are, since Impala takes no backslash out of them', () => {
    expect(["it's", 'a "b"', 'two\nlines', 'a\\b', `it's "x"`, 'end\\', "\\'"].map((text): string => rawLiteral(text))).toEqual([`"it's"`, `'a "b"'`, "'two\nlines'", "'a\\b'", `'it\\'s "x"'`, "'end\\\\'", "'\\''"])
    fc.assert(fc.property(anyText, (text) => {
      if (text.includes('\0') || !text.isWellFormed()) return
      const made = rawLiteral(text)
      expect(tokenOf(made).map(({ kind, closed, text: all }) => [kind, closed, all])).toEqual([['text', true, made]])
      expect(made.slice(1, -1)).toBe(rawText(text))
      expect(rawText(rawText(text))).toBe(rawText(text))
    }))
  })

  it('that Impala cannot hold are refused', () => {
    expect(() => created(table('t', [column('a', 'text', { comment: 'a\0b' })]))).toThrow('Impala cannot hold the text "a\\u0000b"')
    expect(found(table('t', [column('a', 'text', { comment: 'a\0b' })]))).toEqual(['error TEXT_REFUSED comment a'])
    expect(found(table('t', [column('a', 'text', { comment: `it's "x"` })]))).toEqual(['info COMMENT_CHANGED comment a'])
  })

  it('end no statement', () => expect(texts({ kind: 'commentTable', table: { schema: '', name: 't' }, from: '', to: "x'; DROP TABLE t; --" })).toEqual(['COMMENT ON TABLE `t` IS "x\'; DROP TABLE t; --"']))
})
