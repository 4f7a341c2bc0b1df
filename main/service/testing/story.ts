import { emptyField, field, model, table } from '../../../app/model/build.ts'
import type { Field, Model, Table } from '../../../app/model/model.ts'
import { parseType } from '../../../app/model/parse-type.ts'
import type { TestTarget } from './target.ts'

// So that SQLite, as PostgreSQL does anyway, never gives a number twice.
const counted = { 'SQLITE.AUTOINCREMENT': 'yes' }

/** The model as it was first deployed: a self reference, a child, a ring of two, a neighbour that never changes, a table of its own. */
export const before: Model = model(
  {
    ...table(
      'people',
      field('id', 'int64', { primaryKey: true, identity: 'default', nullable: false }),
      field('name', 'text', { nullable: false }),
      field('email', 'text', { unique: true }),
      field('boss', 'int64', { references: 'people.id' }),
      field('junk', 'text'),
    ),
    options: counted,
  },
  {
    ...table(
      'visits',
      field('id', 'int64', { primaryKey: true, identity: 'default', nullable: false }),
      field('person', 'int64', { nullable: false, references: 'people.id' }),
      field('price', 'int32', { nullable: false }),
      field('twice', 'int32', { generated: { expression: 'price * 2', stored: true } }),
    ),
    options: counted,
  },
  table('chairs', field('id', 'int64', { primaryKey: true, nullable: false }), field('desk', 'int64', { references: 'desks.id' })),
  table('desks', field('id', 'int64', { primaryKey: true, nullable: false }), field('chair', 'int64', { references: 'chairs.id' })),
  table('badges', field('id', 'int64', { primaryKey: true, nullable: false }), field('person', 'int64', { references: 'people.id' })),
  table('tags', field('id', 'int64', { primaryKey: true, nullable: false }), field('label', 'text')),
)

/** A model with one table changed. */
export function change(source: Model, name: string, edit: (table: Table) => Table): Model {
  return { ...source, tables: source.tables.map((one) => (one.id === name ? edit(one) : one)) }
}

/** A table with one field changed. */
export function changeField(source: Table, name: string, edit: Partial<Field>): Table {
  return { ...source, fields: source.fields.map((one) => (one.id === `${source.id}.${name}` ? { ...one, ...edit } : one)) }
}

/** A new NOT NULL field with a default. */
export const newField = (id: string, name: string): Field => ({
  ...emptyField(id, name, parseType('text')),
  nullable: false,
  default: "'new'",
})

/** The model as it shall be: table and field renamed, types changed, a NOT NULL field with default, a field dropped. */
export const after: Model = [
  (one: Model) =>
    change(one, 'people', (people) => {
      const renamed = changeField({ ...people, name: 'persons' }, 'name', { name: 'full_name' })
      return { ...renamed, fields: [...renamed.fields.filter(({ id }) => id !== 'people.junk'), newField('people.state', 'state')] }
    }),
  (one: Model) => change(one, 'visits', (visits) => changeField(visits, 'price', { type: parseType('int64') })),
  (one: Model) => change(one, 'desks', (desks) => ({ ...desks, fields: [...desks.fields, newField('desks.place', 'place')] })),
  (one: Model) => change(one, 'chairs', (chairs) => ({ ...chairs, fields: [...chairs.fields, newField('chairs.colour', 'colour')] })),
  (one: Model) => change(one, 'tags', (tags) => changeField(tags, 'label', { name: 'title' })),
].reduce((one, edit) => edit(one), before)

/** Rows for the first model, with a view and a trigger; `count` people and twice as many visits. */
export async function seed(target: TestTarget, count: number): Promise<void> {
  const series =
    target.flavor === 'sqlite'
      ? `WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ${count})`
      : `WITH s AS (SELECT generate_series(1, ${count}) AS n)`
  await target.run(
    `${series} INSERT INTO people (name, email, boss, junk) SELECT 'name ' || n, 'p' || n || '@example.org', NULL, CASE WHEN n % 2 = 0 THEN 'junk ' || n END FROM s ORDER BY n`,
    'UPDATE people SET boss = id - 1 WHERE id > 1',
    'INSERT INTO visits (person, price) SELECT id, id * 3 FROM people UNION ALL SELECT id, id * 5 FROM people',
    'INSERT INTO desks (id, chair) SELECT id, NULL FROM people WHERE id <= 20',
    'INSERT INTO chairs (id, desk) SELECT id, id FROM desks',
    'UPDATE desks SET chair = id',
    'INSERT INTO badges (id, person) SELECT id, id FROM people WHERE id <= 50',
    `INSERT INTO tags (id, label) SELECT id, 'tag ' || id FROM people WHERE id <= 50`,
    'CREATE TABLE heard (what text)',
    // An alias, since SQLite would rename the view's own column with the table's.
    'CREATE VIEW people_view AS SELECT id, name AS name FROM people',
    'CREATE VIEW people_view_view AS SELECT name FROM people_view',
    ...trigger(target.flavor),
    'DELETE FROM visits WHERE id = (SELECT max(id) FROM visits)',
    'DELETE FROM people WHERE id = (SELECT max(id) FROM people) AND NOT EXISTS (SELECT 1 FROM visits WHERE visits.person = people.id)',
  )
}

function trigger(flavor: string): readonly string[] {
  if (flavor === 'sqlite') return [`CREATE TRIGGER people_heard AFTER INSERT ON people BEGIN INSERT INTO heard VALUES (new.name); END`]
  return [
    `CREATE FUNCTION hear() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO heard VALUES (TG_TABLE_NAME); RETURN NEW; END $$`,
    'CREATE TRIGGER people_heard AFTER INSERT ON people FOR EACH ROW EXECUTE FUNCTION hear()',
  ]
}

/** All rows of the model's tables as they read under the first names, to be compared before and after. */
export async function contents(target: TestTarget, names: 'before' | 'after'): Promise<unknown> {
  const [people, name, label] = names === 'before' ? ['people', 'name', 'label'] : ['persons', 'full_name', 'title']
  const all = [
    await target.rows(`SELECT id, ${name}, email, boss FROM ${people} ORDER BY id`),
    await target.rows('SELECT id, person, price, twice FROM visits ORDER BY id'),
    await target.rows('SELECT id, desk FROM chairs ORDER BY id'),
    await target.rows('SELECT id, chair FROM desks ORDER BY id'),
    await target.rows('SELECT id, person FROM badges ORDER BY id'),
    await target.rows(`SELECT id, ${label} FROM tags ORDER BY id`),
    await target.rows('SELECT what FROM heard ORDER BY what'),
  ]
  return all
}
