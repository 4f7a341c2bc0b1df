import { describe, expect, it } from 'vitest'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import type { Operation } from '../../flavor.ts'
import { dialect } from './index.ts'

const column = (name: string, type: ColumnShape['type'], more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })
const shapeOf = (columns: readonly ColumnShape[], more: Partial<TableShape> = {}): TableShape => ({ schema: '', name: 't', comment: '', columns, primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {}, ...more })
const t = { schema: '', name: 't' }
const texts = (operation: Operation, used = dialect) => used.statements(operation).map(({ text }) => text)
const undos = (operation: Operation) => dialect.statements(operation).map(({ undo }) => undo)
const alter = (from: ColumnShape, to: Partial<ColumnShape>): Operation => ({ kind: 'alterColumn', table: t, from, to: { ...from, ...to } })
const drop = (name: string) => `DECLARE @drop nvarchar(max) = (SELECT N'ALTER TABLE ' + N'[dbo].[t]' + N' DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[dbo].[t]') AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(N'[dbo].[t]'), N'${name}', N'ColumnId'));\nEXEC (@drop)`

describe('alterColumn', () => {
  const code = column('code', { kind: 'varchar', length: 9 }, { collation: 'Latin1_General_BIN2', nullable: false, default: "'x'" })

  it('restates collation and nullability with a new type, and takes the default off around it', () => {
    expect(texts(alter(code, { type: { kind: 'varchar', length: 20 } }))).toEqual([
      drop('code'),
      'ALTER TABLE [dbo].[t] ALTER COLUMN [code] nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL',
      "ALTER TABLE [dbo].[t] ADD CONSTRAINT [DF_t_code] DEFAULT (N'x') FOR [code]",
    ])
    expect(undos(alter(code, { type: { kind: 'varchar', length: 20 } }))[0]).toEqual([
      drop('code'),
      'ALTER TABLE [dbo].[t] ALTER COLUMN [code] nvarchar(9) COLLATE Latin1_General_BIN2 NOT NULL',
      "ALTER TABLE [dbo].[t] ADD CONSTRAINT [DF_t_code] DEFAULT (N'x') FOR [code]",
    ])
  })

  it('restates type and collation with a new nullability, and leaves the default alone', () => {
    expect(texts(alter(code, { nullable: true }))).toEqual(['ALTER TABLE [dbo].[t] ALTER COLUMN [code] nvarchar(9) COLLATE Latin1_General_BIN2 NULL'])
  })

  it('changes a collation alone', () => {
    expect(texts(alter(column('c', { kind: 'text' }, { collation: 'Latin1_General_BIN2' }), { collation: '' }))).toEqual(['ALTER TABLE [dbo].[t] ALTER COLUMN [c] nvarchar(max) NULL'])
  })

  it('brings the check of an enum along', () => {
    const mood = column('mood', { kind: 'enum', name: null, values: ['a', 'b'] })
    expect(texts(alter(mood, { type: { kind: 'enum', name: null, values: ['a', 'b', 'cc'] } }))).toEqual([
      'ALTER TABLE [dbo].[t] DROP CONSTRAINT [CK_t_mood]',
      'ALTER TABLE [dbo].[t] ALTER COLUMN [mood] nvarchar(2) NULL',
      "ALTER TABLE [dbo].[t] WITH CHECK ADD CONSTRAINT [CK_t_mood] CHECK ([mood] IN (N'a', N'b', N'cc'))",
    ])
    expect(texts(alter(mood, { type: { kind: 'text' } }))).toEqual(['ALTER TABLE [dbo].[t] DROP CONSTRAINT [CK_t_mood]', 'ALTER TABLE [dbo].[t] ALTER COLUMN [mood] nvarchar(max) NULL'])
  })

  it('takes the check of an enum off for another nullability too', () => {
    expect(texts(alter(column('doc', { kind: 'json' }), { nullable: false }))).toEqual([
      'ALTER TABLE [dbo].[t] DROP CONSTRAINT [CK_t_doc]',
      'ALTER TABLE [dbo].[t] ALTER COLUMN [doc] nvarchar(max) NOT NULL',
      'ALTER TABLE [dbo].[t] WITH CHECK ADD CONSTRAINT [CK_t_doc] CHECK (ISJSON([doc]) = 1)',
    ])
  })

  it.each([
    // ALTER COLUMN would convert these without the style that keeps every digit, or not at all.
    [{ kind: 'float64' }, { kind: 'text' }], [{ kind: 'timestamp', precision: 3 }, { kind: 'text' }], [{ kind: 'text' }, { kind: 'date' }], [{ kind: 'blob' }, { kind: 'text' }],
    [{ kind: 'timestamptz', precision: 3 }, { kind: 'timestamp', precision: 3 }], [{ kind: 'xml' }, { kind: 'text' }], [{ kind: 'int32' }, { kind: 'native', flavor: 'mssql', text: 'varchar(2)' }],
  ] as const)('leaves %j to %j to a rebuild', (from, to) => {
    expect(() => dialect.statements(alter(column('c', from), { type: to }))).toThrow(expect.objectContaining({ code: 'FLAVOR_UNSUPPORTED' }))
  })

  it('has no way back where values may be lost', () => {
    expect(undos(alter(column('n', { kind: 'text' }), { type: { kind: 'int32' } }))).toEqual([null])
  })

  it('does nothing where SQL Server keeps both the same', () => {
    expect(texts(alter(column('id', { kind: 'int32' }, { identity: 'always' }), { identity: 'default' }))).toEqual([])
    expect(texts(alter(column('n', { kind: 'int8' }, { default: 'now()' }), { type: { kind: 'int16' }, default: 'CURRENT_TIMESTAMP' }))).toEqual([])
  })
})

