import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runCli, type Ended } from './testing/run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'metamigrate-databases-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let base = ''
let number = 0
beforeEach(() => {
  base = join(root, `case-${++number}`)
  mkdirSync(join(base, 'empty'), { recursive: true })
})

const call = (folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> => runCli(args, { cwd: join(base, folder), home: join(base, 'home'), env })
const confirmed = (name: string) => ({ METAMIGRATE_CONFIRM: name })
const seen = ({ code, err }: Ended) => [code, err]
/** A project whose model is one table. */
function project(folder: string, connections: string): void {
  mkdirSync(join(base, folder, 'model'), { recursive: true })
  writeFileSync(join(base, folder, 'metamigrate.yaml'), `name: ${folder}\nmodel: model\nconnections:\n${connections}`)
  writeFileSync(join(base, folder, 'model', 'fields.csv'), 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\nitem,id,int64,NO,1\n')
}
const tablesOf = (path: string) => new Database(join(base, path), { readonly: true }).prepare("SELECT name FROM sqlite_schema WHERE name = 'item'").pluck().all()

describe('runs of several databases', () => {
  it('are those of the target, else of the project at hand, never of another project', async () => {
    project('a', '  dev: { url: "sqlite:./a.db", tag: development }\n')
    project('b', '  dev: { url: "sqlite:./b.db", tag: development }\n')
    expect((await call('a', ['create', '--yes'])).code).toBe(0)
    expect((await call('b', ['create', '--yes'])).code).toBe(0)
    expect((await call('a', ['undo', '--yes'])).code).toBe(0)
    expect([tablesOf('a/a.db'), tablesOf('b/b.db')]).toEqual([[], ['item']])
    expect(seen(await call('a', ['undo', '--yes']))).toEqual([1, expect.stringContaining('There is no run to undo in this project')])
    expect(JSON.parse((await call('b', ['runs', '--json'])).out).runs).toHaveLength(1)
    const [run] = JSON.parse((await call('b', ['runs', '--json'])).out).runs
    expect(seen(await call('a', ['undo', run.id, '--target', 'dev', '--yes']))).toEqual([2, expect.stringMatching(/\[RUN_ELSEWHERE\].*b\.db, not of dev \(sqlite:.*a\.db\)/)])
    for (const args of [['drop-backups', run.id, '--yes'], ['receipt', run.id], ['resume', run.id, '--yes'], ['undo', run.id, '--dry-run']])
      expect([args, ...seen(await call('a', [...args, '--target', 'dev']))]).toEqual([args, 2, expect.stringContaining('[RUN_ELSEWHERE]')])
    for (const args of [['runs'], ['undo', '--yes'], ['resume', '--yes'], ['backups'], ['drop-backups', '--older-than', '1d', '--yes']])
      expect([args, ...seen(await call('empty', args))]).toEqual([args, 2, expect.stringMatching(/\[TARGET_NEEDED\][^]*b\.db {2}1 run[^]*a\.db {2}1 run/)])
    expect((await call('empty', ['undo', run.id, '--yes'])).code).toBe(0)
    expect(tablesOf('b/b.db')).toEqual([])
  })

  it('on one project: the name of a target decides, and the policy is that of the run', async () => {
    project('a', '  dev: { url: "sqlite:./dev.db", tag: development }\n  prod: { url: "sqlite:./prod.db", tag: production }\n')
    expect((await call('a', ['create', '--target', 'dev', '--yes'])).code).toBe(0)
    expect((await call('a', ['create', '--target', 'prod'], confirmed('prod.db'))).code).toBe(0)
    const refused = await call('a', ['undo', '--yes'])
    expect(seen(refused)).toEqual([2, expect.stringContaining('METAMIGRATE_CONFIRM=prod.db')])
    expect((await call('a', ['undo', '--target', 'dev', '--yes'])).code).toBe(0)
    expect([tablesOf('a/dev.db'), tablesOf('a/prod.db')]).toEqual([[], ['item']])
  })
})

describe('what a project says of a database', () => {
  const everywhere = (url: string, run: string) =>
    Promise.all([['delete', '--dir', '../b/model', '--target', url, '--yes'], ['undo', run, '--yes'], ['undo', '--target', url, '--yes'], ['resume', '--target', url, run, '--yes'], ['drop-backups', run, '--yes'], ['drop-backups', '--older-than', '0s', '--target', url, '--yes']].map((args) => call('empty', args)))

  it('holds from any folder, by any spelling of its address and by the id of a run, until that project says otherwise', async () => {
    project('b', '  prod: { url: "sqlite:./b.db", tag: production }\n')
    expect((await call('b', ['create'], confirmed('b.db'))).code).toBe(0)
    expect((await call('b', ['backup'], confirmed('b.db'))).code).toBe(0)
    const [{ id }] = JSON.parse((await call('b', ['runs', '--json'])).out).runs
    symlinkSync(join(base, 'b', 'b.db'), join(base, 'link.db'))
    for (const url of [`sqlite:${base}/b/b.db`, 'sqlite:../b/../b/b.db', `sqlite://${base}/b/b.db`, 'sqlite:../link.db']) {
      const ended = await everywhere(url, id)
      expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2])
      expect(ended.map(({ err }) => err.includes('METAMIGRATE_CONFIRM=') || err.includes('[RUN_NOT_FOUND]'))).toEqual([true, true, true, true, true, true])
    }
    project('c', '  mine: { url: "sqlite:../b/b.db", tag: development }\n')
    const stricter = await call('c', ['delete', '--yes'])
    expect(seen(stricter)).toEqual([2, expect.stringMatching(/mine: It is tagged production and under the policy confirm by .*b\/metamigrate\.yaml \(connection prod\): the stricter holds\./)])
    expect(JSON.parse((await call('c', ['delete', '--dry-run', '--json'])).out).plan.findings[0]).toMatchObject({ code: 'TARGET_STRICTER', severity: 'warning' })
    expect(tablesOf('b/b.db')).toEqual(['item'])
    project('b', '  prod: { url: "sqlite:./b.db", tag: development }\n')
    expect((await call('b', ['runs'])).code).toBe(0)
    expect((await call('empty', ['drop-backups', id, '--yes'])).code).toBe(0)
  })

  it('read-only says so before anything is asked, also of production, and lets listings and dry runs be', async () => {
    project('b', '  db: { url: "sqlite:./b.db", tag: development }\n')
    expect((await call('b', ['create', '--yes'])).code).toBe(0)
    expect((await call('b', ['backup', '--yes'])).code).toBe(0)
    const [{ id }] = JSON.parse((await call('b', ['runs', '--json'])).out).runs
    project('b', '  db: { url: "sqlite:./b.db", tag: production, policy: read-only, password: "${NO_SUCH_PASSWORD}" }\n')
    for (const args of [['create'], ['backup'], ['delete'], ['restore'], ['redeploy'], ['undo'], ['resume'], ['undo', id], ['drop-backups', id], ['drop-backups', '--older-than', '0s']])
      expect([args, ...seen(await call('b', [...args, '--target', 'db']))]).toEqual([args, 1, expect.stringContaining('[TARGET_READ_ONLY]')])
    for (const args of [['runs'], ['backups'], ['redeploy', '--dry-run'], ['undo', '--dry-run'], ['drop-backups', id, '--dry-run'], ['receipt', id]])
      expect([args, (await call('b', [...args, '--target', 'db'])).code]).toEqual([args, 0])
  })
})

