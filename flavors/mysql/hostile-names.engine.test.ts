import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from 'mysql2/promise'
import { mariadbConnection, sharedMariadb, type SharedMariadb } from '../../scripts/mariadb-server.ts'
import { dialect } from './dialect/index.ts'
import type { Run } from './testing/casts.ts'
import { fateOf, names } from './testing/hostile.ts'

describe.each(['always', 'needed'])('hostile names on a real MariaDB, quoted %s', (quoting) => {
  const mariadb = dialect.withSettings({ version: 'mariadb-10.11', quoting })
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

  it('are exact through every operation, or refused before', async () => {
    const fates = new Map<string, string>()
    for (const name of names) fates.set(name, await fateOf(run, mariadb, name))
    const refused = [...fates].filter(([, fate]) => fate === 'refused').map(([name]) => name)
    expect([...fates].filter(([, fate]) => fate !== 'exact' && fate !== 'refused')).toEqual([])
    expect(refused).toEqual(['trail ', '😀', 'x'.repeat(200), 'x'.repeat(65), 'db_trx_id', 'fts_doc_id', 'end\r', 'half\ud800', 'nul\0'])
  })
})
