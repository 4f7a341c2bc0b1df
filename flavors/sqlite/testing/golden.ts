import type { Answers, QuestionAnswers } from '../../cases.ts'

/** Statements of SQLite, agreed on line by line. A new draft: node scripts/golden.ts sqlite */
export const answers = {
  begin: [
    'PRAGMA foreign_keys = OFF',
    'BEGIN IMMEDIATE',
  ],
  commit: [
    'COMMIT',
    'PRAGMA foreign_keys = ON',
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
  "price" DECIMAL(10,2) NOT NULL DEFAULT 0,
  CONSTRAINT "order_person_fk" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE
)`,
  ],
  createEveryType: [
    `CREATE TABLE "every type" (
  "b" BOOLEAN NOT NULL DEFAULT true,
  "int8" TINYINT,
  "int16" SMALLINT,
  "int32" INT,
  "int64" BIGINT,
  "uint8" TINYINT UNSIGNED,
  "uint16" SMALLINT UNSIGNED,
  "uint32" INT UNSIGNED,
  "uint64" U64_TEXT,
  "float32" FLOAT4,
  "float64" DOUBLE,
  "decimal_plain" DECIMAL,
  "decimal_12_4" DECIMAL(12,4) DEFAULT -1.5,
  "char_3" CHAR(3),
  "varchar_40" VARCHAR(40) NOT NULL DEFAULT 'it''s',
  "text" TEXT,
  "blob" BLOB,
  "date" DATE,
  "interval" DURATION_TEXT,
  "uuid" UUID_TEXT,
  "json" JSON_TEXT,
  "xml" XML_TEXT,
  "inet" INET_TEXT,
  "geometry" GEOMETRY_BLOB,
  "binary_16" BINARY_BLOB(16),
  "varbinary_20" VARBINARY_BLOB(20),
  "bit_8" BIT_TEXT(8),
  "time_3" TIME(3),
  "timestamp_6" TIMESTAMP(6),
  "timestamptz_plain" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "mood" TEXT DEFAULT 'ok',
  "tags" JSON_TEXT,
  "scores" JSON_TEXT,
  "point" JSON_TEXT,
  CHECK ("mood" IN ('sad', 'ok', 'it''s'))
)`,
  ],
  createWithoutNames: [
    `CREATE TABLE "visit" (
  "clinic" INT NOT NULL,
  "number" INT NOT NULL,
  "follows_clinic" INT,
  "follows_number" INT,
  "code" VARCHAR(20),
  "day" DATE NOT NULL DEFAULT CURRENT_DATE,
  PRIMARY KEY ("clinic", "number"),
  UNIQUE ("code"),
  CHECK (number > 0),
  FOREIGN KEY ("follows_clinic", "follows_number") REFERENCES "visit" ("clinic", "number") ON DELETE SET NULL
)`,
  ],
  dropTable: [
    'DROP TABLE "person"',
  ],
  dropTableIfExists: [
    'DROP TABLE IF EXISTS "gone"',
  ],
  renameTable: [
    'ALTER TABLE "person" RENAME TO "per""son"',
  ],
  moveTable: 'unsupported',
  renameColumn: [
    'ALTER TABLE "person" RENAME COLUMN "full name" TO "name"',
  ],
  setAside: [
    'CREATE TABLE "person__old" ("id", "full name", "age")',
    'INSERT INTO "person__old" (rowid, "id", "full name", "age") SELECT rowid, "id", "full name", "age" FROM "person"',
    'DROP TABLE "person"',
  ],
  copyTable: [
    'CREATE TABLE "person__copy" ("id", "full name", "age")',
    'INSERT INTO "person__copy" (rowid, "id", "full name", "age") SELECT rowid, "id", "full name", "age" FROM "person"',
  ],
  copyRows: [
    `INSERT INTO "person" ("id", "full name", "age")
SELECT "id", "full name", CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END
FROM "person__old"`,
  ],
  continueIdentity: [],
  createIndex: [
    'CREATE UNIQUE INDEX "person_by_name" ON "person" ("full name" DESC) WHERE age > 17',
  ],
  createIndexWithInclude: [
    'CREATE INDEX "person_full name_idx" ON "person" ("full name" DESC)',
  ],
  createUniqueOnNullable: [
    'CREATE UNIQUE INDEX "person_age_once" ON "person" ("age")',
  ],
  createIndexOnExpression: [
    'CREATE INDEX "person_expr_idx" ON "person" (lower("full name"))',
  ],
  dropIndex: [
    'DROP INDEX "person_by_name"',
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
    'ALTER TABLE "person" ADD COLUMN "price" DECIMAL(10,2) NOT NULL DEFAULT 0',
  ],
  dropColumn: [
    'ALTER TABLE "person" DROP COLUMN "age"',
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
    `SELECT "table", rowid, parent FROM pragma_foreign_key_check WHERE "table" COLLATE NOCASE IN ('person') OR parent COLLATE NOCASE IN ('person')`,
  ],
} satisfies Answers

/** Queries of SQLite, agreed on line by line. A new draft: node scripts/golden.ts sqlite */
export const questionAnswers = {
  lossyRows: `SELECT "id" FROM "person" WHERE "age" IS NOT NULL AND NOT coalesce((typeof(CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END) = 'integer' AND CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END BETWEEN -2147483648 AND 2147483647 AND (typeof("age") <> 'text' OR CAST(CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS TEXT) = "age") AND (typeof("age") <> 'real' OR CAST(CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS REAL) = "age")), 0) LIMIT 10`,
  tooLong: `SELECT rowid FROM "person" WHERE "note" IS NOT NULL AND NOT coalesce((typeof("note") = 'text' AND length("note") <= 20 AND (typeof("note") <> 'real' OR CAST("note" AS REAL) = "note")), 0) LIMIT 1`,
  nullRows: 'SELECT "id" FROM "person" WHERE "age" IS NULL LIMIT 10',
  anyRows: 'SELECT rowid FROM "person" LIMIT 1',
  countValues: 'SELECT count("full name") FROM "person"',
  countRows: 'SELECT count(*) FROM "person"',
  cannotCast: `SELECT count(*) OVER () AS "count", "__mm_key_1" AS "id"
FROM (SELECT "id", "age", "id" AS "__mm_key_1" FROM "person__old") AS "person"
WHERE ("age" IS NOT NULL AND NOT coalesce((SELECT (SELECT typeof("__mm_value") = 'integer' AND "__mm_value" BETWEEN -2147483648 AND 2147483647 FROM (SELECT CASE WHEN typeof("__mm_value") = 'real' AND abs("__mm_value") < 9.2e18 THEN CAST(round("__mm_value") AS INTEGER) ELSE "__mm_value" END AS "__mm_value")) FROM (SELECT CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS "__mm_value")), 0))
ORDER BY "__mm_key_1"
LIMIT 3`,
  isChanged: `SELECT count(*) OVER () AS "count", "__mm_key_1" AS "id"
FROM (SELECT "id", "age", "id" AS "__mm_key_1" FROM "person__old") AS "person"
WHERE ("age" IS NOT NULL AND NOT ("age" IS NOT NULL AND NOT coalesce((SELECT (SELECT typeof("__mm_value") = 'integer' AND "__mm_value" BETWEEN -2147483648 AND 2147483647 FROM (SELECT CASE WHEN typeof("__mm_value") = 'real' AND abs("__mm_value") < 9.2e18 THEN CAST(round("__mm_value") AS INTEGER) ELSE "__mm_value" END AS "__mm_value")) FROM (SELECT CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS "__mm_value")), 0)) AND NOT coalesce((typeof(CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END) = 'integer' AND CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END BETWEEN -2147483648 AND 2147483647 AND (typeof("age") <> 'text' OR CAST(CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS TEXT) = "age") AND (typeof("age") <> 'real' OR CAST(CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS REAL) = "age")), 0))
ORDER BY "__mm_key_1"
LIMIT 3`,
  breaksCheck: `SELECT count(*) OVER () AS "count", "__mm_key_1" AS "id"
FROM (SELECT "person".*, CAST(((age * 2)) AS INTEGER) AS "twice" FROM (SELECT "__mm_key_1", "id" AS "id", CAST(CASE WHEN ("age" IS NOT NULL AND NOT coalesce((SELECT (SELECT typeof("__mm_value") = 'integer' AND "__mm_value" BETWEEN -2147483648 AND 2147483647 FROM (SELECT CASE WHEN typeof("__mm_value") = 'real' AND abs("__mm_value") < 9.2e18 THEN CAST(round("__mm_value") AS INTEGER) ELSE "__mm_value" END AS "__mm_value")) FROM (SELECT CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS "__mm_value")), 0)) THEN NULL ELSE CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END END AS INTEGER) AS "age" FROM (SELECT "years" AS "age", "id", "id" AS "__mm_key_1" FROM "person")) AS "person") AS "person"
WHERE NOT (age > 17)
ORDER BY "__mm_key_1"
LIMIT 3`,
  isEqual: `SELECT count(*) OVER () AS "count", "__mm_key_1" AS "id"
FROM (SELECT "__mm_key_1", count(*) OVER (PARTITION BY "age") AS "__mm_equal" FROM (SELECT "person".*, CAST(((age * 2)) AS INTEGER) AS "twice" FROM (SELECT "__mm_key_1", "id" AS "id", CAST(CASE WHEN ("age" IS NOT NULL AND NOT coalesce((SELECT (SELECT typeof("__mm_value") = 'integer' AND "__mm_value" BETWEEN -2147483648 AND 2147483647 FROM (SELECT CASE WHEN typeof("__mm_value") = 'real' AND abs("__mm_value") < 9.2e18 THEN CAST(round("__mm_value") AS INTEGER) ELSE "__mm_value" END AS "__mm_value")) FROM (SELECT CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS "__mm_value")), 0)) THEN NULL ELSE CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END END AS INTEGER) AS "age" FROM (SELECT "id", "age", "id" AS "__mm_key_1" FROM "person__old")) AS "person") AS "person" WHERE "age" IS NOT NULL AND (age > 0)) AS "person"
WHERE "__mm_equal" > 1
ORDER BY "__mm_key_1"
LIMIT 3`,
  isOrphan: `SELECT count(*) OVER () AS "count", "__mm_key_1" AS "id"
FROM (SELECT "person".*, CAST(((age * 2)) AS INTEGER) AS "twice" FROM (SELECT "__mm_key_1", "id" AS "id", CAST(CASE WHEN ("age" IS NOT NULL AND NOT coalesce((SELECT (SELECT typeof("__mm_value") = 'integer' AND "__mm_value" BETWEEN -2147483648 AND 2147483647 FROM (SELECT CASE WHEN typeof("__mm_value") = 'real' AND abs("__mm_value") < 9.2e18 THEN CAST(round("__mm_value") AS INTEGER) ELSE "__mm_value" END AS "__mm_value")) FROM (SELECT CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS "__mm_value")), 0)) THEN NULL ELSE CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END END AS INTEGER) AS "age" FROM (SELECT "id", "age", "id" AS "__mm_key_1" FROM "person__old")) AS "person") AS "person"
WHERE "person"."age" IS NOT NULL AND "person"."age" NOT IN (SELECT "id" FROM (SELECT "person".*, CAST(((age * 2)) AS INTEGER) AS "twice" FROM (SELECT "__mm_key_1", "id" AS "id", CAST(CASE WHEN ("age" IS NOT NULL AND NOT coalesce((SELECT (SELECT typeof("__mm_value") = 'integer' AND "__mm_value" BETWEEN -2147483648 AND 2147483647 FROM (SELECT CASE WHEN typeof("__mm_value") = 'real' AND abs("__mm_value") < 9.2e18 THEN CAST(round("__mm_value") AS INTEGER) ELSE "__mm_value" END AS "__mm_value")) FROM (SELECT CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS "__mm_value")), 0)) THEN NULL ELSE CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END END AS INTEGER) AS "age" FROM (SELECT "id", "age", "id" AS "__mm_key_1" FROM "person__old")) AS "person") AS "person" WHERE "id" IS NOT NULL)
ORDER BY "__mm_key_1"
LIMIT 3`,
  isEmpty: `SELECT count(*) OVER () AS "count", "__mm_key_1" AS "id"
FROM (SELECT "person".*, CAST(((age * 2)) AS INTEGER) AS "twice" FROM (SELECT "__mm_key_1", "id" AS "id", CAST(CASE WHEN ("age" IS NOT NULL AND NOT coalesce((SELECT (SELECT typeof("__mm_value") = 'integer' AND "__mm_value" BETWEEN -2147483648 AND 2147483647 FROM (SELECT CASE WHEN typeof("__mm_value") = 'real' AND abs("__mm_value") < 9.2e18 THEN CAST(round("__mm_value") AS INTEGER) ELSE "__mm_value" END AS "__mm_value")) FROM (SELECT CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS "__mm_value")), 0)) THEN NULL ELSE CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END END AS INTEGER) AS "age" FROM (SELECT "id", "age", "id" AS "__mm_key_1" FROM "person__old")) AS "person") AS "person"
WHERE "age" IS NULL
ORDER BY "__mm_key_1"
LIMIT 3`,
  rejects: `SELECT "__mm_key_1" AS "id", 'age' AS "field", "age" AS "value", 'does not fit INT' AS "reason"
FROM (SELECT "id", "age", "id" AS "__mm_key_1" FROM "person__old") AS "person"
WHERE ("age" IS NOT NULL AND NOT coalesce((SELECT (SELECT typeof("__mm_value") = 'integer' AND "__mm_value" BETWEEN -2147483648 AND 2147483647 FROM (SELECT CASE WHEN typeof("__mm_value") = 'real' AND abs("__mm_value") < 9.2e18 THEN CAST(round("__mm_value") AS INTEGER) ELSE "__mm_value" END AS "__mm_value")) FROM (SELECT CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END AS "__mm_value")), 0))`,
  digestFrom: `SELECT count(*), metamigrate_digest("id", "full name", CASE WHEN (typeof("age") = 'text' AND CAST("age" AS NUMERIC) = "age") THEN CAST("age" AS NUMERIC) WHEN (typeof("age") = 'real' AND CAST("age" AS INTEGER) = "age") THEN CAST("age" AS INTEGER) ELSE "age" END) FROM "person__old"`,
  digestTo: 'SELECT count(*), metamigrate_digest("id", "full name", "age") FROM "person"',
} satisfies QuestionAnswers
