import type { Answers, QuestionAnswers } from '../../cases.ts'

/** Statements of SQL Server, agreed on line by line. A new draft: node scripts/golden.ts mssql */
export const answers = {
  begin: [
    'SET XACT_ABORT ON',
    'SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON',
    'IF @@LOCK_TIMEOUT = -1 SET LOCK_TIMEOUT 10000',
    'BEGIN TRANSACTION',
    'SELECT TOP (1) 1 AS [locked] FROM [dbo].[order] WITH (TABLOCKX, HOLDLOCK)',
    'SELECT TOP (1) 1 AS [locked] FROM [dbo].[person] WITH (TABLOCKX, HOLDLOCK)',
  ],
  commit: [
    'COMMIT TRANSACTION',
  ],
  createSchema: [
    `IF SCHEMA_ID(N'my "own"') IS NULL EXEC (N'CREATE SCHEMA [my "own"]')`,
  ],
  createTable: [
    `CREATE TABLE [dbo].[person] (
  [id] bigint IDENTITY(1,1) NOT NULL,
  [full name] nvarchar(80) NOT NULL,
  [age] int NULL,
  [twice] AS (age * 2) PERSISTED,
  CONSTRAINT [person_pk] PRIMARY KEY CLUSTERED ([id]),
  CONSTRAINT [person_name_key] UNIQUE NONCLUSTERED ([full name]),
  CONSTRAINT [person_age_check] CHECK (age >= 0)
)`,
    `EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'People; "all" of them', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person'`,
    `EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'the person''s name', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person', @level2type = N'COLUMN', @level2name = N'full name'`,
  ],
  createTableWithReference: [
    `CREATE TABLE [dbo].[order] (
  [id] bigint IDENTITY(1,1) NOT NULL,
  [person_id] bigint NOT NULL,
  [price] decimal(10,2) NOT NULL CONSTRAINT [DF_order_price] DEFAULT (0),
  CONSTRAINT [PK_order] PRIMARY KEY CLUSTERED ([id]),
  CONSTRAINT [order_person_fk] FOREIGN KEY ([person_id]) REFERENCES [dbo].[person] ([id]) ON DELETE CASCADE
)`,
  ],
  createEveryType: [
    `CREATE TABLE [dbo].[every type] (
  [b] bit NOT NULL CONSTRAINT [DF_every type_b] DEFAULT (1),
  [int8] smallint NULL,
  [int16] smallint NULL,
  [int32] int NULL,
  [int64] bigint NULL,
  [uint8] tinyint NULL,
  [uint16] int NULL,
  [uint32] bigint NULL,
  [uint64] decimal(20,0) NULL,
  [float32] real NULL,
  [float64] float(53) NULL,
  [decimal_plain] decimal(38,10) NULL,
  [decimal_12_4] decimal(12,4) NULL CONSTRAINT [DF_every type_decimal_12_4] DEFAULT (-1.5),
  [char_3] nchar(3) NULL,
  [varchar_40] nvarchar(40) NOT NULL CONSTRAINT [DF_every type_varchar_40] DEFAULT (N'it''s'),
  [text] nvarchar(max) NULL,
  [blob] varbinary(max) NULL,
  [date] date NULL,
  [interval] varchar(64) NULL,
  [uuid] uniqueidentifier NULL,
  [json] nvarchar(max) NULL,
  [xml] xml NULL,
  [inet] varchar(43) NULL,
  [geometry] geometry NULL,
  [binary_16] binary(16) NULL,
  [varbinary_20] varbinary(20) NULL,
  [bit_8] binary(1) NULL,
  [time_3] time(3) NULL,
  [timestamp_6] datetime2(6) NULL,
  [timestamptz_plain] datetimeoffset(7) NOT NULL CONSTRAINT [DF_every type_timestamptz_plain] DEFAULT (sysdatetimeoffset()),
  [mood] nvarchar(4) NULL CONSTRAINT [DF_every type_mood] DEFAULT (N'ok'),
  [tags] nvarchar(max) NULL,
  [scores] nvarchar(max) NULL,
  [point] nvarchar(max) NULL,
  CONSTRAINT [CK_every type_json] CHECK (ISJSON([json]) = 1),
  CONSTRAINT [CK_every type_mood] CHECK ([mood] IN (N'sad', N'ok', N'it''s')),
  CONSTRAINT [CK_every type_tags] CHECK (ISJSON([tags]) = 1),
  CONSTRAINT [CK_every type_scores] CHECK (ISJSON([scores]) = 1),
  CONSTRAINT [CK_every type_point] CHECK (ISJSON([point]) = 1)
)`,
  ],
  createWithoutNames: [
    `CREATE TABLE [care].[visit] (
  [clinic] int NOT NULL,
  [number] int NOT NULL,
  [follows_clinic] int NULL,
  [follows_number] int NULL,
  [code] nvarchar(20) NULL,
  [day] date NOT NULL CONSTRAINT [DF_visit_day] DEFAULT (CONVERT(date, getdate())),
  CONSTRAINT [PK_visit] PRIMARY KEY CLUSTERED ([clinic], [number]),
  CONSTRAINT [CK_visit_number] CHECK (number > 0),
  CONSTRAINT [FK_visit_follows_clinic_follows_number] FOREIGN KEY ([follows_clinic], [follows_number]) REFERENCES [care].[visit] ([clinic], [number]) ON DELETE SET NULL
)`,
    'CREATE UNIQUE NONCLUSTERED INDEX [UQ_visit_code] ON [care].[visit] ([code]) WHERE [code] IS NOT NULL',
    `EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'shown on the badge', @level0type = N'SCHEMA', @level0name = N'care', @level1type = N'TABLE', @level1name = N'visit', @level2type = N'COLUMN', @level2name = N'code'`,
  ],
  dropTable: [
    'DROP TABLE [dbo].[person]',
  ],
  dropTableIfExists: [
    'DROP TABLE IF EXISTS [dbo].[gone]',
  ],
  renameTable: [
    `EXEC sp_rename N'[dbo].[person]', N'per"son', N'OBJECT'`,
  ],
  moveTable: [
    'ALTER SCHEMA [archive] TRANSFER [dbo].[person]',
  ],
  renameColumn: [
    `EXEC sp_rename N'[dbo].[person].[full name]', N'name', N'COLUMN'`,
  ],
  setAside: [
    `EXEC sp_rename N'[dbo].[person]', N'person__old', N'OBJECT'`,
    `EXEC sp_rename N'[dbo].[person_pk]', N'PK_person__old', N'OBJECT'`,
    `EXEC sp_rename N'[dbo].[person_name_key]', N'UQ_person__old_1', N'OBJECT'`,
    `EXEC sp_rename N'[dbo].[person_age_check]', N'CK_person__old_1', N'OBJECT'`,
  ],
  copyTable: [
    'SELECT [id], [full name], [age], [twice] INTO [dbo].[person__copy] FROM [dbo].[person] WITH (TABLOCKX, HOLDLOCK)',
    `DECLARE @last bigint = (SELECT CONVERT(bigint, last_value) FROM sys.identity_columns WHERE object_id = OBJECT_ID(N'[dbo].[person]'));
IF EXISTS (SELECT 1 FROM sys.identity_columns WHERE object_id = OBJECT_ID(N'[dbo].[person__copy]') AND last_value IS NULL) AND NOT EXISTS (SELECT 1 FROM [dbo].[person__copy]) SET @last = @last + 1;
IF @last IS NOT NULL DBCC CHECKIDENT (N'[dbo].[person__copy]', RESEED, @last) WITH NO_INFOMSGS`,
  ],
  copyRows: [
    `SET IDENTITY_INSERT [dbo].[person] ON;
INSERT INTO [dbo].[person] WITH (TABLOCK) ([id], [full name], [age])
SELECT [id], [full name], CONVERT(int, [age])
FROM [dbo].[person__old];
SET IDENTITY_INSERT [dbo].[person] OFF`,
  ],
  continueIdentity: [
    `DECLARE @last bigint = (SELECT CONVERT(bigint, last_value) FROM sys.identity_columns WHERE object_id = OBJECT_ID(N'[dbo].[person__old]'));
IF EXISTS (SELECT 1 FROM sys.identity_columns WHERE object_id = OBJECT_ID(N'[dbo].[person]') AND last_value IS NULL) AND NOT EXISTS (SELECT 1 FROM [dbo].[person]) SET @last = @last + 1;
IF @last IS NOT NULL DBCC CHECKIDENT (N'[dbo].[person]', RESEED, @last) WITH NO_INFOMSGS`,
  ],
  createIndex: [
    'CREATE UNIQUE NONCLUSTERED INDEX [person_by_name] ON [dbo].[person] ([full name] DESC) WHERE age > 17',
  ],
  createIndexWithInclude: [
    'CREATE NONCLUSTERED INDEX [IX_person_full name] ON [dbo].[person] ([full name] DESC) INCLUDE ([age])',
  ],
  createUniqueOnNullable: [
    'CREATE UNIQUE NONCLUSTERED INDEX [person_age_once] ON [dbo].[person] ([age]) WHERE [age] IS NOT NULL',
  ],
  createIndexOnExpression: 'unsupported',
  dropIndex: [
    'DROP INDEX [person_by_name] ON [dbo].[person]',
  ],
  addReference: [
    'ALTER TABLE [dbo].[order] WITH CHECK ADD CONSTRAINT [order_person_fk] FOREIGN KEY ([person_id]) REFERENCES [dbo].[person] ([id]) ON DELETE CASCADE',
  ],
  dropReference: [
    'ALTER TABLE [dbo].[order] DROP CONSTRAINT [order_person_fk]',
  ],
  addPrimaryKey: [
    'ALTER TABLE [dbo].[person] ADD CONSTRAINT [person_pk] PRIMARY KEY CLUSTERED ([id])',
  ],
  dropPrimaryKey: [
    'ALTER TABLE [dbo].[person] DROP CONSTRAINT [person_pk]',
  ],
  addUnique: [
    'CREATE UNIQUE NONCLUSTERED INDEX [UQ_person_full name_age] ON [dbo].[person] ([full name], [age]) WHERE [age] IS NOT NULL',
  ],
  dropUnique: [
    'ALTER TABLE [dbo].[person] DROP CONSTRAINT [person_name_key]',
  ],
  addCheck: [
    'ALTER TABLE [dbo].[person] WITH CHECK ADD CONSTRAINT [person_age_check] CHECK (age >= 0)',
  ],
  dropCheck: [
    'ALTER TABLE [dbo].[person] DROP CONSTRAINT [person_age_check]',
  ],
  addColumn: [
    'ALTER TABLE [dbo].[person] ADD [price] decimal(10,2) NOT NULL CONSTRAINT [DF_person_price] DEFAULT (0)',
  ],
  dropColumn: [
    'ALTER TABLE [dbo].[person] DROP COLUMN [age]',
  ],
  alterColumn: [
    'ALTER TABLE [dbo].[person] ALTER COLUMN [age] int NOT NULL',
    'ALTER TABLE [dbo].[person] ADD CONSTRAINT [DF_person_age] DEFAULT (0) FOR [age]',
  ],
  alterTypeWider: [
    `DECLARE @drop nvarchar(max) = (SELECT N'ALTER TABLE ' + N'[dbo].[person]' + N' DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[dbo].[person]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[person]'), N'note', N'ColumnId'));
EXEC (@drop)`,
    'ALTER TABLE [dbo].[person] ALTER COLUMN [note] nvarchar(200) NULL',
    `ALTER TABLE [dbo].[person] ADD CONSTRAINT [DF_person_note] DEFAULT (N'none') FOR [note]`,
  ],
  alterTypeLossy: [
    `DECLARE @drop nvarchar(max) = (SELECT N'ALTER TABLE ' + N'[dbo].[person]' + N' DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[dbo].[person]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[person]'), N'note', N'ColumnId'));
EXEC (@drop)`,
    'ALTER TABLE [dbo].[person] ALTER COLUMN [note] int NULL',
  ],
  setNotNull: [
    'ALTER TABLE [dbo].[person] ALTER COLUMN [note] nvarchar(20) NOT NULL',
  ],
  dropNotNull: [
    'ALTER TABLE [dbo].[person] ALTER COLUMN [note] nvarchar(20) NULL',
  ],
  setDefault: [
    `ALTER TABLE [dbo].[person] ADD CONSTRAINT [DF_person_note] DEFAULT (N'it''s') FOR [note]`,
  ],
  changeDefault: [
    `DECLARE @drop nvarchar(max) = (SELECT N'ALTER TABLE ' + N'[dbo].[person]' + N' DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[dbo].[person]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[person]'), N'note', N'ColumnId'));
EXEC (@drop)`,
    `ALTER TABLE [dbo].[person] ADD CONSTRAINT [DF_person_note] DEFAULT (N'other') FOR [note]`,
  ],
  dropDefault: [
    `DECLARE @drop nvarchar(max) = (SELECT N'ALTER TABLE ' + N'[dbo].[person]' + N' DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[dbo].[person]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[person]'), N'note', N'ColumnId'));
EXEC (@drop)`,
  ],
  addIdentity: 'unsupported',
  dropIdentity: 'unsupported',
  commentColumn: [
    `IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 1 AND major_id = OBJECT_ID(N'[dbo].[person]') AND minor_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[person]'), N'note', N'ColumnId') AND name = N'MS_Description')
  EXEC sys.sp_updateextendedproperty @name = N'MS_Description', @value = N'it''s new', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person', @level2type = N'COLUMN', @level2name = N'note'
ELSE
  EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'it''s new', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person', @level2type = N'COLUMN', @level2name = N'note'`,
  ],
  addGeneratedColumn: [
    'ALTER TABLE [dbo].[person] ADD [twice] AS (age * 2) PERSISTED',
  ],
  addNotNullColumn: [
    'ALTER TABLE [dbo].[person] ADD [joined] date NOT NULL CONSTRAINT [DF_person_joined] DEFAULT (CONVERT(date, getdate()))',
  ],
  swapTables: 'unsupported',
  commentTable: [
    `IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 1 AND major_id = OBJECT_ID(N'[dbo].[person]') AND minor_id = 0 AND name = N'MS_Description')
  EXEC sys.sp_updateextendedproperty @name = N'MS_Description', @value = N'it''s new', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person'
ELSE
  EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'it''s new', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N'person'`,
  ],
  checkReferences: [
    'ALTER TABLE [dbo].[person] WITH CHECK CHECK CONSTRAINT ALL',
  ],
} satisfies Answers

