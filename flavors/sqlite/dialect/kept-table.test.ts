import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { readCatalog } from '../driver/catalog.ts'
import { readShapes } from '../driver/shapes.ts'
import { dialect } from './index.ts'

/** The table as a file with this text gives it. Normal form. */
async function read(text: string): Promise<TableShape> {
  const database = new Database(':memory:')
  database.exec(text)
  const catalog = await readCatalog((query) => {
    const rows = database.prepare(query).raw().all() as (string | number | null)[][]
    return Promise.resolve({ columns: [], rows: rows.map((row) => row.map((value) => (value === null ? null : String(value)))) })
  })
  const [shape] = readShapes(catalog)
  return dialect.normalize(shape ?? expect.fail('no table'))
}

/** As a model says it: declared types are the file's. */
const undeclared = (shape: TableShape): TableShape => ({ ...shape, columns: shape.columns.map(({ name, type, nullable, default: value, identity, generated, comment, collation }) => ({ name, type, nullable, default: value, identity, generated, comment, collation })) })

/** The text after a change of the model, and what is told. SQLite takes it, and it reads back as the model says. */
async function changed(text: string, change: (shape: TableShape) => Partial<TableShape>): Promise<readonly string[]> {
  const before = await read(text)
  const wanted = dialect.normalize(undeclared({ ...before, ...change(before) }))
  const after = dialect.settle?.(wanted, before, new Map(before.columns.map(({ name }) => [name, name]))) ?? wanted
  const kept = { shape: before, texts: [text], before: [text] }
  const made = dialect.statements({ kind: 'createTable', shape: after, references: true, kept }).map((one) => one.text)
  const found = await read(made.join(';'))
  expect(undeclared(found)).toEqual(undeclared(after))
  return [...made, ...(dialect.changes?.(after, kept) ?? []).map(({ code }) => code)]
}

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type: { kind: 'text' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })
const edit = (name: string, more: Partial<ColumnShape>) => (shape: TableShape) => ({ columns: shape.columns.map((one) => (one.name === name ? { ...one, ...more } : one)) })

const page = `CREATE TABLE page(
  id integer primary key autoincrement, -- the number
  [long name] nvarchar(20) default "base" collate nocase not null on conflict replace,
  price numeric(10,2) /* , net */ check (price >= 0), note,
  up int references page on delete cascade not deferrable,
  constraint "one" unique (price collate rtrim, note) on conflict ignore
)`

