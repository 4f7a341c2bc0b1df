import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sharedPostgres, type SharedPostgres } from '../../scripts/postgres-server.ts'
import { runCli } from './testing/run-cli.ts'

let server: SharedPostgres
let url: URL
const canary = 'c4n4ry-Pass%word'
const folder = mkdtempSync(join(tmpdir(), 'metamigrate-cli-pg-'))
const home = join(folder, 'home')
const cwd = join(folder, 'project')

beforeAll(async () => {
  server = await sharedPostgres()
  const admin = new URL(await server.createDatabase())
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  await client.query(`CREATE ROLE canary LOGIN SUPERUSER PASSWORD '${canary}'`)
  await client.end()
  url = new URL(admin.href)
  url.username = 'canary'
  url.password = ''
  mkdirSync(cwd)
  writeFileSync(join(cwd, 'metamigrate.yaml'), `name: canary\nmodel: people.csv\nconnections:\n  live:\n    url: "${url.href}"\n    password: \${CANARY}\n    tag: production\n`)
  writeFileSync(join(cwd, 'people.csv'), 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\nperson,id,int64,NO,1\nperson,name,varchar(40),YES,\n')
})
afterAll(async () => {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`DROP DATABASE "${url.pathname.slice(1)}" WITH (FORCE)`)
  await client.query('DROP ROLE canary')
  await client.end()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const filesUnder = (path: string): readonly string[] => readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))

it('runs on a production server after its name, and leaves the password nowhere', async () => {
  const call = (args: readonly string[], env: Record<string, string>) => runCli(args, { cwd, home, env })
  const told: string[] = []
  const run = async (args: readonly string[], env: Record<string, string>) => {
    const ended = await call(args, env)
    told.push(ended.out, ended.err)
    return ended
  }
  expect((await run(['redeploy', '--yes'], {})).err).toContain('METAMIGRATE_PASSWORD')
  const wrong = await run(['redeploy', '--yes'], { CANARY: `${canary}x` })
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('[AUTHENTICATION_FAILED]')])
  const database = url.pathname.slice(1)
  expect((await run(['redeploy', '--yes'], { CANARY: canary })).err).toContain(`METAMIGRATE_CONFIRM=${database}`)
  expect((await run(['redeploy', '--yes'], { CANARY: canary, METAMIGRATE_CONFIRM: 'other' })).code).toBe(130)
  const done = await run(['redeploy', '--yes', '--verbose', '--json'], { CANARY: canary, METAMIGRATE_CONFIRM: database })
  expect([done.code, JSON.parse(done.out).receipt.run.state]).toEqual([0, 'done'])
  await run(['config', 'show'], { CANARY: canary })
  await run(['runs', '--target', 'live'], { CANARY: canary })
  const direct = new URL(url)
  direct.password = encodeURIComponent(canary)
  const warned = await run(['introspect', direct.href], {})
  expect([warned.code, warned.err]).toEqual([0, expect.stringContaining('password on a command line')])
  expect((await run(['undo', '--yes'], { CANARY: canary })).err).toContain('METAMIGRATE_CONFIRM')
  expect((await run(['undo'], { CANARY: canary, METAMIGRATE_CONFIRM: database })).code).toBe(0)
  const spellings = [canary, encodeURIComponent(canary)]
  expect(told.filter((text) => spellings.some((one) => text.includes(one)))).toEqual([])
  const written = filesUnder(folder).filter((path) => spellings.some((one) => readFileSync(path).includes(one)))
  expect(written).toEqual([])
}, 60_000)
