import { describe, expect, it } from 'vitest'
import type { ColumnShape, TableShape } from '../app/model/shape.ts'
import { flavors } from './registry.ts'

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({
  name, type: { kind: 'int32' }, nullable: false, default: null, identity: null, generated: null, comment: '', collation: '', ...more,
})
const table = (...columns: readonly ColumnShape[]): TableShape => ({
  schema: 'public', name: 't', comment: '', columns, primaryKey: { name: '', columns: [columns[0]?.name ?? ''] }, uniques: [], checks: [], references: [], indexes: [], options: {},
})
const serial = column('id', { identity: 'serial', default: `nextval('public.t_id_seq'::regclass)` })
const shared = column('id', { default: `nextval('public."All Numbers"'::regclass)` })

const dialectOf = (name: string) => {
  const found = flavors.find(({ dialect }) => dialect.name === name)?.dialect
  if (found === undefined) throw new Error(name)
  return found
}
const textOf = (name: string, shape: TableShape) => {
  const dialect = dialectOf(name)
  const { document } = dialect
  const given = dialect.normalize(shape)
  if (document !== null) return document({ tables: [shape], names: [shape], related: [] }).files.map(({ text }) => text).join('')
  const sequences = (dialect.sequences?.of(given) ?? []).flatMap((use) => dialect.sequences?.create(use) ?? [])
  return [...sequences, ...dialect.statements({ kind: 'createTable', shape: given, references: false })].map(({ text }) => text).join(';\n')
}
const findings = (name: string, shape: TableShape) => dialectOf(name).check(shape).map(({ code, severity, path }) => `${severity} ${code} ${path.column ?? ''}`)

describe('a serial field', () => {
  it('numbers in every flavor in its own way', () => {
    const shape = table(serial, column('note', { type: { kind: 'text' }, nullable: true }))
    expect(textOf('postgres', shape)).toBe(
      `CREATE SEQUENCE "public"."t_id_seq" AS integer;\nCREATE TABLE "public"."t" (\n  "id" integer DEFAULT nextval('public.t_id_seq') NOT NULL,\n  "note" text,\n  CONSTRAINT "t_pkey" PRIMARY KEY ("id")\n);\nALTER SEQUENCE "public"."t_id_seq" OWNED BY "public"."t"."id"`,
    )
    expect(textOf('mssql', shape)).toContain('[id] int IDENTITY(1,1) NOT NULL')
    expect(textOf('mysql', shape)).toContain('`id` int NOT NULL AUTO_INCREMENT')
    expect(textOf('sqlite', shape)).toContain('"id" INTEGER PRIMARY KEY')
    expect(textOf('django', shape)).toContain('id = models.AutoField(primary_key=True)')
    for (const name of ['mssql', 'mysql', 'sqlite', 'django', 'postgres']) expect([name, findings(name, shape).filter((one) => !one.startsWith('info'))]).toEqual([name, []])
    expect(findings('impala', shape)).toContain('warning FEATURE_UNSUPPORTED id')
  })

  it('is as wide as its type', () => {
    const of = (kind: 'int16' | 'int64') => table({ ...serial, type: { kind } })
    expect(textOf('postgres', of('int16'))).toContain('CREATE SEQUENCE "public"."t_id_seq" AS smallint;')
    expect(textOf('postgres', of('int64'))).toContain('CREATE SEQUENCE "public"."t_id_seq";')
    expect([textOf('django', of('int16')), textOf('django', of('int64'))].map((text) => /models\.(\w+Field)/.exec(text)?.[1])).toEqual(['SmallAutoField', 'BigAutoField'])
    expect(textOf('mssql', of('int64'))).toContain('[id] bigint IDENTITY(1,1)')
    expect(textOf('mysql', of('int16'))).toContain('`id` smallint NOT NULL AUTO_INCREMENT')
  })

  it('without a sequence of its own gets the one that PostgreSQL would make', () => {
    expect(textOf('postgres', table({ ...serial, default: null }))).toContain(`CREATE SEQUENCE "public"."t_id_seq" AS integer;\nCREATE TABLE "public"."t" (\n  "id" integer DEFAULT nextval('public.t_id_seq') NOT NULL`)
  })
})

describe('a field that draws from a sequence of others', () => {
  it('keeps it on PostgreSQL, and has a counter of its own elsewhere, which is said', () => {
    const shape = table(shared)
    expect(textOf('postgres', shape)).toBe(
      `CREATE SEQUENCE "public"."All Numbers" AS integer;\nCREATE TABLE "public"."t" (\n  "id" integer DEFAULT nextval('public."All Numbers"') NOT NULL,\n  CONSTRAINT "t_pkey" PRIMARY KEY ("id")\n)`,
    )
    for (const name of ['mssql', 'mysql', 'sqlite']) expect([name, findings(name, shape).filter((one) => !one.startsWith('info'))]).toEqual([name, ['warning NUMBERS_OWN id']])
    expect(textOf('mssql', shape)).toContain('[id] int IDENTITY(1,1) NOT NULL')
    expect(textOf('django', shape)).toContain('id = models.AutoField(primary_key=True)')
  })

  it('in more than its plain number is refused elsewhere', () => {
    const shape = table(column('id', { type: { kind: 'varchar', length: 20 }, default: `('N'::text || nextval('public.q'::regclass))` }))
    for (const name of ['mssql', 'mysql', 'sqlite', 'impala', 'django']) expect([name, findings(name, shape)]).toEqual([name, expect.arrayContaining(['error SEQUENCE_UNSUPPORTED id'])])
  })
})

describe('what a flavor cannot number', () => {
  it('is an error by name: a second field, and one that is no key', () => {
    const second = column('place', { identity: 'serial', default: `nextval('public.t_place_seq')` })
    expect(findings('sqlite', table(serial, second))).toContain('error IDENTITY_NOT_KEY place')
    expect(findings('mysql', table(serial, second))).toContain('error IDENTITY_TWICE place')
    expect(findings('mssql', table(serial, second))).toContain('error IDENTITY_TWICE place')
    expect(findings('postgres', table(serial, second))).toEqual([])
  })
})
