import { describe, expect, it } from 'vitest'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { dialect } from './index.ts'

const column = (name: string, type: ColumnShape['type'], more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })
const table = (columns: readonly ColumnShape[], more: Partial<TableShape> = {}): TableShape => ({ schema: '', name: 't', comment: '', columns, primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {}, ...more })
const part = (name: string) => ({ column: name, expression: '', order: 'asc', nulls: '' }) as const

describe('normalize', () => {
  it('makes a table of the model equal to the same table as the catalog gives it', () => {
    const said = table([
      column('id', { kind: 'int64' }, { identity: 'always', default: '1' }),
      column('mood', { kind: 'enum', name: 'mood', values: ['sad', 'ok'] }, { default: "'ok'" }),
      column('doc', { kind: 'json' }, { nullable: false }),
      column('tags', { kind: 'array', element: { kind: 'text' } }),
      column('made', { kind: 'timestamptz', precision: null }, { nullable: false, default: 'now()' }),
      column('day', { kind: 'date' }, { default: 'CURRENT_DATE' }),
      column('open', { kind: 'bool' }, { default: 'true' }),
      column('twice', { kind: 'int32' }, { generated: { expression: 'id * 2', stored: true } }),
    ], {
      primaryKey: { name: '', columns: ['id'] },
      uniques: [{ name: '', columns: ['mood'] }],
      checks: [{ name: '', expression: "day > '2000-01-01' AND id BETWEEN 1 AND 9" }],
      references: [{ name: '', columns: ['id'], parent: { schema: '', name: 'p' }, parentColumns: ['id'], onUpdate: 'restrict', onDelete: 'cascade', deferrable: 'deferred' }],
      indexes: [{ name: '', unique: true, method: 'btree', parts: [{ column: 'day', expression: '', order: 'asc', nulls: 'last' }], include: [], predicate: '' }],
      options: { 'MSSQL.CLUSTERED': 'yes', 'POSTGRES.X': 'y' },
    })
    const read = table([
      column('id', { kind: 'int64' }, { nullable: false, identity: 'default' }),
      column('mood', { kind: 'varchar', length: 3 }, { default: "(N'ok')" }),
      column('doc', { kind: 'text' }, { nullable: false }),
      column('tags', { kind: 'text' }),
      column('made', { kind: 'timestamptz', precision: 7 }, { nullable: false, default: '(sysdatetimeoffset())' }),
      column('day', { kind: 'date' }, { default: '(CONVERT([date],getdate()))' }),
      column('open', { kind: 'bool' }, { default: '((1))' }),
      column('twice', { kind: 'int32' }, { generated: { expression: '([id]*(2))', stored: true } }),
    ], {
      schema: 'dbo',
      primaryKey: { name: 'PK_t', columns: ['id'] },
      uniques: [{ name: 'UQ_t_mood', columns: ['mood'] }],
      checks: [
        { name: 'CK_t_day_id', expression: "([day]>N'2000-01-01' AND ([id]>=(1) AND [id]<=(9)))" },
        { name: 'CK_t_mood', expression: "([mood]=N'ok' OR [mood]=N'sad')" },
        { name: 'CK_t_doc', expression: '(isjson([doc])=(1))' },
        { name: 'CK_t_tags', expression: '(isjson([tags])=(1))' },
      ],
      references: [{ name: 'FK_t_id', columns: ['id'], parent: { schema: 'dbo', name: 'p' }, parentColumns: ['id'], onUpdate: 'no action', onDelete: 'cascade', deferrable: 'no' }],
      indexes: [{ name: 'IX_t_day', unique: true, method: '', parts: [part('day')], include: [], predicate: '([day] IS NOT NULL)' }],
    })
    expect(dialect.normalize(said)).toEqual(dialect.normalize(read))
  })

  it('leaves a check of other values, another length or another name what it is', () => {
    const mood = column('mood', { kind: 'varchar', length: 9 })
    const check = { name: 'CK_t_mood', expression: "[mood] IN (N'sad', N'ok')" }
    expect(dialect.normalize(table([mood], { checks: [check] })).checks).toEqual([check])
    const named = { name: 'moods', expression: check.expression }
    expect(dialect.normalize(table([{ ...mood, type: { kind: 'varchar', length: 3 } }], { checks: [named] })).checks).toEqual([named])
  })

  it('numbers the second part of one name, and leaves the names that types need', () => {
    const check = (expression: string) => ({ name: '', expression })
    const shape = dialect.normalize(table([column('mood', { kind: 'enum', name: null, values: ['a'] }), column('n', { kind: 'int32' })], { checks: [check("mood <> 'b'"), check('n > 1'), check('n < 5')] }))
    expect(shape.checks.map(({ name }) => name)).toEqual(['CK_t_mood_2', 'CK_t_n', 'CK_t_n_2'])
  })

  it('keeps functions of SQL Server as they were written, and turns those of others into its own by the type of the field', () => {
    const defaults = (type: ColumnShape['type'], ...texts: readonly string[]) => texts.map((text) => dialect.normalize(table([column('c', type, { default: text })])).columns[0]?.default)
    expect(defaults({ kind: 'timestamp', precision: 6 }, 'getdate()', 'CURRENT_TIMESTAMP', 'now()', 'SYSUTCDATETIME()', "datetime('now')", "'2020-01-01'")).toEqual(['getdate()', 'sysdatetime()', 'sysdatetime()', 'sysutcdatetime()', 'sysutcdatetime()', "N'2020-01-01'"])
    expect(defaults({ kind: 'uuid' }, 'newsequentialid()', 'gen_random_uuid()', 'uuid()')).toEqual(['newsequentialid()', 'newid()', 'newid()'])
    expect(defaults({ kind: 'native', flavor: 'mssql', text: 'datetime' }, "'2020-01-02 03:04:05'", "'2020-01-02'", 'now()')).toEqual(["N'2020-01-02T03:04:05'", "N'20200102'", 'getdate()'])
    expect(defaults({ kind: 'blob' }, "'\\x00Ff'", "x'0a'", '0xFF')).toEqual(['0x00ff', '0x0a', '0xff'])
    expect(defaults({ kind: 'text' }, 'true', 'NULL', "E'x'", "'a'::text")).toEqual(["N'true'", null, "N'x'", "N'a'"])
    expect(defaults({ kind: 'int32' }, '(-5)', '((1))', 'NEXT VALUE FOR [s].[q]', 'abs(-1)')).toEqual(['-5', '1', 'NEXT VALUE FOR [s].[q]', 'abs(-1)'])
  })

  it('is the same a second time', () => {
    const shape = dialect.normalize(table([column('e', { kind: 'enum', name: 'x', values: ["it's", 'b'] }), column('i', { kind: 'inet' }), column('d', { kind: 'decimal', precision: null, scale: null })], { checks: [{ name: '', expression: 'd > 1 OR d = 0 OR d = 2' }] }))
    expect(dialect.normalize(shape)).toEqual(shape)
    expect(shape.checks[0]?.expression).toBe('[d] > 1 OR [d] IN (2, 0)')
  })
})
