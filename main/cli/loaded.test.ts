import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from './testing/run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'metamigrate-loaded-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let cwd = ''
let number = 0
beforeEach(() => {
  cwd = join(root, `case-${++number}`)
  mkdirSync(cwd)
})

const call = (home: string, ...args: string[]) => runCli(args, { cwd, home: join(cwd, home) })
const database = () => new Database(join(cwd, 'spot.db'))
const target = 'sqlite:spot.db'
/** The rows of fields.csv without their line ends, changed and written back. */
function editFields(change: (lines: readonly string[]) => readonly string[]): void {
  const path = join(cwd, 'm', 'fields.csv')
  writeFileSync(path, `${change(readFileSync(path, 'utf8').trimEnd().split('\n')).join('\n')}\n`)
}
const swap = (a: string, b: string) => (lines: readonly string[]) =>
  lines.map((line) => (line.includes(`,${a},`) ? line.replace(`,${a},`, `,${b},`) : line.replace(`,${b},`, `,${a},`)))

describe('a model that was loaded from a database', () => {
  it('swaps two fields with their values on the first redeploy, and on another machine asks', async () => {
    database().exec('CREATE TABLE spot (id INTEGER PRIMARY KEY, lat REAL, lon REAL); INSERT INTO spot VALUES (1, 10.5, 47.25)')
    expect((await call('home', 'load', target, '--into', 'm')).code).toBe(0)
    editFields(swap('lat', 'lon'))
    const asked = await call('elsewhere', 'redeploy', '--dir', 'm', '--target', target, '--yes')
    expect([asked.code, asked.err.match(/Was \S+ renamed to [^?]+/g)]).toEqual([3, ['Was spot.lat renamed to spot.lon', 'Was spot.lon renamed to spot.lat']])
    expect((await call('home', 'redeploy', '--dir', 'm', '--target', target, '--yes')).code).toBe(0)
    expect(database().prepare('SELECT lat, lon FROM spot').get()).toEqual({ lat: 47.25, lon: 10.5 })
    expect((await call('elsewhere', 'redeploy', '--dir', 'm', '--target', target, '--yes')).err).toContain('Nothing to do')
  })

  it('knows a rename from any machine, and a rename onto a dropped name where it was loaded', async () => {
    database().exec("CREATE TABLE spot (id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO spot VALUES (1, 'A', 'B')")
    await call('home', 'load', target, '--into', 'm')
    editFields((lines) => lines.map((line) => line.replace(',b,', ',c,')))
    expect((await call('elsewhere', 'redeploy', '--dir', 'm', '--target', target, '--yes')).code).toBe(0)
    expect(database().prepare('SELECT a, c FROM spot').get()).toEqual({ a: 'A', c: 'B' })
    await call('home', 'load', target, '--into', 'm', '--force')
    editFields((lines) => lines.filter((line) => !line.includes(',c,')).map((line) => line.replace(',a,', ',c,')))
    const blocked = await call('home', 'redeploy', '--dir', 'm', '--target', target, '--yes')
    expect([blocked.code, blocked.err]).toEqual([3, expect.stringContaining('spot.c goes, and with it 1 value')])
    expect((await call('home', 'redeploy', '--dir', 'm', '--target', target, '--yes', '--accept', 'MM103')).code).toBe(0)
    expect(database().prepare('SELECT c FROM spot').get()).toEqual({ c: 'A' })
  })

  it('is the same file when it is loaded again, also after a redeploy', async () => {
    database().exec('CREATE TABLE spot (id INTEGER PRIMARY KEY, lat REAL, CHECK (lat < 90)); CREATE INDEX spot_lat ON spot (lat)')
    const files = async (into: string, home: string) => {
      await call(home, 'load', target, '--into', into)
      return ['tables', 'fields', 'keys', 'indexes'].map((name) => readFileSync(join(cwd, into, `${name}.csv`), 'utf8'))
    }
    const first = await files('m', 'home')
    expect(await files('again', 'elsewhere')).toEqual(first)
    editFields((lines) => lines.map((line) => line.replace(',lat,', ',latitude,')))
    for (const name of ['keys.csv', 'indexes.csv']) {
      const path = join(cwd, 'm', name)
      writeFileSync(path, readFileSync(path, 'utf8').replace('lat < 90', 'latitude < 90').replace(',lat,', ',latitude,'))
    }
    expect((await call('home', 'redeploy', '--dir', 'm', '--target', target, '--yes')).code).toBe(0)
    expect((await files('after', 'elsewhere'))[1]).toBe(readFileSync(join(cwd, 'm', 'fields.csv'), 'utf8'))
  })
})
