import type { Answers, QuestionAnswers } from '../../cases.ts'

/** Statements of MySQL, agreed on line by line. A new draft: node scripts/golden.ts mysql */
export const answers = {
  begin: [
    'SET @metamigrate_sql_mode = COALESCE(@metamigrate_sql_mode, @@SESSION.sql_mode), @metamigrate_time_zone = COALESCE(@metamigrate_time_zone, @@SESSION.time_zone), @metamigrate_foreign_key_checks = COALESCE(@metamigrate_foreign_key_checks, @@SESSION.foreign_key_checks), @metamigrate_unique_checks = COALESCE(@metamigrate_unique_checks, @@SESSION.unique_checks), @metamigrate_lock_wait_timeout = COALESCE(@metamigrate_lock_wait_timeout, @@SESSION.lock_wait_timeout), @metamigrate_information_schema_stats_expiry = COALESCE(@metamigrate_information_schema_stats_expiry, @@SESSION.information_schema_stats_expiry)',
    `SET SESSION sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO', SESSION time_zone = '+00:00', SESSION foreign_key_checks = 1, SESSION unique_checks = 1, SESSION lock_wait_timeout = IF(@@SESSION.lock_wait_timeout >= 86400, 10, @@SESSION.lock_wait_timeout), SESSION information_schema_stats_expiry = 0`,
    `SELECT EXP(710 * (1 - COALESCE(GET_LOCK(CONCAT('metamigrate.', MD5(COALESCE(DATABASE(), ''))), 10), 0)))`,
  ],
  commit: [
    `SELECT RELEASE_LOCK(CONCAT('metamigrate.', MD5(COALESCE(DATABASE(), ''))))`,
    `SET SESSION sql_mode = COALESCE(@metamigrate_sql_mode, @@SESSION.sql_mode), SESSION time_zone = COALESCE(@metamigrate_time_zone, @@SESSION.time_zone), SESSION foreign_key_checks = IF(CONCAT(COALESCE(@metamigrate_foreign_key_checks, @@SESSION.foreign_key_checks)) IN ('1', 'ON'), 1, 0), SESSION unique_checks = IF(CONCAT(COALESCE(@metamigrate_unique_checks, @@SESSION.unique_checks)) IN ('1', 'ON'), 1, 0), SESSION lock_wait_timeout = CAST(COALESCE(@metamigrate_lock_wait_timeout, @@SESSION.lock_wait_timeout) AS UNSIGNED), SESSION information_schema_stats_expiry = CAST(COALESCE(@metamigrate_information_schema_stats_expiry, @@SESSION.information_schema_stats_expiry) AS UNSIGNED)`,
    'SET @metamigrate_sql_mode = NULL, @metamigrate_time_zone = NULL, @metamigrate_foreign_key_checks = NULL, @metamigrate_unique_checks = NULL, @metamigrate_lock_wait_timeout = NULL, @metamigrate_information_schema_stats_expiry = NULL',
  ],
  createSchema: [
    'CREATE DATABASE `my "own"` DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci',
  ],
  createTable: [
    `CREATE TABLE \`person\` (
  \`id\` bigint NOT NULL AUTO_INCREMENT,
  \`full name\` varchar(80) NOT NULL COMMENT 'the person''s name',
  \`age\` int,
  \`twice\` int GENERATED ALWAYS AS (age * 2) STORED,
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`person_name_key\` (\`full name\`),
  CONSTRAINT \`person_age_check\` CHECK (age >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='People; "all" of them'`,
  ],
  createTableWithReference: [
    `CREATE TABLE \`order\` (
  \`id\` bigint NOT NULL AUTO_INCREMENT,
  \`person_id\` bigint NOT NULL,
  \`price\` decimal(10,2) NOT NULL DEFAULT 0,
  PRIMARY KEY (\`id\`),
  CONSTRAINT \`order_person_fk\` FOREIGN KEY (\`person_id\`) REFERENCES \`person\` (\`id\`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci`,
  ],
  createEveryType: [
    `CREATE TABLE \`every type\` (
  \`b\` tinyint(1) NOT NULL DEFAULT 1,
  \`int8\` tinyint,
  \`int16\` smallint,
  \`int32\` int,
  \`int64\` bigint,
  \`uint8\` tinyint unsigned,
  \`uint16\` smallint unsigned,
  \`uint32\` int unsigned,
  \`uint64\` bigint unsigned,
  \`float32\` float,
  \`float64\` double,
  \`decimal_plain\` decimal(65,30),
  \`decimal_12_4\` decimal(12,4) DEFAULT -1.5,
  \`char_3\` char(3),
  \`varchar_40\` varchar(40) NOT NULL DEFAULT 'it''s',
  \`text\` longtext,
  \`blob\` longblob,
  \`date\` date,
  \`interval\` varchar(80),
  \`uuid\` char(36),
  \`json\` json,
  \`xml\` longtext,
  \`inet\` varchar(43),
  \`geometry\` geometry,
  \`binary_16\` binary(16),
  \`varbinary_20\` varbinary(20),
  \`bit_8\` bit(8),
  \`time_3\` time(3),
  \`timestamp_6\` datetime(6),
  \`timestamptz_plain\` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  \`mood\` enum('sad','ok','it''s') DEFAULT 'ok',
  \`tags\` json,
  \`scores\` json,
  \`point\` json
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci`,
  ],
  createWithoutNames: [
    `CREATE TABLE \`care\`.\`visit\` (
  \`clinic\` int NOT NULL,
  \`number\` int NOT NULL,
  \`follows_clinic\` int,
  \`follows_number\` int,
  \`code\` varchar(20) COMMENT 'shown on the badge',
  \`day\` date NOT NULL DEFAULT (curdate()),
  PRIMARY KEY (\`clinic\`, \`number\`),
  UNIQUE KEY \`visit_code_key\` (\`code\`),
  CONSTRAINT \`visit_check\` CHECK (number > 0),
  CONSTRAINT \`visit_follows_clinic_follows_number_fk\` FOREIGN KEY (\`follows_clinic\`, \`follows_number\`) REFERENCES \`care\`.\`visit\` (\`clinic\`, \`number\`) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci`,
  ],
  dropTable: [
    'DROP TABLE `person`',
  ],
  dropTableIfExists: [
    'DROP TABLE IF EXISTS `gone`',
  ],
  renameTable: [
    'RENAME TABLE `person` TO `per"son`',
  ],
  moveTable: [
    'RENAME TABLE `person` TO `archive`.`person`',
  ],
  renameColumn: [
    'ALTER TABLE `person` RENAME COLUMN `full name` TO `name`',
  ],
  setAside: [
    'ALTER TABLE `person` DROP CONSTRAINT `person_age_check`',
    'RENAME TABLE `person` TO `person__old`',
  ],
  copyTable: [
    `CREATE TABLE \`person__copy\` ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='People; "all" of them' AS SELECT \`id\`, \`full name\`, \`age\`, \`twice\` FROM \`person\``,
  ],
  copyRows: [
    `INSERT INTO \`person\` (\`id\`, \`full name\`, \`age\`)
SELECT \`id\`, \`full name\`, \`age\`
FROM \`person__old\``,
  ],
  continueIdentity: [
    `SET @metamigrate_text = COALESCE(CONCAT('ALTER TABLE \`person\` AUTO_INCREMENT = ', (SELECT AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'person__old')), 'DO 0')`,
    'PREPARE metamigrate_step FROM @metamigrate_text',
    'EXECUTE metamigrate_step',
    'DEALLOCATE PREPARE metamigrate_step',
  ],
  createIndex: 'unsupported',
  createIndexWithInclude: [
    'CREATE INDEX `person_full name_idx` ON `person` (`full name` DESC)',
  ],
  createUniqueOnNullable: [
    'CREATE UNIQUE INDEX `person_age_once` ON `person` (`age`)',
  ],
  createIndexOnExpression: [
    'CREATE INDEX `person_expr_idx` ON `person` ((lower(`full name`)))',
  ],
  dropIndex: 'unsupported',
  addReference: [
    'ALTER TABLE `order` ADD CONSTRAINT `order_person_fk` FOREIGN KEY (`person_id`) REFERENCES `person` (`id`) ON DELETE CASCADE',
  ],
  dropReference: [
    'ALTER TABLE `order` DROP FOREIGN KEY `order_person_fk`',
  ],
  addPrimaryKey: [
    'ALTER TABLE `person` ADD PRIMARY KEY (`id`)',
  ],
  dropPrimaryKey: [
    'ALTER TABLE `person` DROP PRIMARY KEY',
  ],
  addUnique: [
    'ALTER TABLE `person` ADD UNIQUE KEY `person_full name_age_key` (`full name`, `age`)',
  ],
  dropUnique: [
    'ALTER TABLE `person` DROP INDEX `person_name_key`',
  ],
  addCheck: [
    'ALTER TABLE `person` ADD CONSTRAINT `person_age_check` CHECK (age >= 0)',
  ],
  dropCheck: [
    'ALTER TABLE `person` DROP CONSTRAINT `person_age_check`',
  ],
  addColumn: [
    'ALTER TABLE `person` ADD COLUMN `price` decimal(10,2) NOT NULL DEFAULT 0',
  ],
  dropColumn: [
    'ALTER TABLE `person` DROP COLUMN `age`',
  ],
  alterColumn: [
    'ALTER TABLE `person` MODIFY COLUMN `age` int NOT NULL DEFAULT 0',
  ],
  alterTypeWider: [
    `ALTER TABLE \`person\` MODIFY COLUMN \`note\` varchar(200) DEFAULT 'none' COMMENT 'a note'`,
  ],
  alterTypeLossy: [
    `ALTER TABLE \`person\` MODIFY COLUMN \`note\` int COMMENT 'a note'`,
  ],
  setNotNull: [
    `ALTER TABLE \`person\` MODIFY COLUMN \`note\` varchar(20) NOT NULL DEFAULT 'none' COMMENT 'a note'`,
  ],
  dropNotNull: [
    `ALTER TABLE \`person\` MODIFY COLUMN \`note\` varchar(20) DEFAULT 'none' COMMENT 'a note'`,
  ],
  setDefault: [
    `ALTER TABLE \`person\` ALTER COLUMN \`note\` SET DEFAULT 'it''s'`,
  ],
  changeDefault: [
    `ALTER TABLE \`person\` ALTER COLUMN \`note\` SET DEFAULT 'other'`,
  ],
  dropDefault: [
    'ALTER TABLE `person` ALTER COLUMN `note` SET DEFAULT NULL',
  ],
  addIdentity: [
    'ALTER TABLE `person` MODIFY COLUMN `id` bigint NOT NULL AUTO_INCREMENT',
  ],
  dropIdentity: [
    'ALTER TABLE `person` MODIFY COLUMN `id` bigint NOT NULL',
  ],
  commentColumn: [
    `ALTER TABLE \`person\` MODIFY COLUMN \`note\` varchar(20) DEFAULT 'none' COMMENT 'it''s new'`,
  ],
  addGeneratedColumn: [
    'ALTER TABLE `person` ADD COLUMN `twice` int GENERATED ALWAYS AS (age * 2) STORED',
  ],
  addNotNullColumn: [
    'ALTER TABLE `person` ADD COLUMN `joined` date NOT NULL DEFAULT (curdate())',
  ],
  swapTables: [
    'RENAME TABLE `person` TO `person__old`, `person__new` TO `person`, `order__new` TO `order`',
  ],
  commentTable: [
    `ALTER TABLE \`person\` COMMENT = 'it''s new'`,
  ],
  checkReferences: [],
} satisfies Answers