describe('addColumn and dropColumn', () => {
  it('fills a column that takes NULL with its default, and takes the constraints off on the way back', () => {
    const open = column('open', { kind: 'bool' }, { default: 'false' })
    expect(texts({ kind: 'addColumn', table: t, column: open })).toEqual(['ALTER TABLE [dbo].[t] ADD [open] bit NULL CONSTRAINT [DF_t_open] DEFAULT (0) WITH VALUES'])
    expect(undos({ kind: 'addColumn', table: t, column: open })).toEqual([['ALTER TABLE [dbo].[t] DROP CONSTRAINT [DF_t_open]', 'ALTER TABLE [dbo].[t] DROP COLUMN [open]']])
    expect(texts({ kind: 'dropColumn', table: t, column: open })).toEqual([drop('open'), 'ALTER TABLE [dbo].[t] DROP COLUMN [open]'])
  })

  it('adds an enum with its check, and its comment', () => {
    const mood = column('mood', { kind: 'enum', name: null, values: ["it's"] }, { nullable: false, default: "'it''s'", comment: 'now' })
    expect(texts({ kind: 'addColumn', table: t, column: mood })).toEqual([
      "ALTER TABLE [dbo].[t] ADD [mood] nvarchar(4) NOT NULL CONSTRAINT [DF_t_mood] DEFAULT (N'it''s') CONSTRAINT [CK_t_mood] CHECK ([mood] IN (N'it''s'))",
      "EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'now', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N't', @level2type = N'COLUMN', @level2name = N'mood'",
    ])
  })
})

