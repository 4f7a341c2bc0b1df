import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiEvent, Arguments, CallName, Reply, Result } from '../../app/api/api.ts'
import { defaultOptions } from '../../app/commands/preview.ts'
import { everything } from '../../app/commands/selection.ts'
import { field, model, table } from '../../app/model/build.ts'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import { createService } from './service.ts'
import { opener } from './testing/target.ts'

const canary = 'c4n4ry/p4ss@w0rd%'

let server: SharedPostgres
let database: string
let folder: string
beforeAll(async () => {
  server = await sharedPostgres()
  database = await server.createDatabase()
  folder = await mkdtemp(join(tmpdir(), 'metamigrate-secret-'))
  const admin = await (await opener('postgres', database))()
  await admin.execute(`CREATE ROLE canary LOGIN SUPERUSER PASSWORD '${canary}'`)
  await admin.close()
})
afterAll(async () => {
  const admin = await (await opener('postgres', server.url))()
  await admin.execute(`DROP DATABASE ${new URL(database).pathname.slice(1)} WITH (FORCE)`)
  await admin.execute('DROP ROLE canary')
  await admin.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('a password', () => {
  it('is in no reply, event, file or row, whatever is done with it', async () => {
    const said: (Reply<unknown> | ApiEvent)[] = []
    const service = createService({
      dataDir: folder,
      env: {},
      host: 'web',
      startPath: null,
      folder,
      unexpected: (_, error) => said.push({ ok: false, error: { code: '', message: String(error), details: {} } }),
    })
    service.listen((event) => said.push(event))
    const ends = (times: number) =>
      expect.poll(() => said.filter((one) => 'kind' in one && one.kind === 'run.ended').length, { timeout: 20_000 }).toBe(times)
    const send = async <K extends CallName>(name: K, args: Arguments<K>): Promise<Reply<Result<K>>> => {
      const reply = (await service.dispatch(name, args)) as Reply<Result<K>>
      said.push(reply)
      return reply
    }
    const valueOf = <T>(reply: Reply<T>): T => {
      if (!reply.ok) throw new Error(reply.error.message)
      return reply.value
    }
    const address = new URL(database)
    address.username = 'canary'
    address.password = encodeURIComponent(canary)
    const { id } = valueOf(await send('target.add', { name: 'canary', url: address.href, tag: 'development', policy: 'free' }))
    const people = model(table('person', field('id', 'bigint', { primaryKey: true }), field('name', 'text')))
    const { plan } = valueOf(
      await send('plan.make', { target: id, command: 'redeploy', model: people, selection: everything, options: defaultOptions }),
    )
    const { runId } = valueOf(await send('plan.run', { hash: plan?.hash ?? '', target: id }))
    await ends(1)
    expect(valueOf(await send('run.get', { runId })).summary.state).toBe('done')
    await send('run.undo', { runId })
    await ends(2)
    await send('target.password', { id, password: `${canary}x` })
    expect(await send('target.test', { id })).toMatchObject({ ok: false, error: { code: 'AUTHENTICATION_FAILED' } })
    expect((await send('target.list', {})).ok).toBe(true)
    await service.close()

    const admin = await (await opener('postgres', database))()
    const rows: string[] = []
    for (const name of admin.dialect.bookkeeping?.tables ?? [])
      rows.push(JSON.stringify(await admin.query(`SELECT * FROM ${admin.dialect.display(name)}`)))
    await admin.close()
    expect(rows.length).toBeGreaterThan(1)
    const found = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    const files = await Promise.all(found.map(async ({ parentPath, name }) => (await readFile(join(parentPath, name))).toString('latin1')))
    expect(files.length).toBeGreaterThan(1)
    for (const text of [JSON.stringify(said), ...rows, ...files])
      for (const spelling of [canary, encodeURIComponent(canary), 'p4ss']) expect(text.includes(spelling)).toBe(false)
  })
})
