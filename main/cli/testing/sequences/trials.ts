import { expect, it } from 'vitest'
import { explore } from './explore.ts'
import { found } from './found.ts'
import type { OpenGround } from './ground.ts'
import { emptyTally, runSequence, trialIn } from './run-sequence.ts'
import { makeWorld } from './world.ts'

/** The sequences that were ever found, on a ground that is there once the tests run. */
export function foundTrials(ground: () => OpenGround): void {
  it.each(found)('$name: no row is lost, and what is said is so', async (sequence) => {
    const world = await makeWorld(ground(), sequence)
    try {
      await runSequence(trialIn(world, emptyTally()), sequence)
    } finally {
      await world.close()
    }
  }, 120_000)
}

/** Random sequences, another seed each time: it is printed, and SEQUENCE_SEED repeats it. */
export function randomTrials(ground: () => OpenGround, count: number): void {
  it(`no row is lost in ${count} random sequences of acts`, async () => {
    const seed = Number(process.env['SEQUENCE_SEED'] ?? Date.now() % 1_000_000)
    const { flavor } = ground()
    const tally = emptyTally()
    const broken = await explore({ ground: ground(), seed, count, tally, apart: true })
    process.stderr.write(`sequences on ${flavor}: seed ${seed}, ${tally.sequences} sequences, ${tally.calls} calls, ${tally.kills} kills\n`)
    const again = broken === null ? '' : `npm run soak -- sequences --flavor ${flavor} --seed ${broken.seed} --path ${broken.path}`
    expect(broken, broken === null ? '' : `${broken.message}\n${again}\n${JSON.stringify(broken.sequence)}`).toBeNull()
  }, 600_000)
}
