import { parseArgs } from 'node:util'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { explore, type Found } from '../../main/cli/testing/sequences/explore.ts'
import { postgresGround, sqliteGround } from '../../main/cli/testing/sequences/ground.ts'
import { emptyTally, type Tally } from '../../main/cli/testing/sequences/run-sequence.ts'
import { sharedPostgres } from '../postgres-server.ts'

const help = `npm run soak -- sequences [OPTIONS]
  Random sequences of 2 to 12 acts (commands, edits, rows written by others, kills, lost journals, second machines) through the command line;
  after each act the law is checked: no row goes without an acceptance, and what was said is so.
  --flavor sqlite|postgres   default sqlite
  --count N                  sequences (10000 on SQLite, 1000 on PostgreSQL)
  --seed N                   the first seed (default: from the clock)
  --path P                   replays one sequence of that seed, as it was printed
  --time MINUTES             stops after that time
  --jobs N                   processes at once (default 1)
  --known RULE[,RULE]        parts of the law to pass over (default: none)
  --no-apart                 no processes of their own, no kills
  --first                    ends with the first finding
`

const { values } = parseArgs({
  allowNegative: true,
  options: {
    help: { type: 'boolean' },
    flavor: { type: 'string', default: 'sqlite' },
    count: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    time: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    known: { type: 'string', default: '' },
    apart: { type: 'boolean', default: true },
    first: { type: 'boolean', default: false },
  },
})

/** Sequences of one seed: what is found in them is shrunk before the next seed begins. */
const perSeed = 50

/** `from` of `step` lanes: each takes every step-th seed. */
async function lane(from: number, step: number): Promise<number> {
  const { flavor, path } = values
  const program = [join(import.meta.dirname, '..', '..', 'dist', 'main', 'cli.js')]
  const server = flavor === 'postgres' ? await sharedPostgres() : null
  const ground = server === null ? sqliteGround(program) : postgresGround(server, program)
  const total = Number(values.count ?? (flavor === 'postgres' ? 1000 : 10_000))
  const seed = Number(values.seed)
  const until = values.time === undefined ? Infinity : Date.now() + Number(values.time) * 60_000
  const tally = emptyTally()
  const found: Found[] = []
  const started = Date.now()
  const mine = Math.ceil(total / step)
  try {
    for (let index = from; tally.sequences < mine && Date.now() < until; index += step) {
      const count = Math.min(perSeed, mine - tally.sequences)
      const known = [...values.known.split(',').filter((one) => one !== ''), ...(path === undefined ? found.map(({ rule }) => rule) : [])]
      const broken = await explore({ ground, seed: seed + index, count, tally, known, apart: values.apart, ...(path === undefined ? {} : { path }) })
      if (broken !== null) {
        found.push(broken)
        process.stdout.write(`FOUND ${broken.message}\n  again: npm run soak -- sequences --flavor ${flavor} --seed ${broken.seed} --path ${broken.path}\n  as data: ${JSON.stringify(broken.sequence)}\n`)
        if (values.first) break
      }
      if (path !== undefined) break
      if (index % (10 * step) === from) process.stderr.write(`${tally.sequences} sequences, ${((Date.now() - started) / tally.sequences).toFixed(0)} ms each\n`)
    }
  } finally {
    await ground.close()
    await server?.stop()
  }
  process.stdout.write(`${summary(tally, found.length, (Date.now() - started) / 1000)}\n`)
  return found.length
}

function summary({ sequences, acts, refusals, calls, kills, rows }: Tally, found: number, seconds: number): string {
  const list = (counts: ReadonlyMap<string, number>) => [...counts].toSorted(([, a], [, b]) => b - a).map(([name, times]) => `${name} ${times}`).join(', ')
  const total = [...acts.values()].reduce((sum, times) => sum + times, 0)
  return `sequences on ${values.flavor}: seed ${values.seed}, ${sequences} sequences, ${total} acts, ${calls} calls, ${kills} kills, ${rows} rows and values written, ${found} findings, ${seconds.toFixed(0)} s\nacts: ${list(acts)}\nrefusals: ${list(refusals)}`
}

async function main(): Promise<number> {
  if (values.help === true) {
    process.stdout.write(help)
    return 0
  }
  values.seed ??= String(Date.now() % 1_000_000)
  const jobs = Number(values.jobs)
  const isLane = process.env['SOAK_LANE']
  if (isLane !== undefined) return lane(Number(isLane), jobs)
  if (jobs === 1) return lane(0, 1)
  // Of two seeds the last one counts.
  const args = [...process.execArgv, import.meta.filename, ...process.argv.slice(2), `--seed=${values.seed}`]
  const lanes = Array.from({ length: jobs }, (_, index) => new Promise<number>((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, SOAK_LANE: String(index) } })
    child.once('exit', (code) => resolve(code ?? 1))
  }))
  return Math.max(...(await Promise.all(lanes)))
}

process.exitCode = (await main()) > 0 ? 1 : 0
