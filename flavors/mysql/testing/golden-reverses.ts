import type { Reverses } from '../../cases.ts'

/** Ways back of MySQL, agreed on line by line. A new draft: node scripts/golden.ts mysql */
export const reverses = {
  begin: [
    [],
    [],
    [],
  ],
  commit: [
    [],
    [],
    [],
  ],
  createSchema: [
    [
      `SET @metamigrate_text = IF(EXISTS (SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'my "own"') OR EXISTS (SELECT 1 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = 'my "own"'), 'DO 0', 'DROP DATABASE \`my "own"\`')`,
      'PREPARE metamigrate_step FROM @metamigrate_text',
      'EXECUTE metamigrate_step',
      'DEALLOCATE PREPARE metamigrate_step',
    ],
  ],
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
  createEveryType: [
    [
      'DROP TABLE `every type`',
    ],
  ],
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
  renameTable: [
    [
      'RENAME TABLE `per"son` TO `person`',
    ],
  ],
  moveTable: [
    [
      'RENAME TABLE `archive`.`person` TO `person`',
    ],
  ],
  renameColumn: [
    [
      'ALTER TABLE `person` RENAME COLUMN `name` TO `full name`',
    ],
  ],
  setAside: [
    [
      'ALTER TABLE `person` ADD CONSTRAINT `person_age_check` CHECK (age >= 0)',
    ],
    [
      'RENAME TABLE `person__old` TO `person`',
    ],
  ],
  copyTable: [
    [
      'DROP TABLE `person__copy`',
    ],
  ],
  copyRows: [
    [
      'DELETE FROM `person`',
    ],
  ],
  continueIdentity: [
    [],
    [],
    [],
    [],
  ],
  createIndex: 'unsupported',
  createIndexWithInclude: [
    [
      'DROP INDEX `person_full name_idx` ON `person`',
    ],
  ],
  createUniqueOnNullable: [
    [
      'DROP INDEX `person_age_once` ON `person`',
    ],
  ],
  createIndexOnExpression: [
    [
      'DROP INDEX `person_expr_idx` ON `person`',
    ],
  ],
  dropIndex: 'unsupported',
  addReference: [
    [
      'ALTER TABLE `order` DROP FOREIGN KEY `order_person_fk`',
    ],
  ],
  dropReference: [
    [
      'ALTER TABLE `order` ADD CONSTRAINT `order_person_fk` FOREIGN KEY (`person_id`) REFERENCES `person` (`id`) ON DELETE CASCADE',
    ],
  ],
  addPrimaryKey: [
    [
      'ALTER TABLE `person` DROP PRIMARY KEY',
    ],
  ],
  dropPrimaryKey: [
    [
      'ALTER TABLE `person` ADD PRIMARY KEY (`id`)',
    ],
  ],
  addUnique: [
    [
      'ALTER TABLE `person` DROP INDEX `person_full name_age_key`',
    ],
  ],
  dropUnique: [
    [
      'ALTER TABLE `person` ADD UNIQUE KEY `person_name_key` (`full name`)',
    ],
  ],
  addCheck: [
    [
      'ALTER TABLE `person` DROP CONSTRAINT `person_age_check`',
    ],
  ],
  dropCheck: [
    [
      'ALTER TABLE `person` ADD CONSTRAINT `person_age_check` CHECK (age >= 0)',
    ],
  ],
  addColumn: [
    [
      'ALTER TABLE `person` DROP COLUMN `price`',
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
      `ALTER TABLE \`person\` MODIFY COLUMN \`note\` varchar(20) DEFAULT 'none' COMMENT 'a note'`,
    ],
  ],
  alterTypeLossy: [
    null,
  ],
  setNotNull: [
    [
      `ALTER TABLE \`person\` MODIFY COLUMN \`note\` varchar(20) DEFAULT 'none' COMMENT 'a note'`,
    ],
  ],
  dropNotNull: [
    [
      `ALTER TABLE \`person\` MODIFY COLUMN \`note\` varchar(20) NOT NULL DEFAULT 'none' COMMENT 'a note'`,
    ],
  ],
  setDefault: [
    [
      'ALTER TABLE `person` ALTER COLUMN `note` SET DEFAULT NULL',
    ],
  ],
  changeDefault: [
    [
      `ALTER TABLE \`person\` ALTER COLUMN \`note\` SET DEFAULT 'none'`,
    ],
  ],
  dropDefault: [
    [
      `ALTER TABLE \`person\` ALTER COLUMN \`note\` SET DEFAULT 'none'`,
    ],
  ],
  addIdentity: [
    [
      'ALTER TABLE `person` MODIFY COLUMN `id` bigint NOT NULL',
    ],
  ],
  dropIdentity: [
    [
      'ALTER TABLE `person` MODIFY COLUMN `id` bigint NOT NULL AUTO_INCREMENT',
    ],
  ],
  commentColumn: [
    [
      `ALTER TABLE \`person\` MODIFY COLUMN \`note\` varchar(20) DEFAULT 'none' COMMENT 'a note'`,
    ],
  ],
  addGeneratedColumn: [
    [
      'ALTER TABLE `person` DROP COLUMN `twice`',
    ],
  ],
  addNotNullColumn: [
    [
      'ALTER TABLE `person` DROP COLUMN `joined`',
    ],
  ],
  swapTables: [
    [
      'RENAME TABLE `order` TO `order__new`, `person` TO `person__new`, `person__old` TO `person`',
    ],
  ],
  commentTable: [
    [
      `ALTER TABLE \`person\` COMMENT = 'old'`,
    ],
  ],
  checkReferences: [],
} satisfies Reverses
