import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiEvent, Arguments, CallName, OpenedModel, Reply, Result } from '../../app/api/api.ts'
import { defaultOptions } from '../../app/commands/preview.ts'
import { everything } from '../../app/commands/selection.ts'
import { field, model, table } from '../../app/model/build.ts'
import type { Model } from '../../app/model/model.ts'
import type { RunDetail, RunSummary } from '../../app/run/report.ts'
import { schemas } from './schemas.ts'
import { carriers, openTestService } from './testing/carriers.ts'
import type { Carrier } from './testing/carriers.ts'

const canary = 'c4n4ry-p4ssw0rd'
const people = model(table('person', field('id', 'bigint', { primaryKey: true }), field('name', 'text')))

const codeOf = (reply: Reply<unknown>): string => (reply.ok ? 'ok' : reply.error.code)

/** Everything that all faces promise, over each carrier alike. */
describe.each(carriers)('the API %s', (_, open) => {
  let carrier: Carrier
  let home: Awaited<ReturnType<typeof openTestService>>
  const heard: ApiEvent[] = []
  let stop: () => Promise<void>

  beforeAll(async () => {
    home = await openTestService()
    carrier = await open(home.service)
    stop = await carrier.listen((event) => heard.push(event))
  })
  afterAll(async () => {
    await stop()
    await carrier.close()
    await home.dispose()
  })

  async function call<K extends CallName>(name: K, args: Arguments<K>): Promise<Result<K>> {
    const reply = await carrier.send(name, args)
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`)
    return reply.value as Result<K>
  }
  const fails = async <K extends CallName>(name: K, args: Arguments<K>) => codeOf(await carrier.send(name, args))
  const planOf = (wanted: Model, target = 'sample') =>
    call('plan.make', { target, command: 'redeploy', model: wanted, selection: everything, options: defaultOptions })
  async function ended(runId: string): Promise<RunSummary> {
    return expect
      .poll(() => heard.find((event) => event.kind === 'run.ended' && event.run.id === runId), { timeout: 10_000 })
      .toBeDefined()
      .then(() => {
        const event = heard.findLast((one) => one.kind === 'run.ended' && one.run.id === runId)
        if (event?.kind !== 'run.ended') throw new Error('no end')
        return event.run
      })
  }

  it('starts with the sample and its database', async () => {
    expect(await call('app.start', {})).toMatchObject({ host: 'web', initial: null, recent: [], defaultTarget: 'sample' })
    const opened = await call('model.open', { handle: null })
    expect([opened.handle, opened.model.tables.length > 3, opened.findings]).toEqual([null, true, []])
    expect(await call('target.list', {})).toMatchObject([
      { id: 'sample', flavor: 'sqlite', tag: 'development', policy: 'free', origin: 'sample', needsPassword: false },
    ])
  })

  it('keeps settings', async () => {
    await call('settings.set', { key: 'theme', value: { dark: true, at: [1, null] } })
    expect((await call('app.start', {})).settings).toEqual({ theme: { dark: true, at: [1, null] } })
    expect(JSON.parse(await readFile(join(home.dataDir, 'settings.json'), 'utf8'))).toEqual({ theme: { dark: true, at: [1, null] } })
  })

  it('saves, lists and opens by handles alone', async () => {
    await mkdir(join(home.folder, 'work'))
    const listing = await call('files.list', { handle: null })
    const work = listing.entries.find(({ name }) => name === 'work')
    expect([listing.path, work?.kind, work?.isModel]).toEqual([home.folder, 'folder', false])
    const saved = await call('model.saveAs', { folder: work?.handle ?? '', name: 'clinic', model: people })
    expect(saved).toMatchObject({ title: 'clinic', location: join(home.folder, 'work', 'clinic') })
    expect(await fails('model.saveAs', { folder: work?.handle ?? '', name: 'clinic', model: people })).toBe('ALREADY_EXISTS')
    expect((await call('files.list', { handle: work?.handle ?? '' })).entries).toMatchObject([
      { name: 'clinic', kind: 'folder', isModel: true },
    ])
    const opened: OpenedModel = await call('model.open', { handle: saved.handle })
    expect(opened.model.tables.map(({ id, name, fields }) => [id, name, fields.map((one) => one.name)])).toEqual(
      people.tables.map(({ id, name, fields }) => [id, name, fields.map((one) => one.name)]),
    )
    expect(await call('model.save', { handle: saved.handle, model: opened.model })).toMatchObject({ files: [], stamp: opened.stamp })
    expect((await call('app.start', {})).recent).toMatchObject([{ title: 'clinic', handle: saved.handle }])
  })

  it('keeps drafts, offers them when their window is gone, and gives them back', async () => {
    const { handle: folder } = await call('files.list', { handle: null })
    const saved = await call('model.saveAs', { folder, name: 'drafted.csv', model: people })
    const opened = await call('model.open', { handle: saved.handle })
    expect([opened.stamp, (await call('window.pulse', { window: 'window0001', handle: saved.handle })).stamp]).toEqual([saved.stamp, saved.stamp])
    const edited = { ...opened.model, tables: opened.model.tables.map((each) => ({ ...each, comment: 'who comes' })) }
    const order = edited.tables.map(({ id }) => id)
    const draft = { id: 'draft00001', window: 'window0001', handle: saved.handle, title: 'drafted', stamp: saved.stamp, at: '2026-01-01T00:00:00.000Z', changes: ['changed person (comment)'], changeCount: 1, order, savedOrder: order, saved: opened.model }
    expect(await call('draft.keep', { ...draft, isWhole: false, model: { ...edited, tables: [] } })).toEqual({ isKept: false })
    expect(await call('draft.keep', { ...draft, isWhole: true, model: edited })).toEqual({ isKept: true })
    expect(await call('draft.list', { window: 'window0002', last: null })).toEqual([])
    await call('draft.release', { id: 'draft00001' })
    const [info] = await call('draft.list', { window: 'window0002', last: null })
    expect(info).toEqual({ id: 'draft00001', title: 'drafted', location: join(home.folder, 'drafted.csv'), at: draft.at, changes: draft.changes, changeCount: 1, handle: saved.handle, isCurrent: true })
    expect(await call('draft.read', { id: 'draft00001' })).toEqual({ info, saved: opened.model, model: edited, stamp: saved.stamp })
    await writeFile(join(home.folder, 'drafted.csv'), 'TABLE_NAME,COLUMN_NAME,DATA_TYPE\nperson,id,int64\n')
    expect((await call('draft.list', { window: 'window0002', last: null }))[0]?.isCurrent).toBe(false)
    expect((await call('window.pulse', { window: 'window0001', handle: saved.handle })).stamp).not.toBe(saved.stamp)
    await call('draft.discard', { id: 'draft00001' })
    expect([await call('draft.list', { window: 'window0002', last: null }), await fails('draft.read', { id: 'draft00001' })]).toEqual([[], 'DRAFT_NOT_FOUND'])
    for (const id of ['../../etc', 'a.b', '', 'x'.repeat(65)]) expect(await fails('draft.discard', { id })).toBe('BAD_ARGUMENTS')
  })

  it('saves only over the files that the window knows, when it says which', async () => {
    const { handle: folder } = await call('files.list', { handle: null })
    const { handle, stamp } = await call('model.saveAs', { folder, name: 'shared.csv', model: people })
    const theirs = 'TABLE_NAME,COLUMN_NAME,DATA_TYPE\nother,id,int64\n'
    await writeFile(join(home.folder, 'shared.csv'), theirs)
    expect(await fails('model.save', { handle, model: people, stamp })).toBe('CHANGED_ON_DISK')
    expect(await readFile(join(home.folder, 'shared.csv'), 'utf8')).toBe(theirs)
    const now = (await call('window.pulse', { window: 'window0001', handle })).stamp
    expect((await call('model.save', { handle, model: people, stamp: now })).stamp).toBe(stamp)
  })

  it('imports files that were dropped on the window', async () => {
    const csv = 'table_name;column_name;data_type\nperson;id;int\n'
    const { handle, model: imported } = await call('model.import', {
      files: [{ name: 'people.csv', base64: Buffer.from(csv).toString('base64') }],
    })
    expect([handle, imported.tables.map(({ name }) => name)]).toEqual([null, ['person']])
    expect(await fails('model.import', { files: [{ name: 'a.csv', base64: Buffer.from([0x1f, 0x8b, 8]).toString('base64') }] })).toBe(
      'CSV_NOT_TEXT',
    )
  })

  it('plans, runs, tells, proves and undoes', async () => {
    const { plan } = await planOf(people)
    expect(plan?.groups.length).toBe(1)
    const { runId } = await call('plan.run', { hash: plan?.hash ?? '', target: 'sample' })
    expect(await ended(runId)).toMatchObject({ state: 'done' })
    expect(heard.filter((event) => event.kind === 'step.ended' && event.runId === runId).length).toBeGreaterThan(0)
    const detail: RunDetail = await call('run.get', { runId })
    expect([detail.summary.state, detail.plan.hash, detail.receipt.tables.map(({ action }) => action)]).toEqual([
      'done',
      plan?.hash,
      ['create'],
    ])
    expect((await call('run.list', {})).map(({ id }) => id)).toEqual([runId])
    expect((await call('target.shapes', { id: 'sample' })).tables.map(({ name }) => name)).toEqual(['person'])
    expect((await call('model.fromTarget', { target: 'sample' })).model.tables.map(({ name }) => name)).toEqual(['person'])
    heard.length = 0
    await call('run.undo', { runId })
    expect(await ended(runId)).toMatchObject({ state: 'undone' })
    expect((await call('target.shapes', { id: 'sample' })).tables).toEqual([])
  })

  it('runs a plan that it made, once, on the target it was made for', async () => {
    const { plan } = await planOf(people)
    const hash = plan?.hash ?? ''
    expect(await fails('plan.run', { hash: 'a'.repeat(64), target: 'sample' })).toBe('PLAN_UNKNOWN')
    const other = await call('target.add', { name: 'other', url: 'sqlite:other.db', tag: 'test', policy: 'free' })
    expect(await fails('plan.run', { hash, target: other.id })).toBe('PLAN_UNKNOWN')
    const { runId } = await call('plan.run', { hash, target: 'sample' })
    await ended(runId)
    expect(await fails('plan.run', { hash, target: 'sample' })).toBe('PLAN_UNKNOWN')
    expect(await fails('run.cancel', { runId })).toBe('RUN_NOT_ACTIVE')
    await call('target.remove', { id: other.id })
  })

  it('refuses by policy: read-only always, confirm and production without the name of the database', async () => {
    const guarded = async (tag: 'production' | 'test', policy: 'free' | 'confirm' | 'read-only') =>
      (await call('target.add', { name: `${tag} ${policy}`, url: `sqlite:${tag}-${policy}.db`, tag, policy })).id
    for (const [tag, policy] of [
      ['production', 'free'],
      ['test', 'confirm'],
    ] as const) {
      const target = await guarded(tag, policy)
      const { plan } = await planOf(people, target)
      const hash = plan?.hash ?? ''
      expect(await fails('plan.run', { hash, target })).toBe('CONFIRM_NEEDED')
      expect(await fails('plan.run', { hash, target, confirm: 'wrong' })).toBe('CONFIRM_NEEDED')
      const { runId } = await call('plan.run', { hash, target, confirm: `${tag}-${policy}.db` })
      expect(await ended(runId)).toMatchObject({ state: 'done' })
    }
    await writeFile(join(home.folder, 'test-read-only.db'), '')
    const target = await guarded('test', 'read-only')
    const { plan } = await planOf(people, target)
    expect(await fails('plan.run', { hash: plan?.hash ?? '', target, confirm: 'test-read-only.db' })).toBe('TARGET_READ_ONLY')
    expect(await fails('target.remove', { id: 'sample' })).toBe('TARGET_FIXED')
  })

  it('writes no password and sends none back', async () => {
    const added = await call('target.add', {
      name: 'server',
      url: `postgres://app:${canary}@127.0.0.1:1/clinic`,
      tag: 'test',
      policy: 'free',
    })
    expect([added.url, added.needsPassword]).toEqual(['postgres://app@127.0.0.1:1/clinic', false])
    const replies = [
      await carrier.send('target.list', {}),
      await carrier.send('target.test', { id: added.id }),
      await carrier.send('target.test', { url: `postgres://app:${canary}@127.0.0.1:1/clinic` }),
      await carrier.send('target.test', { url: `postgres://app:${canary}/x@127.0.0.1:1/clinic` }),
      await carrier.send('target.test', { url: `mysql://app:${canary}@127.0.0.1:1/clinic` }),
      await carrier.send('target.add', { name: 'later', url: `mssql://app:${canary}@127.0.0.1:1/clinic`, tag: 'test', policy: 'free' }),
      await carrier.send('target.test', { url: `db2://app:${canary}@127.0.0.1:1/clinic` }),
      await carrier.send('target.add', { name: canary, url: 'x', password: canary, tag: 'test', policy: 'free' }),
      await carrier.send('target.password', { id: added.id, password: canary }),
    ]
    expect(replies.slice(1, 8).map(codeOf)).toEqual(['CONNECTION_FAILED', 'CONNECTION_FAILED', 'BAD_URL', 'FLAVOR_UNSUPPORTED', 'FLAVOR_UNSUPPORTED', 'SCHEME_UNKNOWN', 'BAD_URL'])
    expect(JSON.stringify(replies)).not.toContain(canary)
    const files = (await readdir(home.dataDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    for (const { parentPath, name } of files) expect((await readFile(join(parentPath, name))).includes(canary)).toBe(false)
    await call('target.remove', { id: added.id })
  })

  describe('with arguments that no window of ours would send', () => {
    const hostile: readonly unknown[] = [
      null,
      [],
      'x',
      1,
      true,
      { extra: 1 },
      { handle: '/etc/passwd', model: people },
      { handle: {} },
      { id: ['sample'] },
      { target: 'sample', toString: 'x' },
      JSON.parse('{"__proto__":{"handle":null}}'),
      { hash: '../x', target: 'sample' },
      { model: { name: 'x', tables: [{}] } },
    ]
    it.each(Object.keys(schemas))('%s refuses them', async (name) => {
      for (const args of hostile) expect(['BAD_ARGUMENTS', 'BAD_HANDLE']).toContain(codeOf(await carrier.send(name, args)))
    })
    it.each(['__proto__', 'toString', 'constructor', 'valueOf', 'app', 'nothing', 'model.open '])('there is no call %s', async (name) => {
      expect(codeOf(await carrier.send(name, {}))).toBe('UNKNOWN_CALL')
    })
    it.each(['', '/etc', '..', 'x'.repeat(43)])('a handle that nobody gave opens nothing: "%s"', async (handle) => {
      expect(['BAD_HANDLE', 'BAD_ARGUMENTS']).toContain(await fails('model.open', { handle }))
      expect(['BAD_HANDLE', 'BAD_ARGUMENTS']).toContain(await fails('files.list', { handle }))
      expect(['BAD_HANDLE', 'BAD_ARGUMENTS']).toContain(await fails('model.save', { handle, model: people }))
    })
    it.each(['../x', 'a/b', 'a\\b', '.hidden', '..', 'con', 'nul.csv', 'x\u0000', 'x\n', 'a:b', 'x.', 'x '])(
      'no file is named %j',
      async (name) => {
        const { handle } = await call('files.list', { handle: null })
        expect(await fails('model.saveAs', { folder: handle, name, model: people })).toBe('BAD_NAME')
      },
    )
    it('a model with two tables of one id is none', async () => {
      const [one] = people.tables
      expect(
        await fails('plan.make', {
          target: 'sample',
          command: 'create',
          model: { ...people, tables: one === undefined ? [] : [one, one] },
          selection: everything,
          options: defaultOptions,
        }),
      ).toBe('BAD_ARGUMENTS')
    })
  })
})
