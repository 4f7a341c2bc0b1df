import { describe, expect, it } from 'vitest'
import type { Plan } from '../../../app/commands/plan.ts'
import { runPlan } from '../../../app/run/start.ts'
import { modelOf } from './measure-cases.ts'
import type { TestTarget } from './target.ts'
import { workbench } from './workbench.ts'

/** Numbers of a seed, the same on every machine (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

const types = ['int', 'smallint', 'bigint', 'varchar(6)', 'varchar(3)', 'text', 'float', 'date'] as const
const values: Readonly<Record<string, readonly string[]>> = {
  int: ['NULL', '0', '1', '7', '70000', '-3'],
  smallint: ['NULL', '0', '1', '7', '-3'],
  bigint: ['NULL', '0', '7', '5000000000'],
  'varchar(6)': ['NULL', `''`, `'7'`, `'abcdef'`, `'abc'`, `'007'`],
  'varchar(3)': ['NULL', `'7'`, `'abc'`, `'x'`],
  text: ['NULL', `'7'`, `'two'`, `'3.5'`, `'99999999999'`, `'2020-02-28'`, `'2020-02-30'`],
  float: ['NULL', '0', '7', '7.5', '1e12'],
  date: ['NULL', `'2020-02-28'`, `'1999-12-31'`],
}

interface Round {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Two tables with rows, and the same tables changed: types, NULL, checks, keys, foreign keys, generated fields, new fields. */
export function randomRound(seed: number): Round {
  const roll = dice(seed)
  const pick = <T>(list: readonly T[]): T => list[roll(list.length)] as T
  const [a, b] = [pick(types), pick(types)]
  const keys = Array.from({ length: roll(4) }, (_, at) => at + 1)
  const rows = Array.from({ length: roll(5) }, (_, at) => `INSERT INTO item VALUES (${at + 1}, ${pick(values[a] ?? [])}, ${pick(values[b] ?? [])}, ${pick(['NULL', '1', '2', '9'])})`)
  const before = ['CREATE TABLE aisle (id int PRIMARY KEY, w int)', ...keys.map((key) => `INSERT INTO aisle VALUES (${key}, ${key % 2})`), `CREATE TABLE item (id int PRIMARY KEY, a ${a}, b ${b}, r int)`, ...rows]
  const [newA, newB] = [roll(2) === 0 ? a : pick(types), roll(3) === 0 ? pick(types) : b]
  const isNumber = (type: string) => !/char|text|date/.test(type)
  const parts = [
    ...(roll(4) === 0 ? [isNumber(newA) ? 'CHECK (a < 8)' : `CHECK (a <> 'abc')`.replace(`'abc'`, newA === 'date' ? `'1999-12-31'` : `'abc'`)] : []),
    ...(roll(4) === 0 ? [isNumber(newB) ? 'CHECK (b >= 0 OR r IS NULL)' : 'CHECK (b IS NOT NULL OR r = 1)'] : []),
    ...(roll(4) === 0 ? ['UNIQUE (a)'] : []),
    ...(roll(5) === 0 ? ['UNIQUE (b, r)'] : []),
    ...(roll(3) === 0 ? ['FOREIGN KEY (r) REFERENCES aisle (id)'] : []),
    ...(roll(6) === 0 ? ['FOREIGN KEY (r) REFERENCES item (id)'] : []),
  ]
  const extra = roll(5) === 0 ? [pick(['n int NOT NULL', 'n int NOT NULL DEFAULT 4', 'n int DEFAULT 4 UNIQUE', 'g int GENERATED ALWAYS AS (r + 1) STORED NOT NULL', 'g int GENERATED ALWAYS AS (r * 2) STORED UNIQUE'])] : []
  const columns = ['id int PRIMARY KEY', `a ${newA}${roll(5) === 0 ? ' NOT NULL' : ''}`, `b ${newB}${roll(6) === 0 ? ' NOT NULL' : ''}`, `r int${roll(6) === 0 ? ' NOT NULL' : ''}`, ...extra]
  const aisle = `CREATE TABLE aisle (id int PRIMARY KEY, w ${roll(3) === 0 ? 'bigint' : 'int'})`
  const index = roll(6) === 0 ? ['CREATE UNIQUE INDEX item_part ON item (b) WHERE r IS NOT NULL'] : []
  return { before, after: [aisle, `CREATE TABLE item (${[...columns, ...parts].join(', ')})`, ...index] }
}

/** The plan without its findings and without the questions that repeat them: what the engine itself says. SQLite stores a value of any kind: its casts stay asked. */
function bare(plan: Plan, flavor: string): Plan {
  const isOurs = (code: string) => flavor === 'postgres' || !['MM209', 'MM101'].includes(code)
  return { ...plan, findings: [], groups: plan.groups.map((group) => ({ ...group, steps: group.steps.filter(({ judge }) => judge.kind !== 'atMost' || !isOurs(judge.code)) })) }
}

/** A plan says "fine" exactly when the engine takes it, over random changes and rows. */
export function describeRandom(name: string, makeTarget: () => Promise<TestTarget>, rounds: number): void {
  describe(`random changes on ${name}`, () => {
    it(`are refused by the plan exactly when the engine refuses them, ${rounds} times`, { timeout: 600_000 }, async () => {
      const first = Number(process.env['METAMIGRATE_SEED'] ?? 1)
      for (let seed = first; seed < first + rounds; seed++) {
        const { before, after } = randomRound(seed)
        const model = await modelOf(makeTarget, after)
        const bench = workbench(await makeTarget())
        try {
          await bench.target.run(...before)
          await bench.target.leave()
          const { plan, findings } = await bench.plan('redeploy', model, { allowLossy: true })
          if (plan === null) throw new Error(`seed ${seed}: no plan: ${JSON.stringify(findings)}`)
          const errors = plan.findings.filter(({ severity }) => severity === 'error')
          // A cast that does not exist is refused without a look at the rows.
          if (errors.some(({ code }) => code === 'MM201')) continue
          const run = await runPlan({ ...bench.context(), plan: bare(plan, bench.target.flavor) })
          const seen = { seed, before, after, fine: errors.length === 0, errors: errors.map(({ message }) => message), ran: run.state, error: run.error?.message ?? null }
          expect({ ...seen, ran: run.state === 'done' }).toEqual({ ...seen, ran: seen.fine })
        } finally {
          await bench.close()
        }
      }
    })
  })
}
