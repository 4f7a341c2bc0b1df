import { describe, expect, it } from 'vitest'
import { cases, type CaseName } from '../cases.ts'
import { randomModels, textsOfModels } from '../testing/random-texts.ts'
import { dialect } from './dialect/index.ts'
import { scan } from './testing/scan.ts'

const needed = dialect.withSettings({ quoting: 'needed' })
const first = (name: CaseName, used = needed) => used.statements(cases[name])[0]

describe('quoting', () => {
  it('brackets only names that would not mean the same without', () => {
    expect(first('createTableWithReference')?.text).toBe(`CREATE TABLE dbo.[order] (
  id bigint IDENTITY(1,1) NOT NULL,
  person_id bigint NOT NULL,
  price decimal(10,2) NOT NULL CONSTRAINT DF_order_price DEFAULT (0),
  CONSTRAINT PK_order PRIMARY KEY CLUSTERED (id),
  CONSTRAINT order_person_fk FOREIGN KEY (person_id) REFERENCES dbo.person (id) ON DELETE CASCADE
)`)
    expect(first('dropIndex')).toMatchObject({ text: 'DROP INDEX person_by_name ON dbo.person', undo: ['CREATE UNIQUE NONCLUSTERED INDEX person_by_name ON dbo.person ([full name] DESC) WHERE age > 17'] })
    expect(needed.question({ kind: 'countRows', table: { schema: 'user', name: 'Order Details' } })).toBe('SELECT COUNT_BIG(*) FROM [user].[Order Details]')
  })

  it('leaves paths inside of texts in brackets: there they are no names to the parser', () => {
    expect(first('renameColumn')?.text).toBe("EXEC sp_rename N'[dbo].[person].[full name]', N'name', N'COLUMN'")
  })

  it.each(['select', 'Order', 'current_date', 'value', 'year', 'row', 'filter', 'period', 'go', '#t', '@x', '1a', 'a b', 'ä', ''])('keeps the brackets of %s', (name) => {
    if (name === '') return
    expect(needed.question({ kind: 'countValues', table: { schema: '', name: 't' }, column: name })).toContain(`[${name}]`)
  })

  it.each(['person', 'Name', '_x', 'a$b', 'a#b', 'a@b', 'type', 'status'])('takes the brackets off %s', (name) => {
    expect(needed.question({ kind: 'countValues', table: { schema: '', name: 't' }, column: name })).toBe(`SELECT COUNT_BIG(CASE WHEN ${name} IS NULL THEN NULL ELSE 1 END) FROM dbo.t`)
  })

  it('says the same names in the same order with and without brackets', () => {
    const models = randomModels(200)
    // A word and a name in brackets are one: everything else stays where it was.
    const flat = (text: string) => scan(text).pieces.map(({ kind, value }) => (kind === 'name' || kind === 'word' ? value.toUpperCase() : `${kind} ${value}`)).join('\n')
    const said = (used: typeof dialect) => [...new Set(textsOfModels(used, models).texts.map(({ text }) => flat(text)))]
    expect(said(needed)).toEqual(said(dialect))
  })
})

describe('settings', () => {
  it('are refused by name and value', () => {
    expect(() => dialect.withSettings({ version: '2014' })).toThrow('mssql.version is one of 2019, 2016, 2017, 2022, 2025, not "2014".')
    expect(() => dialect.withSettings({ layout: 'wide' })).toThrow('mssql has no setting layout: it has version, quoting.')
  })
})

describe('script', () => {
  it('parts batches by GO, each on a line of its own', () => {
    expect(dialect.script([...dialect.statements(cases.createSchema), ...dialect.statements(cases.copyRows), { text: 'MERGE INTO [t] USING [u] ON 1 = 0 WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;' }])).toBe(`IF SCHEMA_ID(N'my "own"') IS NULL EXEC (N'CREATE SCHEMA [my "own"]');
GO

SET IDENTITY_INSERT [dbo].[person] ON;
INSERT INTO [dbo].[person] WITH (TABLOCK) ([id], [full name], [age])
SELECT [id], [full name], CONVERT(int, [age])
FROM [dbo].[person__old];
SET IDENTITY_INSERT [dbo].[person] OFF;
GO

MERGE INTO [t] USING [u] ON 1 = 0 WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;
GO
`)
    expect(dialect.script([])).toBe('')
  })

  it('has as many lines GO as statements, whatever the texts hold', () => {
    const comment = 'one\nGO\ntwo\nGO 5\n'
    const operations = dialect.statements({ kind: 'commentTable', table: { schema: '', name: 't' }, from: '', to: comment })
    expect(dialect.script(operations).match(/^[ \t]*GO[ \t]*\d*[ \t]*$/gim)).toEqual(['GO'])
  })
})
