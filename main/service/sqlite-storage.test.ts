import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Model, Table } from '../../app/model/model.ts'
import { parseType } from '../../app/model/parse-type.ts'
import { undoRun } from '../../app/run/undo.ts'
import { readTarget } from './read-target.ts'
import { sqliteTarget } from './testing/target.ts'
import { workbench, type Workbench } from './testing/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = workbench(await sqliteTarget())
})
afterEach(() => bench.close())

async function loaded(): Promise<Model> {
  const connection = await bench.target.open()
  try {
    return (await readTarget(connection, 'm', undefined)).model
  } finally {
    await connection.close()
  }
}

type Field = Table['fields'][number]
/** The model with one field changed. */
const edit = (model: Model, name: string, more: Partial<Field>): Model => ({ ...model, tables: model.tables.map((table) => ({ ...table, fields: table.fields.map((field) => (field.name === name ? { ...field, ...more } : field)) })) })
const widened = async () => edit(await loaded(), 'body', { type: parseType('varchar(90)') })
const sqlOf = async (name: string) => (await bench.target.rows(`SELECT sql FROM sqlite_schema WHERE name = '${name}'`))[0]?.[0]
const codes = async (model: Model, options = {}) => ((await bench.plan('redeploy', model, options)).plan?.findings ?? []).filter(({ severity }) => severity !== 'info').map(({ code, message }) => `${code} ${message.slice(0, 60)}`)

