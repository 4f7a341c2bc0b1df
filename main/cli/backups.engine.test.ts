import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sharedPostgres, type SharedPostgres } from '../../scripts/postgres-server.ts'
import { runCli } from './testing/run-cli.ts'

let server: SharedPostgres
const root = mkdtempSync(join(tmpdir(), 'metamigrate-backups-pg-'))
beforeAll(async () => {
  server = await sharedPostgres()
})
afterAll(async () => {
  await server.stop()
  rmSync(root, { recursive: true, force: true })
})

let cwd = ''
let url = ''
let number = 0
beforeEach(async () => {
  cwd = join(root, `case-${++number}`)
  mkdirSync(cwd)
  url = await server.createDatabase()
  return async () => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(`DROP DATABASE "${new URL(url).pathname.slice(1)}" WITH (FORCE)`)
    await client.end()
  }
})

const call = (...args: string[]) => runCli(args, { cwd, home: join(cwd, 'home') })
async function done(...args: string[]) {
  const ended = await call(...args, '--target', url)
  expect([args.join(' '), ended.code, ended.code === 0 ? '' : ended.err]).toEqual([args.join(' '), 0, ''])
  return ended
}
async function sql(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}
const model = (text: string) => writeFileSync(join(cwd, 'm.csv'), `TABLE_SCHEMA,TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY,REFERENCES\n${text}`)
const dir = ['--dir', 'm.csv', '--yes'] as const

describe('on PostgreSQL', () => {
  it('rows that were brought back are not taken back once their backup is dropped; the copy of an accepted undo is listed and droppable', async () => {
    model('Shop,Stock Item,id,int64,NO,1,\nShop,Stock Item,Name,varchar(40),YES,,\n')
    await done('create', ...dir)
    await sql(`INSERT INTO "Shop"."Stock Item" SELECT i, 'n' || i FROM generate_series(1, 500) AS i`)
    await done('delete', ...dir, '--accept', 'MM102')
    await done('create', ...dir)
    await done('restore', ...dir)
    const [backup] = JSON.parse((await call('backups', '--target', url, '--json')).out).backups
    expect(backup).toMatchObject({ kind: 'backup', command: 'delete', rows: '500', table: { schema: 'Shop', name: 'Stock Item' }, onlyCopy: { rows: '0', values: [] } })
    expect(Number(backup.bytes)).toBeGreaterThan(8000)
    await done('drop-backups', '--older-than', '0s', '--yes')
    expect((await call('undo', '--yes', '--target', url)).err).toContain('[UNDO_WOULD_LOSE]')
    expect(await sql('SELECT count(*) FROM "Shop"."Stock Item"')).toEqual([['500']])
    await done('undo', '--yes', '--accept-loss')
    expect((await call('drop-backups', '--older-than', '0s', '--yes', '--target', url)).err).toMatch(/\[ONLY_COPY\].*500 rows of Shop\.Stock Item/)
    await done('drop-backups', '--older-than', '0s', '--yes', '--accept', 'MM104')
  })

  it('an undo of a restore does not empty a table whose children would go with its rows', async () => {
    model('public,item,id,int64,NO,1,\npublic,part,id,int64,NO,1,\npublic,part,item,int64,YES,,item.id\n')
    await done('create', ...dir)
    await sql('ALTER TABLE part DROP CONSTRAINT part_item_fkey; ALTER TABLE part ADD CONSTRAINT part_item_fkey FOREIGN KEY (item) REFERENCES item ON DELETE CASCADE; INSERT INTO item VALUES (1), (2)')
    await done('backup', ...dir, '--table', 'item')
    await sql('DELETE FROM item')
    await done('restore', ...dir, '--table', 'item')
    await sql('INSERT INTO part VALUES (7, 1)')
    expect((await call('undo', '--yes', '--accept-loss', '--target', url)).err).toMatch(/\[UNDO_IMPOSSIBLE\].*1 row of public\.part point at public\.item/)
    expect(await sql('SELECT (SELECT count(*) FROM item), (SELECT count(*) FROM part)')).toEqual([['2', '1']])
  })

  it('counts what a copy alone holds: without a key row by row, of types that have no equality too, and of fields that went', async () => {
    model('public,log,a,int32,YES,,\npublic,log,b,json,YES,,\n')
    await done('create', ...dir)
    await sql(`INSERT INTO log VALUES (1, '{"x": 1}'), (1, '{"x": 1}'), (NULL, NULL), (2, '{"y":2}')`)
    await done('backup', ...dir)
    await sql('DELETE FROM log WHERE ctid IN (SELECT min(ctid) FROM log WHERE a = 1) OR a IS NULL')
    expect(JSON.parse((await call('backups', '--target', url, '--json')).out).backups).toMatchObject([{ rows: '4', onlyCopy: { rows: '2', values: [] } }])
    model('public,log,a,int64,YES,,\n')
    await done('redeploy', ...dir, '--accept', 'MM103', '--no-rename', 'public.log.b')
    expect(JSON.parse((await call('backups', '--target', url, '--json')).out).backups).toMatchObject([{ kind: 'backup', onlyCopy: { rows: '0', values: [] } }, { kind: 'copy', onlyCopy: { rows: '2', values: [{ field: 'b', count: '1' }] } }])
  })

  it('a policy holds for every spelling of an address and every role, and a listing of a database without records writes nothing', async () => {
    const { port, pathname } = new URL(url)
    writeFileSync(join(cwd, 'metamigrate.yaml'), `connections:\n  live: { url: "postgres://someone@localhost:${port}${pathname}", tag: production, policy: read-only }\n`)
    await call('config', 'show')
    const { username } = new URL(url)
    for (const host of ['localhost', '127.0.0.1', 'LOCALHOST'])
      expect((await call('create', '--dir', 'm.csv', '--target', `postgresql://${username}@${host}:${port}${pathname}?application_name=other`, '--yes')).err).toMatch(/TARGET_READ_ONLY|NOT_FOUND/)
    model('public,item,id,int64,NO,1,\n')
    expect((await call('create', ...dir, '--target', `postgresql://${username}@127.0.0.1:${port}${pathname}?application_name=other`)).err).toMatch(/\[TARGET_READ_ONLY\].*by .*metamigrate\.yaml \(connection live\)/)
    expect((await call('runs', '--target', url)).code).toBe(0)
    expect((await call('backups', '--target', url)).code).toBe(0)
    expect(await sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'metamigrate'")).toEqual([['0']])
  })

  it('runs are in the order in which the database took them in, whatever the clocks say', async () => {
    model('public,item,id,int64,NO,1,\npublic,item,a,int32,YES,,\n')
    await done('create', ...dir)
    model('public,item,id,int64,NO,1,\npublic,item,b,int32,YES,,\n')
    await done('redeploy', ...dir, '--rename', 'public.item.a=public.item.b')
    const { runs } = JSON.parse((await call('runs', '--target', url, '--json')).out)
    await sql(`UPDATE metamigrate.run SET started_at = '2000-01-01T00:00:00.000Z' WHERE run_id = '${runs[0].id}'`)
    expect((await call('undo', runs[1].id, '--yes', '--target', url)).err).toContain('[UNDO_OUT_OF_ORDER]')
  })
})
