import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { ownTablesOut } from '../../app/commands/plan-command.ts'
import { renderPlanText } from '../../app/commands/render-plan.ts'
import { undoRun } from '../../app/run/undo.ts'
import type { DataType } from '../../app/model/data-type.ts'
import type { Model } from '../../app/model/model.ts'
import { modelFromShapes } from '../../app/model/resolve.ts'
import { dialect } from '../../flavors/postgres/dialect/index.ts'
import { sharedPostgres, type SharedPostgres } from '../../scripts/postgres-server.ts'
import { postgresTarget, type TestTarget } from './testing/target.ts'
import { workbench, type Workbench } from './testing/workbench.ts'

let server: SharedPostgres
let ids = 0
beforeAll(async () => {
  server = await sharedPostgres()
})
afterAll(async () => {
  await server.stop()
})

const moment: DataType = { kind: 'timestamptz', precision: null }
const local: DataType = { kind: 'timestamp', precision: null }
const listOf = (element: DataType): DataType => ({ kind: 'array', element })

/** Columns with their values, what they become, and what PostgreSQL itself makes of them in a session of New York. */
const columns: readonly { readonly name: string; readonly type: string; readonly value: string; readonly to: DataType; readonly wanted: string }[] = [
  { name: 'a', type: 'timestamp', value: '2024-01-02 10:00', to: moment, wanted: '2024-01-02 10:00:00-05' },
  { name: 'b', type: 'timestamptz', value: '2024-07-02 10:00-04', to: local, wanted: '2024-07-02 10:00:00' },
  { name: 'c', type: 'date', value: '2024-07-02', to: moment, wanted: '2024-07-02 00:00:00-04' },
  { name: 'd', type: 'timestamptz', value: '2024-01-02 00:00-05', to: { kind: 'date' }, wanted: '2024-01-02' },
  { name: 'e', type: 'timestamptz', value: '2024-01-02 10:00:00.5-05', to: { kind: 'text' }, wanted: '2024-01-02 10:00:00.5-05' },
  { name: 'f', type: 'text', value: '2024-01-02 10:00:00-05', to: moment, wanted: '2024-01-02 10:00:00-05' },
  { name: 'g', type: 'timestamp[]', value: '{"2024-01-02 10:00",NULL,infinity}', to: listOf(moment), wanted: '{"2024-01-02 10:00:00-05",NULL,infinity}' },
  { name: 'h', type: 'timestamptz[]', value: '{"2024-07-02 10:00-04"}', to: listOf(local), wanted: '{"2024-07-02 10:00:00"}' },
  { name: 'i', type: 'timestamp', value: 'infinity', to: moment, wanted: 'infinity' },
  { name: 'j', type: 'timestamptz', value: '0044-03-15 14:56:02+00 BC', to: { kind: 'varchar', length: 40 }, wanted: '0044-03-15 10:00:00-04:56:02 BC' },
  { name: 'k', type: 'timestamp', value: '2024-01-02 10:00:00.1239', to: { kind: 'timestamptz', precision: 4 }, wanted: '2024-01-02 10:00:00.1239-05' },
]

async function loaded(target: TestTarget): Promise<Model> {
  const connection = await target.open()
  try {
    return modelFromShapes(ownTablesOut(await connection.introspect(), connection.dialect).tables.map(({ shape }) => shape), () => `zone${++ids}`)
  } finally {
    await connection.close()
  }
}

const retyped = (model: Model, types: Readonly<Record<string, DataType>>): Model => ({
  ...model,
  tables: model.tables.map((table) => ({ ...table, fields: table.fields.map((field) => ({ ...field, type: types[field.name] ?? field.type })) })),
})

async function newYork<T>(body: (bench: Workbench, target: TestTarget, database: string) => Promise<T>): Promise<T> {
  const target = await postgresTarget(server)
  const bench = workbench(target)
  const database = new URL(target.url).pathname.slice(1)
  try {
    await target.run(`ALTER DATABASE ${database} SET timezone = 'America/New_York'`)
    return await body(bench, target, database)
  } finally {
    await bench.close()
  }
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
const filled = [
  `CREATE TABLE t (id integer PRIMARY KEY, ${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`,
  `INSERT INTO t VALUES (1, ${columns.map(({ value }) => literal(value)).join(', ')}), (2${', NULL'.repeat(columns.length)})`,
]
const wantedTypes = Object.fromEntries(columns.map(({ name, to }) => [name, to]))

/** Row 1 as texts, read in a session of New York by a client of its own. */
async function rowOf(url: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`SET timezone = 'America/New_York'`)
    const { rows } = await client.query({ text: `SELECT ${columns.map(({ name }) => `${name}::text`).join(', ')} FROM t WHERE id = 1`, rowMode: 'array' })
    return rows[0] ?? []
  } finally {
    await client.end()
  }
}

