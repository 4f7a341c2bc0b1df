import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { field, model, table } from '../../app/model/build.ts'
import { countedIds } from '../../app/model/id.ts'
import { isModelFolder, readModelAt, writeModelAt } from './model-store.ts'

const one = model(table('person', field('id', 'bigint', { primaryKey: true })))
const two = model(table('person', field('id', 'bigint', { primaryKey: true }), field('name', 'text')), table('pet', field('id', 'int')))
const fieldsOf = async (path: string) =>
  (await readModelAt(path, countedIds())).model.tables.map(({ name, fields }) => `${name}(${fields.map((each) => each.name).join(',')})`)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metamigrate-store-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('writeModelAt', () => {
  it('leaves files alone that are no part of the model, and writes what changed only', async () => {
    await writeFile(join(folder, 'notes.csv'), 'mine')
    await writeFile(join(folder, 'README.md'), 'mine')
    await writeModelAt(folder, one, 'directory')
    expect(await writeModelAt(folder, one, 'directory')).toEqual([])
    expect(await writeModelAt(folder, two, 'directory')).toEqual(['tables.csv', 'fields.csv'])
    expect(await fieldsOf(folder)).toEqual(['person(id,name)', 'pet(id)'])
    expect(await readFile(join(folder, 'notes.csv'), 'utf8')).toBe('mine')
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('keeps the spelling and the rights of a file', async () => {
    await writeModelAt(folder, one, 'directory')
    const bytes = await readFile(join(folder, 'fields.csv'))
    await rm(join(folder, 'fields.csv'))
    await writeFile(join(folder, 'Fields.CSV'), bytes)
    await chmod(join(folder, 'Fields.CSV'), 0o640)
    await writeModelAt(folder, two, 'directory')
    expect((await readdir(folder)).filter((name) => /fields/i.test(name))).toEqual(['Fields.CSV'])
    expect((await stat(join(folder, 'Fields.CSV'))).mode & 0o777).toBe(0o640)
    expect(await isModelFolder(folder)).toBe(true)
  })

  it('replaces a single file whole', async () => {
    const path = join(folder, 'people.csv')
    await writeModelAt(path, one, 'single')
    expect(await writeModelAt(path, two, 'single')).toEqual(['people.csv'])
    expect(await fieldsOf(path)).toEqual(['person(id,name)', 'pet(id)'])
    expect(await readdir(folder)).toEqual(['people.csv'])
  })

  it('keeps the last of many saves at once, and shows none in part to who reads in between', async () => {
    await writeModelAt(folder, one, 'directory')
    const wanted = Array.from({ length: 8 }, (_, i) => model(table(`t${i}`, field('id', 'bigint', { primaryKey: true }))))
    const seen: string[][] = []
    await Promise.all(
      wanted.flatMap((each) => [writeModelAt(folder, each, 'directory'), fieldsOf(folder).then((found) => seen.push(found))]),
    )
    expect(seen).toEqual(wanted.map((_, i) => [`t${i}(id)`]))
    expect(await fieldsOf(folder)).toEqual(['t7(id)'])
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('says plainly that a folder is not there', async () => {
    await expect(writeModelAt(join(folder, 'none', 'x.csv'), one, 'single')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(readModelAt(join(folder, 'none'), countedIds())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a save that was cut off', () => {
  /** Runs a save in a process that dies at its n-th change of a name or of a folder. */
  function saveUntil(step: number): void {
    const script = `
      const fs = require('node:fs/promises'); const at = { n: 0 };
      for (const name of ['rename', 'rm', 'open']) { const real = fs[name]; fs[name] = (...args) => { if (++at.n > ${step}) process.kill(process.pid, 'SIGKILL'); return real(...args) } }
      require('node:module').syncBuiltinESMExports();
      import(${JSON.stringify(join(import.meta.dirname, 'model-store.ts'))}).then(async ({ writeModelAt }) => {
        await writeModelAt(${JSON.stringify(folder)}, ${JSON.stringify(two)}, 'directory'); process.exit(7) })`
    const { status, signal } = spawnSync(process.execPath, ['--input-type=commonjs', '-e', script], { encoding: 'utf8' })
    finished = status === 7
    expect(finished || signal === 'SIGKILL').toBe(true)
  }
  let finished = false

  it('leaves the old model or the new one, never a mixture, wherever it was cut', async () => {
    const seen = new Set<string>()
    for (let step = 0; ; step++) {
      await rm(folder, { recursive: true, force: true })
      folder = await mkdtemp(join(tmpdir(), 'metamigrate-store-'))
      await writeModelAt(folder, one, 'directory')
      saveUntil(step)
      const found = (await fieldsOf(folder)).join(' ')
      expect(['person(id)', 'person(id,name) pet(id)']).toContain(found)
      seen.add(found)
      // Whatever was left behind, the next save is whole.
      await writeModelAt(folder, two, 'directory')
      expect(await fieldsOf(folder)).toEqual(['person(id,name)', 'pet(id)'])
      if (finished) break
    }
    expect(seen.size).toBe(2)
  }, 60_000)

  it('is never finished on files that are no model, whatever its list says', async () => {
    await writeModelAt(folder, one, 'directory')
    await writeFile(join(folder, 'precious.txt'), 'mine')
    for (const manifest of [
      '{',
      '{"renames":[],"removed":["precious.txt"]}',
      '{"renames":[{"from":".x.0123456789ab.tmp","to":"../precious.txt"}],"removed":[]}',
      '{"renames":[{"from":"../a","to":"fields.csv"}],"removed":[]}',
    ]) {
      await writeFile(join(folder, '.metamigrate-saving.json'), manifest)
      expect(await fieldsOf(folder)).toEqual(['person(id)'])
      expect((await readdir(folder)).toSorted()).toEqual([
        'fields.csv',
        'indexes.csv',
        'keys.csv',
        'precious.txt',
        'references.csv',
        'tables.csv',
      ])
    }
  })
})