describe('the text of a rebuilt table', () => {
  it('stays as it is where nothing changes', async () => {
    expect(await changed(page, () => ({}))).toEqual([page])
    for (const text of ['CREATE TABLE t(a,b  TEXT )', 'CREATE TABLE t("a" PRIMARY KEY DESC) WITHOUT ROWID', "CREATE TABLE 't' (a INT, b AS (a+1) STORED, CHECK(a>0) UNIQUE(a))", 'CREATE TABLE t(a any, b int primary key) strict']) expect(await changed(text, () => ({}))).toEqual([text])
  })

  it.each([
    ['a longer text', edit('long name', { type: { kind: 'varchar', length: 90 } }), page.replace('nvarchar(20)', 'nvarchar(90)')],
    ['another type', edit('price', { type: { kind: 'float64' } }), page.replace('numeric(10,2)', 'DOUBLE')],
    ['a type where there was none', edit('note', { type: { kind: 'int32' } }), page.replace(' note,', ' note INT,')],
    ['another default', edit('long name', { default: "'x'" }), page.replace(' default "base"', '').replace('on conflict replace,', `on conflict replace DEFAULT 'x',`)],
    ['no collation', edit('long name', { collation: '' }), page.replace(' collate nocase', '')],
    ['NOT NULL', edit('note', { nullable: false }), page.replace(' note,', ' note NOT NULL,')],
    ['a new field', ({ columns }: TableShape) => ({ columns: [...columns.slice(0, 1), column('added', { type: { kind: 'date' } }), ...columns.slice(1)] }), page.replace(' -- the number\n', '\n  added DATE, -- the number\n').replace('added', '"added"')],
    ['no check', () => ({ checks: [] }), page.replace(' check (price >= 0)', '')],
    ['a new check', ({ checks }: TableShape) => ({ checks: [...checks, { name: 'c', expression: 'up <> id' }] }), page.replace('ignore\n)', 'ignore,\n  CONSTRAINT "c" CHECK (up <> id)\n)')],
    ['another action', ({ references }: TableShape) => ({ references: references.map((one) => ({ ...one, onDelete: 'set null' as const })) }), page.replace(' references page on delete cascade not deferrable', '').replace('ignore\n)', 'ignore,\n  FOREIGN KEY ("up") REFERENCES "page" ("id") ON DELETE SET NULL\n)')],
  ])('differs by %s only', async (_, change, text) => {
    expect(await changed(page, change)).toEqual([text])
  })

  it('loses a clause with its constraint, and says so', async () => {
    expect(await changed(page, edit('long name', { nullable: true }))).toEqual([page.replace(' not null on conflict replace', ''), 'CLAUSE_LOST'])
    expect((await changed(page, () => ({ uniques: [{ name: 'one', columns: ['price'] }] }))).at(-1)).toBe('CLAUSE_LOST')
  })

  it('keeps a key that takes NULL as it is, until the model says NOT NULL', async () => {
    const text = 'CREATE TABLE t (code text primary key, label varchar(5))'
    expect(await changed(text, edit('label', { type: { kind: 'varchar', length: 9 } }))).toEqual([text.replace('5', '9')])
    expect(await changed(text, edit('code', { nullable: false }))).toEqual([text.replace('primary key', 'primary key NOT NULL')])
    const filled = 'CREATE TABLE t (code text primary key not null, label text)'
    expect(await changed(filled, edit('code', { nullable: true }))).toEqual([filled])
  })

  it('follows columns that go, move, become the rowid or stop being it', async () => {
    const text = 'CREATE TABLE t(a INT CHECK (a < b), b INT, n INTEGER PRIMARY KEY)'
    expect(await changed(text, ({ columns }) => ({ columns: columns.toReversed() }))).toEqual(['CREATE TABLE t( n INTEGER PRIMARY KEY, b INT,a INT CHECK (a < b))'])
    expect(await changed(text, ({ columns }) => ({ columns: columns.slice(1), checks: [] }))).toEqual(['CREATE TABLE t( b INT, n INTEGER PRIMARY KEY)'])
    expect(await changed(text, edit('n', { identity: null }))).toEqual(['CREATE TABLE t(a INT CHECK (a < b), b INT, "n" BIGINT NOT NULL, PRIMARY KEY ("n"))'])
    const plain = 'CREATE TABLE t(k INTEGER, v TEXT)'
    expect(await changed(plain, (shape) => ({ ...edit('k', { identity: 'default', nullable: false })(shape), primaryKey: { name: '', columns: ['k'] } }))).toEqual(['CREATE TABLE t("k" INTEGER PRIMARY KEY, v TEXT)', 'ROWID_CHANGED'])
  })

  it('is written anew for another kind of table, unless a clause would be lost', async () => {
    expect(await changed('CREATE TABLE t(a numeric)', () => ({ options: { 'SQLITE.STRICT': 'yes' } }))).toEqual(['CREATE TABLE "t" (\n  "a" REAL\n) STRICT'])
    await expect(changed('CREATE TABLE t(a text unique on conflict replace)', () => ({ options: { 'SQLITE.STRICT': 'yes' } }))).rejects.toThrow('t has ON CONFLICT REPLACE, which cannot be said in a model')
  })
})

describe('decimals', () => {
  it('keep the storage that they have when their digits change', async () => {
    const wider = edit('p', { type: { kind: 'decimal', precision: 12, scale: 3 } })
    expect(await changed('CREATE TABLE t(p DECIMAL_TEXT(10,2))', wider)).toEqual(['CREATE TABLE t(p DECIMAL_TEXT(12,3))'])
    expect(await changed('CREATE TABLE t(p DECIMAL_TEXT)', wider)).toEqual(['CREATE TABLE t(p DECIMAL_TEXT(12,3))'])
    expect(await changed('CREATE TABLE t(p numeric)', wider)).toEqual(['CREATE TABLE t(p DECIMAL(12,3))'])
    expect(await changed('CREATE TABLE t(p numeric(10, 2))', wider)).toEqual(['CREATE TABLE t(p numeric(12,3))'])
  })
})
