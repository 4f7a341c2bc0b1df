import { describe, expect, it } from 'vitest'
import type { Plan, PlanOptions } from '../../../app/commands/plan.ts'
import { ownTablesOut } from '../../../app/commands/plan-command.ts'
import { makeIds } from '../../../app/model/id.ts'
import type { Model } from '../../../app/model/model.ts'
import { modelFromShapes } from '../../../app/model/resolve.ts'
import { runPlan } from '../../../app/run/start.ts'
import type { TestTarget } from './target.ts'
import { workbench } from './workbench.ts'
import type { Workbench } from './workbench.ts'

/** The model of a database that these statements make. */
export async function modelOf(makeTarget: () => Promise<TestTarget>, statements: readonly string[]): Promise<Model> {
  const target = await makeTarget()
  try {
    await target.run(...statements)
    const connection = await target.open()
    const shapes = ownTablesOut(await connection.introspect(), connection.dialect).tables.map(({ shape }) => shape)
    await connection.close()
    return modelFromShapes(shapes, makeIds(Math.random), 'wanted')
  } finally {
    await target.dispose()
  }
}

/** One change that the rows may stand against. Statements that both engines take. */
interface MeasureCase {
  readonly title: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly options?: Partial<PlanOptions>
  /** Codes of the errors of the plan; [] when it is fine and runs. */
  readonly codes: readonly string[]
  /** What the messages must hold: the key of the row. */
  readonly told?: string
  /** Only for this engine: its words or its rules. */
  readonly only?: 'sqlite' | 'postgres'
  /** A query and its answer after a run that went well. */
  readonly rows?: readonly [query: string, answer: readonly (readonly (string | null)[])[]]
}

const item = (columns: string) => [`CREATE TABLE item (id int PRIMARY KEY, ${columns})`]
const filled = (columns: string, ...rows: readonly string[]) => [...item(columns), ...rows.map((row) => `INSERT INTO item VALUES (${row})`)]

