import { expect, it } from 'vitest'
import { tryKept } from './testing/kept-trial.ts'

// `npm run soak -- columns` tries as many as one has time for.
const seeds = Array.from({ length: 16 }, (_, at) => at + 1)

it('a redeploy leaves every column that the model did not change, its type, default, keys, collation, comments and values, to the letter', async () => {
  const complaints: string[] = []
  for (const seed of seeds) {
    const { did, complaints: found } = await tryKept(seed)
    expect(did).not.toMatch(/^nothing/)
    complaints.push(...found.map((one) => `seed ${seed} (${did}): ${one}`))
  }
  expect(complaints).toEqual([])
}, 120_000)
