import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dialect as mysql } from './dialect/index.ts'
import { mariadbConnection, sharedMariadb, type SharedMariadb } from '../../scripts/mariadb-server.ts'
import { field, model, table } from '../../app/model/build.ts'
import type { Field, Model, Table } from '../../app/model/model.ts'
import type { PlanGroup, PlanOptions } from '../../app/commands/plan.ts'
import { defaultOptions, previewCommand } from '../../app/commands/preview.ts'

type Session = Awaited<ReturnType<typeof mariadbConnection>>

const dialect = mysql.withSettings({ version: 'mariadb-10.11' })
const changed = (source: Model, id: string, edit: (table: Table) => Table): Model => ({
  ...source,
  tables: source.tables.map((one) => (one.id === id ? edit(one) : one)),
})
const fields = (source: Table, edit: (field: Field) => Field): Table => ({ ...source, fields: source.fields.map(edit) })

const base = model(
  table(
    'clinic',
    field('id', 'int64', { primaryKey: true, nullable: false, identity: 'default' }),
    field('name', 'varchar(40)', { nullable: false, unique: true }),
  ),
  table(
    'doctor',
    field('id', 'int32', { primaryKey: true, nullable: false }),
    field('clinic_id', 'int64', { references: 'clinic.id' }),
    field('note', 'varchar(20)', { default: "'it''s'" }),
  ),
)
const rows = [
  "INSERT INTO clinic (id, name) VALUES (0, 'zero'), (7, 'seven'), (9, 'nine')",
  'DELETE FROM clinic WHERE id = 9',
  "INSERT INTO doctor (id, clinic_id, note) VALUES (1, 7, '42'), (2, 0, NULL)",
]

let server: SharedMariadb
let session: Session

beforeAll(async () => {
  server = await sharedMariadb()
})
afterAll(() => server.stop())
beforeEach(async () => {
  await session?.end()
  session = await mariadbConnection(server.url)
  await session.query('DROP DATABASE IF EXISTS swap')
  await session.query('CREATE DATABASE swap')
  await session.query('USE swap')
  return async () => {
    await session.end()
  }
})

const run = async (texts: readonly string[]) => {
  for (const text of texts) await session.query(text)
}
/** Rows as lists of values. */
const rowsOf = async (text: string) => (await session.query(text))[0] as unknown as readonly (readonly (string | number | null)[])[]

async function state(): Promise<unknown> {
  const names = await rowsOf("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'swap' ORDER BY TABLE_NAME")
  return Promise.all(
    names.map(async ([name]) => [
      name,
      await rowsOf(`SHOW CREATE TABLE \`${name}\``),
      await rowsOf(`SELECT * FROM \`${name}\` ORDER BY 1`),
    ]),
  )
}

async function make(): Promise<void> {
  const made = previewCommand({ command: 'create', model: base, dialect })
  await run(made.steps.map(({ text }) => text))
  await run(["SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')", ...rows])
}

const redeploy = (to: Model, options: Partial<PlanOptions> = {}) =>
  previewCommand({ command: 'redeploy', model: to, baseline: base, dialect, options: { ...defaultOptions, ...options } })
const undo = (groups: readonly PlanGroup[]) =>
  groups.toReversed().flatMap(({ steps }) => steps.toReversed().flatMap(({ undo: back }) => back ?? ['not reversible']))

const edited = changed(
  changed(base, 'clinic', (clinic) => ({
    ...fields(clinic, (one) => (one.name === 'name' ? { ...one, name: 'title', type: { kind: 'text' }, comment: "it's new" } : one)),
    name: 'clinics',
    keys: clinic.keys.filter(({ kind }) => kind === 'primary'),
  })),
  'doctor',
  (doctor) =>
    fields(doctor, (one) =>
      one.name === 'note' ? { ...one, type: { kind: 'varchar', length: 200 }, nullable: false, default: "'none'" } : one,
    ),
)