/** Queries of MySQL, agreed on line by line. A new draft: node scripts/golden.ts mysql */
export const questionAnswers = {
  lossyRows: 'SELECT `id` FROM `person` WHERE `age` IS NOT NULL AND NOT COALESCE((CAST(CONVERT(CAST(`age` AS DECIMAL(65, 0)) USING utf8mb4) AS BINARY) <=> CAST(CONVERT(`age` USING utf8mb4) AS BINARY) AND CAST(`age` AS DECIMAL(65, 0)) BETWEEN -2147483648 AND 2147483647), FALSE) LIMIT 10',
  tooLong: 'SELECT 1 FROM `person` WHERE `note` IS NOT NULL AND NOT COALESCE((CHAR_LENGTH(CONVERT(`note` USING utf8mb4)) <= 20), FALSE) LIMIT 1',
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
  digestFrom: `SELECT COUNT(*), COALESCE(SUM(CAST(CONV(LEFT(SHA2(CONCAT_WS('#', COALESCE(\`id\`, '-'), COALESCE(SHA2(CONVERT(\`full name\` USING utf8mb4), 256), '-'), COALESCE(CAST(CAST(\`age\` AS DECIMAL(65, 10)) AS SIGNED), '-')), 256), 15), 16, 10) AS DECIMAL(40, 0))), 0) FROM \`person__old\``,
  digestTo: `SELECT COUNT(*), COALESCE(SUM(CAST(CONV(LEFT(SHA2(CONCAT_WS('#', COALESCE(\`id\`, '-'), COALESCE(SHA2(CONVERT(\`full name\` USING utf8mb4), 256), '-'), COALESCE(\`age\`, '-')), 256), 15), 16, 10) AS DECIMAL(40, 0))), 0) FROM \`person\``,
} satisfies QuestionAnswers
