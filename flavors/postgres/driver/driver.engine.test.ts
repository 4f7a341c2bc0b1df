import { connect as openSocket, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MetaMigrateError } from '../../../app/errors.ts'
import { sharedPostgres } from '../../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../../scripts/postgres-server.ts'
import type { Connection } from '../../flavor.ts'
import { driver } from './index.ts'
import { introspect } from './introspect/index.ts'
import { attachedObjects } from '../testing/attached.ts'

let server: SharedPostgres
let url: string
let connection: Connection

beforeAll(async () => {
  server = await sharedPostgres()
  url = await server.createDatabase()
  connection = await driver.connect({ url })
})
afterAll(async () => {
  await connection.close()
  await server.stop()
})

/** The error of work that must fail. */
async function failure(work: Promise<unknown>): Promise<MetaMigrateError> {
  try {
    await work
  } catch (error) {
    if (error instanceof MetaMigrateError) return error
    throw error
  }
  throw new Error('it did not fail')
}

const withUrl = (change: (url: URL) => void): string => {
  const copy = new URL(url)
  change(copy)
  return copy.href
}

describe('connecting to PostgreSQL', () => {
  it('tells product, version, database and its session', () => {
    expect(connection.server.product).toMatch(/^PostgreSQL \d+/)
    expect(connection.server.version).toBeGreaterThanOrEqual(130_000)
    expect(connection.server.database).toBe(new URL(url).pathname.slice(1))
    expect(connection.server.session).toMatch(/^\d+@[\d.]+$/)
  })

  it('sets the session so that a value has one text', async () => {
    const { database } = connection.server
    await connection.execute(`ALTER DATABASE ${database} SET datestyle = 'German'`)
    const other = await driver.connect({ url })
    const row = await other.query(
      String.raw`SELECT timestamptz '2020-01-02 03:04:05.678901+05', date '2020-01-02', 0.1::float8 + 0.2::float8, bytea '\x00ff', 9007199254740993, interval '1 day', true, NULL, '{"a": 1.10}'::jsonb`,
    )
    expect(row.rows).toEqual([
      [
        '2020-01-01 22:04:05.678901+00',
        '2020-01-02',
        '0.30000000000000004',
        String.raw`\x00ff`,
        '9007199254740993',
        '1 day',
        't',
        null,
        '{"a": 1.10}',
      ],
    ])
    await other.close()
    await connection.execute(`ALTER DATABASE ${database} RESET datestyle`)
  })

  it('refuses a wrong password without telling it', async () => {
    const error = await failure(driver.connect({ url: withUrl((one) => (one.password = 'canary-secret')) }))
    expect(error.code).toBe('AUTHENTICATION_FAILED')
    expect(JSON.stringify([error.message, error.details, String(error.cause)])).not.toContain('canary-secret')
  })

  it('takes the password apart from the URL', async () => {
    const password = decodeURIComponent(new URL(url).password)
    const other = await driver.connect({ url: withUrl((one) => (one.password = '')), password })
    await other.close()
  })

  it.each([
    ['mysql://a:canary-secret@b/c', /does not begin with postgres/],
    ['postgres://a:canary%secret@b/c', /%/],
    ['postgres://a:canary-secret@b:port/c', /not a URL of the form/],
    ['postgres://a:canary-secret@b/c?sslmode=maybe', /sslmode is one of/],
    ['postgres://a:canary-secret@b/c?options=-cfoo', /"options", which is not known/],
  ])('refuses the address %s without repeating its password', async (address, message) => {
    const error = await failure(driver.connect({ url: address }))
    expect(error.code).toBe('CONNECTION_FAILED')
    expect(error.message).toMatch(message)
    expect(`${error.message} ${JSON.stringify(error.details)} ${String(error.cause)}`).not.toContain('canary')
  })

  it('says CONNECTION_FAILED where nobody listens, where there is no such database, and where TLS is demanded in vain', async () => {
    expect((await failure(driver.connect({ url: withUrl((one) => (one.port = '1')) }))).code).toBe('CONNECTION_FAILED')
    expect((await failure(driver.connect({ url: withUrl((one) => (one.pathname = '/nothing')) }))).code).toBe('CONNECTION_FAILED')
    expect((await failure(driver.connect({ url: withUrl((one) => (one.search = '?sslmode=verify-full')) }))).code).toBe('CONNECTION_FAILED')
  })

  it('ends connecting when the caller does', async () => {
    const mute = createServer()
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const stop = new AbortController()
    const { port } = mute.address() as AddressInfo
    const work = failure(driver.connect({ url: `postgres://a@127.0.0.1:${port}/b?sslmode=disable`, signal: stop.signal }))
    stop.abort()
    expect((await work).code).toBe('CANCELLED')
    await new Promise((resolve) => mute.close(resolve))
  })

  it('refuses to write where it was opened to read', async () => {
    const reader = await driver.connect({ url, readOnly: true })
    expect((await failure(reader.execute('CREATE TABLE t (a integer)'))).code).toBe('READ_ONLY')
    await reader.close()
  })
})

