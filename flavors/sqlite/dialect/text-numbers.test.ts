import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ColumnShape } from '../../../app/model/shape.ts'
import { dialect } from './index.ts'
import { comparedAsText } from './text-numbers.ts'

const column = (name: string, type: ColumnShape['type']): ColumnShape => ({ name, type, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '' })
const texts = dialect.withSettings({ decimals: 'text' })
const columns = [column('price', { kind: 'decimal', precision: 10, scale: 2 }), column('n', { kind: 'int32' })]

describe('numbers that SQLite keeps as texts', () => {
  it.each([
    ['price >= 9', ['price']],
    ['"Price" * 2 > n', ['price']],
    ['CAST(price AS REAL) >= 9', []],
    ['price IS NOT NULL', []],
    ['price >= 0', []],
    ['price > 0', ['price']],
    ['n > 0', []],
    ["'price' <> ''", []],
  ])('in %s are %j', (expression, names) => expect(comparedAsText(expression, columns, 'text')).toEqual(names))

  it('are told on the check, which SQLite would get wrong', () => {
    const shape = { schema: '', name: 't', comment: '', columns, primaryKey: null, uniques: [], checks: [{ name: 'c', expression: 'price >= 9' }], references: [], indexes: [], options: {} }
    expect(texts.check(shape).filter(({ code }) => code === 'COMPARED_AS_TEXT')).toMatchObject([{ severity: 'warning', path: { property: 'name', column: 'c' } }])
    const database = new Database(':memory:')
    for (const { text } of texts.statements({ kind: 'createTable', shape: texts.normalize(shape), references: true })) database.exec(text)
    expect(() => database.exec("INSERT INTO t (price) VALUES ('10')")).toThrow('CHECK constraint failed')
  })
})
