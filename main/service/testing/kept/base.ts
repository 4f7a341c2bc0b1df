import { field, model, table } from '../../../../app/model/build.ts'
import type { Model, Table } from '../../../../app/model/model.ts'
import { changeField, newField } from '../story.ts'

/** What the model says and a person deployed with MetaMigrate: every part is named, so that it is the same part after a rename. */
export function baseModel(flavor: string): Model {
  const isPostgres = flavor === 'postgres'
  const pay = table(
    'pay',
    field('id', 'int32', { primaryKey: true }),
    field('amount', 'int32', { nullable: false }),
    field('note', 'text'),
    field('code', isPostgres ? 'varchar(20)' : 'text'),
    field('team', 'int32'),
    field('parent', 'int32'),
    field('word', 'text'),
    ...(isPostgres ? [field('tags', 'array(text)')] : []),
    field('spare', 'text'),
    field('twice', 'int32'),
  )
  const [key] = pay.keys
  const parts = { field: 'pay.word', expression: '', order: 'asc', nulls: '' } as const
  return model(
    {
      ...pay,
      schema: isPostgres ? 'shop' : '',
      keys: key === undefined ? [] : [{ ...key, name: isPostgres ? 'pay_pkey' : '' }],
      checks: [{ id: 'pay#check', name: 'pay_made_of', expression: "word <> 'x'" }],
      indexes: [{ id: 'pay#index', name: 'pay_made', unique: false, method: '', parts: [parts], include: [], predicate: '' }],
    },
    table('team', field('id', 'int32', { primaryKey: true }), field('label', 'text')),
  )
}

/** One change of the model, with the database's own statements for it; null: the database has none, so only the way back is compared. */
export interface Change {
  readonly name: string
  readonly edit: (model: Model) => Model
  readonly native: Readonly<Record<'postgres' | 'sqlite', readonly string[] | null>>
}

const onPay = (edit: (pay: Table) => Table) => (model: Model): Model => ({ ...model, tables: model.tables.map((one) => (one.id === 'pay' ? edit(one) : one)) })
const rename = (name: string, to: string): Change => ({
  name: `rename ${name}`,
  edit: onPay((pay) => changeField(pay, name, { name: to })),
  native: { postgres: [`ALTER TABLE shop.pay RENAME COLUMN ${name} TO "${to}"`], sqlite: [`ALTER TABLE pay RENAME COLUMN ${name} TO "${to}"`] },
})
const drop = (name: string): Change => ({
  name: `drop ${name}`,
  edit: onPay((pay) => ({ ...pay, fields: pay.fields.filter(({ id }) => id !== `pay.${name}`) })),
  native: { postgres: [`ALTER TABLE shop.pay DROP COLUMN ${name}`], sqlite: [`ALTER TABLE pay DROP COLUMN ${name}`] },
})

/** Changes that may come together in any order of the list. */
export const changes: readonly Change[] = [
  rename('amount', 'sum total'),
  rename('note', 'Memo'),
  rename('team', 'group'),
  drop('spare'),
  drop('parent'),
  drop('note'),
  {
    name: 'add a field',
    edit: onPay((pay) => ({ ...pay, fields: [...pay.fields, newField('pay.state', 'state')] })),
    native: { postgres: [`ALTER TABLE shop.pay ADD COLUMN state text DEFAULT 'new' NOT NULL`], sqlite: [`ALTER TABLE pay ADD COLUMN state TEXT NOT NULL DEFAULT 'new'`] },
  },
  {
    name: 'widen a field',
    edit: onPay((pay) => changeField(pay, 'code', { type: { kind: 'varchar', length: 40 } })),
    native: { postgres: ['ALTER TABLE shop.pay ALTER COLUMN code TYPE varchar(40)'], sqlite: null },
  },
  {
    name: 'widen a number',
    edit: onPay((pay) => changeField(pay, 'team', { type: { kind: 'int64' } })),
    native: { postgres: ['ALTER TABLE shop.pay ALTER COLUMN team TYPE bigint'], sqlite: null },
  },
  {
    name: 'take NULL no more',
    edit: onPay((pay) => changeField(pay, 'word', { nullable: false })),
    native: { postgres: ['ALTER TABLE shop.pay ALTER COLUMN word SET NOT NULL'], sqlite: null },
  },
  {
    name: 'drop the index of the model',
    edit: onPay((pay) => ({ ...pay, indexes: [] })),
    native: { postgres: ['DROP INDEX shop.pay_made'], sqlite: ['DROP INDEX pay_made'] },
  },
  {
    name: 'drop the check of the model',
    edit: onPay((pay) => ({ ...pay, checks: [] })),
    native: { postgres: ['ALTER TABLE shop.pay DROP CONSTRAINT pay_made_of'], sqlite: null },
  },
  {
    name: 'rename the table',
    edit: onPay((pay) => ({ ...pay, name: 'paid' })),
    native: { postgres: ['ALTER TABLE shop.pay RENAME TO paid', `DO $$BEGIN ALTER SEQUENCE shop.pay_id_seq RENAME TO paid_id_seq; EXCEPTION WHEN undefined_table THEN END$$`], sqlite: ['ALTER TABLE pay RENAME TO paid'] },
  },
]
