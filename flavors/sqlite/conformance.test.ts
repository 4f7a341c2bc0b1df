import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { answer, cases, type Answers, type CaseName } from '../cases.ts'
import { dialect } from './dialect/index.ts'

const answers = {
  begin: [
    `PRAGMA foreign_keys = OFF`,
    `BEGIN IMMEDIATE`,
  ],
  commit: [
    `COMMIT`,
    `PRAGMA foreign_keys = ON`,
  ],
  createSchema: 'unsupported',
  createTable: [
    `CREATE TABLE "person" (
  "id" INTEGER CONSTRAINT "person_pk" PRIMARY KEY,
  "full name" VARCHAR(80) NOT NULL,
  "age" INT,
  "twice" INT GENERATED ALWAYS AS (age * 2) STORED,
  CONSTRAINT "person_name_key" UNIQUE ("full name"),
  CONSTRAINT "person_age_check" CHECK (age >= 0)
)`,
  ],
  createTableWithReference: [
    `CREATE TABLE "order" (
  "id" INTEGER PRIMARY KEY,
  "person_id" BIGINT NOT NULL,
  "price" DECIMAL_TEXT(10,2) NOT NULL DEFAULT 0,
  CONSTRAINT "order_person_fk" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE
)`,
  ],
  dropTable: [
    `DROP TABLE "person"`,
  ],
  dropTableIfExists: [
    `DROP TABLE IF EXISTS "gone"`,
  ],
  renameTable: [
    `ALTER TABLE "person" RENAME TO "per""son"`,
  ],
  moveTable: 'unsupported',
  renameColumn: [
    `ALTER TABLE "person" RENAME COLUMN "full name" TO "name"`,
  ],
  setAside: [
    `CREATE TABLE "person__old" AS SELECT "id", "full name", "age" FROM "person"`,
    `DROP TABLE "person"`,
  ],
  copyTable: [
    `CREATE TABLE "person__copy" AS SELECT "id", "full name", "age" FROM "person"`,
  ],
  copyRows: [
    `INSERT INTO "person" ("id", "full name", "age")
SELECT "id", "full name", CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END
FROM "person__old"`,
  ],
  continueIdentity: [],
  createIndex: [
    `CREATE UNIQUE INDEX "person_by_name" ON "person" ("full name" DESC) WHERE age > 17`,
  ],
  createIndexOnExpression: [
    `CREATE INDEX "person_expr_idx" ON "person" (lower("full name"))`,
  ],
  dropIndex: [
    `DROP INDEX "person_by_name"`,
  ],
  addReference: 'unsupported',
  dropReference: 'unsupported',
  addPrimaryKey: 'unsupported',
  dropUnique: 'unsupported',
  addCheck: 'unsupported',
  dropCheck: 'unsupported',
  addColumn: [
    `ALTER TABLE "person" ADD COLUMN "price" DECIMAL_TEXT(10,2) NOT NULL DEFAULT 0`,
  ],
  dropColumn: [
    `ALTER TABLE "person" DROP COLUMN "age"`,
  ],
  alterColumn: 'unsupported',
  commentTable: 'unsupported',
  checkReferences: [
    `SELECT "table", rowid, parent FROM pragma_foreign_key_check WHERE "table" COLLATE NOCASE IN ('person') OR parent COLLATE NOCASE IN ('person')`,
  ],
} satisfies Answers

const names = Object.keys(cases) as CaseName[]

describe('conformance of SQLite', () => {
  it.each(names)('answers %s', (name) => expect(answer(dialect, name)).toEqual(answers[name]))

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
