import { describe, expect, it } from 'vitest'
import { dialect as mssql } from '../../flavors/mssql/dialect/index.ts'
import { dialect } from '../../flavors/postgres/dialect/index.ts'
import { field, model, table } from '../model/build.ts'
import type { Model, Table } from '../model/model.ts'
import { previewCommand } from './preview.ts'

const change = (source: Model, id: string, edit: (table: Table) => Table): Model => ({
  ...source,
  tables: source.tables.map((one) => (one.id === id ? edit(one) : one)),
})
const rename = (source: Table, from: string, to: string): Table => ({
  ...source,
  fields: source.fields.map((one) => (one.name === from ? { ...one, name: to } : one)),
})

/** Statements that shape the tables: without frame, digests and checks. */
const shaping = (input: Parameters<typeof previewCommand>[0]) =>
  previewCommand(input).groups.map((group) =>
    group.steps.filter(({ phase }) => phase !== 'frame' && phase !== 'verify').map(({ text }) => text.split('\n')[0]),
  )

const ring = model(
  table('a', field('id', 'int32', { primaryKey: true }), field('b', 'int32', { references: 'b.id' })),
  table('b', field('id', 'int32', { primaryKey: true }), field('a', 'int32', { references: 'a.id' })),
  table('c', field('id', 'int32', { primaryKey: true })),
)

