import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, table } from '../../app/model/build.ts'
import type { Model } from '../../app/model/model.ts'
import { listRuns } from '../../app/run/list.ts'
import { resumeRun } from '../../app/run/resume.ts'
import { runPlan } from '../../app/run/start.ts'
import { undoRun } from '../../app/run/undo.ts'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import { postgresTarget, sqliteTarget } from './testing/target.ts'
import type { TestTarget } from './testing/target.ts'
import { change, changeField, newField } from './testing/story.ts'
import { workbench } from './testing/workbench.ts'
import type { Workbench } from './testing/workbench.ts'

let server: SharedPostgres
beforeAll(async () => {
  server = await sharedPostgres()
})
afterAll(() => server.stop())

const engines: readonly (readonly [string, () => Promise<TestTarget>])[] = [
  ['SQLite', sqliteTarget],
  ['PostgreSQL', () => postgresTarget(server)],
]

const parent = (index: number) => (index % 10 === 0 ? [] : [field('parent', 'int64', { references: `t${index - 1}.id` })])
const lost = () => Promise.reject(new Error('gone'))

const two: Model = {
  name: 'two',
  tables: [
    table('a', field('id', 'int64', { primaryKey: true, nullable: false }), field('x', 'text'), field('y', 'text')),
    table('b', field('id', 'int64', { primaryKey: true, nullable: false }), field('x', 'text')),
  ],
}