describe('unique keys over columns that take NULL', () => {
  const both = shapeOf([column('a', { kind: 'int32' }, { nullable: false }), column('b', { kind: 'int32' })], { uniques: [{ name: 'once', columns: ['a', 'b'] }, { name: '', columns: ['a'] }] })

  it('are filtered indexes beside the table', () => {
    expect(texts({ kind: 'createTable', shape: both, references: false })).toEqual([
      'CREATE TABLE [dbo].[t] (\n  [a] int NOT NULL,\n  [b] int NULL,\n  CONSTRAINT [UQ_t_a] UNIQUE NONCLUSTERED ([a])\n)',
      'CREATE UNIQUE NONCLUSTERED INDEX [once] ON [dbo].[t] ([a], [b]) WHERE [b] IS NOT NULL',
    ])
  })

  it('keep their names when the table is set aside: they are no objects of the schema', () => {
    expect(texts({ kind: 'setAside', shape: both, to: 't__old', remake: [] })).toEqual(["EXEC sp_rename N'[dbo].[t]', N't__old', N'OBJECT'", "EXEC sp_rename N'[dbo].[UQ_t_a]', N'UQ_t__old_1', N'OBJECT'"])
    expect(dialect.names(both).map(({ name }) => name)).toEqual(['t', 'UQ_t_a'])
  })

  it('add their condition to that of a unique index', () => {
    const index = { name: 'i', unique: true, method: '', parts: [{ column: 'b', expression: '', order: 'asc', nulls: '' }], include: ['a'], predicate: 'a > 1' } as const
    expect(texts({ kind: 'createIndex', table: t, index, nullable: ['b'] })).toEqual(['CREATE UNIQUE NONCLUSTERED INDEX [i] ON [dbo].[t] ([b]) INCLUDE ([a]) WHERE a > 1 AND [b] IS NOT NULL'])
    expect(texts({ kind: 'createIndex', table: t, index: { ...index, unique: false }, nullable: ['b'] })).toEqual(['CREATE NONCLUSTERED INDEX [i] ON [dbo].[t] ([b]) INCLUDE ([a]) WHERE a > 1'])
  })
})

describe('setAside', () => {
  it('frees the names of defaults and of the checks of types, where they have the names that we give', () => {
    const shape = shapeOf([column('mood', { kind: 'enum', name: null, values: ['a'] }, { default: "'a'" })], { schema: 's' })
    expect(texts({ kind: 'setAside', shape, to: 'old', remake: [] })).toEqual([
      "EXEC sp_rename N'[s].[t]', N'old', N'OBJECT'",
      "IF EXISTS (SELECT 1 FROM sys.check_constraints WHERE parent_object_id = OBJECT_ID(N'[s].[old]') AND name = N'CK_t_mood') EXEC sp_rename N'[s].[CK_t_mood]', N'CKT_old_1', N'OBJECT'",
      "IF EXISTS (SELECT 1 FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[s].[old]') AND name = N'DF_t_mood') EXEC sp_rename N'[s].[DF_t_mood]', N'DF_old_1', N'OBJECT'",
    ])
    expect(undos({ kind: 'setAside', shape, to: 'old', remake: [] })[2]).toEqual([
      "IF EXISTS (SELECT 1 FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(N'[s].[old]') AND name = N'DF_old_1') EXEC sp_rename N'[s].[DF_old_1]', N'DF_t_mood', N'OBJECT'",
    ])
  })
})

