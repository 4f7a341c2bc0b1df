import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownTablesOut } from '../../app/commands/plan-command.ts'
import { countedIds } from '../../app/model/id.ts'
import type { Model } from '../../app/model/model.ts'
import { modelFromShapes } from '../../app/model/resolve.ts'
import { undoRun } from '../../app/run/undo.ts'
import { sharedPostgres, type SharedPostgres } from '../../scripts/postgres-server.ts'
import { postgresTarget, type TestTarget } from './testing/target.ts'
import { workbench } from './testing/workbench.ts'

let server: SharedPostgres
beforeAll(async () => {
  server = await sharedPostgres()
})
afterAll(async () => {
  await server.stop()
})

/** Everything that PostgreSQL says of one table's columns, constraints and indexes, but for the field that the model changes. */
const words = (target: TestTarget) =>
  target.rows(`SELECT a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = 'odd'::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN ('note', 'remark')
    UNION ALL SELECT conname, contype::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'odd'::regclass
    UNION ALL SELECT indexrelid::regclass::text, '', pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'odd'::regclass ORDER BY 1, 2, 3`)

async function loaded(target: TestTarget): Promise<Model> {
  const connection = await target.open()
  try {
    const { tables } = ownTablesOut(await connection.introspect(), connection.dialect)
    return modelFromShapes(tables.map(({ shape }) => shape), countedIds())
  } finally {
    await connection.close()
  }
}

const changed = (model: Model, name: string): Model => ({
  ...model,
  tables: model.tables.map((table) => ({
    ...table,
    fields: table.fields.map((field) => (field.name === 'note' ? { ...field, name, type: { kind: 'varchar', length: 90 } as const } : field)),
  })),
})

describe('a rebuild because of one field', () => {
  it.each(['note', 'remark'])('leaves the words of every other default, check, generated field and index as they are (the field becomes %s)', async (name) => {
    const target = await postgresTarget(server)
    const bench = workbench(target)
    try {
      await target.run(
        `CREATE TYPE st AS ENUM ('paid', 'void')`,
        `CREATE TABLE odd (id int PRIMARY KEY, note varchar(5), vb bit varying(10) DEFAULT B'101', day date DEFAULT ('now'::text)::date, rate numeric DEFAULT (1.005)::numeric(10,2),
          made timestamp DEFAULT (now() AT TIME ZONE 'utc'), cut text DEFAULT 'abcdef'::varchar(3), s st, c char(2), mail text DEFAULT 'a@b',
          first text GENERATED ALWAYS AS ((string_to_array(mail, '@'))[1]) STORED,
          CHECK (s IN ('paid', 'void')), CHECK (c IN ('A ', 'B ')), CHECK (position('@' in mail) > 1))`,
        `CREATE INDEX odd_paid ON odd (lower(mail), (mail || c::text)) WHERE s IN ('paid', 'void')`,
        `INSERT INTO odd (id, note, s, c) VALUES (1, 'x', 'paid', 'A')`,
      )
      const [before, rows] = [await words(target), await target.rows('SELECT id, note, vb, day, rate, made, cut, s, c, mail, first FROM odd')]
      const { run } = await bench.deploy('redeploy', changed(await loaded(target), name), { renames: name === 'note' ? [] : [{ from: 'odd.note', to: `odd.${name}` }] })
      expect(await words(target)).toEqual(before)
      expect(await target.rows(`SELECT id, ${name}, vb, day, rate, made, cut, s, c, mail, first FROM odd`)).toEqual(rows)
      await target.run('INSERT INTO odd (id) VALUES (2)')
      expect(await target.rows('SELECT vb, day = current_date, rate, cut, first FROM odd WHERE id = 2')).toEqual([['101', 't', '1.01', 'abc', 'a']])
      await target.run('DELETE FROM odd WHERE id = 2')
      expect((await undoRun(run.id, bench.context())).state).toBe('undone')
      expect(await words(target)).toEqual(before)
    } finally {
      await bench.close()
    }
  })
})

describe('a model that does not say that a field is serial', () => {
  it('leaves its sequence as it is: value, owner, grants', async () => {
    const target = await postgresTarget(server)
    const bench = workbench(target)
    const sequence = () => target.rows(`SELECT last_value, pg_get_serial_sequence('t', 'id'), (SELECT relacl::text FROM pg_class WHERE relname = 't_id_seq') FROM t_id_seq`)
    try {
      await target.run(
        'CREATE TABLE t (id serial PRIMARY KEY, a text)',
        'GRANT USAGE ON SEQUENCE t_id_seq TO PUBLIC',
        `INSERT INTO t (a) VALUES ('x'), ('y'), ('z')`,
        'DELETE FROM t WHERE id = 3',
      )
      const before = await sequence()
      const model = await loaded(target)
      const plain: Model = {
        ...model,
        tables: model.tables.map((table) => ({
          ...table,
          fields: table.fields.map((field) => (field.name === 'id' ? { ...field, identity: null, default: null } : { ...field, type: { kind: 'varchar', length: null } as const })),
        })),
      }
      const { plan } = await bench.deploy('redeploy', plain)
      expect(plan.unmanaged?.kept.map(({ text }) => text)).toEqual(['numbering of id'])
      expect(await sequence()).toEqual(before)
      expect(await target.rows(`INSERT INTO t (a) VALUES ('new') RETURNING id`)).toEqual([['4']])
    } finally {
      await bench.close()
    }
  })
})

