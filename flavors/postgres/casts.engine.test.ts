import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import type { Connection } from '../flavor.ts'
import { driver } from './driver/index.ts'
import { samples, tryCast } from './testing/casts.ts'

let server: SharedPostgres
let database: PGlite
let lite: PGLiteSocketServer
const connections: Record<string, Connection> = {}

beforeAll(async () => {
  server = await sharedPostgres()
  connections['a server'] = await driver.connect({ url: await server.createDatabase() })
  database = await PGlite.create()
  lite = new PGLiteSocketServer({ db: database, port: 0, host: '127.0.0.1' })
  await lite.start()
  connections['PGlite'] = await driver.connect({ url: `postgres://postgres@${lite.getServerConn()}/postgres?sslmode=disable` })
})
afterAll(async () => {
  for (const connection of Object.values(connections)) await connection.close()
  await lite.stop()
  await database.close()
  await server.stop()
})

describe('casts on PostgreSQL', () => {
  for (const where of ['a server', 'PGlite']) {
    for (const [from, values] of samples) {
      it(`of ${JSON.stringify(from)} to every type name each lost value beforehand and copy the others exactly, on ${where}`, async () => {
        const connection = connections[where]
        if (connection === undefined) throw new Error('not connected')
        for (const [to] of samples) {
          const { risk, reported, lost, problem } = await tryCast(connection, from, values, to)
          const title = JSON.stringify(to)
          expect({ title, problem }).toEqual({ title, problem: '' })
          expect({ title, missed: lost.filter((id) => !reported.includes(id)) }).toEqual({ title, missed: [] })
          if (risk === 'same' || risk === 'exact') expect({ title, reported, lost }).toEqual({ title, reported: [], lost: [] })
          if (risk === 'impossible') expect({ title, reported: reported.length }).toEqual({ title, reported: values.length })
        }
      })
    }
  }
})