describe('a value keeps its moment on PostgreSQL', () => {
  it('by the time zone of the database, which the finding and the statement name, and comes back with an undo', () =>
    newYork(async (bench, target) => {
      await target.run(...filled)
      const before = await target.rows('TABLE t')
      const model = retyped(await loaded(target), wantedTypes)
      const { plan, run } = await bench.deploy('redeploy', model)
      const notes = plan.findings.filter(({ code }) => code === 'MM212').map(({ severity, message }) => `${severity} ${message}`)
      expect(notes).toHaveLength(columns.length)
      expect(notes[0]).toBe('warning public.t.a: values without a time zone are read as local time of America/New_York, the time zone of this database.')
      expect(notes[1]).toBe('warning public.t.b: moments are written as local time of America/New_York, the time zone of this database.')
      expect(plan.findings.filter(({ code }) => code === 'MM101')).toEqual([])
      expect(await rowOf(target.url)).toEqual(columns.map(({ wanted }) => wanted))
      await undoRun(run.id, { ...bench.context(), acceptLoss: false })
      expect(await target.rows('TABLE t')).toEqual(before)
    }))

  it('by what is shown, in a session with any settings', () =>
    newYork(async (bench, target) => {
      await target.run(...filled)
      const { plan } = await bench.plan('redeploy', retyped(await loaded(target), wantedTypes))
      await target.leave()
      const client = new pg.Client({ connectionString: target.url })
      await client.connect()
      await client.query(`SET timezone = 'Asia/Tokyo'; SET datestyle = 'SQL, DMY'; SET intervalstyle = 'iso_8601'; SET extra_float_digits = -10`)
      await client.query(plan === null ? '' : renderPlanText(plan, dialect))
      await client.end()
      expect(await rowOf(target.url)).toEqual(columns.map(({ wanted }) => wanted))
    }))

  it('by the zone that the setting names', () =>
    newYork(async (_, target) => {
      await target.run(`CREATE TABLE t (id integer PRIMARY KEY, a timestamp)`, `INSERT INTO t VALUES (1, '2024-01-02 10:00')`)
      const connection = await target.open()
      const berlin = connection.dialect.withSettings({ timezone: 'Europe/Berlin' })
      const pair = { from: { ...anyColumn, name: 'a', type: local }, to: { ...anyColumn, name: 'a', type: moment } }
      expect(berlin.statements({ kind: 'alterColumn', table: { schema: '', name: 't' }, ...pair }).map(({ text }) => text)).toEqual([
        `ALTER TABLE "public"."t"\n  ALTER COLUMN "a" TYPE timestamp with time zone USING ("a" AT TIME ZONE 'Europe/Berlin')`,
      ])
      expect(berlin.castNote?.(local, moment)).toBe('values without a time zone are read as local time of Europe/Berlin, as the setting timezone says.')
      expect(berlin.withSettings({ quoting: 'needed' }).castNote?.(local, moment)).toContain('Europe/Berlin')
      await connection.close()
    }))

  it('and is told where the zone has no such hour, or the list is a list of lists', () =>
    newYork(async (bench, target) => {
      await target.run(`CREATE TABLE t (id integer PRIMARY KEY, a timestamp, g timestamp[])`, `INSERT INTO t VALUES (1, '2024-03-10 02:30', '{{"2024-01-02 10:00"},{"2024-01-02 11:00"}}')`)
      const { findings } = await bench.plan('redeploy', retyped(await loaded(target), { a: moment, g: listOf(moment) }))
      expect(findings.filter(({ code }) => code === 'MM101').map(({ message }) => message.split(':')[0])).toEqual(['public.t.a', 'public.t.g'])
    }))

  it('for a text without an offset too, and with the offset that a text has', () =>
    newYork(async (bench, target) => {
      const texts = ['2024-01-02 10:00', '2024-01-02', '2024-07-02T10:00:00', '2 Jan 2024 10:00 AM', '2024-01-02 10:00:00+00', '2024-01-02T15:00:00Z', '2024-01-02 10:00 Europe/Berlin', 'Tue Jan 02 10:00:00 EST 2024', '20240102T100000+0100', 'infinity', 'epoch']
      await target.run(`CREATE TABLE t (id integer PRIMARY KEY, f text)`, `INSERT INTO t VALUES ${texts.map((text, i) => `(${i}, ${literal(text)})`).join(', ')}`)
      const client = new pg.Client({ connectionString: target.url })
      await client.connect()
      await client.query(`SET timezone = 'America/New_York'`)
      const own = await client.query({ text: 'SELECT f::timestamptz::text FROM t ORDER BY id', rowMode: 'array' })
      await bench.deploy('redeploy', retyped(await loaded(target), { f: moment }), { allowLossy: true })
      const ours = await client.query({ text: 'SELECT f::text FROM t ORDER BY id', rowMode: 'array' })
      expect(ours.rows).toEqual(own.rows)
      await client.end()
    }))

  it('and never by a cast of ranges that would be read in the zone of the session', () => {
    const range = (text: string): DataType => ({ kind: 'native', flavor: 'postgres', text })
    expect([dialect.castRisk(range('tsrange'), range('tstzrange')), dialect.castRisk(range('tstzrange'), range('daterange'))]).toEqual(['impossible', 'impossible'])
    expect(dialect.castNote?.(range('tstzrange'), { kind: 'text' })).toBe('moments are written with the offset of UTC, +00.')
  })
})

const anyColumn = { nullable: true, default: null, identity: null, generated: null, comment: '', collation: '' } as const
