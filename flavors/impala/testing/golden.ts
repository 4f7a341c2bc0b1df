import type { Answers, QuestionAnswers } from '../../cases.ts'

/** Statements of Impala, agreed on line by line. A new draft: node scripts/golden.ts impala */
export const answers = {
  begin: [
    'SET SYNC_DDL=1',
    `SET TIMEZONE='UTC'`,
    'SET ABORT_ON_ERROR=1',
    'SET DECIMAL_V2=1',
  ],
  commit: [
    `SET DECIMAL_V2=''`,
    `SET ABORT_ON_ERROR=''`,
    `SET TIMEZONE=''`,
    `SET SYNC_DDL=''`,
  ],
  createSchema: 'refused',
  createTable: [
    `CREATE TABLE \`person\` (
  \`id\` BIGINT,
  \`full name\` VARCHAR(80) COMMENT "the person's name",
  \`age\` INT,
  \`twice\` INT,
  PRIMARY KEY (\`id\`) DISABLE NOVALIDATE RELY
)
COMMENT 'People; "all" of them'
STORED AS PARQUET`,
  ],
  createTableWithReference: [
    `CREATE TABLE \`order\` (
  \`id\` BIGINT,
  \`person_id\` BIGINT,
  \`price\` DECIMAL(10,2),
  PRIMARY KEY (\`id\`) DISABLE NOVALIDATE RELY,
  FOREIGN KEY (\`person_id\`) REFERENCES \`person\` (\`id\`) DISABLE NOVALIDATE RELY
)
STORED AS PARQUET`,
  ],
  createEveryType: 'refused',
  createWithoutNames: [
    `CREATE TABLE \`care\`.\`visit\` (
  \`clinic\` INT,
  \`number\` INT,
  \`follows_clinic\` INT,
  \`follows_number\` INT,
  \`code\` VARCHAR(20) COMMENT 'shown on the badge',
  \`day\` DATE,
  PRIMARY KEY (\`clinic\`, \`number\`) DISABLE NOVALIDATE RELY
)
STORED AS PARQUET`,
  ],
  dropTable: [
    'DROP TABLE `person`',
  ],
  dropTableIfExists: [
    'DROP TABLE IF EXISTS `gone`',
  ],
  renameTable: 'refused',
  moveTable: [
    'ALTER TABLE `person` RENAME TO `archive`.`person`',
  ],
  renameColumn: 'unsupported',
  setAside: [
    `CREATE TABLE \`person__old\`
STORED AS PARQUET
AS SELECT \`id\`, \`full name\`, \`age\`, \`twice\`
FROM \`person\``,
    'DROP TABLE `person`',
  ],
  copyTable: [
    `CREATE TABLE \`person__copy\`
STORED AS PARQUET
AS SELECT \`id\`, \`full name\`, \`age\`, \`twice\`
FROM \`person\``,
  ],
  copyRows: [
    `INSERT INTO \`person\` (\`id\`, \`full name\`, \`age\`, \`joined\`)
SELECT \`id\`, \`full name\`, CAST(\`age\` AS INT), CURRENT_DATE()
FROM \`person__old\``,
    'COMPUTE STATS `person`',
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
    `COMMENT ON COLUMN \`person\`.\`note\` IS "it's new"`,
  ],
  addGeneratedColumn: 'unsupported',
  addNotNullColumn: 'unsupported',
  swapTables: [
    'ALTER TABLE `person` RENAME TO `person__old`',
    'ALTER TABLE `person__new` RENAME TO `person`',
    'ALTER TABLE `order__new` RENAME TO `order`',
  ],
  commentTable: [
    `COMMENT ON TABLE \`person\` IS "it's new"`,
  ],
  checkReferences: [],
} satisfies Answers

/** Queries of Impala, agreed on line by line. A new draft: node scripts/golden.ts impala */
export const questionAnswers = {
  lossyRows: 'SELECT `id` FROM `person` WHERE `age` IS NOT NULL AND NOT COALESCE(CAST(CAST(`age` AS INT) AS STRING) IS NOT DISTINCT FROM `age`, FALSE) LIMIT 10',
  tooLong: 'SELECT 1 FROM `person` WHERE `note` IS NOT NULL AND NOT COALESCE(LENGTH(`note`) <= 20, FALSE) LIMIT 1',
  nullRows: 'SELECT `id` FROM `person` WHERE `age` IS NULL LIMIT 10',
  anyRows: 'SELECT 1 FROM `person` LIMIT 1',
  countValues: 'SELECT COUNT(`full name`) FROM `person`',
  countRows: 'SELECT COUNT(*) FROM `person`',
  cannotCast: 'unsupported',
  isChanged: 'unsupported',
  breaksCheck: 'unsupported',
  isEqual: 'unsupported',
  isOrphan: 'unsupported',
  isEmpty: 'unsupported',
  rejects: 'unsupported',
  digestFrom: `SELECT COUNT(*), COALESCE(SUM(CAST(FNV_HASH(CONCAT_WS('|', NVL(CONCAT(CAST(LENGTH(CAST(\`id\` AS STRING)) AS STRING), ':', CAST(\`id\` AS STRING)), '~'), NVL(CONCAT(CAST(LENGTH(CAST(\`full name\` AS STRING)) AS STRING), ':', CAST(\`full name\` AS STRING)), '~'), NVL(CONCAT(CAST(LENGTH(CAST(CAST(\`age\` AS INT) AS STRING)) AS STRING), ':', CAST(CAST(\`age\` AS INT) AS STRING)), '~'))) AS DECIMAL(38,0))), 0) FROM \`person__old\``,
  digestTo: `SELECT COUNT(*), COALESCE(SUM(CAST(FNV_HASH(CONCAT_WS('|', NVL(CONCAT(CAST(LENGTH(CAST(\`id\` AS STRING)) AS STRING), ':', CAST(\`id\` AS STRING)), '~'), NVL(CONCAT(CAST(LENGTH(CAST(\`full name\` AS STRING)) AS STRING), ':', CAST(\`full name\` AS STRING)), '~'), NVL(CONCAT(CAST(LENGTH(CAST(\`age\` AS STRING)) AS STRING), ':', CAST(\`age\` AS STRING)), '~'))) AS DECIMAL(38,0))), 0) FROM \`person\``,
} satisfies QuestionAnswers