/** Queries of SQL Server, agreed on line by line. A new draft: node scripts/golden.ts mssql */
export const questionAnswers = {
  lossyRows: 'SELECT TOP (10) CONVERT(nvarchar(4000), [id]) AS [id] FROM [dbo].[person] WHERE [age] IS NOT NULL AND CASE WHEN TRY_CONVERT(int, [age]) IS NOT NULL AND EXISTS (SELECT CONVERT(varbinary(max), CONVERT(nvarchar(max), TRY_CONVERT(int, [age]))) INTERSECT SELECT CONVERT(varbinary(max), CONVERT(nvarchar(max), [age]))) THEN 1 ELSE 0 END = 0',
  tooLong: 'SELECT TOP (1) * FROM [dbo].[person] WHERE [note] IS NOT NULL AND CASE WHEN TRY_CONVERT(nvarchar(20), [note]) IS NOT NULL AND EXISTS (SELECT CONVERT(varbinary(max), CONVERT(nvarchar(max), TRY_CONVERT(nvarchar(20), [note]))) INTERSECT SELECT CONVERT(varbinary(max), CONVERT(nvarchar(max), [note]))) THEN 1 ELSE 0 END = 0',
  nullRows: 'SELECT TOP (10) CONVERT(nvarchar(4000), [id]) AS [id] FROM [dbo].[person] WHERE [age] IS NULL',
  anyRows: 'SELECT TOP (1) * FROM [dbo].[person]',
  countValues: 'SELECT COUNT_BIG(CASE WHEN [full name] IS NULL THEN NULL ELSE 1 END) FROM [dbo].[person]',
  countRows: 'SELECT COUNT_BIG(*) FROM [dbo].[person]',
  cannotCast: 'unsupported',
  isChanged: 'unsupported',
  breaksCheck: 'unsupported',
  isEqual: 'unsupported',
  isOrphan: 'unsupported',
  isEmpty: 'unsupported',
  rejects: 'unsupported',
  digestFrom: `SELECT COUNT_BIG(*), COALESCE(SUM(CONVERT(decimal(38, 0), CONVERT(bigint, SUBSTRING(HASHBYTES('SHA2_256',
  COALESCE(CONVERT(nvarchar(20), DATALENGTH(CONVERT(nvarchar(max), [id]))) + N':' + CONVERT(nvarchar(max), [id]), N'-')
  + COALESCE(CONVERT(nvarchar(20), DATALENGTH(CONVERT(nvarchar(max), [full name]))) + N':' + CONVERT(nvarchar(max), [full name]), N'-')
  + COALESCE(CONVERT(nvarchar(20), DATALENGTH(CONVERT(nvarchar(max), TRY_CONVERT(int, [age])))) + N':' + CONVERT(nvarchar(max), TRY_CONVERT(int, [age])), N'-')
), 1, 8)))), 0)
FROM [dbo].[person__old]`,
  digestTo: `SELECT COUNT_BIG(*), COALESCE(SUM(CONVERT(decimal(38, 0), CONVERT(bigint, SUBSTRING(HASHBYTES('SHA2_256',
  COALESCE(CONVERT(nvarchar(20), DATALENGTH(CONVERT(nvarchar(max), [id]))) + N':' + CONVERT(nvarchar(max), [id]), N'-')
  + COALESCE(CONVERT(nvarchar(20), DATALENGTH(CONVERT(nvarchar(max), [full name]))) + N':' + CONVERT(nvarchar(max), [full name]), N'-')
  + COALESCE(CONVERT(nvarchar(20), DATALENGTH(CONVERT(nvarchar(max), [age]))) + N':' + CONVERT(nvarchar(max), [age]), N'-')
), 1, 8)))), 0)
FROM [dbo].[person]`,
} satisfies QuestionAnswers
