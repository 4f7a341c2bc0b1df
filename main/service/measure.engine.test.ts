import { afterAll, beforeAll } from 'vitest'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import { describeMeasure } from './testing/measure-cases.ts'
import { describeRandom } from './testing/measure-random.ts'
import { postgresTarget } from './testing/target.ts'

let server: SharedPostgres
beforeAll(async () => {
  server = await sharedPostgres()
})
afterAll(() => server.stop())

describeMeasure('postgres', () => postgresTarget(server))
describeRandom('postgres', () => postgresTarget(server), Number(process.env['METAMIGRATE_ROUNDS'] ?? 8))
