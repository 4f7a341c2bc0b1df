import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import type { Connection } from '../flavor.ts'
import { driver } from './driver/index.ts'
import { bothSides } from './testing/law.ts'
import { tableShapes } from './testing/random-shapes.ts'

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

describe('the law on PostgreSQL', () => {
  it('creates 300 random tables that read back as they were said, from the model and from its normal form', async () => {
    await fc.assert(
      fc.asyncProperty(tableShapes, async (shape) => {
        const { wanted, found, again } = await bothSides(connection, shape)
        expect(found).toEqual(wanted)
        expect(again).toEqual(wanted)
        expect(connection.dialect.normalize(wanted)).toEqual(wanted)
      }),
      { numRuns: 300, endOnFailure: true },
    )
  })
})
