import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Connection } from '../../flavor.ts'
import { driver } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'metamigrate-pool-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (name: string) => driver.connect({ url: `sqlite:${join(folder, name)}` })
const pidOf = ({ server }: Connection) => Number(server.session.split(':')[1])
const isThere = (pid: number) => {
  try {
    // A zombie is gone already.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

it('serves the next connection by the process of a closed one, on its own file and in a session of its own', async () => {
  const first = await open('one.db')
  await first.execute('CREATE TABLE t (a)')
  await first.close()
  const second = await open('two.db')
  expect(pidOf(second)).toBe(pidOf(first))
  expect(second.server.session).not.toBe(first.server.session)
  expect((await second.query('SELECT name FROM sqlite_schema')).rows).toEqual([])
  await second.close()
})

it('rolls back what a connection left open when it is closed', async () => {
  const first = await open('left.db')
  await first.execute('CREATE TABLE t (a)')
  await first.execute('BEGIN IMMEDIATE')
  await first.execute("INSERT INTO t VALUES ('lost')")
  await first.close()
  const second = await open('left.db')
  expect((await second.query('SELECT count(*) FROM t')).rows).toEqual([['0']])
  expect((await second.query('PRAGMA foreign_keys')).rows).toEqual([['1']])
  await second.close()
})

it('answers nothing through a closed connection, and cancels nobody through it', async () => {
  const first = await open('one.db')
  await first.close()
  const second = await open('one.db')
  await expect(first.query('SELECT 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  const slow = second.query('WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 300000) SELECT max(n) FROM s')
  await first.cancel()
  await first.close()
  expect((await slow).rows).toEqual([['300000']])
  await second.close()
})

it('tells a session that is over from the one that has its process now, and never ends the wrong one', async () => {
  const first = await open('one.db')
  await first.close()
  const second = await open('one.db')
  expect(await second.sessionAlive(first.server.session)).toBe(false)
  expect(await second.sessionAlive(second.server.session)).toBe(true)
  await second.endSession(first.server.session)
  expect((await second.query('SELECT 1')).rows).toEqual([['1']])
  await second.close()
})

it('gives a process no second connection after something failed in it, or after it was cancelled', async () => {
  const failed = await open('one.db')
  await expect(failed.query('SELECT * FROM nothing')).rejects.toThrow('nothing')
  await failed.close()
  const next = await open('one.db')
  expect(pidOf(next)).not.toBe(pidOf(failed))
  const endless = next.query('WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s) SELECT max(n) FROM s')
  await next.cancel()
  await expect(endless).rejects.toMatchObject({ code: 'CANCELLED' })
  await next.close()
  const last = await open('one.db')
  expect(pidOf(last)).not.toBe(pidOf(next))
  await last.close()
  expect([isThere(pidOf(failed)), isThere(pidOf(next))]).toEqual([false, false])
})

it('keeps no finished program waiting, and leaves no process behind', async () => {
  const script = `import { driver } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
const connection = await driver.connect({ url: 'sqlite:${join(folder, 'exit.db')}' })
await connection.close()
process.stdout.write(connection.server.session)`
  const started = Date.now()
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect([ended.status, ended.stderr]).toEqual([0, ''])
  expect(Date.now() - started).toBeLessThan(2900)
  const pid = Number(ended.stdout.split(':')[1])
  for (let tries = 0; tries < 40 && isThere(pid); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(isThere(pid)).toBe(false)
}, 20_000)
