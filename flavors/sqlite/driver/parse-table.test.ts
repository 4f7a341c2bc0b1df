import { describe, expect, it } from 'vitest'
import { parseIndex } from '../dialect/parse-index.ts'
import { parseTable } from './parse-table.ts'

describe('parseTable', () => {
  it('reads names, collations, checks and generated columns through every quote and comment', () => {
    const parsed = parseTable(`CREATE TABLE "a ""b""" ( -- a comment, with (parentheses
      [x ]y] INTEGER PRIMARY KEY AUTOINCREMENT, /* , */
      \`n\` TEXT COLLATE NOCASE CONSTRAINT "n check" CHECK (length(n) > 0 AND n <> ',)'),
      g TEXT GENERATED ALWAYS AS (n || '(') STORED,
      d DEFAULT (datetime('now')) UNIQUE,
      CONSTRAINT two UNIQUE (n, "d"))`.replace('[x ]y]', '[x y]'))
    expect([...parsed.columns]).toEqual([
      ['x y', { declared: 'INTEGER', collation: '', generated: null }],
      ['n', { declared: 'TEXT', collation: 'NOCASE', generated: null }],
      ['g', { declared: 'TEXT', collation: '', generated: "n || '('" }],
      ['d', { declared: '', collation: '', generated: null }],
    ])
    expect(parsed.primaryKey).toEqual({ name: '', columns: ['x y'], descending: false })
    expect(parsed.autoincrement).toBe(true)
    expect(parsed.checks).toEqual([{ name: 'n check', expression: "length(n) > 0 AND n <> ',)'" }])
    expect(parsed.uniques).toEqual([{ name: '', columns: ['d'], descending: false }, { name: 'two', columns: ['n', 'd'], descending: false }])
  })

  it('reads foreign keys with their actions and when they are checked', () => {
    const parsed = parseTable(`CREATE TABLE c (p INT REFERENCES q, a INT, b INT, note TEXT,
      CONSTRAINT "f k" FOREIGN KEY (a, b) REFERENCES "r t" (x, y) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED)`)
    expect(parsed.references).toEqual([
      { name: '', columns: ['p'], parent: 'q', parentColumns: [], onUpdate: 'no action', onDelete: 'no action', deferrable: 'no' },
      { name: 'f k', columns: ['a', 'b'], parent: 'r t', parentColumns: ['x', 'y'], onUpdate: 'cascade', onDelete: 'set null', deferrable: 'deferred' },
    ])
    expect([...parsed.columns.keys()]).toEqual(['p', 'a', 'b', 'note'])
  })

  it('says what a model cannot', () => {
    expect(parseTable('CREATE TABLE t (a TEXT UNIQUE ON CONFLICT REPLACE, b TEXT NOT NULL ON CONFLICT ABORT)').unsaid).toEqual(['ON CONFLICT REPLACE'])
  })

  it('takes negative defaults and types with parentheses', () => {
    const parsed = parseTable("CREATE TABLE t (a NUMERIC(10, 2) DEFAULT -1 CHECK (a > -2), b VARCHAR(3) DEFAULT 'x' NOT NULL)")
    expect([...parsed.columns.keys()]).toEqual(['a', 'b'])
    expect(parsed.checks).toEqual([{ name: '', expression: 'a > -2' }])
  })
})

describe('parseIndex', () => {
  it('tells columns from expressions and finds the predicate', () => {
    expect(parseIndex(`CREATE UNIQUE INDEX "i on (x)" ON "t" ("a b" DESC, lower(c), d COLLATE NOCASE ASC) WHERE c IS NOT NULL`)).toEqual({
      parts: [
        { column: 'a b', expression: '', order: 'desc', nulls: '' },
        { column: null, expression: 'lower(c)', order: 'asc', nulls: '' },
        { column: null, expression: 'd COLLATE NOCASE', order: 'asc', nulls: '' },
      ],
      predicate: 'c IS NOT NULL',
    })
  })
})
