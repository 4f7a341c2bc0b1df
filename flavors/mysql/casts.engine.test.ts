import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from 'mysql2/promise'
import { mariadbConnection, sharedMariadb, type SharedMariadb } from '../../scripts/mariadb-server.ts'
import { dialect } from './dialect/index.ts'
import { complaintsOf, samples, type Run } from './testing/casts.ts'

describe('casts on a real MariaDB', () => {
  const mariadb = dialect.withSettings({ version: 'mariadb-10.11' })
  let server: SharedMariadb
  let connection: Connection
  const run: Run = async (text) => {
    const [rows] = await connection.query({ sql: text, rowsAsArray: true, typeCast: (field) => field.string() })
    return Array.isArray(rows) ? (rows as unknown as readonly (readonly (string | null)[])[]) : []
  }

  beforeAll(async () => {
    server = await sharedMariadb()
    connection = await mariadbConnection(await server.createDatabase())
    for (const { text } of mariadb.statements({ kind: 'begin', tables: [] })) await run(text)
  })
  afterAll(async () => {
    await connection.end()
    await server.stop()
  })

  it.each(samples.map((sample) => [mariadb.types.toNative(sample[0]).text, sample] as const))('of %s report each row that would change, and keep the others', async (_, sample) => {
    const complaints: string[] = []
    for (const [to] of samples) complaints.push(...(await complaintsOf(run, mariadb, sample, to)))
    expect(complaints).toEqual([])
  })
})