describe('a file that is not there', () => {
  it('is not made by anything but the start of a run', async () => {
    project('a', '  dev: { url: "sqlite:./dev.db", tag: development }\n')
    writeFileSync(join(base, 'a', 'devs.db'), '')
    const reads = [['load', 'sqlite:dev.db', '--into', 'm'], ['introspect', 'dev'], ['preview', 'redeploy', '--target', 'dev'], ['delete', '--target', 'dev', '--dry-run'], ['runs', '--target', 'dev'], ['undo', '--target', 'dev', '--yes'], ['backups', '--target', 'dev'], ['drop-backups', '--older-than', '0s', '--target', 'dev', '--yes']]
    for (const args of reads) expect([args, ...seen(await call('a', args))]).toEqual([args, 1, expect.stringMatching(/\[NOT_FOUND\] There is no file .*dev\.db; did you mean devs\.db\? Only create and redeploy make one\./)])
    expect((await call('a', ['create', '--target', 'dev'])).code).toBe(2)
    expect(seen(await call('a', ['redeploy', '--target', 'dev', '--dry-run']))).toEqual([0, expect.stringContaining('a new file, made when the run starts')])
    expect(existsSync(join(base, 'a', 'dev.db'))).toBe(false)
    expect((await call('a', ['create', '--target', 'dev', '--yes'])).code).toBe(0)
    expect(tablesOf('a/dev.db')).toEqual(['item'])
  })

  it('whose name holds a percent sign is taken as it is written when it is there', async () => {
    new Database(join(base, 'empty', 'a%20b.db')).exec('CREATE TABLE plain (id INTEGER PRIMARY KEY)')
    expect((await call('empty', ['introspect', 'sqlite:a%20b.db'])).out).toContain('"plain"')
    expect(existsSync(join(base, 'empty', 'a b.db'))).toBe(false)
  })

  it('nothing is written by a listing of a database without records', async () => {
    new Database(join(base, 'empty', 'x.db')).exec('CREATE TABLE plain (id INTEGER PRIMARY KEY)')
    for (const args of [['runs'], ['backups'], ['undo', '--yes']]) await call('empty', [...args, '--target', 'sqlite:x.db'])
    expect(new Database(join(base, 'empty', 'x.db')).prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['plain'])
  })
})

describe('a damaged file of this person', () => {
  it('is named with the way out', async () => {
    mkdirSync(join(base, 'home'))
    writeFileSync(join(base, 'home', 'journal.db'), 'garbage '.repeat(1000))
    expect(seen(await call('empty', ['runs']))).toEqual([1, expect.stringMatching(/\[JOURNAL_DAMAGED\] The journal .*journal\.db is damaged.*Move it away/)])
    rmSync(join(base, 'home', 'journal.db'))
    writeFileSync(join(base, 'home', 'policies.json'), '[{')
    expect(seen(await call('empty', ['create', '--target', 'sqlite:x.db', '--dir', '.']))).toEqual([1, expect.stringMatching(/\[(?:POLICIES_DAMAGED|MODEL_NOT_FOUND)\]/)])
    expect(seen(await call('empty', ['runs', '--target', 'sqlite:x.db']))).toEqual([1, expect.stringMatching(/\[POLICIES_DAMAGED\] .*policies\.json.*Move it away/)])
  })
})