describe('a redeploy where every statement commits by itself', () => {
  it('builds beside, exchanges the names, keeps rows, numbers and foreign keys, and comes back exactly', async () => {
    await make()
    await run(["UPDATE doctor SET note = '' WHERE note IS NULL"])
    const before = await state()
    const { groups } = redeploy(edited, { accept: ['MM101'] })
    for (const { steps } of groups) {
      const answers = new Map<string, unknown>()
      for (const step of steps) {
        const answer = await rowsOf(step.text)
        answers.set(step.id, answer)
        if (step.judge.kind === 'noRows') expect([step.text, answer]).toEqual([step.text, []])
        if (step.judge.kind === 'equals') expect(answer).toEqual(answers.get(step.judge.with))
      }
    }
    expect(await rowsOf('SELECT id, title FROM clinics ORDER BY id')).toEqual([
      ['0', 'zero'],
      ['7', 'seven'],
    ])
    expect(await rowsOf('SELECT id, clinic_id, note FROM doctor ORDER BY id')).toEqual([
      [1, '7', '42'],
      [2, '0', ''],
    ])
    await expect(run(['INSERT INTO doctor (id, clinic_id) VALUES (3, 1234)'])).rejects.toThrow('foreign key')
    await run(["INSERT INTO clinics (title) VALUES ('next')"])
    expect(await rowsOf('SELECT max(id) AS id FROM clinics')).toEqual([['10']])
    await run(undo(groups))
    expect(await state()).toEqual(before)
  })

  it('exchanges the names of two tables in one statement', async () => {
    await make()
    const swapped = changed(
      changed(base, 'clinic', (one) => ({ ...one, name: 'doctor' })),
      'doctor',
      (one) => ({ ...one, name: 'clinic' }),
    )
    const before = await state()
    const { groups } = redeploy(swapped)
    expect(groups.map(({ steps }) => steps.filter(({ text }) => text.startsWith('RENAME')).length)).toEqual([1])
    await run(groups.flatMap(({ steps }) => steps.map(({ text }) => text)))
    expect(await rowsOf('SELECT name FROM doctor ORDER BY id')).toEqual([['zero'], ['seven']])
    expect(await rowsOf('SELECT clinic_id FROM clinic ORDER BY id')).toEqual([['7'], ['0']])
    await run(undo(groups))
    expect(await state()).toEqual(before)
  })

  it('points the foreign key of a child that only follows at the new names, and back at the old ones', async () => {
    await make()
    const before = await state()
    const renamed = changed(base, 'clinic', (clinic) => ({ ...fields(clinic, (one) => (one.name === 'id' ? { ...one, name: 'nr' } : one)), name: 'clinics' }))
    for (const strategy of ['swap', 'copy'] as const) {
      const { groups } = redeploy(renamed, { strategy })
      expect(groups.map(({ tables }) => tables.map(({ name, renames }) => [name.name, renames]))).toEqual([[['clinics', [{ from: 'id', to: 'nr' }]]]])
      await run(groups.flatMap(({ steps }) => steps.map(({ text }) => text)))
      expect(JSON.stringify(await rowsOf('SHOW CREATE TABLE doctor'))).toContain('REFERENCES `clinics` (`nr`)')
      expect(await rowsOf('SELECT nr, name FROM clinics ORDER BY nr')).toEqual([
        ['0', 'zero'],
        ['7', 'seven'],
      ])
      await run(undo(groups))
      expect(await state()).toEqual(before)
    }
  })

  it('runs the copy strategy too, there and back', async () => {
    await make()
    const before = await state()
    const { groups } = redeploy(
      changed(base, 'clinic', (clinic) => ({ ...clinic, comment: 'changed' })),
      { strategy: 'copy' },
    )
    await run(groups.flatMap(({ steps }) => steps.map(({ text }) => text)))
    expect(await rowsOf('SELECT name FROM clinic ORDER BY id')).toEqual([['zero'], ['seven']])
    await run(undo(groups))
    expect(await state()).toEqual(before)
  })
})