describe('a session on PostgreSQL', () => {
  it('runs one statement only, however the text ends', async () => {
    expect((await failure(connection.execute('SELECT 1; SELECT 2'))).code).toBe('SYNTAX')
  })

  it('cancels the statement that runs, and not the next one', async () => {
    const work = failure(connection.query('SELECT pg_sleep(60)'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    await connection.cancel()
    expect((await work).code).toBe('CANCELLED')
    await connection.cancel()
    expect((await connection.query('SELECT 1')).rows).toEqual([['1']])
  })

  it('knows whether another session lives, and ends it', async () => {
    const other = await driver.connect({ url })
    const { session } = other.server
    expect(await connection.sessionAlive(session)).toBe(true)
    expect(await connection.sessionAlive(session.replace(/@.*/, '@1'))).toBe(false)
    expect(await connection.sessionAlive('nonsense')).toBe(false)
    await connection.endSession(session)
    expect(await connection.sessionAlive(session)).toBe(false)
    expect((await failure(other.query('SELECT 1'))).code).toBe('CONNECTION_LOST')
    await other.close()
  })

  it('says CONNECTION_LOST when the network goes in the middle of a statement', async () => {
    const target = new URL(url)
    const sockets: { destroy(): void }[] = []
    const proxy = createServer((client) => {
      const up = openSocket(Number(target.port), target.hostname)
      client.on('error', () => up.destroy())
      up.on('error', () => client.destroy())
      client.pipe(up).pipe(client)
      sockets.push(client, up)
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    const other = await driver.connect({ url: withUrl((one) => (one.port = String(port))) })
    const work = failure(other.query('SELECT pg_sleep(60)'))
    for (const socket of sockets) socket.destroy()
    expect((await work).code).toBe('CONNECTION_LOST')
    await other.close()
    await new Promise((resolve) => proxy.close(resolve))
  })
})

describe('errors of PostgreSQL', () => {
  beforeAll(async () => {
    for (const text of [
      'CREATE TABLE codes (a integer PRIMARY KEY, b varchar(3), c integer NOT NULL DEFAULT 0 CHECK (c >= 0))',
      'CREATE TABLE child (a integer REFERENCES codes)',
      'CREATE VIEW codes_view AS SELECT a FROM codes',
      "INSERT INTO codes VALUES (1, 'x')",
    ])
      await connection.execute(text)
  })

  it.each([
    ['SELEC 1', 'SYNTAX', '42601'],
    ['SELECT * FROM nothing', 'NOT_FOUND', '42P01'],
    ['SELECT nothing FROM codes', 'NOT_FOUND', '42703'],
    ['CREATE TABLE codes ()', 'ALREADY_EXISTS', '42P07'],
    ['DROP TABLE codes', 'HAS_DEPENDENTS', '2BP01'],
    ["INSERT INTO codes VALUES (1, 'x')", 'UNIQUE_VIOLATION', '23505'],
    ['INSERT INTO child VALUES (7)', 'FOREIGN_KEY_VIOLATION', '23503'],
    ["INSERT INTO codes VALUES (2, 'x', NULL)", 'NOT_NULL_VIOLATION', '23502'],
    ["INSERT INTO codes VALUES (2, 'x', -1)", 'CHECK_VIOLATION', '23514'],
    ["INSERT INTO codes VALUES (2, 'canary')", 'VALUE_DOES_NOT_FIT', '22001'],
    ["INSERT INTO codes SELECT 'canary'::text::integer", 'VALUE_DOES_NOT_FIT', '22P02'],
    ['SELECT 1 / 0', 'VALUE_DOES_NOT_FIT', '22012'],
    ['SELECT pg_read_file(1)', 'NOT_FOUND', '42883'],
  ])('%s is %s (%s)', async (text, code, sqlstate) => {
    const error = await failure(connection.execute(text))
    expect([error.code, error.details['sqlstate']]).toEqual([code, sqlstate])
    expect(error.message).not.toContain('canary')
    expect(error.cause).toBeInstanceOf(Error)
  })

  it('names the key of a duplicate, but not the row of another violation', async () => {
    expect((await failure(connection.execute("INSERT INTO codes VALUES (1, 'x')"))).message).toContain('Key (a)=(1) already exists.')
    expect((await failure(connection.execute("INSERT INTO codes VALUES (2, 'xyz', NULL)"))).message).not.toContain('xyz')
  })

  it('waits a bounded time for a lock and explains it', async () => {
    const other = await driver.connect({ url, lockTimeoutMs: 50 })
    await connection.execute('BEGIN')
    await connection.execute('LOCK TABLE codes IN ACCESS EXCLUSIVE MODE')
    const error = await failure(other.query('SELECT * FROM codes'))
    await connection.execute('ROLLBACK')
    expect(error.code).toBe('LOCK_TIMEOUT')
    expect(error.message).toContain('Another session holds a lock')
    await other.close()
  })
})

describe('introspecting PostgreSQL', () => {
  it('asks the catalog ten times, for one table and for 500', async () => {
    const count = async () => {
      const texts: string[] = []
      await introspect((text, parameters) => (texts.push(text), connection.query(text, parameters)), connection.server.version, false, {})
      expect(texts.filter((text) => /information_schema\./.test(text))).toEqual([])
      return texts.filter((text) => text.includes('pg_')).filter((text) => text.startsWith('SELECT')).length
    }
    expect(await count()).toBe(10)
    await connection.execute(
      `DO $$BEGIN FOR n IN 1..500 LOOP EXECUTE format('CREATE TABLE many_%s (id integer PRIMARY KEY, a text DEFAULT ''x'', b numeric CHECK (b > 0))', n); END LOOP; END$$`,
    )
    expect(await count()).toBe(10)
    const { tables } = await connection.introspect()
    expect(tables.filter(({ shape }) => shape.name.startsWith('many_'))).toHaveLength(500)
    await connection.execute(`DO $$BEGIN FOR n IN 1..500 LOOP EXECUTE format('DROP TABLE many_%s', n); END LOOP; END$$`)
  })

  it('gives of some tables what it gives of all', async () => {
    for (const text of attachedObjects(`d${new URL(url).pathname.slice(4)}`)) await connection.execute(text)
    const { tables } = await connection.introspect()
    for (const table of tables) expect((await connection.introspect({ tables: [table.shape] })).tables).toEqual([table])
    await connection.execute(`DROP PUBLICATION people_d${new URL(url).pathname.slice(4)}`)
    await connection.execute('DROP VIEW public.names')
    await connection.execute('DROP SCHEMA clinic CASCADE')
    await connection.execute('DROP TABLE public.bill')
  })

  it('leaves a transaction that is open as it was', async () => {
    await connection.execute('BEGIN')
    await connection.execute('CREATE TABLE inside (a integer)')
    const { tables } = await connection.introspect({ tables: [{ schema: 'public', name: 'inside' }] })
    expect(tables.map(({ shape }) => shape.name)).toEqual(['inside'])
    expect((await connection.query('SELECT count(*) FROM inside')).rows).toEqual([['0']])
    expect((await connection.query("SELECT current_setting('search_path')")).rows).toEqual([['"$user", public']])
    await connection.execute('ROLLBACK')
    expect((await failure(connection.query('SELECT 1 FROM inside'))).code).toBe('NOT_FOUND')
  })

  it('reads only the schemas and tables that are asked for', async () => {
    await connection.execute('CREATE SCHEMA apart')
    await connection.execute('CREATE TABLE apart.one (a integer)')
    expect((await connection.introspect({ schemas: ['apart'] })).tables.map(({ shape }) => shape.name)).toEqual(['one'])
    expect((await connection.introspect({ tables: [{ schema: '', name: 'child' }] })).tables.map(({ shape }) => shape.name)).toEqual([
      'child',
    ])
    expect((await connection.introspect()).schemas).toEqual(['apart', 'public'])
  })

  it('changes a fingerprint with the table or what hangs on it, and with nothing else', async () => {
    const print = async () => (await connection.introspect({ tables: [{ schema: 'apart', name: 'one' }] })).tables[0]?.fingerprint
    const seen = [await print()]
    await connection.execute('INSERT INTO apart.one VALUES (1)')
    await connection.execute('ANALYZE apart.one')
    expect(await print()).toBe(seen[0])
    for (const text of [
      'ALTER TABLE apart.one ADD COLUMN b text',
      "COMMENT ON COLUMN apart.one.b IS 'x'",
      'CREATE VIEW apart.v AS SELECT a FROM apart.one',
      'GRANT SELECT ON apart.one TO PUBLIC',
      'GRANT SELECT ON apart.v TO PUBLIC',
    ]) {
      await connection.execute(text)
      const now = await print()
      expect(seen).not.toContain(now)
      seen.push(now)
    }
  })

  it('gives the texts of dependents as they read after renames, swaps too, and changes nothing', async () => {
    const names = [
      { schema: 'public', name: 'codes' },
      { schema: 'public', name: 'child' },
    ] as const
    const before = await connection.introspect()
    const after = await connection.introspect({
      renames: {
        tables: [
          { from: names[0], to: 'child' },
          { from: names[1], to: 'codes' },
        ],
        columns: [{ table: names[0], from: 'a', to: 'A b' }],
      },
    })
    const codes = after.tables.find(({ shape }) => shape.name === 'codes')
    expect(codes?.shape).toEqual(before.tables.find(({ shape }) => shape.name === 'codes')?.shape)
    expect(codes?.fingerprint).toBe(before.tables.find(({ shape }) => shape.name === 'codes')?.fingerprint)
    expect(codes?.dependents.map(({ name, detach, attach, columns, child }) => ({ name, detach, attach, columns, child }))).toEqual([
      {
        name: 'foreign key child_a_fkey of public.child',
        detach: ['ALTER TABLE "public"."codes" DROP CONSTRAINT "child_a_fkey"'],
        attach: ['ALTER TABLE "public"."codes" ADD CONSTRAINT "child_a_fkey" FOREIGN KEY (a) REFERENCES public.child("A b")'],
        columns: ['a'],
        child: { schema: 'public', name: 'child' },
      },
      {
        name: 'view public.codes_view',
        detach: ['DROP VIEW "public"."codes_view"'],
        attach: ['CREATE VIEW "public"."codes_view" AS\n SELECT child."A b" AS a\n   FROM public.child'],
        columns: ['a'],
        child: undefined,
      },
    ])
    expect(await connection.introspect()).toEqual(before)
  })

  it('says which tables cannot be rebuilt, and why', async () => {
    for (const text of [
      'CREATE SCHEMA odd',
      'CREATE TABLE odd.parted (a integer, b integer) PARTITION BY RANGE (a)',
      'CREATE TABLE odd.part PARTITION OF odd.parted FOR VALUES FROM (0) TO (10)',
      'CREATE TABLE odd.parent (a integer)',
      'CREATE TABLE odd.heir () INHERITS (odd.parent)',
      'CREATE TYPE odd.row_type AS (a integer)',
      'CREATE TABLE odd.typed OF odd.row_type',
      'CREATE TABLE odd.used (a integer)',
      "CREATE FUNCTION odd.reads() RETURNS SETOF odd.used LANGUAGE sql AS 'SELECT * FROM odd.used'",
      'CREATE TABLE odd.late (a integer PRIMARY KEY DEFERRABLE)',
      'CREATE TABLE odd.seen (a integer)',
      'CREATE VIEW odd.view AS SELECT a FROM odd.seen',
      "CREATE FUNCTION odd.reads_view() RETURNS SETOF odd.view LANGUAGE sql AS 'SELECT * FROM odd.view'",
    ])
      await connection.execute(text)
    const { tables } = await connection.introspect({ schemas: ['odd'] })
    const refusals = Object.fromEntries(
      tables.map(({ shape, dependents }) => [shape.name, dependents.flatMap(({ name, refuse }) => (refuse === undefined ? [] : [name]))]),
    )
    expect(refusals).toEqual({
      heir: ['it inherits from odd.parent'],
      late: ['primary key late_pkey of odd.late'],
      parent: ['it is inherited by odd.heir'],
      part: ['it inherits from odd.parted'],
      parted: ['the partitioning of odd.parted', 'it is inherited by odd.part'],
      seen: ['view odd.view'],
      typed: ['the type of odd.typed'],
      used: ['function odd.reads()'],
    })
  })
})
