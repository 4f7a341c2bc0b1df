import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from './testing/run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'metamigrate-numbering-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let cwd = ''
let number = 0
beforeEach(() => {
  cwd = join(root, `case-${++number}`)
  mkdirSync(cwd)
})

const call = (...args: string[]) => runCli([...args, '--target', 'sqlite:a.db'], { cwd, home: join(cwd, 'home') })
const sql = (text: string) => new Database(join(cwd, 'a.db')).exec(text)
const rows = (text: string) => new Database(join(cwd, 'a.db')).prepare(text).raw().all()
const model = (...fields: readonly string[]) =>
  writeFileSync(join(cwd, 'm.csv'), `TABLE_NAME,COLUMN_NAME,DATA_TYPE,PRIMARY_KEY\n${fields.map((field) => `${field}\n`).join('')}`)

describe('a model that does not say that a key numbers itself', () => {
  it.each(['int64', 'int32'])('leaves it numbering, and says so (%s)', async (type) => {
    sql(`CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT); INSERT INTO t (a) VALUES ('one')`)
    model(`t,id,${type},1`, 't,a,varchar(9),')
    const ended = await call('redeploy', '--dir', 'm.csv', '--yes')
    expect([ended.code, ended.err]).toEqual([0, expect.stringContaining('kept, not in the model: numbering of id')])
    sql(`INSERT INTO t (a) VALUES ('two')`)
    expect(rows('SELECT * FROM t')).toEqual([[1, 'one'], [2, 'two']])
  })
})

describe('a key that is given again', () => {
  it('does not hide the row that had it: its copy is the only one', async () => {
    sql(`CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t (a) VALUES ('one'), ('two'), ('three')`)
    model('t,id,int64,1', 't,a,text,')
    await call('backup', '--dir', 'm.csv', '--yes')
    sql(`DELETE FROM t WHERE a = 'three'; INSERT INTO t (a) VALUES ('new')`)
    expect(JSON.parse((await call('backups', '--json')).out).backups[0].onlyCopy.rows).toBe('1')
    expect((await call('undo', '--yes')).err).toContain('[UNDO_IMPOSSIBLE]')
    expect((await call('drop-backups', '--older-than', '0h', '--yes')).code).toBe(3)
  })
})

describe('an undo', () => {
  it('names what was made by hand on the table since, and drops it only when that is accepted', async () => {
    sql(`CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX before ON t (a); INSERT INTO t (a) VALUES ('one')`)
    model('t,id,int64,1', 't,a,text,', 't,b,text,')
    expect((await call('redeploy', '--dir', 'm.csv', '--yes')).code).toBe(0)
    sql('CREATE INDEX hand ON t (b)')
    const refused = await call('undo', '--yes')
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('t got index hand since run')])
    expect(rows(`SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`)).toEqual([['before'], ['hand']])
    sql('DROP INDEX hand')
    expect((await call('undo', '--yes')).code).toBe(0)
  })
})

describe('a table with checks and keys over a generated field', () => {
  it.each([['b', 'text'], ['a', 'text'], ['a', 'int64']])('is rebuilt when a part of it changes (%s becomes %s)', async (field, type) => {
    sql('CREATE TABLE t (a INT, b INT, c INT GENERATED ALWAYS AS (a + b) STORED UNIQUE, d INT GENERATED ALWAYS AS (c * 2), CHECK (c < 100), CHECK (d > 0)); INSERT INTO t (a, b) VALUES (1, 2)')
    await runCli(['load', 'sqlite:a.db', '--into', 'm'], { cwd, home: join(cwd, 'home') })
    const path = join(cwd, 'm', 'fields.csv')
    writeFileSync(path, readFileSync(path, 'utf8').replace(new RegExp(`^,t,${field},(\\d),int32`, 'm'), `,t,${field},$1,${type}`))
    const ended = await call('redeploy', '--dir', 'm', '--yes')
    expect([ended.code, ended.code === 0 ? '' : ended.err]).toEqual([0, ''])
    expect(rows('SELECT a, b, c, d FROM t')).toEqual([[field === 'a' && type === 'text' ? '1' : 1, field === 'b' ? '2' : 2, 3, 6]])
    sql('UPDATE t SET a = 60')
    expect((await call('undo', '--yes', '--accept-loss')).code).toBe(0)
  })
})