describe('previewCommand', () => {
  it('creates a ring in one transaction, foreign keys last, and each other table in its own', () => {
    expect(shaping({ command: 'create', model: ring, dialect })).toEqual([
      [
        'CREATE TABLE "public"."a" (',
        'CREATE TABLE "public"."b" (',
        'ALTER TABLE "public"."a" ADD CONSTRAINT "a_b_fkey" FOREIGN KEY ("b") REFERENCES "public"."b" ("id")',
        'ALTER TABLE "public"."b" ADD CONSTRAINT "b_a_fkey" FOREIGN KEY ("a") REFERENCES "public"."a" ("id")',
      ],
      ['CREATE TABLE "public"."c" ('],
    ])
  })

  it('says nothing when nothing changed', () => {
    const preview = previewCommand({ command: 'redeploy', model: ring, baseline: ring, dialect })
    expect(preview.text).toBe('')
    expect(preview.assumed).toBe('Assumed: the target equals the model as it was opened.')
  })

  it('touches an unchanged child only by its foreign key', () => {
    const base = model(
      table('p', field('id', 'int32', { primaryKey: true }), field('x', 'text')),
      table('k', field('p', 'int32', { references: 'p.id' })),
    )
    const edited = change(base, 'p', (p) => rename(p, 'x', 'y'))
    expect(shaping({ command: 'redeploy', model: edited, baseline: base, dialect })).toEqual([
      [
        'ALTER TABLE "public"."p" RENAME COLUMN "x" TO "y"',
        'ALTER TABLE "public"."k" DROP CONSTRAINT "k_p_fkey"',
        'ALTER TABLE "public"."p" RENAME TO "p__mm_94381ce8"',
        'ALTER TABLE "public"."p__mm_94381ce8" RENAME CONSTRAINT "p_pkey" TO "p__mm_94381ce8_pkey"',
        'CREATE TABLE "public"."p" (',
        'INSERT INTO "public"."p" ("id", "y")',
        'ALTER TABLE "public"."k" ADD CONSTRAINT "k_p_fkey" FOREIGN KEY ("p") REFERENCES "public"."p" ("id")',
      ],
    ])
  })

  it('takes everything back with the undo texts from the last step to the first', () => {
    const edited = change(ring, 'c', (c) => rename(c, 'id', 'key'))
    const [group] = previewCommand({ command: 'redeploy', model: edited, baseline: ring, dialect }).groups
    expect(
      (group?.steps ?? [])
        .toReversed()
        .flatMap(({ undo }) => undo ?? ['?'])
        .filter((text) => !text.startsWith('SE')),
    ).toEqual([
      'BEGIN',
      'LOCK TABLE "public"."c" IN ACCESS EXCLUSIVE MODE',
      'DROP TABLE "public"."c"',
      expect.stringMatching(/^ALTER TABLE "public"\."c__mm_\w{8}" RENAME CONSTRAINT "c__mm_\w{8}_pkey" TO "c_pkey"$/),
      expect.stringMatching(/^ALTER TABLE "public"\."c__mm_\w{8}" RENAME TO "c"$/),
      'ALTER TABLE "public"."c" RENAME COLUMN "key" TO "id"',
      'COMMIT',
    ])
  })

  it('swaps two tables in one transaction through a name of its own', () => {
    const base = model(table('a', field('x', 'text')), table('b', field('y', 'text')))
    const swapped = change(
      change(base, 'a', (a) => ({ ...a, name: 'b' })),
      'b',
      (b) => ({ ...b, name: 'a' }),
    )
    const groups = shaping({ command: 'redeploy', model: swapped, baseline: base, dialect })
    expect(groups.length).toBe(1)
    expect(groups[0]?.slice(0, 3)).toEqual([
      'ALTER TABLE "public"."b" RENAME TO "b__mm_3e5cfa6e"',
      'ALTER TABLE "public"."a" RENAME TO "b"',
      'ALTER TABLE "public"."b__mm_3e5cfa6e" RENAME TO "a"',
    ])
  })

  it('leaves the names of the old table alone where nothing follows a rename', () => {
    const base = model(
      table('p', field('id', 'int32', { primaryKey: true }), field('mood', "enum('sad','ok')")),
      table('k', field('p', 'int32', { references: 'p.id' })),
    )
    const edited = change(base, 'p', (p) => ({ ...rename(p, 'mood', 'state'), name: 'q' }))
    const [group] = previewCommand({ command: 'redeploy', model: edited, baseline: base, dialect: mssql }).groups
    const steps = (group?.steps ?? []).filter(({ phase }) => phase !== 'frame' && phase !== 'verify')
    expect(steps.map(({ text }) => text.split('\n')[0])).toEqual([
      'ALTER TABLE [dbo].[k] DROP CONSTRAINT [FK_k_p]',
      "EXEC sp_rename N'[dbo].[p]', N'p__mm_65693bac', N'OBJECT'",
      "EXEC sp_rename N'[dbo].[PK_p]', N'PK_p__mm_65693bac', N'OBJECT'",
      expect.stringContaining("EXEC sp_rename N'[dbo].[CK_p_mood]', N'CKT_p__mm_65693bac_1', N'OBJECT'"),
      'CREATE TABLE [dbo].[q] (',
      'INSERT INTO [dbo].[q] WITH (TABLOCK) ([id], [state])',
      'ALTER TABLE [dbo].[k] WITH CHECK ADD CONSTRAINT [FK_k_p] FOREIGN KEY ([p]) REFERENCES [dbo].[q] ([id])',
    ])
    expect(steps[0]?.undo).toEqual([
      'ALTER TABLE [dbo].[k] WITH CHECK ADD CONSTRAINT [FK_k_p] FOREIGN KEY ([p]) REFERENCES [dbo].[p] ([id])',
    ])
    expect(group?.tables[0]?.renames).toEqual([{ from: 'mood', to: 'state' }])
  })

  it('leaves a child that only follows a rename of its parent alone', () => {
    const base = model(table('p', field('id', 'int32', { primaryKey: true })), table('k', field('p', 'int32', { references: 'p.id' })))
    const renamed = change(base, 'p', (p) => ({ ...p, name: 'parents' }))
    const preview = previewCommand({ command: 'redeploy', model: renamed, baseline: base, dialect })
    expect(preview.groups.map((group) => group.tables.map(({ name }) => name.name))).toEqual([['parents']])
    expect(preview.text).toContain(
      'ALTER TABLE "public"."k" ADD CONSTRAINT "k_p_fkey" FOREIGN KEY ("p") REFERENCES "public"."parents" ("id");',
    )
  })

  it('refuses a cast that cannot be', () => {
    const base = model(table('t', field('d', 'date')))
    const edited = change(base, 't', (t) => ({ ...t, fields: t.fields.map((one) => ({ ...one, type: { kind: 'bool' } as const })) }))
    expect(
      previewCommand({ command: 'redeploy', model: edited, baseline: base, dialect }).findings.map(({ code, severity }) => [
        code,
        severity,
      ]),
    ).toEqual([['MM201', 'error']])
  })

  it('tells what it cannot write, at its place, instead of throwing', () => {
    const source = model(table('t', field('x'.repeat(70), 'int32')), table('u', field('a', 'int32')))
    const preview = previewCommand({ command: 'create', model: source, dialect })
    expect(preview.text).toBe('')
    expect(preview.findings.map(({ code, severity, path }) => [code, severity, path.table, path.field])).toEqual([
      ['NAME_TOO_LONG', 'error', 't', `t.${'x'.repeat(70)}`],
    ])
  })

  it('costs one table when one is asked for, in a model of 1,000', () => {
    const many = model(
      ...Array.from({ length: 1000 }, (_, index) =>
        table(
          `t${index}`,
          field('id', 'int32', { primaryKey: true }),
          field('p', 'int32', index === 0 ? {} : { references: `t${index - 1}.id` }),
        ),
      ),
    )
    const edited = change(many, 't500', (t) => rename(t, 'p', 'q'))
    const groups = previewCommand({ command: 'redeploy', model: edited, tableIds: ['t500'], baseline: many, dialect }).groups
    expect(groups.map((group) => group.tables.map(({ name }) => name.name))).toEqual([['t500']])
    expect(previewCommand({ command: 'create', model: many, dialect }).groups.length).toBe(1000)
  })
})
