import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Arguments, CallName, Result } from '../../app/api/api.ts'
import { field, model, table } from '../../app/model/build.ts'
import { openTestService } from './testing/carriers.ts'

const people = model(table('person', field('id', 'bigint', { primaryKey: true })))

let home: Awaited<ReturnType<typeof openTestService>>
beforeEach(async () => {
  home = await openTestService()
})
afterEach(() => home.dispose())

async function call<K extends CallName>(name: K, args: Arguments<K>): Promise<Result<K>> {
  const reply = await home.service.dispatch(name, args)
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`)
  return reply.value as Result<K>
}
const codeOf = async <K extends CallName>(name: K, args: Arguments<K>) => {
  const reply = await home.service.dispatch(name, args)
  return reply.ok ? 'ok' : reply.error.code
}
async function handleOf(name: string): Promise<string> {
  const { entries } = await call('files.list', { handle: null })
  const entry = entries.find((one) => one.name === name)
  if (entry === undefined) throw new Error(`no ${name}`)
  return entry.handle
}
const here = async () => (await call('files.list', { handle: null })).handle
const text = (name: string) => readFile(join(home.folder, name), 'utf8')

describe('model.save', () => {
  it('writes over nothing that was only shown in a list', async () => {
    await writeFile(join(home.folder, 'profile'), 'mine')
    await mkdir(join(home.folder, 'tables'))
    await writeFile(join(home.folder, 'tables', 'keys.csv'), 'mine')
    for (const name of ['profile', 'tables'])
      expect(await codeOf('model.save', { handle: await handleOf(name), model: people })).toBe('BAD_HANDLE')
    expect([await text('profile'), await text('tables/keys.csv')]).toEqual(['mine', 'mine'])
  })

  it('writes where a model was opened', async () => {
    await writeFile(join(home.folder, 'people.csv'), 'TABLE_NAME,COLUMN_NAME,DATA_TYPE\nperson,id,int\n')
    const { handle } = await call('model.open', { handle: await handleOf('people.csv') })
    expect(await call('model.save', { handle: handle ?? '', model: people })).toMatchObject({ files: ['people.csv'] })
  })
})

describe('model.saveAs', () => {
  it('asks before it replaces any file of a folder, also one that holds no whole model', async () => {
    await mkdir(join(home.folder, 'tables'))
    await writeFile(join(home.folder, 'tables', 'keys.csv'), 'mine')
    expect(await codeOf('model.saveAs', { folder: await here(), name: 'tables', model: people })).toBe('ALREADY_EXISTS')
    expect(await text('tables/keys.csv')).toBe('mine')
    expect(await codeOf('model.saveAs', { folder: await here(), name: 'tables', model: people, overwrite: true })).toBe('ok')
  })

  it('asks for another name where a file has that of a folder, and a folder that of a file', async () => {
    await writeFile(join(home.folder, 'notes'), 'mine')
    await mkdir(join(home.folder, 'folder.csv'))
    for (const overwrite of [false, true])
      for (const name of ['notes', 'folder.csv'])
        expect(await codeOf('model.saveAs', { folder: await here(), name, model: people, overwrite })).toBe('BAD_NAME')
    expect(await text('notes')).toBe('mine')
  })
})
