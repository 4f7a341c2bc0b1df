import type { ColumnShape, TableShape } from '../app/model/shape.ts'
import type { DataType } from '../app/model/data-type.ts'
import type { CopyColumn, Operation } from './flavor.ts'

const column = (name: string, type: DataType, more: Partial<ColumnShape> = {}): ColumnShape => ({
  name, type, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more,
})

const table = (name: string, columns: readonly ColumnShape[], more: Partial<TableShape> = {}): TableShape => ({
  schema: '', name, comment: '', columns, primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {}, ...more,
})

const id = column('id', { kind: 'int64' }, { nullable: false, identity: 'default' })
const fullName = column('full name', { kind: 'varchar', length: 80 }, { nullable: false, comment: "the person's name" })
const price = column('price', { kind: 'decimal', precision: 10, scale: 2 }, { nullable: false, default: '0' })
const doubled = column('twice', { kind: 'int32' }, { generated: { expression: 'age * 2', stored: true } })
const age = column('age', { kind: 'int32' })
const parent = { name: 'order_person_fk', columns: ['person_id'], parent: { schema: '', name: 'person' }, parentColumns: ['id'], onUpdate: 'no action', onDelete: 'cascade', deferrable: 'no' } as const

/** A table with every part that a model can say. */
const person = table('person', [id, fullName, age, doubled], {
  comment: 'People; "all" of them',
  primaryKey: { name: 'person_pk', columns: ['id'] },
  uniques: [{ name: 'person_name_key', columns: ['full name'] }],
  checks: [{ name: 'person_age_check', expression: 'age >= 0' }],
})
const order = table('order', [id, column('person_id', { kind: 'int64' }, { nullable: false }), price], { primaryKey: { name: '', columns: ['id'] }, references: [parent] })
const byName = { name: 'person_by_name', unique: true, method: '', parts: [{ column: 'full name', expression: '', order: 'desc', nulls: '' }], include: [], predicate: 'age > 17' } as const
const named = { schema: '', name: 'person' }
const aside = { schema: '', name: 'person__old' }
const older = column('age', { kind: 'text' })
const copied: readonly CopyColumn[] = [
  { to: id, from: id },
  { to: fullName, from: fullName },
  { to: age, from: older },
  { to: column('joined', { kind: 'date' }, { nullable: false, default: 'CURRENT_DATE' }), from: null },
  { to: doubled, from: null },
]

/**
 * The shared cases. Every flavor answers each in its conformance test, with its whole text or 'unsupported':
 * a case that a flavor has not answered does not compile.
 */
export const cases = {
  begin: { kind: 'begin', tables: [named, { schema: '', name: 'order' }] },
  commit: { kind: 'commit' },
  createSchema: { kind: 'createSchema', schema: 'my "own"' },
  createTable: { kind: 'createTable', shape: person, references: true },
  createTableWithReference: { kind: 'createTable', shape: order, references: true },
  dropTable: { kind: 'dropTable', shape: person },
  dropTableIfExists: { kind: 'dropTable', shape: table('gone', [age]), ifExists: true },
  renameTable: { kind: 'renameTable', from: named, to: 'per"son' },
  moveTable: { kind: 'moveTable', from: named, toSchema: 'archive' },
  renameColumn: { kind: 'renameColumn', table: named, from: 'full name', to: 'name' },
  setAside: {
    kind: 'setAside', shape: { ...person, references: [] }, to: 'person__old',
    remake: ['CREATE TABLE person (id INTEGER PRIMARY KEY)', 'CREATE INDEX person_i ON person (id)', 'CREATE TRIGGER person_t AFTER INSERT ON person BEGIN SELECT 1; END'],
  },
  copyTable: { kind: 'copyTable', shape: person, to: 'person__copy' },
  copyRows: { kind: 'copyRows', from: aside, to: { ...person, columns: copied.map(({ to }) => to) }, columns: copied },
  continueIdentity: { kind: 'continueIdentity', from: aside, fromShape: { ...person, ...aside }, to: person, columns: copied },
  createIndex: { kind: 'createIndex', table: named, index: byName },
  createIndexOnExpression: { kind: 'createIndex', table: named, index: { ...byName, name: '', unique: false, parts: [{ column: null, expression: 'lower("full name")', order: 'asc', nulls: '' }], predicate: '' } },
  dropIndex: { kind: 'dropIndex', table: named, index: byName },
  addReference: { kind: 'addReference', table: { schema: '', name: 'order' }, reference: parent },
  dropReference: { kind: 'dropReference', table: { schema: '', name: 'order' }, reference: parent },
  addPrimaryKey: { kind: 'addKey', table: named, key: { name: 'person_pk', columns: ['id'] }, primary: true },
  dropUnique: { kind: 'dropKey', table: named, key: { name: 'person_name_key', columns: ['full name'] }, primary: false },
  addCheck: { kind: 'addCheck', table: named, check: { name: 'person_age_check', expression: 'age >= 0' } },
  dropCheck: { kind: 'dropCheck', table: named, check: { name: 'person_age_check', expression: 'age >= 0' } },
  addColumn: { kind: 'addColumn', table: named, column: price },
  dropColumn: { kind: 'dropColumn', table: named, column: age },
  alterColumn: { kind: 'alterColumn', table: named, from: older, to: column('age', { kind: 'int32' }, { nullable: false, default: '0' }) },
  commentTable: { kind: 'commentTable', table: named, from: 'old', to: "it's new" },
  checkReferences: { kind: 'checkReferences', tables: [named] },
} as const satisfies Record<string, Operation>

export type CaseName = keyof typeof cases

/** What a flavor answers to each case: its statements in order, or 'unsupported'. */
export type Answers = Readonly<Record<CaseName, readonly string[] | 'unsupported'>>

/** A dialect's own answer to a case, to be compared with what its test says. */
export function answer(dialect: { statements(operation: Operation): readonly { readonly text: string }[] }, name: CaseName): readonly string[] | 'unsupported' {
  try {
    return dialect.statements(cases[name]).map(({ text }) => text)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FLAVOR_UNSUPPORTED') return 'unsupported'
    throw error
  }
}
