import { afterAll, beforeAll } from 'vitest'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import { redeployCases } from './testing/redeploy-cases.ts'
import { postgresTarget } from './testing/target.ts'

let server: SharedPostgres
beforeAll(async () => {
  server = await sharedPostgres()
})
afterAll(() => server.stop())

redeployCases('PostgreSQL', () => postgresTarget(server))
