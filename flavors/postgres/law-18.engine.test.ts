import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../flavor.ts'
import { driver } from './driver/index.ts'
import { bothSides } from './testing/law.ts'
import { tableShapes } from './testing/random-shapes.ts'

let database: PGlite
let server: PGLiteSocketServer
let connection: Connection

beforeAll(async () => {
  database = await PGlite.create()
  server = new PGLiteSocketServer({ db: database, port: 0, host: '127.0.0.1' })
  await server.start()
  connection = await driver.connect({ url: `postgres://postgres@${server.getServerConn()}/postgres?sslmode=disable` })
})
afterAll(async () => {
  await connection.close()
  await server.stop()
  await database.close()
})

describe('the law on PostgreSQL 18 (PGlite)', () => {
  it('has the capabilities of 18', () => {
    expect(connection.server.version).toBeGreaterThanOrEqual(180_000)
    expect(connection.dialect.can.generatedColumns).toBe('both')
  })

  it('creates 60 random tables that read back as they were said', async () => {
    await fc.assert(
      fc.asyncProperty(tableShapes, async (shape) => {
        const { wanted, found, again } = await bothSides(connection, shape)
        expect(found).toEqual(wanted)
        expect(again).toEqual(wanted)
      }),
      { numRuns: 60, endOnFailure: true },
    )
  })
})