describe('rows of SQLite without a key that numbers them', () => {
  const numbers = () => bench.target.rows('SELECT rowid, slug, body FROM page ORDER BY rowid')
  const search = () => bench.target.rows(`SELECT slug FROM page_fts WHERE page_fts MATCH 'plum'`)
  const rows = [['3', 'y', 'pear'], ['7', 'x', 'apple'], ['20', 'z', 'plum']]

  beforeEach(() =>
    bench.target.run(
      'CREATE TABLE page (slug TEXT NOT NULL PRIMARY KEY, body VARCHAR(9))',
      `INSERT INTO page (rowid, slug, body) VALUES (7, 'x', 'apple'), (3, 'y', 'pear'), (20, 'z', 'plum')`,
      `CREATE VIRTUAL TABLE page_fts USING fts5(slug, body, content='page')`,
      `INSERT INTO page_fts (page_fts) VALUES ('rebuild')`,
    ))

  it('keep their numbers through a redeploy and its undo, so that a full-text index still finds them', async () => {
    const { run } = await bench.deploy('redeploy', await widened())
    expect([await numbers(), await search()]).toEqual([rows, [['z']]])
    await undoRun(run.id, bench.context())
    expect([await numbers(), await search()]).toEqual([rows, [['z']]])
  })

  it('keep them through backup, delete, create and restore, and through the rescue of an undo', async () => {
    const model = await loaded()
    await bench.deploy('backup', model)
    await bench.deploy('delete', model, { accept: ['MM102'] })
    await bench.deploy('create', model)
    await bench.deploy('restore', model)
    expect([await numbers(), await search()]).toEqual([rows, [['z']]])
    const { run } = await bench.deploy('redeploy', await widened())
    await bench.target.run(`INSERT INTO page (rowid, slug) VALUES (77, 'late')`)
    const undone = await undoRun(run.id, { ...bench.context(), acceptLoss: true })
    expect([undone.state, await numbers()]).toEqual(['undone', rows])
    const [[rescue = ''] = []] = await bench.target.rows(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'page\\_\\_mm%' ESCAPE '\\' ORDER BY rowid DESC LIMIT 1`)
    expect(await bench.target.rows(`SELECT rowid FROM "${rescue ?? ''}" ORDER BY rowid`)).toEqual([['3'], ['7'], ['20'], ['77']])
  })

  it('are refused by name where all three names of a number are columns, and told where a column becomes the number', async () => {
    await bench.target.run('CREATE TABLE taken (rowid INT, OID INT, _rowid_ INT, body TEXT)', 'INSERT INTO taken VALUES (1, 2, 3, NULL)')
    const answer = await bench.plan('redeploy', await widened())
    expect([answer.plan, answer.findings.map(({ code, message }) => [code, message.slice(0, 50)])]).toEqual([null, [['FLAVOR_UNSUPPORTED', 'taken has columns called rowid, _rowid_ and oid, s']]])
    await bench.target.run('DROP TABLE taken', 'CREATE TABLE plain (id INTEGER, rowid TEXT)', `INSERT INTO plain VALUES (5, 'a'), (9, 'b')`)
    const model = await loaded()
    const keyed = edit({ ...model, tables: model.tables.map((table) => (table.name === 'plain' ? { ...table, keys: [{ id: 'k', kind: 'primary', name: '', fields: [table.fields[0]?.id ?? ''] }] } : table)) }, 'id', { nullable: false, identity: 'default' })
    expect(await codes(keyed)).toEqual([expect.stringMatching(/^ROWID_CHANGED (?:plain: )?id becomes the rowid/)])
    await bench.deploy('redeploy', keyed)
    expect(await bench.target.rows('SELECT _rowid_, id, rowid FROM plain')).toEqual([['5', '5', 'a'], ['9', '9', 'b']])
  })
})

describe('numbers of SQLite', () => {
  it('compare as numbers in a decimal column, new or old, and keep the storage that an old one has', async () => {
    await bench.target.run('CREATE TABLE price (amount numeric, old DECIMAL_TEXT(10,2), body VARCHAR(9))', `INSERT INTO price (amount, old) VALUES (10, '10.00'), (9, '9.00'), (9.5, '9.50')`)
    const model = await widened()
    await bench.deploy('redeploy', { ...model, tables: model.tables.map((table) => ({ ...table, fields: [...table.fields, { ...(table.fields[0] as Field), id: 'new', name: 'net', type: parseType('decimal(10,2)'), extra: {} }] })) })
    expect(await sqlOf('price')).toBe('CREATE TABLE price (amount numeric, old DECIMAL_TEXT(10,2), body VARCHAR(90), "net" DECIMAL(10,2))')
    await bench.target.run('UPDATE price SET net = old')
    expect(await bench.target.rows('SELECT max(amount), max(old), max(net), (SELECT count(*) FROM price WHERE net > 9) FROM price')).toEqual([['10', '9.50', '10', '2']])
    expect(await bench.target.rows('SELECT typeof(amount), typeof(old), typeof(net) FROM price WHERE amount = 9')).toEqual([['integer', 'text', 'integer']])
  })

  it('are found before the run where a text loses digits or is a code, in a STRICT table too', async () => {
    await bench.target.run('CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)', 'CREATE TABLE s (id INTEGER PRIMARY KEY, v TEXT) STRICT')
    const good = ['1.50', '-0.25', '123456789012345.00', '9007199254740993', '10', '.5']
    const bad = ['1234567890123456.78', '0.1234567890123456', '12345678901234567890.5', '007', '1e3', ' 5', 'x', '1.2.3']
    const fill = (values: readonly string[]) => Promise.all(['t', 's'].map((table) => bench.target.run(`DELETE FROM ${table}`, ...values.map((value) => `INSERT INTO ${table} (v) VALUES ('${value}')`))))
    await fill(good.filter((value) => value !== '9007199254740993'))
    const model = edit(await loaded(), 'v', { type: parseType('decimal') })
    expect((await codes(model)).filter((one) => one.startsWith('MM101'))).toEqual([])
    await fill(bad)
    expect((await codes(model)).filter((one) => one.startsWith('MM101'))).toEqual(['MM101 s.v: 6 rows would change as DOUBLE (cut, rounded or written ', 'MM101 t.v: 6 rows would change as DECIMAL (cut, rounded or written'])
    await fill(good)
    expect((await codes(model)).filter((one) => one.startsWith('MM101'))).toEqual(['MM101 s.v: 1 row would change as DOUBLE (cut, rounded or written i'])
    await fill(good.slice(0, 3))
    await bench.deploy('redeploy', model)
    expect(await bench.target.rows('SELECT v, typeof(v) FROM t ORDER BY v')).toEqual([['-0.25', 'real'], ['1.5', 'real'], ['123456789012345', 'integer']])
    expect(await bench.target.rows('SELECT max(v), typeof(max(v)) FROM s')).toEqual([['123456789012345.0', 'real']])
  })
})

describe('what a model that was read from SQLite is made as', () => {
  it('is declared as it was, also in an empty file', async () => {
    const text = 'CREATE TABLE "t" (\n  "id" INTEGER PRIMARY KEY,\n  "n" INTEGER,\n  "a" nvarchar(20) NOT NULL,\n  "d" datetime,\n  "r" REAL,\n  "q" "quoted type",\n  "p" numeric(10,2)\n)'
    await bench.target.run(text)
    const model = await loaded()
    const empty = workbench(await sqliteTarget())
    try {
      await empty.deploy('create', model)
      expect((await empty.target.rows(`SELECT sql FROM sqlite_schema WHERE name = 't'`))[0]?.[0]).toBe(text)
    } finally {
      await empty.close()
    }
    expect((await bench.plan('redeploy', model)).plan?.groups).toEqual([])
  })

  it('becomes another type as soon as the model says so, whatever was declared', async () => {
    await bench.target.run('CREATE TABLE t (n INTEGER, a nvarchar(20))')
    const model = edit(edit(await loaded(), 'n', { type: parseType('text') }), 'a', { extra: { SQLITE_TYPE: 'NCHAR VARYING(20)' } })
    await bench.deploy('redeploy', model)
    expect(await sqlOf('t')).toBe('CREATE TABLE t (n TEXT, a nvarchar(20))')
  })

  it('keeps a key that takes NULL as one, and asks the rows first when the model fills it', async () => {
    await bench.target.run('CREATE TABLE k (code TEXT PRIMARY KEY, body VARCHAR(5))', `INSERT INTO k VALUES (NULL, 'a'), (NULL, 'b'), ('x', 'c')`)
    await bench.deploy('redeploy', await widened())
    expect([await sqlOf('k'), await bench.target.rows('SELECT count(*), count(code) FROM k')]).toEqual(['CREATE TABLE k (code TEXT PRIMARY KEY, body VARCHAR(90))', [['3', '1']]])
    const model = await loaded()
    expect((await bench.plan('redeploy', model)).plan?.groups).toEqual([])
    expect(await codes(edit(model, 'code', { nullable: false }))).toEqual([expect.stringContaining('MM203 k.code takes no NULL any more, but 2 rows hold NULL')])
  })

  it('follows a rename in the checks that the model still says under the old name', async () => {
    await bench.target.run('CREATE TABLE [d]([Discount]REAL NOT NULL DEFAULT 0, n INT, CHECK ([Discount]>=(0)), CHECK (n > 0))', 'CREATE INDEX only_here ON d (n collate nocase) /* mine */')
    const model = edit(await loaded(), 'Discount', { name: 'Rebate' })
    const { plan } = await bench.deploy('redeploy', { ...model, tables: model.tables.map((table) => ({ ...table, indexes: [] })) }, { renames: [{ from: 'd.Discount', to: 'd.Rebate' }] })
    expect(await sqlOf('d')).toBe('CREATE TABLE [d]("Rebate"REAL NOT NULL DEFAULT 0, n INT, CHECK ("Rebate">=(0)), CHECK (n > 0))')
    expect(await sqlOf('only_here')).toBe('CREATE INDEX only_here ON d (n collate nocase) /* mine */')
    expect([plan.unmanaged?.kept.map(({ name }) => name), plan.unmanaged?.gone]).toEqual([['only_here'], []])
  })
})
