import fc from 'fast-check'
import { postgresAdditions, sqliteAdditions, sqliteClauses } from './additions.ts'
import { changes } from './base.ts'
import { runRound, tellRound } from './round.ts'
import type { Ground, Outcome, Round } from './round.ts'

const places = (length: number, most: number, least = 0) => fc.uniqueArray(fc.nat(length - 1), { minLength: least, maxLength: most })

const rounds = (flavor: Ground['flavor']): fc.Arbitrary<Round> =>
  fc.record({
    additions: places((flavor === 'postgres' ? postgresAdditions : sqliteAdditions).length, 6, flavor === 'postgres' ? 1 : 0),
    clauses: flavor === 'postgres' ? fc.constant([]) : places(sqliteClauses.length, 4),
    changes: places(changes.length, 3, 1),
  })

export interface Exploration {
  readonly ground: Ground
  readonly count: number
  readonly seed: number
  /** Milliseconds since the epoch after which no new round begins. */
  readonly until?: number
  readonly tally: Record<Outcome, number>
}

/** Random rounds; the first that fails, shrunk, in words; null when none does. */
export async function exploreKept({ ground, count, seed, until = Infinity, tally }: Exploration): Promise<string | null> {
  const property = fc.asyncProperty(rounds(ground.flavor), async (round) => {
    if (Date.now() > until) return
    tally[await runRound(ground, round)]++
  })
  const details = await fc.check(property, { numRuns: count, seed })
  if (!details.failed) return null
  const [round] = details.counterexample ?? []
  const cause = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  return `${round === undefined ? '' : `${tellRound(ground.flavor, round)}\n${JSON.stringify(round)}`}\nseed ${seed}, path ${details.counterexamplePath ?? ''}\n${cause}`
}
