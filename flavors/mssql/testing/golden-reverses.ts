import type { Reverses } from '../../cases.ts'

/** Ways back of SQL Server, agreed on line by line. A new draft: node scripts/golden.ts mssql */
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
      'DROP SCHEMA [my "own"]',
    ],
  ],
  createTable: [
    [
      'DROP TABLE [dbo].[person]',
    ],
    [],
    [],
  ],
  createTableWithReference: [
    [
      'DROP TABLE [dbo].[order]',
    ],
  ],
  createEveryType: [
    [
      'DROP TABLE [dbo].[every type]',
    ],
  ],
  createWithoutNames: [
    [
      'DROP TABLE [care].[visit]',
    ],
    [],
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
      `EXEC sp_rename N'[dbo].[per"son]', N'person', N'OBJECT'`,
    ],
  ],
  moveTable: [
    [
      'ALTER SCHEMA [dbo] TRANSFER [archive].[person]',
    ],
  ],
  renameColumn: [
    [
      `EXEC sp_rename N'[dbo].[person].[name]', N'full name', N'COLUMN'`,
    ],
  ],
  setAside: [
    [
      `EXEC sp_rename N'[dbo].[person__old]', N'person', N'OBJECT'`,
    ],
    [
      `EXEC sp_rename N'[dbo].[PK_person__old]', N'person_pk', N'OBJECT'`,
    ],
    [
      `EXEC sp_rename N'[dbo].[UQ_person__old_1]', N'person_name_key', N'OBJECT'`,
    ],
    [
      `EXEC sp_rename N'[dbo].[CK_person__old_1]', N'person_age_check', N'OBJECT'`,
    ],
  ],
  copyTable: [
    [
      'DROP TABLE [dbo].[person__copy]',
    ],
    [],
  ],
  copyRows: [
    [
      'DELETE FROM [dbo].[person]',
    ],
  ],
  continueIdentity: [
    [],
  ],
  createIndex: [
    [
      'DROP INDEX [person_by_name] ON [dbo].[person]',
    ],
  ],
  createIndexWithInclude: [
    [
      'DROP INDEX [IX_person_full name] ON [dbo].[person]',
    ],
  ],
  createUniqueOnNullable: [
    [
      'DROP INDEX [person_age_once] ON [dbo].[person]',
    ],
  ],
  createIndexOnExpression: 'unsupported',
  dropIndex: [
    [
      'CREATE UNIQUE NONCLUSTERED INDEX [person_by_name] ON [dbo].[person] ([full name] DESC) WHERE age > 17',
    ],
  ],
  addReference: [
    [
      'ALTER TABLE [dbo].[order] DROP CONSTRAINT [order_person_fk]',
    ],
  ],
  dropReference: [
    [
      'ALTER TABLE [dbo].[order] WITH CHECK ADD CONSTRAINT [order_person_fk] FOREIGN KEY ([person_id]) REFERENCES [dbo].[person] ([id]) ON DELETE CASCADE',
    ],
  ],
  addPrimaryKey: [
    [
      'ALTER TABLE [dbo].[person] DROP CONSTRAINT [person_pk]',
    ],
  ],
  dropPrimaryKey: [
    [
      'ALTER TABLE [dbo].[person] ADD CONSTRAINT [person_pk] PRIMARY KEY CLUSTERED ([id])',
    ],
  ],
  addUnique: [
    [
      'DROP INDEX [UQ_person_full name_age] ON [dbo].[person]',
    ],
  ],
  dropUnique: [
    [
      'ALTER TABLE [dbo].[person] ADD CONSTRAINT [person_name_key] UNIQUE NONCLUSTERED ([full name])',
    ],
  ],
  addCheck: [
    [
      'ALTER TABLE [dbo].[person] DROP CONSTRAINT [person_age_check]',
    ],
  ],
  dropCheck: [
    [
      'ALTER TABLE [dbo].[person] WITH CHECK ADD CONSTRAINT [person_age_check] CHECK (age >= 0)',
    ],
  ],
  addColumn: [
    [
      'ALTER TABLE [dbo].[person] DROP CONSTRAINT [DF_person_price]',
      'ALTER TABLE [dbo].[person] DROP COLUMN [price]',
    ],
  ],
  dropColumn: [
    null,
  ],
  alterColumn: [
    null,
    null,
  ],
  alterTypeWider: [
    [
      `DECLARE @drop nvarchar(max) = (SELECT N'ALTER TABLE ' + N'[dbo].[person]' + N' DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[dbo].[person]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[person]'), N'note', N'ColumnId'));
EXEC (@drop)`,
      'ALTER TABLE [dbo].[person] ALTER COLUMN [note] nvarchar(20) NULL',
      `ALTER TABLE [dbo].[person] ADD CONSTRAINT [DF_person_note] DEFAULT (N'none') FOR [note]`,
    ],
    [],
    [],
  ],
  alterTypeLossy: [
    null,
    null,
  ],
  setNotNull: [
    [
      'ALTER TABLE [dbo].[person] ALTER COLUMN [note] nvarchar(20) NULL',
    ],
  ],
  dropNotNull: [
    [
      'ALTER TABLE [dbo].[person] ALTER COLUMN [note] nvarchar(20) NOT NULL',
    ],
  ],
  setDefault: [
    [
      `DECLARE @drop nvarchar(max) = (SELECT N'ALTER TABLE ' + N'[dbo].[person]' + N' DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[dbo].[person]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[person]'), N'note', N'ColumnId'));
EXEC (@drop)`,
    ],
  ],
  changeDefault: [
    [
      `DECLARE @drop nvarchar(max) = (SELECT N'ALTER TABLE ' + N'[dbo].[person]' + N' DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[dbo].[person]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[person]'), N'note', N'ColumnId'));
EXEC (@drop)`,
      `ALTER TABLE [dbo].[person] ADD CONSTRAINT [DF_person_note] DEFAULT (N'none') FOR [note]`,
    ],
    [],
  ],
  dropDefault: [
    [
      `ALTER TABLE [dbo].[person] ADD CONSTRAINT [DF_person_note] DEFAULT (N'none') FOR [note]`,
    ],
  ],
  addIdentity: 'unsupported',
  dropIdentity: 'unsupported',
  commentColumn: [
    [
      `IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 1 AND major_id = OBJECT_ID(N'[dbo].[person]') AND minor_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[person]'), N'note', N'ColumnId') AND name = N'MS_Description')
  EXEC sys.sp_updateextendedproperty @name = N'MS_Description', @value = N'a note', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person', @level2type = N'COLUMN', @level2name = N'note'
ELSE
  EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'a note', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person', @level2type = N'COLUMN', @level2name = N'note'`,
    ],
  ],
  addGeneratedColumn: [
    [
      'ALTER TABLE [dbo].[person] DROP COLUMN [twice]',
    ],
  ],
  addNotNullColumn: [
    [
      'ALTER TABLE [dbo].[person] DROP CONSTRAINT [DF_person_joined]',
      'ALTER TABLE [dbo].[person] DROP COLUMN [joined]',
    ],
  ],
  swapTables: 'unsupported',
  commentTable: [
    [
      `IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 1 AND major_id = OBJECT_ID(N'[dbo].[person]') AND minor_id = 0 AND name = N'MS_Description')
  EXEC sys.sp_updateextendedproperty @name = N'MS_Description', @value = N'old', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person'
ELSE
  EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'old', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person'`,
    ],
  ],
  checkReferences: [
    [],
  ],
} satisfies Reverses
