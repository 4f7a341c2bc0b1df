import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import { copyFolder, killCases } from './testing/kill-cases.ts'
import type { Template } from './testing/kill-cases.ts'
import { postgresTarget, sqliteTarget, targetOf } from './testing/target.ts'
import type { TestTarget } from './testing/target.ts'

let server: SharedPostgres
beforeAll(async () => {
  server = await sharedPostgres()
})
afterAll(() => server.stop())

const at = (where: string) => targetOf('sqlite', `sqlite:${join(where, 'target.db')}`, where)

/** A closed file is copied whole. */
async function sqliteTemplate(prepare: (target: TestTarget) => Promise<void>): Promise<Template> {
  const made = await sqliteTarget()
  await prepare(made)
  await made.leave()
  const folder = copyFolder(made.folder)
  await made.dispose()
  return { target: await at(folder), clone: () => at(copyFolder(folder)) }
}

/** CREATE DATABASE with a template, which nobody may be connected to. */
async function postgresTemplate(prepare: (target: TestTarget) => Promise<void>): Promise<Template> {
  const made = await postgresTarget(server)
  await prepare(made)
  await made.dispose()
  const source = new URL(made.url).pathname.slice(1)
  let count = 0
  const clone = async () => {
    const name = `${source}_${++count}`
    const client = new Client({ connectionString: server.url })
    await client.connect()
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${source}`)
    await client.end()
    const url = new URL(made.url)
    url.pathname = `/${name}`
    return targetOf('postgres', url.href, mkdtempSync(join(tmpdir(), 'metamigrate-run-')))
  }
  return { target: made, clone }
}

describe('kill -9', () => {
  killCases({ name: 'SQLite', makeTemplate: sqliteTemplate, kills: 110, people: 400, deepKills: 10 })
  killCases({ name: 'PostgreSQL', makeTemplate: postgresTemplate, kills: 110, people: 400, deepKills: 10 })
})
