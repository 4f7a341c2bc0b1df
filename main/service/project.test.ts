import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Arguments, CallName, Result } from '../../app/api/api.ts'
import { defaultOptions } from '../../app/commands/preview.ts'
import { everything } from '../../app/commands/selection.ts'
import { field, model, table } from '../../app/model/build.ts'
import { createService } from './service.ts'
import type { Service } from './service.ts'

const people = model(table('person', field('id', 'bigint', { primaryKey: true })))

let folder: string
let service: Service
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metamigrate-project-'))
  for (const name of ['ours', 'theirs']) {
    await mkdir(join(folder, name, 'model'), { recursive: true })
    await writeFile(join(folder, name, 'metamigrate.yaml'), `model: model\nconnections:\n  main: { url: "sqlite:${name}.db" }\n`)
    await writeFile(join(folder, name, 'model', 'fields.csv'), 'TABLE_NAME,COLUMN_NAME,DATA_TYPE\nperson,id,int\n')
  }
  service = createService({ dataDir: join(folder, 'data'), env: {}, host: 'web', startPath: join(folder, 'ours'), folder })
})
afterEach(async () => {
  await service.close()
  await rm(folder, { recursive: true, force: true })
})

async function call<K extends CallName>(name: K, args: Arguments<K>): Promise<Result<K>> {
  const reply = await service.dispatch(name, args)
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`)
  return reply.value as Result<K>
}

describe('a project given at start', () => {
  it('has its databases known before its model is opened', async () => {
    expect((await call('app.start', {})).defaultTarget).toBe('project:main')
    expect((await call('target.list', {})).map(({ id }) => id)).toEqual(['project:main', 'sample'])
  })

  it('is told about by opening it when its file cannot be read', async () => {
    await rm(join(folder, 'ours', 'metamigrate.yaml'))
    await mkdir(join(folder, 'ours', 'metamigrate.yaml'))
    const { initial, defaultTarget } = await call('app.start', {})
    expect(defaultTarget).toBe('sample')
    expect((await service.dispatch('model.open', { handle: initial })).ok).toBe(false)
  })
})

describe('another project opened', () => {
  it('gets nothing of a plan that was made for a database of the same name', async () => {
    await call('app.start', {})
    const { plan } = await call('plan.make', {
      target: 'project:main',
      command: 'create',
      model: people,
      selection: everything,
      options: defaultOptions,
    })
    const { entries } = await call('files.list', { handle: null })
    await call('model.open', { handle: entries.find(({ name }) => name === 'theirs')?.handle ?? '' })
    const reply = await service.dispatch('plan.run', { hash: plan?.hash, target: 'project:main' })
    expect(reply).toMatchObject({ ok: false, error: { code: 'PLAN_UNKNOWN' } })
    expect(await readdir(join(folder, 'theirs'))).not.toContain('theirs.db')
  })
})

describe('choices of a project about a flavor', () => {
  it('are in the plan for its database, and run; a version is the server\'s own', async () => {
    await writeFile(join(folder, 'ours', 'metamigrate.yaml'), 'model: model\nflavors:\n  sqlite: { quoting: needed, version: 3.40 }\nconnections:\n  main: { url: "sqlite:ours.db" }\n')
    const { initial } = await call('app.start', {})
    expect((await call('model.open', { handle: initial })).flavors).toEqual({ sqlite: { quoting: 'needed', version: '3.40' } })
    const { plan } = await call('plan.make', { target: 'project:main', command: 'create', model: people, selection: everything, options: defaultOptions })
    expect(plan?.groups.flatMap(({ steps }) => steps.map(({ text }) => text)).filter((text) => text.startsWith('CREATE TABLE'))).toEqual(['CREATE TABLE person (\n  id BIGINT NOT NULL,\n  PRIMARY KEY (id)\n)'])
    const { runId } = await call('plan.run', { hash: plan?.hash ?? '', target: 'project:main' })
    await expect.poll(async () => (await call('run.get', { runId })).summary.state).toBe('done')
  })

  it('that a flavor refuses are told with line, key and values, and left out', async () => {
    await writeFile(join(folder, 'ours', 'metamigrate.yaml'), 'model: model\nflavors:\n  sqlite: { quoting: often }\n')
    const { findings, flavors } = await call('model.open', { handle: (await call('app.start', {})).initial })
    expect(flavors).toEqual({ sqlite: {} })
    expect(findings).toEqual([
      { code: 'PROJECT_VALUE', severity: 'error', path: { file: 'metamigrate.yaml', row: 3, property: 'flavors.sqlite.quoting' }, message: 'metamigrate.yaml, line 3, flavors.sqlite.quoting: sqlite.quoting is one of always, needed, not "often".' },
    ])
  })
})
