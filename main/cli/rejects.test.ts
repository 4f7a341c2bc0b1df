import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from './testing/run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'metamigrate-rejects-'))
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
async function retype(from: string, to: string): Promise<void> {
  await runCli(['load', 'sqlite:a.db', '--into', 'm'], { cwd, home: join(cwd, 'home') })
  const path = join(cwd, 'm', 'fields.csv')
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

describe('rows that are left out', () => {
  it('stay whole in the backup, which is kept though no backup is asked for', async () => {
    sql(`CREATE TABLE t (a TEXT, b TEXT PRIMARY KEY NOT NULL); INSERT INTO t VALUES ('1', 'one'), ('zwei', 'two'), ('3', 'three')`)
    await retype(',t,a,1,text,', ',t,a,1,int32,')
    const ended = await call('redeploy', '--dir', 'm', '--yes', '--on-fail', 't.a=reject', '--no-keep-backup', '--json')
    expect([ended.code, ended.err.match(/\[MM503\]/g)?.length]).toEqual([0, 1])
    const { receipt } = JSON.parse(ended.out)
    expect(rows('SELECT a, b FROM t ORDER BY a')).toEqual([[1, 'one'], [3, 'three']])
    const [backup] = receipt.backups
    expect(rows(`SELECT a, b FROM "${backup.name}" WHERE b = 'two'`)).toEqual([['zwei', 'two']])
    const { backups } = JSON.parse((await call('backups', '--json')).out)
    expect(backups.map((one: { onlyCopy: { rows: string } }) => one.onlyCopy.rows)).toEqual(['1'])
    expect((await call('drop-backups', receipt.run.id, '--yes')).code).toBe(3)
    expect((await call('drop-backups', receipt.run.id, '--yes', '--accept', 'MM104')).code).toBe(0)
  })

  it('are no reason to keep a backup where there are none', async () => {
    sql(`CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('1', 'one')`)
    await retype(',t,a,1,text,', ',t,a,1,int32,')
    const { receipt } = JSON.parse((await call('redeploy', '--dir', 'm', '--yes', '--no-keep-backup', '--json')).out)
    expect(receipt.backups).toEqual([])
  })
})

describe('words in a field that is declared as a truth', () => {
  it('are found before it becomes a number', async () => {
    sql(`CREATE TABLE t (id INTEGER PRIMARY KEY, b BOOLEAN); INSERT INTO t VALUES (1, 'true'), (2, 'maybe'), (3, 1), (4, NULL)`)
    await retype(',t,b,2,bool,', ',t,b,2,int16,')
    const ended = await call('redeploy', '--dir', 'm', '--yes')
    expect([ended.code, ended.err]).toEqual([3, expect.stringContaining('[MM209]')])
    expect(rows('SELECT b FROM t')).toEqual([['true'], ['maybe'], [1], [null]])
  })
})