describe.each(engines)('the run engine on %s', (_name, makeTarget) => {
  const within = async (work: (bench: Workbench) => Promise<void>) => {
    const bench = workbench(await makeTarget())
    try {
      await work(bench)
    } finally {
      await bench.close()
    }
  }

  it('creates 1,000 tables, finds them unchanged, and rebuilds the one that changed', () =>
    within(async (bench) => {
      const fields = [
        field('id', 'int64', { primaryKey: true, nullable: false }),
        ...Array.from({ length: 9 }, (_, index) => field(`f${index}`, 'text')),
      ]
      const model: Model = {
        name: 'many',
        tables: Array.from({ length: 1000 }, (_, index) => table(`t${index}`, ...fields, ...parent(index))),
      }
      const { run } = await bench.deploy('create', model)
      expect(run.groups).toEqual({ total: 1000, committed: 1000 })
      const changed = change(model, 't500', (one) => changeField(one, 'f0', { name: 'first' }))
      const { plan } = await bench.deploy('redeploy', changed)
      expect(plan.groups.map((group) => group.tables.map(({ name }) => name.name))).toEqual([['t500']])
      expect(plan.unchanged.length).toBe(999)
    }))

  it('undoes runs only from the last one backwards', () =>
    within(async (bench) => {
      await bench.deploy('create', two)
      const once = change(two, 'a', (a) => changeField(a, 'x', { name: 'x2' }))
      const first = await bench.deploy('redeploy', once)
      const second = await bench.deploy(
        'redeploy',
        change(once, 'a', (a) => changeField(a, 'x', { name: 'x3' })),
      )
      await expect(undoRun(first.run.id, bench.context())).rejects.toMatchObject({ code: 'UNDO_OUT_OF_ORDER' })
      expect((await undoRun(second.run.id, bench.context())).state).toBe('undone')
      expect((await undoRun(first.run.id, bench.context())).state).toBe('undone')
      expect(await bench.target.rows('SELECT x, y FROM a')).toEqual([])
    }))

  it('follows PREVIOUS_NAME once, a swap too, though the model keeps saying it', () =>
    within(async (bench) => {
      await bench.deploy('create', two)
      await bench.target.run(`INSERT INTO a (id, x, y) VALUES (1, 'was x', 'was y')`)
      let generation = 0
      // A model without stored ids has new ones each time it is loaded.
      const loaded = (): Model => {
        const mark = `g${++generation}.`
        const swapped = change(two, 'a', (a) => changeField(changeField(a, 'x', { previousName: 'y' }), 'y', { previousName: 'x' }))
        return {
          ...swapped,
          tables: swapped.tables.map((one) => ({
            ...one,
            id: mark + one.id,
            fields: one.fields.map((item) => ({ ...item, id: mark + item.id })),
            keys: one.keys.map((key) => ({ ...key, fields: key.fields.map((id) => mark + id) })),
          })),
        }
      }
      await bench.deploy('redeploy', loaded())
      expect(await bench.target.rows('SELECT x, y FROM a')).toEqual([['was y', 'was x']])
      expect((await bench.plan('redeploy', loaded())).plan?.groups).toEqual([])
    }))

  it('refuses a table that is in the way until its loss is accepted, and keeps its rows then', () =>
    within(async (bench) => {
      await bench.deploy('create', two)
      await bench.target.run('CREATE TABLE c (id bigint PRIMARY KEY, note text)', `INSERT INTO c VALUES (1, 'mine')`)
      const model = change({ ...two, tables: two.tables.filter(({ id }) => id === 'a') }, 'a', (a) => ({ ...a, name: 'c' }))
      expect((await bench.plan('redeploy', model)).findings.map(({ code, severity }) => [code, severity])).toContainEqual([
        'MM102',
        'error',
      ])
      const { run } = await bench.deploy('redeploy', model, { accept: ['MM102'] })
      expect(await bench.target.rows('SELECT x FROM c')).toEqual([])
      await undoRun(run.id, bench.context())
      expect(await bench.target.rows('SELECT note FROM c')).toEqual([['mine']])
    }))

  it('goes on from the local store when the target lost its record', () =>
    within(async (bench) => {
      await bench.deploy('create', two)
      await bench.target.run(`INSERT INTO a (id, x) VALUES (1, 'one')`, `INSERT INTO b (id, x) VALUES (2, 'two')`)
      const model = change(
        change(two, 'a', (a) => changeField(a, 'x', { name: 'z' })),
        'b',
        (b) => changeField(b, 'x', { name: 'z' }),
      )
      const { plan } = await bench.plan('redeploy', model)
      if (plan === null) throw new Error('no plan')
      const cancel = new AbortController()
      const stopped = await runPlan({
        ...bench.context(),
        plan,
        signal: cancel.signal,
        emit: (event) => event.kind === 'group.committed' && cancel.abort(),
      })
      expect(stopped.groups).toEqual({ total: 2, committed: 1 })
      const connection = await bench.target.open()
      const own = connection.dialect.bookkeeping?.tables.map((name) => connection.dialect.display(name)) ?? []
      await connection.close()
      await bench.target.run(...own.map((name) => `DROP TABLE ${name}`))
      expect((await resumeRun(stopped.id, bench.context())).state).toBe('done')
      expect(await bench.target.rows('SELECT a.z, b.z FROM a, b')).toEqual([['one', 'two']])
      expect((await undoRun(stopped.id, bench.context())).state).toBe('undone')
      expect(await bench.target.rows('SELECT a.x, b.x FROM a, b')).toEqual([['one', 'two']])
    }))

  it('says that a run was interrupted when its owner is dead, and lets nobody past it', () =>
    within(async (bench) => {
      await bench.deploy('create', two)
      const { plan } = await bench.plan(
        'redeploy',
        change(two, 'a', (a) => ({ ...a, fields: [...a.fields, newField('a.new', 'new')] })),
      )
      if (plan === null) throw new Error('no plan')
      const dead = { facts: { host: 'here', pid: 1, version: 'test' }, isAlive: () => false }
      // A process that dies behind its first words in the target: everything after throws, and it tells nobody.
      const gone = { ...bench.journal, update: () => undefined }
      const openConnection = async () => {
        const connection = await bench.target.open()
        return {
          ...connection,
          introspect: lost,
          execute: (text: string, parameters?: readonly (string | null)[]) =>
            text.startsWith('UPDATE') ? lost() : connection.execute(text, parameters),
        }
      }
      const stopped = await runPlan({ ...bench.context({ owner: dead }), journal: gone, openConnection, plan })
      await expect(runPlan({ ...bench.context({ owner: dead }), plan })).rejects.toMatchObject({
        code: 'RUN_CONFLICT',
        message: `Run ${stopped.id} on ${plan.groups[0]?.title ?? ''} was interrupted: resume or undo it first.`,
      })
      const connection = await bench.target.open()
      const [listed] = await listRuns({ journal: bench.journal, owner: dead, connection })
      await connection.close()
      expect(listed?.state).toBe('interrupted')
      expect((await undoRun(stopped.id, bench.context({ owner: dead }))).state).toBe('undone')
    }))
})
