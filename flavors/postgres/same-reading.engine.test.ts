import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import type { Connection } from '../flavor.ts'
import { driver } from './driver/index.ts'
import { attachedObjects } from './testing/attached.ts'

let server: SharedPostgres
let url: string
let connection: Connection

const more = [
  'CREATE TABLE p (id int PRIMARY KEY, a varchar(10))',
  'CREATE TABLE o (id int PRIMARY KEY, b text)',
  'CREATE VIEW va AS SELECT p.id, o.b FROM p JOIN o ON o.id = p.id',
  'CREATE VIEW vb AS SELECT id, a FROM p',
  // A view over p whose other leg stands on two views that are none of p's.
  'CREATE VIEW o1 AS SELECT id FROM o',
  'CREATE VIEW o2 AS SELECT id FROM o1',
  'CREATE VIEW a_high AS SELECT p.id FROM p JOIN o2 USING (id)',
  'CREATE VIEW z_low AS SELECT id, a FROM p',
  'CREATE MATERIALIZED VIEW pm AS SELECT z_low.id FROM z_low JOIN o2 USING (id)',
]

beforeAll(async () => {
  server = await sharedPostgres()
  url = await server.createDatabase()
  connection = await driver.connect({ url })
  for (const text of [...attachedObjects(new URL(url).pathname.slice(4)), ...more]) await connection.execute(text)
})
afterAll(async () => {
  await connection.execute(`DROP PUBLICATION IF EXISTS people_${new URL(url).pathname.slice(4)}`)
  await connection.close()
  await server.stop()
})

describe('what PostgreSQL says of a table', () => {
  it('has one fingerprint, whatever else is read with it', async () => {
    const { tables } = await connection.introspect()
    expect(tables.map(({ shape }) => shape.name)).toEqual(['person', 'visit', 'bill', 'o', 'p'])
    for (const { shape, fingerprint } of tables) {
      const [alone] = (await connection.introspect({ tables: [shape] })).tables
      expect([shape.name, alone?.fingerprint]).toEqual([shape.name, fingerprint])
    }
  })

  it('reads the same where the role has settings that change how definitions are written', async () => {
    const before = (await connection.introspect()).tables.map(({ fingerprint }) => fingerprint)
    const name = new URL(url).pathname.slice(1)
    for (const setting of ['array_nulls = off', 'transform_null_equals = on', 'quote_all_identifiers = on', "TimeZone = 'America/New_York'"])
      await connection.execute(`ALTER DATABASE ${name} SET ${setting}`)
    const other = await driver.connect({ url })
    try {
      expect((await other.introspect()).tables.map(({ fingerprint }) => fingerprint)).toEqual(before)
      // Behind a pooler a session keeps what its last user set: each transaction sets it again.
      await other.execute(`SET array_nulls = off`)
      for (const { text } of other.dialect.statements({ kind: 'begin', tables: [] })) await other.execute(text)
      expect((await other.query(`SELECT current_setting('array_nulls'), '{NULL}'::text[] = ARRAY[NULL]::text[]`)).rows).toEqual([['on', 't']])
      await other.execute('ROLLBACK')
    } finally {
      await other.close()
      await connection.execute(`ALTER DATABASE ${name} RESET ALL`)
    }
  })
})
