import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresBin, sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import type { Connection } from '../flavor.ts'
import { driver } from './driver/index.ts'
import { attachedObjects } from './testing/attached.ts'
import { rebuildSteps } from './testing/rebuild.ts'
import type { Wanted } from './testing/rebuild.ts'

let server: SharedPostgres
let connection: Connection
let url: string

const clinic = (name: string) => ({ schema: 'clinic', name })
/** Schema as the server's own tool writes it: everything that hangs on every table. Two lines of a dump are random. */
const dump = () =>
  execFileSync(join(postgresBin(), 'pg_dump'), ['-s', '--no-tablespaces', url], { encoding: 'utf8' }).replaceAll(
    /^\\(?:un)?restrict .*$/gm,
    '',
  )

async function runAll(texts: readonly string[]): Promise<void> {
  for (const text of texts) await connection.execute(text)
}

const counters = async () => (await connection.query('SELECT last_value, is_called FROM clinic.person_id_seq')).rows

beforeAll(async () => {
  server = await sharedPostgres()
  url = await server.createDatabase()
  connection = await driver.connect({ url })
  await runAll(attachedObjects(new URL(url).pathname.slice(4)))
})
afterAll(async () => {
  await connection.execute(`DROP PUBLICATION IF EXISTS people_${new URL(url).pathname.slice(4)}`)
  await connection.close()
  await server.stop()
})

const sets: readonly (readonly [string, readonly Wanted[]])[] = [
  ['a ring of foreign keys with everything attached', [{ name: clinic('visit') }, { name: clinic('person') }]],
  ['a table with neighbours that stay', [{ name: clinic('person') }]],
  ['a child whose owner is another role', [{ name: clinic('visit') }]],
  ['a table whose policy and rule read another', [{ name: { schema: 'public', name: 'bill' } }]],
]

describe('a rebuild on PostgreSQL', () => {
  for (const [title, wanted] of sets) {
    it(`keeps ${title}: pg_dump -s is byte-equal, rows and counters are too`, async () => {
      const before = { dump: dump(), counters: await counters(), names: (await connection.introspect()).takenNames, rows: await digests() }
      const { steps, cleanup, digests: pairs } = rebuildSteps(connection, await connection.introspect(), wanted)
      await runAll(steps.map(({ text }) => text))
      for (const [from, to] of pairs) expect((await connection.query(to)).rows).toEqual((await connection.query(from)).rows)
      await runAll(['COMMIT', ...cleanup])
      expect(dump()).toBe(before.dump)
      expect(await counters()).toEqual(before.counters)
      expect((await connection.introspect()).takenNames).toEqual(before.names)
      expect(await digests()).toEqual(before.rows)
    })

    it(`takes a committed rebuild of ${title} back, statement by statement`, async () => {
      const before = { dump: dump(), counters: await counters(), names: (await connection.introspect()).takenNames, rows: await digests() }
      const { steps } = rebuildSteps(connection, await connection.introspect(), wanted)
      await runAll([...steps.map(({ text }) => text), 'COMMIT'])
      await runAll(['BEGIN', ...steps.toReversed().flatMap(({ undo }) => undo), 'COMMIT'])
      expect(dump()).toBe(before.dump)
      expect(await counters()).toEqual(before.counters)
      expect((await connection.introspect()).takenNames).toEqual(before.names)
      expect(await digests()).toEqual(before.rows)
    })
  }
})

async function digests(): Promise<readonly unknown[]> {
  const { tables } = await connection.introspect()
  const found: unknown[] = []
  for (const { shape } of tables) {
    const columns = shape.columns.map((column) => ({ from: column, to: column }))
    found.push([
      shape.name,
      (await connection.query(connection.dialect.question({ kind: 'digest', table: shape, columns, side: 'to' }))).rows,
    ])
  }
  return found
}
