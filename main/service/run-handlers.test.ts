import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultOptions } from '../../app/commands/preview.ts'
import { everything } from '../../app/commands/selection.ts'
import { field, model, table } from '../../app/model/build.ts'
import { openTestService } from './testing/carriers.ts'

let home: Awaited<ReturnType<typeof openTestService>>
beforeEach(async () => {
  home = await openTestService()
})
afterEach(() => home.dispose())

it('a run of one database is neither undone, resumed, shown nor dropped in another, and leaves no record there', async () => {
  const { handlers, listen } = home.service
  const path = join(home.folder, 'other.db')
  new Database(path).exec('CREATE TABLE plain (id INTEGER PRIMARY KEY)')
  const other = await handlers['target.add']({ name: 'other', url: `sqlite:${path}`, tag: 'development', policy: 'free' })
  const ended = new Promise<void>((resolve) => {
    listen((event) => {
      if (event.kind === 'run.ended') resolve()
    })
  })
  const wanted = model(table('item', field('id', 'bigint', { primaryKey: true })))
  const { plan } = await handlers['plan.make']({ target: 'sample', command: 'create', model: wanted, selection: everything, options: defaultOptions })
  const { runId } = await handlers['plan.run']({ hash: plan?.hash ?? '', target: 'sample' })
  await ended
  const place = { runId, target: other.id }
  const refused = { code: 'RUN_ELSEWHERE' }
  await expect(handlers['run.undo'](place)).rejects.toMatchObject(refused)
  await expect(handlers['run.resume'](place)).rejects.toMatchObject(refused)
  await expect(handlers['run.preview']({ ...place, action: 'undo' })).rejects.toMatchObject(refused)
  await expect(handlers['backups.drop']({ target: other.id, runs: [runId], accept: [] })).rejects.toMatchObject(refused)
  expect(new Database(path).prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['plain'])
  expect((await handlers['run.preview']({ runId, action: 'undo' })).groups).toHaveLength(1)
}, 60_000)
