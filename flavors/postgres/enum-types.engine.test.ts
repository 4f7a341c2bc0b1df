import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TableShape } from '../../app/model/shape.ts'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import type { Connection } from '../flavor.ts'
import { driver } from './driver/index.ts'
import { rebuildSteps } from './testing/rebuild.ts'

let server: SharedPostgres
let connection: Connection

beforeAll(async () => {
  server = await sharedPostgres()
  connection = await driver.connect({ url: await server.createDatabase() })
})
afterAll(async () => {
  await connection.close()
  await server.stop()
})

const run = async (texts: readonly string[]) => {
  for (const text of texts) await connection.execute(text)
}

beforeEach(() =>
  run([
    'ROLLBACK',
    'DROP SCHEMA public CASCADE',
    'CREATE SCHEMA public',
    "CREATE TYPE mood AS ENUM ('sad', 'ok')",
    "COMMENT ON TYPE mood IS 'kept'",
    "CREATE TABLE t (id integer, m mood NOT NULL DEFAULT 'ok')",
    "INSERT INTO t VALUES (1, 'sad'), (2, 'ok')",
  ]),
)

const name = { schema: 'public', name: 't' }
const types = async () =>
  (
    await connection.query(
      "SELECT t.typname, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid), obj_description(t.oid, 'pg_type') FROM pg_type t WHERE typtype = 'e' ORDER BY 1",
    )
  ).rows
const rows = async () => (await connection.query('SELECT id, m FROM t ORDER BY id')).rows

/** `t` with other values of its enum. */
async function changed(values: readonly string[]): Promise<TableShape> {
  const catalog = await connection.introspect()
  const shape = catalog.tables.find((table) => table.shape.name === 't')?.shape
  if (shape === undefined) throw new Error('no t')
  return {
    ...shape,
    columns: shape.columns.map((column) => (column.type.kind === 'enum' ? { ...column, type: { ...column.type, values } } : column)),
  }
}

async function rebuild(values: readonly string[]) {
  const after = await changed(values)
  const catalog = await connection.introspect()
  const before = connection.dialect.normalize(await changed(['sad', 'ok']))
  const next = connection.dialect.normalize(after)
  const columns = next.columns.map((to, i) => ({ to, from: before.columns[i] ?? null }))
  return rebuildSteps(connection, catalog, [{ name, after, columns }])
}

describe('enum types on PostgreSQL', () => {
  it('read back with their name and values', async () => {
    expect((await changed(['sad', 'ok'])).columns[1]?.type).toEqual({ kind: 'enum', name: 'mood', values: ['sad', 'ok'] })
  })

  it('stay as they are when their values do', async () => {
    const { steps, cleanup } = await rebuild(['sad', 'ok'])
    await run([...steps.map(({ text }) => text), ...cleanup, 'COMMIT'])
    expect(await types()).toEqual([['mood', 'sad,ok', 'kept']])
    expect(await rows()).toEqual([
      ['1', 'sad'],
      ['2', 'ok'],
    ])
  })

  it('step aside when their values change, and go with the backup', async () => {
    const { steps, cleanup } = await rebuild(['awful', 'sad', 'ok'])
    await run(steps.map(({ text }) => text))
    expect((await types()).map(([, values]) => values)).toEqual(['awful,sad,ok', 'sad,ok'])
    await run([...cleanup, 'COMMIT'])
    expect(await types()).toEqual([['mood', 'awful,sad,ok', null]])
    expect(await rows()).toEqual([
      ['1', 'sad'],
      ['2', 'ok'],
    ])
  })

  it('come back with an undo, comment and all', async () => {
    const { steps } = await rebuild(['awful', 'sad', 'ok'])
    await run([...steps.map(({ text }) => text), 'COMMIT', 'BEGIN', ...steps.toReversed().flatMap(({ undo }) => undo), 'COMMIT'])
    expect(await types()).toEqual([['mood', 'sad,ok', 'kept']])
    expect(await rows()).toEqual([
      ['1', 'sad'],
      ['2', 'ok'],
    ])
  })

  it('come back one after another when two redeploys with kept backups are undone', async () => {
    const first = await rebuild(['awful', 'sad', 'ok'])
    await run([...first.steps.map(({ text }) => text), 'ALTER TABLE t__mm_0a1b2c3d RENAME TO kept', 'COMMIT'])
    const second = await rebuild(['sad', 'ok', 'great'])
    await run([...second.steps.map(({ text }) => text), 'COMMIT'])
    await run(['BEGIN', ...second.steps.toReversed().flatMap(({ undo }) => undo), 'COMMIT'])
    expect((await types()).map(([, values]) => values)).toEqual(['awful,sad,ok', 'sad,ok'])
    await run(['BEGIN', 'ALTER TABLE kept RENAME TO t__mm_0a1b2c3d', ...first.steps.toReversed().flatMap(({ undo }) => undo), 'COMMIT'])
    expect(await types()).toEqual([['mood', 'sad,ok', 'kept']])
  })

  it('refuse other values while a second table or a function uses them, and nothing is changed', async () => {
    await connection.execute('CREATE TABLE other (m mood)')
    const { steps } = await rebuild(['sad', 'ok', 'great'])
    await expect(run(steps.map(({ text }) => text))).rejects.toMatchObject({
      code: 'HAS_DEPENDENTS',
      message: expect.stringContaining('"public"."mood" has other values, and more than one table or function uses it'),
    })
    await run(['ROLLBACK', 'DROP TABLE other', "CREATE FUNCTION f(mood) RETURNS integer LANGUAGE sql AS 'SELECT 1'"])
    await expect(run(steps.map(({ text }) => text))).rejects.toMatchObject({ code: 'HAS_DEPENDENTS' })
    await connection.execute('ROLLBACK')
    expect(await types()).toEqual([['mood', 'sad,ok', 'kept']])
  })

  it('are made with a new table, and gone when that is undone or dropped', async () => {
    const shape = { ...(await changed(['new', 'old'])), name: 'fresh' }
    const typed: TableShape = {
      ...shape,
      columns: shape.columns.map((column) =>
        column.type.kind === 'enum' ? { ...column, default: null, type: { ...column.type, name: null } } : column,
      ),
    }
    const statements = connection.dialect.statements({ kind: 'createTable', shape: typed, references: false })
    await run(statements.map(({ text }) => text))
    expect((await types()).map(([type]) => type)).toEqual(['fresh_m', 'mood'])
    await run(statements.toReversed().flatMap(({ undo }) => undo ?? []))
    expect((await types()).map(([type]) => type)).toEqual(['mood'])
    await run(statements.map(({ text }) => text))
    await run(connection.dialect.statements({ kind: 'dropTable', shape: typed }).map(({ text }) => text))
    expect((await types()).map(([type]) => type)).toEqual(['mood'])
  })
})
