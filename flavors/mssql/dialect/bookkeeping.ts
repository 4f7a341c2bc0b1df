import type { Bookkeeping } from '../../flavor.ts'

const tables = ['run', 'run_group', 'claim', 'identity'].map((name) => ({ schema: 'metamigrate', name }))
// Ids and keys are told apart by their letters' case too. A key has at most 900 bytes, one beside the rows 1700: two names of 128 units with their signs escaped.
const id = (length: number) => `nvarchar(${length}) COLLATE Latin1_General_BIN2 NOT NULL`
const ensureTable = (name: string, columns: readonly string[]) =>
  `IF OBJECT_ID(N'[metamigrate].[${name}]', N'U') IS NULL CREATE TABLE [metamigrate].[${name}] (\n  ${columns.join(',\n  ')}\n)`

/** MetaMigrate's own tables in the target, in one schema. Parameters are @p1, @p2 ... in the order named. */
export const bookkeeping: Bookkeeping = {
  tables,
  ensure: [
    `IF SCHEMA_ID(N'metamigrate') IS NULL EXEC (N'CREATE SCHEMA [metamigrate]')`,
    ensureTable('run', [
      `[run_id] ${id(200)}`, '[plan_hash] nvarchar(200) NOT NULL', '[state] nvarchar(40) NOT NULL', '[owner] nvarchar(max) NOT NULL', '[started_at] nvarchar(40) NOT NULL',
      '[ended_at] nvarchar(40) NULL', '[tool_version] nvarchar(100) NOT NULL', 'CONSTRAINT [PK_run] PRIMARY KEY CLUSTERED ([run_id])',
    ]),
    ensureTable('run_group', [
      `[run_id] ${id(200)}`, `[group_id] ${id(200)}`, '[facts] nvarchar(max) NOT NULL', 'CONSTRAINT [PK_run_group] PRIMARY KEY CLUSTERED ([run_id], [group_id])',
    ]),
    ensureTable('claim', [`[object_key] ${id(850)}`, `[run_id] ${id(200)}`, 'CONSTRAINT [PK_claim] PRIMARY KEY NONCLUSTERED ([object_key])']),
    ensureTable('identity', [
      `[table_id] ${id(200)}`, `[field_id] ${id(200)}`, '[schema_name] nvarchar(128) NOT NULL', '[table_name] nvarchar(128) NOT NULL', '[column_name] nvarchar(128) NOT NULL',
      'CONSTRAINT [PK_identity] PRIMARY KEY CLUSTERED ([table_id], [field_id])',
    ]),
  ],
  insertRun: 'INSERT INTO [metamigrate].[run] ([run_id], [plan_hash], [state], [owner], [started_at], [tool_version]) VALUES (@p1, @p2, @p3, @p4, @p5, @p6)',
  updateRun: 'UPDATE [metamigrate].[run] SET [state] = @p1, [ended_at] = @p2 WHERE [run_id] = @p3',
  selectRuns: 'SELECT [run_id], [plan_hash], [state], [owner], [started_at], [ended_at] FROM [metamigrate].[run] ORDER BY [started_at] DESC, [run_id] DESC',
  insertGroup: 'INSERT INTO [metamigrate].[run_group] ([run_id], [group_id], [facts]) VALUES (@p1, @p2, @p3)',
  deleteGroup: 'DELETE FROM [metamigrate].[run_group] WHERE [run_id] = @p1 AND [group_id] = @p2',
  selectGroups: 'SELECT [group_id], [facts] FROM [metamigrate].[run_group] WHERE [run_id] = @p1 ORDER BY [group_id]',
  insertClaim: 'INSERT INTO [metamigrate].[claim] ([object_key], [run_id]) VALUES (@p1, @p2)',
  deleteClaims: 'DELETE FROM [metamigrate].[claim] WHERE [run_id] = @p1',
  selectClaims: 'SELECT [object_key], [run_id] FROM [metamigrate].[claim] ORDER BY [object_key]',
  // The range lock keeps a second writer out between the two; MERGE would need the same hint and has the worse record.
  upsertIdentity:
    'UPDATE [metamigrate].[identity] WITH (UPDLOCK, HOLDLOCK) SET [schema_name] = @p3, [table_name] = @p4, [column_name] = @p5 WHERE [table_id] = @p1 AND [field_id] = @p2; ' +
    'IF @@ROWCOUNT = 0 INSERT INTO [metamigrate].[identity] ([table_id], [field_id], [schema_name], [table_name], [column_name]) VALUES (@p1, @p2, @p3, @p4, @p5)',
  deleteIdentity: 'DELETE FROM [metamigrate].[identity] WHERE [table_id] = @p1',
  selectIdentities: 'SELECT [table_id], [field_id], [schema_name], [table_name], [column_name] FROM [metamigrate].[identity] ORDER BY [table_id], [field_id]',
}
