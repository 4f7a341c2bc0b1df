import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { cases } from '../cases.ts'
import { describeConformance } from '../testing/conformance.ts'
import { dialect } from './dialect/index.ts'
import { reverses } from './testing/golden-reverses.ts'
import { answers, questionAnswers } from './testing/golden.ts'

describeConformance(dialect, { answers, reverses, questionAnswers })

describe('SQLite itself', () => {
  const schemaOf = (database: Database.Database) => database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()
  const rowsOf = (database: Database.Database) => database.prepare('SELECT id, "full name", age FROM person ORDER BY id').all()

  it.each(['renameTable', 'renameColumn', 'copyTable', 'createIndex', 'createIndexOnExpression', 'addColumn'] as const)('takes %s back exactly', (name) => {
    const database = new Database(':memory:')
    database.exec(`${answers.createTable.join(';')}; INSERT INTO person (id, "full name", age) VALUES (1, 'a', 20), (2, 'b', 30)`)
    const before = [schemaOf(database), rowsOf(database)]
    const statements = dialect.statements(cases[name])
    for (const { text } of statements) database.exec(text)
    expect(schemaOf(database)).not.toEqual(before[0])
    for (const { undo } of statements.toReversed()) for (const text of undo ?? []) database.exec(text)
    expect([schemaOf(database), rowsOf(database)]).toEqual(before)
  })

  it('sets a table aside with its counter, and brings it back with index, trigger, rows and the number that comes next', () => {
    const database = new Database(':memory:')
    const remake = ['CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, "full name" TEXT, age)', 'CREATE INDEX person_i ON person (age)', `CREATE TRIGGER person_t AFTER INSERT ON person BEGIN UPDATE person SET age = 99 WHERE id = new.id; END`]
    database.exec(`${remake[0]}; INSERT INTO person VALUES (1, 'a', 20), (7, 'b', '30'), (9, NULL, x'00'); DELETE FROM person WHERE id = 9; ${remake[1]}; ${remake[2]}`)
    const before = [schemaOf(database), rowsOf(database), database.prepare('SELECT * FROM sqlite_sequence').all()]
    const shape = { ...cases.createTable.shape, columns: cases.createTable.shape.columns.slice(0, 3), options: { 'SQLITE.AUTOINCREMENT': 'yes' } }
    const statements = dialect.statements({ kind: 'setAside', shape, to: 'bak', remake })
    for (const { text } of statements) database.exec(text)
    expect(database.prepare('SELECT name, seq FROM sqlite_sequence').all()).toEqual([{ name: 'bak', seq: 9 }])
    expect(database.prepare('SELECT id, typeof(age) AS kind FROM bak ORDER BY id').all()).toEqual([{ id: 1, kind: 'integer' }, { id: 7, kind: 'text' }])
    for (const { undo } of statements.toReversed()) for (const text of undo ?? []) database.exec(text)
    expect([schemaOf(database), rowsOf(database), database.prepare('SELECT * FROM sqlite_sequence').all()]).toEqual(before)
  })

  it('forgets the counter of a backup with the backup', () => {
    const database = new Database(':memory:')
    database.exec('CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, "full name" TEXT, age); INSERT INTO person (age) VALUES (1)')
    const shape = { ...cases.createTable.shape, columns: cases.createTable.shape.columns.slice(0, 3), options: { 'SQLITE.AUTOINCREMENT': 'yes' } }
    for (const { text } of dialect.statements({ kind: 'copyTable', shape, to: 'bak' })) database.exec(text)
    for (const { text } of dialect.statements({ kind: 'dropTable', shape: { ...shape, name: 'bak' } })) database.exec(text)
    expect(database.prepare('SELECT name FROM sqlite_sequence').all()).toEqual([{ name: 'person' }])
  })

  it('changes NOT NULL and checks in place where the library can, and back', () => {
    const newest = dialect.forVersion(3_054_001)
    const database = new Database(':memory:')
    database.exec('CREATE TABLE person (age INT)')
    const age = cases.alterColumn.from
    const before = schemaOf(database)
    const statements = [...newest.statements({ kind: 'alterColumn', table: { schema: '', name: 'person' }, from: age, to: { ...age, nullable: false } }), ...newest.statements(cases.addCheck)]
    expect(statements.map(({ text }) => text)).toEqual(['ALTER TABLE "person" ALTER COLUMN "age" SET NOT NULL', 'ALTER TABLE "person" ADD CONSTRAINT "person_age_check" CHECK (age >= 0)'])
    for (const { text } of statements) database.exec(text)
    expect(() => database.exec('INSERT INTO person VALUES (NULL)')).toThrow('NOT NULL')
    expect(() => database.exec('INSERT INTO person VALUES (-1)')).toThrow('person_age_check')
    for (const { undo } of statements.toReversed()) for (const text of undo ?? []) database.exec(text)
    expect(schemaOf(database)).toEqual(before)
  })
})
