import type { Reverses } from '../../cases.ts'

/** Ways back of Impala, agreed on line by line. A new draft: node scripts/golden.ts impala */
export const reverses = {
  begin: [
    [],
    [],
    [],
    [],
  ],
  commit: [
    [],
    [],
    [],
    [],
  ],
  createSchema: 'refused',
  createTable: [
    [
      'DROP TABLE `person`',
    ],
  ],
  createTableWithReference: [
    [
      'DROP TABLE `order`',
    ],
  ],
  createEveryType: 'refused',
  createWithoutNames: [
    [
      'DROP TABLE `care`.`visit`',
    ],
  ],
  dropTable: [
    null,
  ],
  dropTableIfExists: [
    null,
  ],
  renameTable: 'refused',
  moveTable: [
    [
      'ALTER TABLE `archive`.`person` RENAME TO `person`',
    ],
  ],
  renameColumn: 'unsupported',
  setAside: [
    [
      'DROP TABLE `person__old`',
    ],
    [
      `CREATE TABLE \`person\` (
  \`id\` BIGINT,
  \`full name\` VARCHAR(80) COMMENT "the person's name",
  \`age\` INT,
  \`twice\` INT,
  PRIMARY KEY (\`id\`) DISABLE NOVALIDATE RELY
)
COMMENT 'People; "all" of them'
STORED AS PARQUET`,
      `INSERT INTO \`person\` (\`id\`, \`full name\`, \`age\`)
SELECT \`id\`, \`full name\`, \`age\`
FROM \`person__old\``,
      'COMPUTE STATS `person`',
    ],
  ],
  copyTable: [
    [
      'DROP TABLE `person__copy`',
    ],
  ],
  copyRows: [
    [
      'TRUNCATE TABLE `person`',
    ],
    [],
  ],
  continueIdentity: [],
  createIndex: 'unsupported',
  createIndexWithInclude: 'unsupported',
  createUniqueOnNullable: 'unsupported',
  createIndexOnExpression: 'unsupported',
  dropIndex: 'unsupported',
  addReference: 'unsupported',
  dropReference: 'unsupported',
  addPrimaryKey: 'unsupported',
  dropPrimaryKey: 'unsupported',
  addUnique: 'unsupported',
  dropUnique: 'unsupported',
  addCheck: 'unsupported',
  dropCheck: 'unsupported',
  addColumn: 'unsupported',
  dropColumn: 'unsupported',
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
  commentColumn: [
    [
      `COMMENT ON COLUMN \`person\`.\`note\` IS 'a note'`,
    ],
  ],
  addGeneratedColumn: 'unsupported',
  addNotNullColumn: 'unsupported',
  swapTables: [
    [
      'ALTER TABLE `person__old` RENAME TO `person`',
    ],
    [
      'ALTER TABLE `person` RENAME TO `person__new`',
    ],
    [
      'ALTER TABLE `order` RENAME TO `order__new`',
    ],
  ],
  commentTable: [
    [
      `COMMENT ON TABLE \`person\` IS 'old'`,
    ],
  ],
  checkReferences: [],
} satisfies Reverses