describe('copyRows', () => {
  const pair = (from: ColumnShape['type'], to: ColumnShape['type'], lossy = false) => {
    const [text = ''] = texts({ kind: 'copyRows', from: { schema: '', name: 'old' }, to: shapeOf([column('c', to)]), columns: [{ from: column('c', from), to: column('c', to), lossy }] })
    return text.split('\n')[1]
  }
  const own = (text: string) => ({ kind: 'native', flavor: 'mssql', text }) as const

  it('assigns where the server refuses what does not fit, and never cuts a text', () => {
    expect(pair({ kind: 'text' }, { kind: 'varchar', length: 3 })).toBe('SELECT [c]')
    expect(pair({ kind: 'int64' }, { kind: 'int16' })).toBe('SELECT [c]')
    expect(pair({ kind: 'int32' }, own('varchar(3)'))).toBe('SELECT CONVERT(nvarchar(max), [c])')
  })

  it('converts with the style that keeps every digit', () => {
    expect(pair({ kind: 'float64' }, { kind: 'text' })).toBe('SELECT CONVERT(nvarchar(max), [c], 3)')
    expect(pair(own('money'), { kind: 'text' })).toBe('SELECT CONVERT(nvarchar(max), [c], 2)')
    expect(pair({ kind: 'timestamp', precision: 3 }, { kind: 'text' })).toBe('SELECT CONVERT(nvarchar(max), [c], 121)')
    expect(pair({ kind: 'blob' }, { kind: 'text' })).toBe('SELECT CONVERT(nvarchar(max), [c], 1)')
    expect(pair({ kind: 'text' }, { kind: 'varbinary', length: 9 })).toBe('SELECT CONVERT(varbinary(9), [c], 1)')
    expect(pair({ kind: 'text' }, { kind: 'date' })).toBe('SELECT CONVERT(date, [c], 121)')
    expect(pair({ kind: 'text' }, { kind: 'decimal', precision: 9, scale: 2 })).toBe('SELECT CONVERT(decimal(9,2), [c])')
    expect(pair({ kind: 'timestamptz', precision: 7 }, { kind: 'timestamp', precision: 7 })).toBe("SELECT CONVERT(datetime2(7), SWITCHOFFSET([c], N'+00:00'))")
  })

  it('cuts, rounds or gives NULL only where the loss was accepted', () => {
    expect(pair({ kind: 'text' }, { kind: 'varchar', length: 3 }, true)).toBe('SELECT TRY_CONVERT(nvarchar(3), [c])')
    expect(pair({ kind: 'text' }, { kind: 'int32' }, true)).toBe('SELECT TRY_CONVERT(int, [c])')
  })

  it('leaves row versions and computed columns to the server', () => {
    const to = shapeOf([column('a', { kind: 'int32' }), column('v', own('rowversion')), column('g', { kind: 'int32' }, { generated: { expression: 'a', stored: false } })])
    const columns = to.columns.map((one) => ({ from: one, to: one }))
    expect(texts({ kind: 'copyRows', from: { schema: '', name: 'old' }, to, columns })).toEqual(['INSERT INTO [dbo].[t] WITH (TABLOCK) ([a])\nSELECT [a]\nFROM [dbo].[old]'])
    expect(texts({ kind: 'copyTable', shape: to, to: 'copy' })).toEqual(['SELECT [a], CONVERT(binary(8), [v]) AS [v], [g] INTO [dbo].[copy] FROM [dbo].[t] WITH (TABLOCKX, HOLDLOCK)'])
  })

  it('gives each row its defaults where nothing is continued', () => {
    const from = { schema: '', name: 'old' }
    const added = (to: ColumnShape) => texts({ kind: 'copyRows', from, to: shapeOf([to]), columns: [{ from: null, to }] })
    expect(added(column('d', { kind: 'int32' }, { default: '7' }))).toEqual(['INSERT INTO [dbo].[t] WITH (TABLOCK) ([d])\nSELECT 7\nFROM [dbo].[old]'])
    expect(added(column('id', { kind: 'int32' }, { identity: 'default' }))).toEqual(['MERGE INTO [dbo].[t] USING [dbo].[old] AS [old] ON 1 = 0 WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;'])
  })

  it('goes on behind the highest number where the old column had no counter', () => {
    const id = column('id', { kind: 'int32' }, { nullable: false })
    const to = { ...id, identity: 'default' } as const
    const operation = (from: ColumnShape | null): Operation => ({ kind: 'continueIdentity', from: { schema: '', name: 'old' }, fromShape: shapeOf([id]), to: shapeOf([to]), columns: [{ from, to }] })
    expect(texts(operation(id))).toEqual(["DBCC CHECKIDENT (N'[dbo].[t]', RESEED) WITH NO_INFOMSGS"])
    expect(texts(operation(null))).toEqual([])
  })
})

describe('comments', () => {
  it('are taken away when they become empty', () => {
    expect(texts({ kind: 'commentTable', table: t, from: 'x', to: '' })).toEqual([
      "IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 1 AND major_id = OBJECT_ID(N'[dbo].[t]') AND minor_id = 0 AND name = N'MS_Description')\n  EXEC sys.sp_dropextendedproperty @name = N'MS_Description', @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N't'",
    ])
  })

  it('that a client or the server would misread go through a variable, part by part', () => {
    const [text] = texts({ kind: 'createTable', shape: shapeOf([column('a', { kind: 'int32' })], { comment: 'in C:\\\nGO\n$(x)' }), references: false }).slice(1)
    expect(text).toBe("DECLARE @value nvarchar(3750) = N'in C:\\' + N'\n' + N'GO\n$' + N'(x)';\nEXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = @value, @level0type = N'SCHEMA', @level0name = N'dbo', @level1type = N'TABLE', @level1name = N't'")
  })
})

