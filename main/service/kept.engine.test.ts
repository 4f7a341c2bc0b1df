import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import { exploreKept } from './testing/kept/explore.ts'
import { keptCases } from './testing/kept/cases.ts'
import { runRound } from './testing/kept/round.ts'
import type { Ground } from './testing/kept/round.ts'
import { postgresTarget, sqliteTarget } from './testing/target.ts'

let server: SharedPostgres

beforeAll(async () => {
  server = await sharedPostgres()
})
afterAll(() => server.stop())

const grounds: readonly Ground[] = [
  { flavor: 'sqlite', make: () => sqliteTarget() },
  { flavor: 'postgres', make: () => postgresTarget(server) },
]

describe('what only the database has', () => {
  for (const ground of grounds) {
    it(`stays through random changes of the model on ${ground.flavor}, and comes back with an undo`, async () => {
      const tally = { equal: 0, refused: 0, undone: 0 }
      expect(await exploreKept({ ground, count: 10, seed: 20_261, tally })).toBeNull()
      expect(tally.equal).toBeGreaterThan(0)
    })

    for (const { name, outcome, round } of keptCases[ground.flavor]) {
      it(`${name}: ${outcome} on ${ground.flavor}`, async () => {
        expect(await runRound(ground, round)).toBe(outcome)
      })
    }
  }
})
