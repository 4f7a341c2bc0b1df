import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { hostileNames } from '../../app/model/testing/any-type.ts'
import type { ColumnShape, TableShape } from '../../app/model/shape.ts'
import { answer, cases } from '../cases.ts'
import type { Dialect, Operation } from '../flavor.ts'
import { dialect } from './dialect/index.ts'
import { isPlainName } from './dialect/keywords.ts'
import { nameProblem } from './dialect/names.ts'

const bare = dialect.withSettings({ quoting: 'needed' })
const keywords = 'abort add all as autoincrement between case check collate column current_date default end exists filter from generated glob group if in index key like not null of on or order over plan primary row select set table temp to true false union values view when where window with without rowid oid _rowid_'.split(' ')
const oddNames = ['plain', 'Plain', 'a1', '_x', 'stored', 'strict', 'e', 'x', 'value', 'text', 'name', 'é', 'a$b', '1a', 'main', 'old', 'new', ...keywords, ...keywords.map((word) => word.toUpperCase())]

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type: { kind: 'text' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })

const shapeNamed = (name: string): TableShape => ({
  schema: '', name, comment: '', options: {}, columns: [column(name, { nullable: false }), column(`${name}_2`), column(`${name}_3`, { type: { kind: 'enum', name: null, values: ['a', 'b'] } }), column(`${name}_4`, { generated: { expression: `"${name.replaceAll('"', '""')}"`, stored: true } })],
  primaryKey: { name, columns: [name] }, uniques: [{ name: '', columns: [`${name}_2`] }], checks: [{ name, expression: `"${name.replaceAll('"', '""')}" <> '"${name.replaceAll("'", "''")}"'` }],
  references: [{ name: '', columns: [`${name}_2`], parent: { schema: '', name }, parentColumns: [name], onUpdate: 'no action', onDelete: 'cascade', deferrable: 'no' }],
  indexes: [{ name: '', unique: false, method: '', parts: [{ column: `${name}_2`, expression: '', order: 'asc', nulls: '' }], include: [], predicate: '' }],
})

/** What SQLite itself says of a table, but for the text it was made with. */
function madeBy(made: Dialect, shape: TableShape, more: readonly Operation[] = []): unknown {
  const database = new Database(':memory:')
  const operations: readonly Operation[] = [{ kind: 'createTable', shape, references: true }, ...shape.indexes.map((index): Operation => ({ kind: 'createIndex', table: shape, index })), ...more]
  for (const operation of operations) for (const { text } of made.statements(operation)) database.exec(text)
  const facts = ['table_xinfo', 'index_list', 'foreign_key_list'].map((pragma) => database.prepare(`SELECT * FROM pragma_${pragma}(?)`).all(shape.name))
  const names = database.prepare('SELECT type, name, tbl_name FROM sqlite_schema ORDER BY 1, 2').all()
  database.close()
  return [facts, names]
}

describe('names without needless quotes', () => {
  it('stand bare where they mean the same, and quoted elsewhere', () => {
    expect(answer(bare, 'createTableWithReference')).toEqual([
      `CREATE TABLE "order" (
  id INTEGER PRIMARY KEY,
  person_id BIGINT NOT NULL,
  price DECIMAL(10,2) NOT NULL DEFAULT 0,
  CONSTRAINT order_person_fk FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
)`,
    ])
    expect(answer(bare, 'createIndexWithInclude')).toEqual(['CREATE INDEX "person_full name_idx" ON person ("full name" DESC)'])
  })

  it.each([...new Set([...oddNames, ...hostileNames])].filter((name) => nameProblem(name) === null).map((name) => [name]))('make the table %j as quotes do', (name) => {
    const shape = shapeNamed(name)
    const more: readonly Operation[] = [
      { kind: 'addColumn', table: shape, column: column(`${name}_5`) },
      { kind: 'renameColumn', table: shape, from: `${name}_5`, to: `${name}_6` },
      { kind: 'copyTable', shape, to: `${name}_copy` },
      { kind: 'copyRows', from: { schema: '', name: `${name}_copy` }, to: shape, columns: shape.columns.map((one) => ({ from: one, to: one })) },
    ]
    expect(madeBy(bare, shape, more)).toEqual(madeBy(dialect, shape, more))
  })

  it('leave a text that only looks like a name, and what brings an old table back', () => {
    const shape = { ...shapeNamed('t'), checks: [{ name: '', expression: `t IN ("nobody", 'x "t" y')` }] }
    expect(bare.statements({ kind: 'createTable', shape, references: true })[0]?.text).toContain(`CHECK (t IN ("nobody", 'x "t" y'))`)
    const undo = bare.statements({ ...cases.setAside, remake: ['CREATE TABLE "person" ("id")'] }).flatMap((one) => one.undo ?? [])
    expect(undo).toEqual(['DROP TABLE person__old', 'CREATE TABLE "person" ("id")', 'INSERT INTO person (id, "full name", age) SELECT id, "full name", age FROM person__old'])
  })

  it('quote every keyword of this SQLite', () => {
    expect(keywords.filter(isPlainName)).toEqual([])
  })
})
