import fc from 'fast-check'
import { home, plainly, type Act, type Sequence, type Shape } from './act.ts'
import { shapes, stepOf } from './arbitrary.ts'
import { LawBroken } from './law.ts'
import { bringHome, doAct, trialIn, type Tally, type Trial } from './run-sequence.ts'
import { makeWorld, type Ground } from './world.ts'

/** Every trial begins so: the tables are made, and others write rows into them. */
export const beginning = (tables: readonly Shape[]): readonly Act[] => [{ do: 'create', flags: plainly, through: home }, ...tables.map((_, table): Act => ({ do: 'write', how: 'insert', table, rows: 2 }))]

/** How many acts a trial has at most. */
const most = 12

interface Progress {
  acts: number
}

/** Acts as fast-check runs them. Every act may come at every moment: one that finds nothing to do does nothing. */
class Step implements fc.AsyncCommand<Progress, Trial> {
  readonly acts: readonly Act[]

  constructor(acts: readonly Act[]) {
    this.acts = acts
  }

  check({ acts }: Progress): boolean {
    return acts + this.acts.length <= most
  }

  async run(progress: Progress, trial: Trial): Promise<void> {
    progress.acts += this.acts.length
    for (const act of this.acts) await doAct(trial, act)
  }

  toString(): string {
    return JSON.stringify(this.acts)
  }
}

/** A sequence that breaks the law, as short as shrinking made it. */
export interface Found {
  readonly rule: string
  readonly message: string
  readonly sequence: Sequence
  readonly seed: number
  readonly path: string
}

export interface Exploration {
  readonly ground: Ground
  readonly seed: number
  readonly count: number
  readonly tally: Tally
  /** Whether a share of the calls runs in processes of their own, and is killed. */
  readonly apart: boolean
  /** Parts of the law that are known to be broken, and passed over. */
  readonly known?: readonly string[]
  /** Goes on from here: the path that fast-check printed. */
  readonly path?: string
  /** Time for shrinking, in milliseconds. */
  readonly shrinkMs?: number
}

/** Runs `count` trials of at most 12 acts, the calls through the command line. Null: the law held in all of them. */
export async function explore({ ground, seed, count, tally, apart, known = [], path, shrinkMs = 60_000 }: Exploration): Promise<Found | null> {
  let first: string | null = null
  let found: Omit<Found, 'seed' | 'path'> | null = null
  let until = Infinity
  const commands = fc.commands([stepOf(apart).map((acts) => new Step(acts))], { maxCommands: most - 2, size: 'max' })
  const property = fc.asyncProperty(shapes, commands, async (tables, acts) => {
    if (Date.now() > until) return
    if (first === null) tally.sequences++
    const world = await makeWorld(ground, { tables })
    const trial = trialIn(world, tally)
    try {
      for (const act of beginning(tables)) await doAct(trial, act)
      await fc.asyncModelRun(() => ({ model: { acts: trial.done.length }, real: trial }), acts)
      await bringHome(trial)
      tally.rows += world.last
    } catch (error) {
      if (!(error instanceof LawBroken) || known.includes(error.rule) || (first !== null && error.rule !== first)) {
        if (error instanceof LawBroken) return
        throw error
      }
      first = error.rule
      if (until === Infinity) until = Date.now() + shrinkMs
      found = { rule: error.rule, message: error.message, sequence: { tables, acts: [...trial.done] } }
      throw error
    } finally {
      await world.close()
    }
  })
  const run = await fc.check(property, { seed, numRuns: count, unbiased: true, ...(path === undefined ? {} : { path }) })
  if (!run.failed) return null
  if (found === null) throw run.errorInstance ?? new Error('a trial failed without a finding')
  return { ...(found as Omit<Found, 'seed' | 'path'>), seed: run.seed, path: run.counterexamplePath ?? '' }
}