export const measureCases: readonly MeasureCase[] = [
  { title: 'a new check', before: filled('n int', '1, 7', '2, 1'), after: item('n int, CHECK (n > 5)'), codes: ['MM206'], told: 'id = 2' },
  { title: 'a new check that NULL passes', before: filled('n int', '1, 7', '2, NULL'), after: item('n int, CHECK (n > 5)'), codes: [] },
  { title: 'a changed check', before: filled('n int CHECK (n > 0)', '1, 7', '2, 1'), after: item('n int CHECK (n > 5)'), codes: ['MM206'], told: 'id = 2' },
  { title: 'a check over two fields, one of them new with a default', before: filled('n int', '1, 7', '2, 1'), after: item('n int, m int DEFAULT 3, CHECK (n > m)'), codes: ['MM206'], told: 'id = 2' },
  { title: 'a kept check that a cast meets', before: filled(`n varchar(9) CHECK (length(n) < 9)`, `1, '12'`, `2, '1234567'`), after: item('n varchar(3) CHECK (length(n) < 9)'), codes: ['MM101'], told: 'id = 2' },
  { title: 'a check on a table of mixed names', before: ['CREATE TABLE "My Item" ("Id" int PRIMARY KEY, "N n" int)', 'INSERT INTO "My Item" VALUES (1, 7), (2, 1)'], after: ['CREATE TABLE "My Item" ("Id" int PRIMARY KEY, "N n" int, CHECK ("N n" > 5))'], codes: ['MM206'], told: 'Id = 2' },
  { title: 'a check of a table without a key', before: ['CREATE TABLE t (n int)', 'INSERT INTO t VALUES (1), (9)'], after: ['CREATE TABLE t (n int, CHECK (n > 5))'], codes: ['MM206'], told: '1 row' },
  { title: 'a check of an empty table', before: item('n int'), after: item('n int, CHECK (n > 5)'), codes: [] },
  { title: 'a new unique', before: filled('n int', '1, 7', '2, 7', '3, 8'), after: item('n int UNIQUE'), codes: ['MM204'], told: '2 rows' },
  { title: 'a new unique over NULLs', before: filled('n int', '1, NULL', '2, NULL', '3, 8'), after: item('n int UNIQUE'), codes: [] },
  { title: 'a new unique over two fields', before: filled('n int, m int', '1, 7, 1', '2, 7, 2', '3, 7, 1'), after: item('n int, m int, UNIQUE (n, m)'), codes: ['MM204'], told: 'id = 1; id = 3' },
  { title: 'a new unique over two fields, one NULL', before: filled('n int, m int', '1, 7, NULL', '2, 7, NULL'), after: item('n int, m int, UNIQUE (n, m)'), codes: [] },
  { title: 'a new unique index', before: filled('n int', '1, 7', '2, 7'), after: [...item('n int'), 'CREATE UNIQUE INDEX item_n ON item (n)'], codes: ['MM204'], told: 'id = 1; id = 2' },
  { title: 'a new partial unique index, met outside', before: filled('n int', '1, 0', '2, 0'), after: [...item('n int'), 'CREATE UNIQUE INDEX item_n ON item (n) WHERE n > 0'], codes: [] },
  { title: 'a new partial unique index, met inside', before: filled('n int', '1, 0', '2, 4', '3, 4'), after: [...item('n int'), 'CREATE UNIQUE INDEX item_n ON item (n) WHERE n > 0'], codes: ['MM204'], told: 'id = 2' },
  { title: 'a unique index on an expression', before: filled('n text', `1, 'a'`, `2, 'A'`), after: [...item('n text'), 'CREATE UNIQUE INDEX item_n ON item (lower(n))'], codes: ['MM204'], told: 'id = 1' },
  { title: 'another primary key', before: filled('n int NOT NULL', '1, 7', '2, 7'), after: ['CREATE TABLE item (id int NOT NULL, n int NOT NULL, PRIMARY KEY (n))'], codes: ['MM204'], told: 'id = 1' },
  { title: 'a primary key over a field with NULL', before: filled('n int', '1, 7', '2, NULL'), after: ['CREATE TABLE item (id int NOT NULL, n int NOT NULL, PRIMARY KEY (n))'], codes: ['MM203'], told: 'id = 2' },
  { title: 'a unique that a cut text makes equal', before: filled('n varchar(9) UNIQUE', `1, 'abcdef'`, `2, 'abcxyz'`), after: item('n varchar(3) UNIQUE'), options: { accept: ['MM101'] }, codes: ['MM204'], told: 'id = 1; id = 2', only: 'postgres' },
  { title: 'a new foreign key', before: ['CREATE TABLE aisle (id int PRIMARY KEY)', 'INSERT INTO aisle VALUES (1)', ...filled('a int', '1, 1', '2, 9')], after: ['CREATE TABLE aisle (id int PRIMARY KEY)', ...item('a int REFERENCES aisle (id)')], codes: ['MM207'], told: 'id = 2' },
  { title: 'a new foreign key that NULL passes', before: ['CREATE TABLE aisle (id int PRIMARY KEY)', 'INSERT INTO aisle VALUES (1)', ...filled('a int', '1, 1', '2, NULL')], after: ['CREATE TABLE aisle (id int PRIMARY KEY)', ...item('a int REFERENCES aisle (id)')], codes: [] },
  { title: 'a new composite foreign key, one side NULL', before: ['CREATE TABLE aisle (x int, y int, PRIMARY KEY (x, y))', 'INSERT INTO aisle VALUES (1, 1)', ...filled('x int, y int', '1, 1, 1', '2, 1, NULL', '3, 2, 2')], after: ['CREATE TABLE aisle (x int, y int, PRIMARY KEY (x, y))', ...item('x int, y int, FOREIGN KEY (x, y) REFERENCES aisle (x, y)')], codes: ['MM207'], told: 'at id = 3' },
  { title: 'a foreign key to itself', before: filled('boss int', '1, NULL', '2, 1', '3, 9'), after: item('boss int REFERENCES item (id)'), codes: ['MM207'], told: 'id = 3' },
  { title: 'a foreign key to itself that holds', before: filled('boss int', '1, NULL', '2, 1', '3, 3'), after: item('boss int REFERENCES item (id)'), codes: [] },
  { title: 'a foreign key to a table that the plan makes', before: filled('a int', '1, 1', '2, NULL'), after: ['CREATE TABLE aisle (id int PRIMARY KEY)', ...item('a int REFERENCES aisle (id)')], codes: ['MM207'], told: 'id = 1' },
  { title: 'a foreign key to a table that the plan rebuilds', before: ['CREATE TABLE aisle (id int PRIMARY KEY, w varchar(3))', `INSERT INTO aisle VALUES (1, 'x')`, ...filled('a int', '1, 1', '2, 9')], after: ['CREATE TABLE aisle (id int PRIMARY KEY, w varchar(30))', ...item('a int REFERENCES aisle (id)')], codes: ['MM207'], told: 'id = 2' },
  { title: 'foreign keys in a ring', before: ['CREATE TABLE aisle (id int PRIMARY KEY, i int)', 'INSERT INTO aisle VALUES (1, 1)', ...filled('a int', '1, 1', '2, 9')], after: ['CREATE TABLE aisle (id int PRIMARY KEY, i int)', ...item('a int REFERENCES aisle (id)')], codes: ['MM207'], told: 'id = 2' },
  { title: 'NULL where none is taken any more', before: filled('n int', '1, 7', '2, NULL'), after: item('n int NOT NULL'), codes: ['MM203'], told: 'id = 2' },
  { title: 'a new field without a value', before: filled('n int', '1, 7'), after: item('n int, m int NOT NULL'), codes: ['MM202'], told: 'id = 1' },
  { title: 'a new field with a default', before: filled('n int', '1, 7'), after: item('n int, m int NOT NULL DEFAULT 4'), codes: [], rows: ['SELECT n, m FROM item', [['7', '4']]] },
  { title: 'a generated field that gives NULL', before: filled('n int', '1, 7', '2, NULL'), after: item('n int, m int GENERATED ALWAYS AS (n + 1) STORED NOT NULL'), codes: ['MM208'], told: 'id = 2' },
  { title: 'a generated field that a check meets', before: filled('n int', '1, 7', '2, 1'), after: item('n int, m int GENERATED ALWAYS AS (n + 1) STORED, CHECK (m > 5)'), codes: ['MM206'], told: 'id = 2' },
  { title: 'a generated field that becomes unique', before: filled('n int', '1, 10', '2, 11'), after: item('n int, m int GENERATED ALWAYS AS (n / 10) STORED, UNIQUE (m)'), codes: ['MM204'], told: 'id = 1' },
  { title: 'a generated field that cannot be computed', before: filled('n int', '1, 7', '2, 0'), after: item('n int, m int GENERATED ALWAYS AS (10 / n) STORED'), codes: ['MM208'], only: 'postgres' },
  { title: 'a check that cannot be computed', before: filled('n int', '1, 7', '2, 0'), after: item('n int, CHECK (10 / n > 0)'), codes: ['MM206'], only: 'postgres' },
  { title: 'a text that is no number', before: filled('n text', `1, '7'`, `2, 'two'`), after: item('n int'), codes: ['MM209'], told: 'id = 2' },
  { title: 'a text that is no number, accepted', before: filled('n text', `1, '7'`, `2, 'two'`), after: item('n int'), options: { accept: ['MM101', 'MM209'], allowLossy: true }, codes: ['MM209'], told: 'id = 2' },
  { title: 'a number out of range', before: filled('n bigint', '1, 7', '2, 70000'), after: item('n smallint'), codes: ['MM209'], told: 'id = 2' },
  { title: 'a text that is no date', before: filled('n text', `1, '2020-02-28'`, `2, '2020-02-30'`), after: item('n date'), codes: ['MM209'], told: 'id = 2' },
  { title: 'a text that is cut', before: filled('n varchar(9)', `1, 'abc'`, `2, 'abcdef'`), after: item('n varchar(3)'), codes: ['MM101'], told: 'id = 2' },
  { title: 'a text that is cut, accepted', before: filled('n varchar(9)', `1, 'abc'`, `2, 'abcdef'`), after: item('n varchar(3)'), options: { accept: ['MM101'] }, codes: [], rows: ['SELECT n FROM item ORDER BY id', [['abc'], ['abc']]] },
  { title: 'a text that is cut, accepted by name', before: filled('n varchar(9)', `1, 'abc'`, `2, 'abcdef'`), after: item('n varchar(3)'), options: { accept: ['MM101:item.n'] }, codes: [], rows: ['SELECT n FROM item ORDER BY id', [['abc'], ['abc']]] },
  { title: 'a text that is cut, another accepted', before: filled('n varchar(9), m varchar(9)', `1, 'abc', 'a'`, `2, 'abcdef', 'abcdef'`), after: item('n varchar(3), m varchar(3)'), options: { accept: ['MM101:item.n'] }, codes: ['MM101'], told: 'item.m' },
  { title: 'a number that is rounded', before: filled('n float', '1, 7', '2, 7.6'), after: item('n int'), codes: ['MM101'], told: 'id = 2' },
  { title: 'a number that is rounded, accepted', before: filled('n float', '1, 7', '2, 7.6'), after: item('n int'), options: { accept: ['MM101'] }, codes: [], rows: ['SELECT n FROM item ORDER BY id', [['7'], ['8']]] },
  { title: 'a text that is no number becomes NULL', before: filled('n text', `1, '7'`, `2, 'two'`), after: item('n int'), options: { onFail: [{ field: 'item.n', way: { kind: 'null' } }] }, codes: [], rows: ['SELECT n FROM item ORDER BY id', [['7'], [null]]] },
  { title: 'a text that is no number gets the default', before: filled('n text', `1, '7'`, `2, 'two'`), after: item('n int DEFAULT 3'), options: { onFail: [{ field: 'item.n', way: { kind: 'default' } }] }, codes: [], rows: ['SELECT n FROM item ORDER BY id', [['7'], ['3']]] },
  { title: 'a text that is no number becomes an expression', before: filled('n text', `1, '7'`, `2, 'two'`), after: item('n int'), options: { onFail: [{ field: 'item.n', way: { kind: 'sql', expression: 'id * 100' } }] }, codes: [], rows: ['SELECT n FROM item ORDER BY id', [['7'], ['200']]] },
  { title: 'a NULL becomes an expression', before: filled('n int', '1, 7', '2, NULL'), after: item('n int NOT NULL'), options: { onFail: [{ field: 'item.n', way: { kind: 'sql', expression: 'id * 100' } }] }, codes: [], rows: ['SELECT n FROM item ORDER BY id', [['7'], ['200']]] },
  { title: 'a NULL becomes an expression that gives NULL', before: filled('n int', '1, 7', '2, NULL'), after: item('n int NOT NULL'), options: { onFail: [{ field: 'item.n', way: { kind: 'sql', expression: 'NULL' } }] }, codes: ['MM203'] },
  { title: 'a stand-in that a check meets', before: filled('n text', `1, '7'`, `2, 'two'`), after: item('n int CHECK (n < 100)'), options: { onFail: [{ field: 'item.n', way: { kind: 'sql', expression: '999' } }] }, codes: ['MM206'], told: 'id = 2' },
  { title: 'a row that is left out', before: filled('n text', `1, '7'`, `2, 'two'`), after: item('n int'), options: { onFail: [{ field: 'item.n', way: { kind: 'reject' } }] }, codes: [], rows: ['SELECT id, n FROM item', [['1', '7']]] },
  { title: 'a row that is left out, with a child', before: [...filled('n text', `1, '7'`, `2, 'two'`), 'CREATE TABLE child (id int PRIMARY KEY, i int REFERENCES item (id))', 'INSERT INTO child VALUES (5, 1), (6, 2)'], after: [...item('n int'), 'CREATE TABLE child (id int PRIMARY KEY, i int REFERENCES item (id))'], options: { onFail: [{ field: 'item.n', way: { kind: 'reject' } }] }, codes: ['MM207'], told: 'id = 6' },
  { title: 'a value that is none of an enum', before: [`CREATE TYPE mood AS ENUM ('ok', 'bad')`, ...filled('n text', `1, 'ok'`, `2, 'odd'`)], after: [`CREATE TYPE mood AS ENUM ('ok', 'bad')`, ...item('n mood')], codes: ['MM209'], told: 'id = 2', only: 'postgres' },
  { title: 'a new collation makes two texts equal', before: filled('n text UNIQUE', `1, 'a'`, `2, 'A'`), after: item('n text COLLATE NOCASE UNIQUE'), codes: ['MM204'], told: 'id = 1; id = 2', only: 'sqlite' },
  { title: 'an existing foreign key that nobody enforced', before: ['PRAGMA foreign_keys = OFF', 'CREATE TABLE aisle (id int PRIMARY KEY)', ...filled('a int REFERENCES aisle (id), w varchar(3)', `1, 9, 'x'`)], after: ['CREATE TABLE aisle (id int PRIMARY KEY)', ...item('a int REFERENCES aisle (id), w varchar(30)')], codes: ['MM207'], told: 'id = 1', only: 'sqlite' },
  { title: 'an expression with affinity', before: filled('n int', '1, 7', '2, 4'), after: item(`n int, CHECK (n > '5')`), codes: ['MM206'], told: 'at id = 2', only: 'sqlite' },
  { title: 'a STRICT table', before: ['CREATE TABLE item (id INT PRIMARY KEY, n TEXT) STRICT', `INSERT INTO item VALUES (1, '7'), (2, 'two')`], after: ['CREATE TABLE item (id INT PRIMARY KEY, n INT) STRICT'], codes: ['MM209'], told: 'id = 2', only: 'sqlite' },
  { title: 'a table WITHOUT ROWID', before: ['CREATE TABLE item (id INT PRIMARY KEY, n INT) WITHOUT ROWID', 'INSERT INTO item VALUES (1, 7), (2, 1)'], after: ['CREATE TABLE item (id INT PRIMARY KEY, n INT, CHECK (n > 5)) WITHOUT ROWID'], codes: ['MM206'], told: 'id = 2', only: 'sqlite' },
  { title: 'a table in another schema', before: ['CREATE SCHEMA shop', 'CREATE TABLE shop.item (id int PRIMARY KEY, n int)', 'INSERT INTO shop.item VALUES (1, 7), (2, 1)'], after: ['CREATE SCHEMA shop', 'CREATE TABLE shop.item (id int PRIMARY KEY, n int, CHECK (n > 5))'], codes: ['MM206'], told: 'id = 2', only: 'postgres' },
]