describe('table options', () => {
  it('choose the filegroup, the compression and the order of the rows', () => {
    const shape = shapeOf([column('a', { kind: 'int32' })], { primaryKey: { name: '', columns: ['a'] }, options: { 'MSSQL.FILEGROUP': 'fast', 'MSSQL.DATA_COMPRESSION': 'page', 'MSSQL.CLUSTERED': 'no' } })
    expect(texts({ kind: 'createTable', shape, references: false })).toEqual(['CREATE TABLE [dbo].[t] (\n  [a] int NOT NULL,\n  CONSTRAINT [PK_t] PRIMARY KEY NONCLUSTERED ([a])\n) ON [fast] WITH (DATA_COMPRESSION = PAGE)'])
  })
})

describe('versions', () => {
  it('check JSON as each of them can', () => {
    const shape = shapeOf([column('doc', { kind: 'json' })])
    const lines = ['2016', '2022', '2025'].map((version) => texts({ kind: 'createTable', shape, references: false }, dialect.withSettings({ version }))[0])
    expect(lines).toEqual([
      'CREATE TABLE [dbo].[t] (\n  [doc] nvarchar(max) NULL,\n  CONSTRAINT [CK_t_doc] CHECK (ISJSON([doc]) = 1)\n)',
      'CREATE TABLE [dbo].[t] (\n  [doc] nvarchar(max) NULL,\n  CONSTRAINT [CK_t_doc] CHECK (ISJSON([doc], VALUE) = 1)\n)',
      'CREATE TABLE [dbo].[t] (\n  [doc] json NULL\n)',
    ])
  })

  it('come from the setting, or from the server that was asked', () => {
    const json = { kind: 'json' } as const
    expect(dialect.forVersion(17_000_700).types.toNative(json).text).toBe('json')
    expect(dialect.forVersion(17_000_700).withSettings({ quoting: 'needed' }).types.toNative(json).text).toBe('json')
    expect(dialect.forVersion(17_000_700).withSettings({ version: '2016' }).types.toNative(json).text).toBe('nvarchar(max)')
  })
})

describe('texts in expressions', () => {
  it('have an N, and are parted where a client or the server would misread them', () => {
    expect(texts({ kind: 'addCheck', table: t, check: { name: 'c', expression: "a <> 'x\\\nGO\n' /* why */" } })).toEqual(["ALTER TABLE [dbo].[t] WITH CHECK ADD CONSTRAINT [c] CHECK (a <> N'x\\' + N'\n' + N'GO\n')"])
  })
})

describe('what cannot be', () => {
  it.each([
    ['EXPRESSION_REFUSED', { kind: 'addCheck', table: t, check: { name: 'c', expression: '1) OR (1 = 1' } }],
    ['EXPRESSION_REFUSED', { kind: 'addCheck', table: t, check: { name: 'c', expression: '1 = 1; DROP TABLE t' } }],
    ['EXPRESSION_REFUSED', { kind: 'addCheck', table: t, check: { name: 'c', expression: '1 = 1 /* /* */' } }],
    ['EXPRESSION_REFUSED', { kind: 'addCheck', table: t, check: { name: 'c', expression: 'a =\nGO\n1' } }],
    ['EXPRESSION_REFUSED', { kind: 'addCheck', table: t, check: { name: 'c', expression: '[trail ] > 1' } }],
    ['NAME_REFUSED', { kind: 'renameTable', from: t, to: '#temporary' }],
    ['NAME_REFUSED', { kind: 'renameColumn', table: t, from: 'a', to: 'x'.repeat(129) }],
    ['NAME_REFUSED', { kind: 'addColumn', table: t, column: column('a', { kind: 'text' }, { collation: 'x; y' }) }],
    ['TYPE_REFUSED', { kind: 'addColumn', table: t, column: column('a', { kind: 'native', flavor: null, text: 'mood' }) }],
    ['TEXT_REFUSED', { kind: 'commentTable', table: t, from: '', to: 'a\0b' }],
    ['FLAVOR_UNSUPPORTED', { kind: 'createTable', shape: shapeOf([]), references: false }],
    ['FLAVOR_UNSUPPORTED', { kind: 'swapTables', tables: [] }],
  ] as const)('is refused with %s: %j', (code, operation) => expect(() => dialect.statements(operation)).toThrow(expect.objectContaining({ code })))
})
