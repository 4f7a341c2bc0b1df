import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { field, model, table } from '../../app/model/build.ts'
import type { Model } from '../../app/model/model.ts'
import { createDraftStore } from './draft-store.ts'
import type { DraftUpdate } from './draft-store.ts'
import { processOwner } from './owner.ts'

const person = table('person', field('id', 'int64'), field('name', 'text'))
const visit = table('visit', field('id', 'int64'))
const saved = model(person, visit)
const edited = { ...saved, tables: [{ ...person, comment: 'edited' }, visit] }

let folder: string
let now = 0
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'metamigrate-drafts-')), 'drafts')
  now = 1_000_000
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = () => createDraftStore({ folder, owner: processOwner('test'), clock: () => now })

function update(to: Model, more: Partial<DraftUpdate> = {}): DraftUpdate {
  return {
    id: 'draft0001', window: 'window01', path: '/models/people.csv', title: 'people', stamp: null, at: '2026-01-01T00:00:00.000Z', changes: ['changed person (comment)'], changeCount: 1,
    isWhole: true, model: to, order: to.tables.map(({ id }) => id), saved: { ...saved, tables: saved.tables.filter((each) => !to.tables.includes(each)) }, savedOrder: saved.tables.map(({ id }) => id), ...more,
  }
}

describe('a draft', () => {
  it('holds the edited model and the saved one, and takes changes of single tables', async () => {
    const store = open()
    expect(await store.keep(update(edited))).toBe(true)
    expect(await store.read('draft0001')).toMatchObject({ path: '/models/people.csv', model: edited, saved })
    const again = { ...edited, tables: [edited.tables[0], { ...visit, name: 'stay' }] as Model['tables'] }
    expect(await store.keep(update(again, { isWhole: false, model: { ...again, tables: again.tables.slice(1) } }))).toBe(true)
    expect((await store.read('draft0001'))?.model).toEqual(again)
    const fewer = { ...again, tables: again.tables.slice(1) }
    expect(await store.keep(update(fewer, { isWhole: false, model: { ...fewer, tables: [] } }))).toBe(true)
    expect(await store.read('draft0001')).toMatchObject({ model: fewer, saved })
  })

  it('asks for everything when the host does not know the tables that were left out', async () => {
    expect(await open().keep(update(edited, { isWhole: false, model: { ...edited, tables: [] } }))).toBe(false)
    expect(await open().keep(update(edited, { model: { ...edited, tables: [] } }))).toBe(false)
    expect(await open().list('window02', null)).toEqual([])
  })

  it('is a file closed to everyone else, replaced whole', async () => {
    const store = open()
    await store.keep(update(edited))
    const names = (await readdir(folder)).toSorted()
    expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{16}\.draft0001\.json$/), 'draft0001.owner'])
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o077).toBe(0)
  })

  it('is offered once its window is gone, is released, or was loaded again', async () => {
    const store = open()
    await store.keep(update(edited))
    const offered = async (last: string | null = null) => (await store.list('window02', last)).map(({ id }) => id)
    expect(await offered()).toEqual([])
    expect(await offered('window01')).toEqual(['draft0001'])
    store.pulse('window01')
    expect(await offered()).toEqual([])
    now += 6_000
    expect(await offered()).toEqual(['draft0001'])
    store.pulse('window01')
    await store.release('draft0001')
    expect(await offered()).toEqual(['draft0001'])
    await store.discard('draft0001')
    expect([await offered(), await store.read('draft0001'), await readdir(folder)]).toEqual([[], null, []])
  })

  it('is not offered to another host while the first lives, unless the first saw its window go', async () => {
    const store = open()
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
    const other = createDraftStore({ folder, owner: { facts: { ...processOwner('test').facts, pid: child.pid ?? 0, born: await bornOf(child.pid ?? 0) }, isAlive: (facts) => processOwner('test').isAlive(facts) }, clock: () => now })
    await other.keep(update(edited))
    expect(await store.list('window02', null)).toEqual([])
    now += 6_000
    await other.sweep()
    expect((await store.list('window02', null)).map(({ title }) => title)).toEqual(['people'])
    await other.keep(update(edited))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await store.list('window02', null)).map(({ title }) => title)).toEqual(['people'])
  })

  it('that cannot be read is put aside, and the others are offered', async () => {
    const store = open()
    await store.keep(update(edited))
    await store.release('draft0001')
    await writeFile(join(folder, '0123456789abcdef.broken001.json'), '{"half": ')
    expect((await store.list('window02', null)).map(({ id }) => id)).toEqual(['draft0001'])
    expect(await readFile(join(folder, '0123456789abcdef.broken001.json.broken'), 'utf8')).toBe('{"half": ')
  })

  it('is whole after each of 6 kills in the middle of writing', { timeout: 120_000 }, async () => {
    const big = model(...Array.from({ length: 40 }, (_, at) => table(`t${at}`, field('id', 'int64'), field('name', 'text'))))
    const script = `
      import { createDraftStore } from ${JSON.stringify(join(import.meta.dirname, 'draft-store.ts'))}
      import { processOwner } from ${JSON.stringify(join(import.meta.dirname, 'owner.ts'))}
      const big = ${JSON.stringify(big)}
      const store = createDraftStore({ folder: ${JSON.stringify(folder)}, owner: processOwner('test'), clock: () => Date.now() })
      for (let at = Number(process.argv[1]); ; at++) {
        const tables = big.tables.map((each) => ({ ...each, comment: String(at) }))
        await store.keep({ ...${JSON.stringify(update(big))}, saved: big, savedOrder: big.tables.map(({ id }) => id), model: { ...big, tables } })
        process.stdout.write(at + '\\n')
      }`
    let last = 0
    for (let kill = 0; kill < 6; kill++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, String(last + 1)], { stdio: ['ignore', 'pipe', 'inherit'] })
      let said = ''
      child.stdout.on('data', (part: Buffer) => (said += part.toString()))
      await once(child.stdout, 'data')
      await new Promise((resolve) => setTimeout(resolve, (kill * 7) % 40))
      child.kill('SIGKILL')
      await once(child, 'close')
      const told = Number(said.trim().split('\n').at(-1))
      const store = open()
      expect((await store.list('window02', null)).map(({ id }) => id)).toEqual(['draft0001'])
      const comments = new Set((await store.read('draft0001'))?.model.tables.map(({ comment }) => Number(comment)))
      expect(comments.size).toBe(1)
      ;[last = 0] = comments
      // What was answered is on disk; one more may be.
      expect([told, told + 1]).toContain(last)
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.broken'))).toEqual([])
  })
})

async function bornOf(pid: number): Promise<string> {
  const source = await readFile(`/proc/${pid}/stat`, 'utf8')
  return source.slice(source.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
