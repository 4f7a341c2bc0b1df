import type { Reverses } from '../../cases.ts'

/** Ways back of PostgreSQL, agreed on line by line. A new draft: node scripts/golden.ts postgres */
export const reverses = {
  begin: [
    [],
    [],
    [],
    [],
    [],
    [],
  ],
  commit: [
    [],
  ],
  createSchema: [
    [
      'DROP SCHEMA "my ""own"""',
    ],
  ],
  createTable: [
    [
      'DROP TABLE "public"."person"',
    ],
    [],
    [],
  ],
  createTableWithReference: [
    [
      'DROP TABLE "public"."order"',
    ],
  ],
  createEveryType: [
    [
      `DO $$
DECLARE
  found oid := to_regtype('"public"."every type_mood"');
  aside oid := (SELECT t.oid FROM pg_catalog.pg_type t, pg_catalog.pg_type o
    WHERE o.oid = to_regtype('"public"."every type_mood"') AND t.typnamespace = o.typnamespace AND t.typtype = 'e'
      AND t.typname = CASE WHEN octet_length(o.typname) > 53 THEN left(o.typname, 13) ELSE o.typname END || '__' || left(md5(array_to_string((SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), chr(31))), 8)
    ORDER BY age(t.xmin) LIMIT 1);
  old_name text := (SELECT typname FROM pg_catalog.pg_type WHERE oid = to_regtype('"public"."every type_mood"'));
BEGIN
  IF found IS NULL OR (SELECT count(DISTINCT (d.classid, d.objid)) FROM pg_catalog.pg_depend d
    WHERE d.refclassid = 'pg_catalog.pg_type'::regclass AND d.deptype <> 'i'
      AND (d.refobjid = found OR d.refobjid = (SELECT typarray FROM pg_catalog.pg_type WHERE oid = found))
      AND d.classid <> 'pg_catalog.pg_type'::regclass AND d.classid <> 'pg_catalog.pg_attrdef'::regclass AND d.classid <> 'pg_catalog.pg_constraint'::regclass) > 0 THEN
    RETURN;
  END IF;
  DROP TYPE "public"."every type_mood";
  IF aside IS NOT NULL THEN
    EXECUTE format('ALTER TYPE %s RENAME TO %I', aside::regtype, old_name);
  END IF;
END
$$`,
    ],
    [
      'DROP TABLE "public"."every type"',
    ],
  ],
  createWithoutNames: [
    [
      'DROP TABLE "care"."visit"',
    ],
    [],
  ],
  dropTable: [
    null,
  ],
  dropTableIfExists: [
    null,
  ],
  renameTable: [
    [
      'ALTER TABLE "public"."per""son" RENAME TO "person"',
    ],
  ],
  moveTable: [
    [
      'ALTER TABLE "archive"."person" SET SCHEMA "public"',
    ],
  ],
  renameColumn: [
    [
      'ALTER TABLE "public"."person" RENAME COLUMN "name" TO "full name"',
    ],
  ],
  setAside: [
    [
      'ALTER TABLE "public"."person__old" RENAME TO "person"',
    ],
    [
      'ALTER TABLE "public"."person__old" RENAME CONSTRAINT "person__old_pkey" TO "person_pk"',
    ],
    [
      'ALTER TABLE "public"."person__old" RENAME CONSTRAINT "person__old_key1" TO "person_name_key"',
    ],
    [
      'ALTER SEQUENCE "public"."person__old_seq1" RENAME TO "person_id_seq"',
    ],
  ],
  copyTable: [
    [
      'DROP TABLE "public"."person__copy"',
    ],
  ],
  copyRows: [
    [
      'DELETE FROM "public"."person"',
    ],
  ],
  continueIdentity: [
    [],
  ],
  createIndex: [
    [
      'DROP INDEX "public"."person_by_name"',
    ],
  ],
  createIndexWithInclude: [
    [
      'DROP INDEX "public"."person_full name_idx"',
    ],
  ],
  createUniqueOnNullable: [
    [
      'DROP INDEX "public"."person_age_once"',
    ],
  ],
  createIndexOnExpression: [
    [
      'DROP INDEX "public"."person_expr_idx"',
    ],
  ],
  dropIndex: [
    [
      'CREATE UNIQUE INDEX "person_by_name" ON "public"."person" ("full name" DESC) WHERE age > 17',
    ],
  ],
  addReference: [
    [
      'ALTER TABLE "public"."order" DROP CONSTRAINT "order_person_fk"',
    ],
  ],
  dropReference: [
    [
      'ALTER TABLE "public"."order" ADD CONSTRAINT "order_person_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person" ("id") ON DELETE CASCADE',
    ],
  ],
  addPrimaryKey: [
    [
      'ALTER TABLE "public"."person" DROP CONSTRAINT "person_pk"',
    ],
  ],
  dropPrimaryKey: [
    [
      'ALTER TABLE "public"."person" ADD CONSTRAINT "person_pk" PRIMARY KEY ("id")',
    ],
  ],
  addUnique: [
    [
      'ALTER TABLE "public"."person" DROP CONSTRAINT "person_full name_age_key"',
    ],
  ],
  dropUnique: [
    [
      'ALTER TABLE "public"."person" ADD CONSTRAINT "person_name_key" UNIQUE ("full name")',
    ],
  ],
  addCheck: [
    [
      'ALTER TABLE "public"."person" DROP CONSTRAINT "person_age_check"',
    ],
  ],
  dropCheck: [
    [
      'ALTER TABLE "public"."person" ADD CONSTRAINT "person_age_check" CHECK (age >= 0)',
    ],
  ],
  addColumn: [
    [
      'ALTER TABLE "public"."person" DROP COLUMN "price"',
    ],
  ],
  dropColumn: [
    null,
  ],
  alterColumn: [
    null,
  ],
  alterTypeWider: [
    [
      `ALTER TABLE "public"."person"
  ALTER COLUMN "note" TYPE character varying(20)`,
    ],
  ],
  alterTypeLossy: [
    null,
  ],
  setNotNull: [
    [
      `ALTER TABLE "public"."person"
  ALTER COLUMN "note" DROP NOT NULL`,
    ],
  ],
  dropNotNull: [
    [
      `ALTER TABLE "public"."person"
  ALTER COLUMN "note" SET NOT NULL`,
    ],
  ],
  setDefault: [
    [
      `ALTER TABLE "public"."person"
  ALTER COLUMN "note" DROP DEFAULT`,
    ],
  ],
  changeDefault: [
    [
      `ALTER TABLE "public"."person"
  ALTER COLUMN "note" SET DEFAULT 'none'`,
    ],
  ],
  dropDefault: [
    [
      `ALTER TABLE "public"."person"
  ALTER COLUMN "note" SET DEFAULT 'none'`,
    ],
  ],
  addIdentity: [
    [
      `ALTER TABLE "public"."person"
  ALTER COLUMN "id" DROP IDENTITY`,
    ],
  ],
  dropIdentity: [
    [
      `ALTER TABLE "public"."person"
  ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY`,
    ],
  ],
  commentColumn: [
    [
      `COMMENT ON COLUMN "public"."person"."note" IS 'a note'`,
    ],
  ],
  addGeneratedColumn: [
    [
      'ALTER TABLE "public"."person" DROP COLUMN "twice"',
    ],
  ],
  addNotNullColumn: [
    [
      'ALTER TABLE "public"."person" DROP COLUMN "joined"',
    ],
  ],
  swapTables: 'unsupported',
  commentTable: [
    [
      `COMMENT ON TABLE "public"."person" IS 'old'`,
    ],
  ],
  checkReferences: [
    [],
  ],
} satisfies Reverses
