import { describe, expect, it } from 'vitest'
import { structureProblems } from './structure.ts'

describe('structureProblems', () => {
  it.each([
    'SET XACT_ABORT ON',
    'CREATE TABLE [dbo].[t] (\n  [a]]b] int NOT NULL CONSTRAINT [DF_t_a] DEFAULT (1),\n  [c] AS ([a]]b] * 2) PERSISTED,\n  CONSTRAINT [PK_t] PRIMARY KEY CLUSTERED ([a]]b])\n)',
    'ALTER TABLE [dbo].[t] ALTER COLUMN [a] nvarchar(20) COLLATE Latin1_General_CI_AS NOT NULL',
    'ALTER TABLE [dbo].[t] DROP CONSTRAINT [DF_t_a]',
    'SET IDENTITY_INSERT [dbo].[t] ON;\nINSERT INTO [dbo].[t] ([a])\nSELECT [a]\nFROM [dbo].[u];\nSET IDENTITY_INSERT [dbo].[t] OFF',
    "DECLARE @drop nvarchar(max) = (SELECT N'x');\nEXEC (@drop)",
    "IF SCHEMA_ID(N's') IS NULL EXEC (N'CREATE SCHEMA [s]')",
    "IF EXISTS (SELECT 1) EXEC sys.sp_updateextendedproperty @value = N'it''s' ELSE EXEC sys.sp_addextendedproperty @value = N'it''s'",
    'MERGE INTO [dbo].[t] USING [dbo].[u] AS [old] ON 1 = 0 WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;',
    "EXEC sp_rename N'[dbo].[a]]b]', N'a]b;--', N'OBJECT'",
  ])('finds nothing wrong with %s', (text) => expect(structureProblems(text)).toEqual([]))

  it.each([
    ["SELECT N'open", ['a text has no end: open']],
    ['SELECT [open', ['a bracketed name has no end: open']],
    ['SELECT (1', ['1 parentheses stay open']],
    ['SELECT 1)', ['a parenthesis closes that none opened']],
    ['SELECT 1 -- why', ['a comment']],
    ['SELECT 1\nGO\n', ['a line says GO']],
    ["SELECT N'a\\\nb'", ['a backslash takes the line break behind it away']],
    ['SELECT 1; SELECT 2', ['2 statements']],
    ['', ['no statement']],
    ['DROP TABLE [a] DROP TABLE [b]', ['a second statement begins: DROP']],
    ["SELECT 1 EXEC (N'SHUTDOWN')", ['a second statement begins: EXEC', 'a statement begins with SHUTDOWN']],
    ['DROP INDEX [i]', ['DROP INDEX names no table']],
    ["IF 1 = 1 EXEC (N'SELECT 1') EXEC (N'SELECT 2')", ['IF has 2 branches, not 1']],
    ['SET IDENTITY_INSERT [a] ON; INSERT INTO [a] ([b]) SELECT 1; SET IDENTITY_INSERT [b] OFF', ['IDENTITY_INSERT does not stand around one INSERT']],
    ['SET IDENTITY_INSERT [a] ON; INSERT INTO [a] ([b]) SELECT 1', ['IDENTITY_INSERT does not stand around one INSERT']],
    ['ALTER TABLE [t] ADD COLUMN [a] int NULL', ['ADD takes no word COLUMN']],
    ['ALTER TABLE [t] ADD [a] int', ['the column a does not say NULL or NOT NULL']],
    ['ALTER TABLE [t] ADD [a] int NULL DEFAULT (1)', ['the default of a has no name']],
    ['ALTER TABLE [t] ALTER COLUMN [a] int', ['ALTER COLUMN a does not say NULL or NOT NULL']],
    ['CREATE TABLE [t] ([a] int, [b] int NULL)', ['the column a does not say NULL or NOT NULL']],
    ['CREATE TABLE [t] ([a] int NULL, PRIMARY KEY ([a]))', ['a constraint has no name: PRIMARY KEY ( a']],
    ["SELECT 'x'", ['a text has no N before it: x']],
    ["EXEC sp_rename N'dbo.t', N'u', N'OBJECT'", ['no path of names: dbo.t']],
    [`SELECT [${'x'.repeat(129)}]`, ['a name of 129 units']],
  ])('tells what is wrong with %j', (text, problems) => expect(structureProblems(text)).toEqual(problems))

  it('tells a name that nobody has, in brackets and in the texts that are paths', () => {
    const isName = (name: string) => name === 't' || name === 'dbo'
    expect(structureProblems("EXEC sp_rename N'[dbo].[t]', N'[t]', N'OBJECT'", { isName })).toEqual(['nobody is called [t]'])
    expect(structureProblems("IF OBJECT_ID(N'[dbo].[u]') IS NULL EXEC (N'SELECT [v]')", { isName })).toEqual(['nobody is called u', 'nobody is called v'])
  })

  it('tells a collation that ALTER COLUMN does not restate', () => {
    expect(structureProblems('ALTER TABLE [t] ALTER COLUMN [a] nvarchar(9) NULL', { collated: ['a'] })).toEqual(['ALTER COLUMN a loses its collation'])
  })
})
