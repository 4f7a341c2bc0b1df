import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { MetaMigrateError } from '../../../../app/errors.ts'
import { ownTablesOut } from '../../../../app/commands/plan-command.ts'
import type { Model } from '../../../../app/model/model.ts'
import { undoRun } from '../../../../app/run/undo.ts'
import { postgresBin } from '../../../../scripts/postgres-server.ts'
import type { TestTarget } from '../target.ts'
import { workbench } from '../workbench.ts'
import { postgresAdditions, sqliteAdditions, sqliteClauses, withClause } from './additions.ts'
import { baseModel, changes } from './base.ts'

/** What a round is made of: places in the lists of additions, clauses and changes. */
export interface Round {
  readonly additions: readonly number[]
  readonly clauses: readonly number[]
  readonly changes: readonly number[]
}

/** Where a round gets its database. */
export interface Ground {
  readonly flavor: 'postgres' | 'sqlite'
  make(): Promise<TestTarget>
}

export type Outcome = 'equal' | 'refused' | 'undone'

const pick = <T>(list: readonly T[], places: readonly number[]): readonly T[] => [...new Set(places)].toSorted((a, b) => a - b).flatMap((at) => list[at % list.length] ?? [])

/** In words, for a failure. */
export function tellRound(flavor: Ground['flavor'], round: Round): string {
  const additions = pick(flavor === 'postgres' ? postgresAdditions : sqliteAdditions, round.additions)
  const clauses = flavor === 'sqlite' ? pick(sqliteClauses, round.clauses) : []
  return `${[...additions, ...clauses].map(({ name }) => name).join(' + ')} => ${pick(changes, round.changes)
    .map(({ name }) => name)
    .join(' + ')}`
}

/**
 * Deploys the base, adds what only the database has, deploys a change, takes it back and compares the schema with before; then changes the same by the database's
 * own statements, and compares with what the deployed change had made. Throws where anything else differs. `refused`: the plan says by name what is in the way.
 */
export async function runRound(ground: Ground, round: Round): Promise<Outcome> {
  const target = await ground.make()
  const bench = workbench(target)
  try {
    const base = baseModel(ground.flavor)
    const changed = pick(changes, round.changes)
    const wanted = changed.reduce<Model>((model, { edit }) => edit(model), base)
    await prepare(target, ground, round, () => bench.deploy('create', base))
    await sameReading(target)
    const before = await dump(target)
    const answer = await bench.plan('redeploy', wanted, { allowLossy: true })
    if (answer.plan === null) throw new Error(`no plan: ${JSON.stringify(answer.findings)}`)
    const errors = answer.plan.findings.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) {
      const strange = errors.find(({ code }) => code !== 'MM410' && code !== 'MM401')
      if (strange !== undefined) throw new Error(`refused for ${strange.message}`)
      return 'refused'
    }
    const { run } = await bench.deploy('redeploy', wanted, { allowLossy: true })
    const after = await dump(target)
    const again = await bench.plan('redeploy', wanted)
    if (again.plan === null || again.plan.groups.length > 0) throw new Error(`the same redeploy is not done: ${JSON.stringify(again.plan?.groups.map(({ title }) => title))}`)
    await target.leave()
    const undone = await undoRun(run.id, bench.context())
    if (undone.state !== 'undone') throw new Error(`undo: ${undone.error?.message ?? undone.state}`)
    equal(before, await dump(target), 'after the undo')
    // What was taken back is what was there before: the database's own statements do the same to it now.
    const native = await nativeDump(target, round)
    if (native !== null) equal(restored(native), restored(after), 'after the redeploy')
    return native === null ? 'undone' : 'equal'
  } finally {
    await bench.close()
  }
}

/** The base by MetaMigrate, or in SQLite's own words where a clause has no other place; then the additions. */
async function prepare(target: TestTarget, { flavor }: Ground, round: Round, create: () => Promise<unknown>): Promise<void> {
  if (flavor === 'postgres') await target.run('CREATE FUNCTION public.nothing() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN new; END$$')
  await create()
  if (flavor === 'sqlite') await withClauses(target, round)
  const additions = pick(flavor === 'postgres' ? postgresAdditions : sqliteAdditions, round.additions)
  for (const { texts } of additions) await target.run(...texts)
  const schema = flavor === 'postgres' ? 'shop.' : ''
  await target.run(`INSERT INTO ${flavor === 'postgres' ? 'public.' : ''}team (id, label) VALUES (1, 'one'), (2, 'two')`)
  await target.run(`INSERT INTO ${schema}pay (id, amount, note, code, team, parent, word, spare) VALUES (1, 7, 'n', 'a', 1, NULL, 'w', 's'), (2, 20, NULL, 'b', 2, 1, 'v', NULL)`)
  await target.leave()
}

