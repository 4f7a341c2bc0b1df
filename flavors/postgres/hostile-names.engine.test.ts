import { parse } from 'libpg-query'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import type { Connection, Operation } from '../flavor.ts'
import { dialect } from './dialect/index.ts'
import { driver } from './driver/index.ts'
import { hostileNames, impossibleNames, suffixed, tableNamed } from './testing/hostile.ts'
import { createTexts } from './testing/law.ts'
import { rebuildSteps } from './testing/rebuild.ts'

let server: SharedPostgres
let connection: Connection

beforeAll(async () => {
  server = await sharedPostgres()
  connection = await driver.connect({ url: await server.createDatabase() })
  await connection.execute('CREATE TABLE public.bystander (id integer)')
})
afterAll(async () => {
  await connection.close()
  await server.stop()
})

// What a failed test left open must not fail the next one.
afterEach(() => connection.execute('ROLLBACK'))

const run = async (texts: readonly string[]) => {
  for (const text of texts) await connection.execute(text)
}

/** Every operation on a table with a hostile name in every place. */
function operations(name: string): readonly Operation[] {
  const shape = tableNamed(name, suffixed(name))
  const table = { schema: name, name }
  const columns = shape.columns.map((column) => ({ from: column, to: column }))
  const [index] = shape.indexes
  const [reference] = shape.references
  const [key] = shape.uniques
  const [check] = shape.checks
  const [first, second] = shape.columns
  if (!index || !reference || !key || !check || !first || !second) throw new Error('the shape lacks a part')
  return [
    { kind: 'begin', tables: [table] },
    { kind: 'commit' },
    { kind: 'createSchema', schema: name },
    { kind: 'createTable', shape, references: true },
    { kind: 'dropTable', shape },
    { kind: 'renameTable', from: table, to: name },
    { kind: 'moveTable', from: table, toSchema: name },
    { kind: 'renameColumn', table, from: name, to: name },
    { kind: 'setAside', shape, to: name, remake: [] },
    { kind: 'copyTable', shape, to: name },
    { kind: 'copyRows', from: table, to: shape, columns },
    { kind: 'continueIdentity', from: table, fromShape: shape, to: shape, columns },
    { kind: 'createIndex', table, index },
    { kind: 'dropIndex', table, index },
    { kind: 'addReference', table, reference },
    { kind: 'dropReference', table, reference },
    { kind: 'addKey', table, key, primary: true },
    { kind: 'dropKey', table, key, primary: false },
    { kind: 'addCheck', table, check },
    { kind: 'dropCheck', table, check },
    { kind: 'addColumn', table, column: second },
    { kind: 'dropColumn', table, column: first },
    { kind: 'alterColumn', table, from: first, to: { ...first, type: { kind: 'text' }, identity: null, default: `'x'` } },
    { kind: 'commentTable', table, from: name, to: name },
    { kind: 'checkReferences', tables: [table] },
  ]
}

describe('hostile names on PostgreSQL', () => {
  it('give texts of one statement each, for every operation, its undo and every question', async () => {
    for (const name of hostileNames) {
      for (const operation of operations(name)) {
        for (const { text, undo } of dialect.statements(operation)) {
          for (const one of [text, ...(undo ?? [])]) expect((await parse(one)).stmts, one).toHaveLength(1)
        }
      }
      const shape = tableNamed(name, suffixed(name))
      const [column] = shape.columns
      if (column === undefined) throw new Error('no column')
      const to = { ...column, type: { kind: 'varchar', length: 3 } } as const
      for (const question of [
        { kind: 'lossyRows', table: shape, column: { from: column, to }, key: [name], limit: 3 },
        { kind: 'nullRows', table: shape, column: name, key: [], limit: 3 },
        { kind: 'anyRows', table: shape, key: [name], limit: 3 },
        { kind: 'countValues', table: shape, column: name },
        { kind: 'countRows', table: shape },
        { kind: 'digest', table: shape, columns: shape.columns.map((one) => ({ from: one, to: one })), side: 'from' },
      ] as const) {
        expect((await parse(dialect.question(question))).stmts).toHaveLength(1)
      }
    }
  })

  for (const name of hostileNames) {
    it(`keeps ${JSON.stringify(name)} exactly: created, read back, rebuilt, undone`, async () => {
      const shape = tableNamed(name, suffixed(name))
      expect(dialect.check(shape).filter(({ severity }) => severity === 'error')).toEqual([])
      const wanted = dialect.normalize(shape)
      await run(dialect.statements({ kind: 'createSchema', schema: name }).map(({ text }) => text))
      await run(createTexts(connection, shape).map(({ text }) => text))
      await connection.execute(`INSERT INTO ${dialect.display(shape)} (label) VALUES ($1), ($2)`, ['one', name === 'two' ? 'deux' : 'two'])
      const read = async () => {
        const catalog = await connection.introspect({ schemas: [name] })
        return catalog.tables.map((table) => dialect.normalize(table.shape))
      }
      expect(await read()).toEqual([wanted])
      const { steps, cleanup, digests } = rebuildSteps(connection, await connection.introspect({ schemas: [name] }), [
        { name: { schema: name, name } },
      ])
      await run(steps.map(({ text }) => text))
      for (const [from, to] of digests) expect((await connection.query(to)).rows).toEqual((await connection.query(from)).rows)
      await run(['SAVEPOINT done', ...steps.toReversed().flatMap(({ undo }) => undo)])
      expect(await read()).toEqual([wanted])
      await run(['ROLLBACK TO done', ...cleanup, 'COMMIT'])
      expect(await read()).toEqual([wanted])
      expect((await connection.query(`SELECT count(*) FROM ${dialect.display(shape)}`)).rows).toEqual([['2']])
      await run(dialect.statements({ kind: 'dropTable', shape: wanted }).map(({ text }) => text))
      await run(dialect.statements({ kind: 'createSchema', schema: name }).flatMap(({ undo }) => undo ?? []))
      expect((await connection.introspect()).tables.map((table) => table.shape.name)).toEqual(['bystander'])
    })
  }

  for (const name of impossibleNames) {
    it(`refuses ${JSON.stringify(name.slice(0, 20))} (${name.length}) by a finding and an error`, () => {
      const shape = tableNamed('fine', suffixed('fine'))
      expect(dialect.check({ ...shape, name }).some(({ severity }) => severity === 'error')).toBe(true)
      expect(() => dialect.statements({ kind: 'createTable', shape: { ...shape, name }, references: true })).toThrow(/^The name /)
    })
  }
})
