import { parseArgs } from 'node:util'
import { exploreKept } from '../../main/service/testing/kept/explore.ts'
import type { Ground, Outcome } from '../../main/service/testing/kept/round.ts'
import { postgresTarget, sqliteTarget } from '../../main/service/testing/target.ts'
import { sharedPostgres } from '../postgres-server.ts'

const help = `npm run soak -- kept [OPTIONS]
  Random things that only the database has on tables that MetaMigrate deployed, a random change of the model, a redeploy: the schema must differ from before
  in the asked lines only, as the database's own statements leave it (pg_dump -s, or SQLite's catalog), and in nothing after the undo.
  --flavor sqlite|postgres   default: both
  --count N                  rounds of each (500)
  --seed N                   default: from the clock
  --time MINUTES             no new round after that time
`

const { values } = parseArgs({
  options: { help: { type: 'boolean' }, flavor: { type: 'string' }, count: { type: 'string', default: '500' }, seed: { type: 'string' }, time: { type: 'string' } },
})

async function soak(flavor: Ground['flavor'], seed: number): Promise<boolean> {
  const server = flavor === 'postgres' ? await sharedPostgres() : null
  const ground: Ground = { flavor, make: () => (server === null ? sqliteTarget() : postgresTarget(server)) }
  const tally: Record<Outcome, number> = { equal: 0, refused: 0, undone: 0 }
  const started = Date.now()
  try {
    const until = values.time === undefined ? Infinity : started + Number(values.time) * 60_000
    const found = await exploreKept({ ground, count: Number(values.count), seed, until, tally })
    const minutes = ((Date.now() - started) / 60_000).toFixed(1)
    const told = `${tally.equal} as by the database's own statements and taken back, ${tally.undone} taken back where it has none, ${tally.refused} refused by name`
    process.stdout.write(`${flavor}: seed ${seed}, ${tally.equal + tally.undone + tally.refused} rounds in ${minutes} minutes: ${told}${found === null ? '' : `\nFAILED: ${found}`}\n`)
    return found === null
  } finally {
    await server?.stop()
  }
}

if (values.help === true) process.stdout.write(help)
else {
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
  const flavors = values.flavor === undefined ? (['sqlite', 'postgres'] as const) : values.flavor === 'sqlite' ? (['sqlite'] as const) : (['postgres'] as const)
  let isGood = true
  for (const flavor of flavors) isGood = (await soak(flavor, seed)) && isGood
  process.exitCode = isGood ? 0 : 1
}
