import type { DataType } from '../../../app/model/data-type.ts'
import type { CheckShape, ColumnShape, IndexShape, ReferenceShape, TableName, TableShape } from '../../../app/model/shape.ts'

export const column = (name: string, type: DataType, more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })
export const table = (schema: string, name: string, columns: readonly ColumnShape[], more: Partial<TableShape> = {}): TableShape => ({ schema, name, comment: '', columns, primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {}, ...more })
export const reference = (own: string, parent: TableName, more: Partial<ReferenceShape> = {}): ReferenceShape => ({ name: '', columns: [own], parent: { schema: parent.schema, name: parent.name }, parentColumns: ['id'], onUpdate: 'no action', onDelete: 'no action', deferrable: 'no', ...more })
export const index = (columns: readonly string[], more: Partial<IndexShape> = {}): IndexShape => ({ name: '', unique: false, method: '', parts: columns.map((one) => ({ column: one, expression: '', order: 'asc', nulls: '' })), include: [], predicate: '', ...more })
export const check = (expression: string, name = ''): CheckShape => ({ name, expression })

export const id = column('id', { kind: 'int64' }, { nullable: false, identity: 'default' })
export const key = { name: '', columns: ['id'] }
const needed = { nullable: false } as const
const varchar = (length: number): DataType => ({ kind: 'varchar', length })

const ward = table('', 'Ward', [
  id,
  column('name', varchar(80), needed),
  column('parentWardId', { kind: 'int64' }),
  column('class', { kind: 'enum', name: 'ward_kind', values: ['in patient', 'out', '24h', ''] }, { ...needed, default: "'out'" }),
], {
  primaryKey: key,
  uniques: [{ name: '', columns: ['parentWardId', 'name'] }],
  references: [reference('parentWardId', { schema: '', name: 'Ward' }, { onDelete: 'set null' })],
})

const doctor = table('staff', 'doctor', [
  column('id', { kind: 'uuid' }, { ...needed, default: 'gen_random_uuid()' }),
  column('ward_id', { kind: 'int64' }, needed),
  column('email', varchar(120), needed),
  column('visit', { kind: 'text' }, { comment: 'hours of "visits"' }),
  column('hired', { kind: 'date' }, { ...needed, default: 'CURRENT_DATE' }),
  column('check', { kind: 'bool' }, { ...needed, default: 'false' }),
  column('salary', { kind: 'decimal', precision: 12, scale: 2 }, { default: '0.00' }),
], {
  comment: "Who treats; the ward's own.",
  primaryKey: key,
  uniques: [{ name: '', columns: ['email'] }],
  checks: [check("length(email) > 3 AND (salary >= 0 OR salary IS NULL) AND hired > '1900-01-01'", 'doctor_sane'), check("email LIKE '%@%'", 'doctor_email')],
  references: [reference('ward_id', ward, { onDelete: 'restrict' })],
  indexes: [index(['ward_id']), index(['hired', 'email'], { name: 'doctor_by_day_of_hire_and_email_address', parts: [{ column: 'hired', expression: '', order: 'desc', nulls: '' }, { column: 'email', expression: '', order: 'asc', nulls: '' }], include: ['salary'], predicate: 'salary > 1000' })],
})

const person = table('', 'person', [
  id,
  column('full name', varchar(80), { ...needed, comment: "the person's name" }),
  column('born', { kind: 'date' }),
  column('visits', { kind: 'int32' }, { ...needed, default: '0' }),
  column('points', { kind: 'int32' }, { ...needed, default: '10' }),
  column('total', { kind: 'int32' }, { generated: { expression: 'visits * (points + 1)', stored: true } }),
  column('from', { kind: 'timestamptz', precision: null }, { ...needed, default: 'now()' }),
], {
  primaryKey: key,
  checks: [check('NOT (visits < 0 OR points BETWEEN 90 AND 99)'), check('visits + points <= 1000', 'person_sum'), check('visits <> points', 'person_differs')],
  indexes: [
    index(['full name'], { name: 'person_by_name', parts: [{ column: null, expression: 'lower("full name")', order: 'asc', nulls: '' }] }),
    index(['born'], { parts: [{ column: 'born', expression: '', order: 'desc', nulls: 'last' }] }),
    index(['full name', 'born'], { name: 'person_once', unique: true, predicate: 'born IS NOT NULL AND visits <> 0' }),
  ],
})

const insurance = table('', 'insurance', [
  column('person_id', { kind: 'int64' }, needed),
  column('number', varchar(20), needed),
  column('doctor', { kind: 'uuid' }),
], {
  primaryKey: { name: '', columns: ['person_id'] },
  uniques: [{ name: '', columns: ['number'] }],
  references: [reference('person_id', person, { onDelete: 'cascade' }), reference('doctor', doctor)],
})

const visit = table('', 'visit', [
  column('person_id', { kind: 'int64' }, needed),
  column('day', { kind: 'date' }, needed),
  column('doctor_id', { kind: 'uuid' }, needed),
  column('stand_in', { kind: 'uuid' }),
  column('insurance', varchar(20), { comment: 'number of the card' }),
  column('outside_id', { kind: 'int32' }),
], {
  primaryKey: { name: '', columns: ['person_id', 'day'] },
  references: [
    reference('person_id', person, { onDelete: 'cascade' }),
    reference('doctor_id', doctor),
    reference('stand_in', doctor, { onDelete: 'set null' }),
    reference('insurance', insurance, { parentColumns: ['number'] }),
    reference('outside_id', { schema: 'elsewhere', name: 'thing' }),
  ],
})

/** Link table of visits and doctors: a key of three columns, a foreign key over two. */
const care = table('staff', 'visit', [
  column('person_id', { kind: 'int64' }, needed),
  column('day', { kind: 'date' }, needed),
  column('doctor_id', { kind: 'uuid' }, needed),
], {
  primaryKey: { name: '', columns: ['person_id', 'day', 'doctor_id'] },
  references: [
    reference('person_id', visit, { columns: ['person_id', 'day'], parentColumns: ['person_id', 'day'], onDelete: 'cascade' }),
    reference('doctor_id', doctor, { onDelete: 'cascade' }),
  ],
})

/** A clinic: parents behind their children, one to one, self reference, two keys to one parent, two schemas, words of Python as names. */
export const clinic: readonly TableShape[] = [visit, care, insurance, doctor, ward, person]