/** SQLite takes these only where the table is made: it is made again, as a person would who works on the file by hand. */
async function withClauses(target: TestTarget, round: Round): Promise<void> {
  const clauses = pick(sqliteClauses, round.clauses)
  if (clauses.length === 0) return
  const made = await target.rows("SELECT sql FROM sqlite_schema WHERE name = 'pay'")
  await target.run('DROP TABLE pay', clauses.reduce((sql, clause) => withClause(sql, clause), made[0]?.[0] ?? ''), 'CREATE INDEX "pay_made" ON "pay" ("word")')
}

/** The schema after the database's own statements; null where it has none for one of the changes, or takes one of them not. */
async function nativeDump(target: TestTarget, round: Round): Promise<string | null> {
  const texts = pick(changes, round.changes).map(({ native }) => native[target.flavor === 'postgres' ? 'postgres' : 'sqlite'])
  if (texts.some((one) => one === null)) return null
  try {
    for (const text of texts.flatMap((one) => one ?? [])) await target.run(text)
    return await dump(target)
  } catch (error) {
    // A view or a trigger stands in the way of some: what MetaMigrate does there the database does not.
    if (error instanceof MetaMigrateError) return null
    throw error
  }
}

/** Lists of a check as PostgreSQL spells them once its own text was read again: a dump that is restored and dumped differs from itself in just that. */
const restored = (text: string): string =>
  text.replaceAll(/\(ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]/g, (_, members: string) => `ARRAY[${members.replaceAll(/'(?:[^']|'')*'::character varying/g, '($&)::text')}]`)

/** PostgreSQL's own tool; on SQLite the texts, and the pragmas of each table, which tell the same however a text is spelled. */
async function dump(target: TestTarget): Promise<string> {
  await target.leave()
  if (target.flavor === 'postgres') {
    const text = execFileSync(join(postgresBin(), 'pg_dump'), ['-s', '-N', 'metamigrate', target.url], { encoding: 'utf8' })
    return withoutBackups(text).replaceAll(/^\\(?:un)?restrict .*$/gm, '')
  }
  const lists = await normalShapes(target)
  const rows = await target.rows(
    "SELECT m.type, m.name, m.tbl_name, CASE WHEN m.type IN ('view', 'trigger') THEN replace(m.sql, '\"', '') END FROM sqlite_schema m WHERE m.name NOT LIKE '%\\_\\_mm\\_%' ESCAPE '\\' AND m.name NOT LIKE 'metamigrate%' AND m.tbl_name NOT LIKE 'metamigrate%' AND m.tbl_name NOT LIKE '%\\_\\_mm\\_%' ESCAPE '\\' ORDER BY 1, 2",
  )
  await target.leave()
  return JSON.stringify([lists, rows], null, 1)
}

/** Tables as the catalog gives them, in the form in which equal ones are equal: SQLite's own RENAME changes the spelling of texts, and a new table their order. */
async function normalShapes(target: TestTarget): Promise<readonly unknown[]> {
  const connection = await target.open()
  try {
    const { tables } = ownTablesOut(await connection.introspect(), connection.dialect)
    const shapes = tables.map(({ shape }) => connection.dialect.normalize(shape)).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return JSON.parse(JSON.stringify(shapes).replaceAll(/\\"([A-Za-z_ ]+)\\"/g, '$1')) as readonly unknown[]
  } finally {
    await connection.close()
  }
}

/** Backups are there until they are dropped, by names of their own. */
const withoutBackups = (text: string) =>
  text
    .replace(/--\n-- PostgreSQL database dump complete[\s\S]*$/, '')
    .split(/\n(?=--\n-- Name: )/)
    .filter((part) => !/^--\n-- Name: .*__mm_[0-9a-f]{8}/.test(part))
    .join('\n')
    .trimEnd()

/** A table reads the same whatever is read with it. */
async function sameReading(target: TestTarget): Promise<void> {
  const connection = await target.open()
  try {
    for (const { shape, fingerprint } of (await connection.introspect()).tables) {
      const [alone] = (await connection.introspect({ tables: [shape] })).tables
      if (alone?.fingerprint !== fingerprint) throw new Error(`${shape.name} reads otherwise alone`)
    }
  } finally {
    await connection.close()
  }
}

/** Where two lists of lines that hold the same lines part. */
function around(a: readonly string[], b: readonly string[]): string {
  const at = a.findIndex((line, index) => line !== b[index])
  return `at line ${at}: expected ${a.slice(Math.max(0, at - 3), at + 3).join(' ')} and not ${b.slice(Math.max(0, at - 3), at + 3).join(' ')}`
}

function equal(expected: string, actual: string, when: string): void {
  if (expected === actual) return
  const [a, b] = [expected.split('\n'), actual.split('\n')]
  const gone = a.filter((line) => !b.includes(line))
  const come = b.filter((line) => !a.includes(line))
  throw new Error(`${when} the schema differs:\n${[...gone.slice(0, 12).map((line) => `- ${line}`), ...come.slice(0, 12).map((line) => `+ ${line}`)].join('\n') || around(a, b)}`)
}
