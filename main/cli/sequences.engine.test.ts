import { afterAll, beforeAll, describe } from 'vitest'
import { sharedPostgres, type SharedPostgres } from '../../scripts/postgres-server.ts'
import { postgresGround, type OpenGround } from './testing/sequences/ground.ts'
import { foundTrials, randomTrials } from './testing/sequences/trials.ts'

let server: SharedPostgres
let ground: OpenGround
beforeAll(async () => {
  server = await sharedPostgres()
  ground = postgresGround(server)
})
afterAll(async () => {
  await ground.close()
  await server.stop()
})

describe('sequences of acts on PostgreSQL', () => {
  foundTrials(() => ground)
  randomTrials(() => ground, 50)
})