const errorsOf = (plan: Plan) => plan.findings.filter(({ severity }) => severity === 'error')

/** The plan runs although its findings stand against it: what the engine itself says. */
export async function runAnyway(bench: Workbench, plan: Plan, writeRejects: (name: string) => Promise<string>): Promise<{ readonly state: string; readonly code: string }> {
  const run = await runPlan({ ...bench.context({ writeRejects }), plan: { ...plan, findings: [] } })
  return { state: run.state, code: run.error?.code ?? '' }
}

/** Whatever can fail on data is asked of the data first, on one engine. */
export function describeMeasure(name: 'sqlite' | 'postgres', makeTarget: () => Promise<TestTarget>): void {
  describe(`rows are asked before the first statement on ${name}`, () => {
    it.each(measureCases.filter(({ only }) => only === undefined || only === name))('$title', async ({ before, after, options, codes, told, rows }) => {
      const model = await modelOf(makeTarget, after)
      const bench = workbench(await makeTarget())
      try {
        await bench.target.run(...before)
        const { plan } = await bench.plan('redeploy', model, options)
        if (plan === null) throw new Error('no plan')
        expect(errorsOf(plan).map(({ code, message }) => [code, message])).toEqual(codes.map((code) => [code, expect.stringContaining(told ?? '')]))
        await bench.target.leave()
        const ran = await runAnyway(bench, plan, async () => 'file.csv')
        expect([ran.state, ran.code]).toEqual(codes.length === 0 ? ['done', ''] : ['failed', expect.stringMatching(/./)])
        if (rows !== undefined) expect(await bench.target.rows(rows[0])).toEqual(rows[1])
      } finally {
        await bench.close()
      }
    })
  })
}
