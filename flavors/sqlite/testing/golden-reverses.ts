import type { Reverses } from '../../cases.ts'

/** Ways back of SQLite, agreed on line by line. A new draft: node scripts/golden.ts sqlite */
export const reverses = {
  begin: [
    [],
    [],
  ],
  commit: [
    [],
    [],
  ],
  createSchema: 'unsupported',
  createTable: [
    [
      'DROP TABLE "person"',
    ],
  ],
  createTableWithReference: [
    [
      'DROP TABLE "order"',
    ],
  ],
  createEveryType: [
    [
      'DROP TABLE "every type"',
    ],
  ],
  createWithoutNames: [
    [
      'DROP TABLE "visit"',
    ],
  ],
  dropTable: [
    null,
  ],
  dropTableIfExists: [
    null,
  ],
  renameTable: [
    [
      'ALTER TABLE "per""son" RENAME TO "person"',
    ],
  ],
  moveTable: 'unsupported',
  renameColumn: [
    [
      'ALTER TABLE "person" RENAME COLUMN "name" TO "full name"',
    ],
  ],
  setAside: [
    [
      'DROP TABLE "person__old"',
    ],
    [],
    [
      'CREATE TABLE person (id INTEGER PRIMARY KEY)',
      'CREATE INDEX person_i ON person (id)',
      'INSERT INTO "person" ("id", "full name", "age") SELECT "id", "full name", "age" FROM "person__old"',
      'CREATE TRIGGER person_t AFTER INSERT ON person BEGIN SELECT 1; END',
    ],
  ],
  copyTable: [
    [
      'DROP TABLE "person__copy"',
    ],
    [],
  ],
  copyRows: [
    [
      'DELETE FROM "person"',
    ],
  ],
  continueIdentity: [],
  createIndex: [
    [
      'DROP INDEX "person_by_name"',
    ],
  ],
  createIndexWithInclude: [
    [
      'DROP INDEX "person_full name_idx"',
    ],
  ],
  createUniqueOnNullable: [
    [
      'DROP INDEX "person_age_once"',
    ],
  ],
  createIndexOnExpression: [
    [
      'DROP INDEX "person_expr_idx"',
    ],
  ],
  dropIndex: [
    [
      'CREATE UNIQUE INDEX "person_by_name" ON "person" ("full name" DESC) WHERE age > 17',
    ],
  ],
  addReference: 'unsupported',
  dropReference: 'unsupported',
  addPrimaryKey: 'unsupported',
  dropPrimaryKey: 'unsupported',
  addUnique: 'unsupported',
  dropUnique: 'unsupported',
  addCheck: 'unsupported',
  dropCheck: 'unsupported',
  addColumn: [
    [
      'ALTER TABLE "person" DROP COLUMN "price"',
    ],
  ],
  dropColumn: [
    null,
  ],
  alterColumn: 'unsupported',
  alterTypeWider: 'unsupported',
  alterTypeLossy: 'unsupported',
  setNotNull: 'unsupported',
  dropNotNull: 'unsupported',
  setDefault: 'unsupported',
  changeDefault: 'unsupported',
  dropDefault: 'unsupported',
  addIdentity: 'unsupported',
  dropIdentity: 'unsupported',
  commentColumn: 'unsupported',
  addGeneratedColumn: 'unsupported',
  addNotNullColumn: 'unsupported',
  swapTables: 'unsupported',
  commentTable: 'unsupported',
  checkReferences: [
    [],
  ],
} satisfies Reverses
