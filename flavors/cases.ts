import type { ColumnShape, TableShape } from '../app/model/shape.ts'
import type { DataType } from '../app/model/data-type.ts'
import type { CopyColumn, Dialect, NewRows, Operation, Question } from './flavor.ts'

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

/** Rows of the old table as a new one with a generated field will hold them. */
const fresh: NewRows = {
  source: aside,
  names: [{ from: 'id', to: 'id' }, { from: 'age', to: 'age' }],
  key: ['id'],
  to: table('person', [id, age, doubled]),
  columns: [{ to: id, from: id }, { to: age, from: older }, { to: doubled, from: null }],
}

/** Every logical type once, at sizes that every flavor has. */
const everyType = table('every type', [
  column('b', { kind: 'bool' }, { nullable: false, default: 'true' }),
  ...(['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float32', 'float64'] as const).map((kind) => column(kind, { kind })),
  column('decimal_plain', { kind: 'decimal', precision: null, scale: null }),
  column('decimal_12_4', { kind: 'decimal', precision: 12, scale: 4 }, { default: '-1.5' }),
  column('char_3', { kind: 'char', length: 3 }),
  column('varchar_40', { kind: 'varchar', length: 40 }, { nullable: false, default: "'it''s'" }),
  ...(['text', 'blob', 'date', 'interval', 'uuid', 'json', 'xml', 'inet', 'geometry'] as const).map((kind) => column(kind, { kind })),
  column('binary_16', { kind: 'binary', length: 16 }),
  column('varbinary_20', { kind: 'varbinary', length: 20 }),
  column('bit_8', { kind: 'bit', length: 8 }),
  column('time_3', { kind: 'time', precision: 3 }),
  column('timestamp_6', { kind: 'timestamp', precision: 6 }),
  column('timestamptz_plain', { kind: 'timestamptz', precision: null }, { nullable: false, default: 'now()' }),
  column('mood', { kind: 'enum', name: null, values: ['sad', 'ok', "it's"] }, { default: "'ok'" }),
  column('tags', { kind: 'array', element: { kind: 'text' } }),
  column('scores', { kind: 'map', key: { kind: 'text' }, value: { kind: 'int32' } }),
  column('point', { kind: 'struct', members: [{ name: 'x', type: { kind: 'float64' } }, { name: 'y', type: { kind: 'float64' } }] }),
])
/** A key of two columns, keys and names left to the flavor, a schema, a foreign key to itself. */
const visit = table('visit', [
  column('clinic', { kind: 'int32' }, { nullable: false }),
  column('number', { kind: 'int32' }, { nullable: false }),
  column('follows_clinic', { kind: 'int32' }),
  column('follows_number', { kind: 'int32' }),
  column('code', { kind: 'varchar', length: 20 }, { comment: 'shown on the badge' }),
  column('day', { kind: 'date' }, { nullable: false, default: 'CURRENT_DATE' }),
], {
  schema: 'care',
  primaryKey: { name: '', columns: ['clinic', 'number'] },
  uniques: [{ name: '', columns: ['code'] }],
  checks: [{ name: '', expression: 'number > 0' }],
  references: [{ name: '', columns: ['follows_clinic', 'follows_number'], parent: { schema: 'care', name: 'visit' }, parentColumns: ['clinic', 'number'], onUpdate: 'no action', onDelete: 'set null', deferrable: 'no' }],
  indexes: [{ name: '', unique: false, method: '', parts: [{ column: 'day', expression: '', order: 'asc', nulls: '' }], include: [], predicate: '' }],
})
const alter = (from: ColumnShape, to: Partial<ColumnShape>) => ({ kind: 'alterColumn', table: { schema: '', name: 'person' }, from, to: { ...from, ...to } }) as const
const note = column('note', { kind: 'varchar', length: 20 }, { default: "'none'", comment: 'a note' })

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
  createEveryType: { kind: 'createTable', shape: everyType, references: true },
  createWithoutNames: { kind: 'createTable', shape: visit, references: true },
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
  createIndexWithInclude: { kind: 'createIndex', table: named, index: { ...byName, name: '', unique: false, include: ['age'], predicate: '' } },
  createUniqueOnNullable: { kind: 'createIndex', table: named, index: { name: 'person_age_once', unique: true, method: '', parts: [{ column: 'age', expression: '', order: 'asc', nulls: '' }], include: [], predicate: '' }, nullable: ['age'] },
  createIndexOnExpression: { kind: 'createIndex', table: named, index: { ...byName, name: '', unique: false, parts: [{ column: null, expression: 'lower("full name")', order: 'asc', nulls: '' }], predicate: '' } },
  dropIndex: { kind: 'dropIndex', table: named, index: byName },
  addReference: { kind: 'addReference', table: { schema: '', name: 'order' }, reference: parent },
  dropReference: { kind: 'dropReference', table: { schema: '', name: 'order' }, reference: parent },
  addPrimaryKey: { kind: 'addKey', table: named, key: { name: 'person_pk', columns: ['id'] }, primary: true },
  dropPrimaryKey: { kind: 'dropKey', table: named, key: { name: 'person_pk', columns: ['id'] }, primary: true },
  addUnique: { kind: 'addKey', table: named, key: { name: '', columns: ['full name', 'age'] }, primary: false, nullable: ['age'] },
  dropUnique: { kind: 'dropKey', table: named, key: { name: 'person_name_key', columns: ['full name'] }, primary: false },
  addCheck: { kind: 'addCheck', table: named, check: { name: 'person_age_check', expression: 'age >= 0' } },
  dropCheck: { kind: 'dropCheck', table: named, check: { name: 'person_age_check', expression: 'age >= 0' } },
  addColumn: { kind: 'addColumn', table: named, column: price },
  dropColumn: { kind: 'dropColumn', table: named, column: age },
  alterColumn: { kind: 'alterColumn', table: named, from: older, to: column('age', { kind: 'int32' }, { nullable: false, default: '0' }) },
  alterTypeWider: alter(note, { type: { kind: 'varchar', length: 200 } }),
  alterTypeLossy: alter(note, { type: { kind: 'int32' }, default: null }),
  setNotNull: alter(note, { nullable: false }),
  dropNotNull: alter({ ...note, nullable: false }, { nullable: true }),
  setDefault: alter({ ...note, default: null }, { default: "'it''s'" }),
  changeDefault: alter(note, { default: "'other'" }),
  dropDefault: alter(note, { default: null }),
  addIdentity: alter(column('id', { kind: 'int64' }, { nullable: false }), { identity: 'default' }),
  dropIdentity: alter(id, { identity: null }),
  commentColumn: alter(note, { comment: "it's new" }),
  addGeneratedColumn: { kind: 'addColumn', table: named, column: doubled },
  addNotNullColumn: { kind: 'addColumn', table: named, column: column('joined', { kind: 'date' }, { nullable: false, default: 'CURRENT_DATE' }) },
  swapTables: {
    kind: 'swapTables',
    tables: [
      { old: { shape: person, aside: 'person__old' }, fresh: { ...person, name: 'person__new' }, to: named },
      { old: null, fresh: { ...order, name: 'order__new' }, to: { schema: '', name: 'order' } },
    ],
  },
  commentTable: { kind: 'commentTable', table: named, from: 'old', to: "it's new" },
  checkReferences: { kind: 'checkReferences', tables: [named] },
} as const satisfies Record<string, Operation>

export type CaseName = keyof typeof cases

/** `unsupported`: the flavor cannot do it (FLAVOR_UNSUPPORTED); `refused`: a name in it is none that the flavor keeps (NAME_REFUSED). */
export type No = 'unsupported' | 'refused'

/** Questions about rows, each answered by the text of a query, or 'unsupported'. */
export const questions = {
  lossyRows: { kind: 'lossyRows', table: named, column: { from: older, to: age }, key: ['id'], limit: 10 },
  tooLong: { kind: 'lossyRows', table: named, column: { from: column('note', { kind: 'text' }), to: note }, key: [], limit: 1 },
  nullRows: { kind: 'nullRows', table: named, column: 'age', key: ['id'], limit: 10 },
  anyRows: { kind: 'anyRows', table: named, key: [], limit: 1 },
  countValues: { kind: 'countValues', table: named, column: 'full name' },
  countRows: { kind: 'countRows', table: named },
  cannotCast: { kind: 'misfits', rows: fresh, test: { kind: 'fails', column: { from: older, to: age }, why: 'cast' }, limit: 3 },
  isChanged: { kind: 'misfits', rows: fresh, test: { kind: 'changes', column: { from: older, to: age } }, limit: 3 },
  breaksCheck: { kind: 'misfits', rows: { ...fresh, source: named, names: [{ from: 'years', to: 'age' }, { from: 'id', to: 'id' }] }, test: { kind: 'check', check: { name: 'adult', expression: 'age > 17' } }, limit: 3 },
  isEqual: { kind: 'misfits', rows: fresh, test: { kind: 'equal', parts: [{ column: 'age', expression: '', order: 'asc', nulls: '' }], predicate: 'age > 0' }, limit: 3 },
  isOrphan: { kind: 'misfits', rows: fresh, test: { kind: 'orphan', reference: { name: 'friend', columns: ['age'], parent: named, parentColumns: ['id'], onUpdate: 'no action', onDelete: 'no action', deferrable: 'no' }, parent: fresh }, limit: 3 },
  isEmpty: { kind: 'misfits', rows: fresh, test: { kind: 'null', column: 'age' }, limit: 3 },
  rejects: { kind: 'rejects', rows: { ...fresh, columns: [{ from: older, to: age, wayOut: { kind: 'reject' } }] } },
  digestFrom: { kind: 'digest', table: aside, columns: copied, side: 'from' },
  digestTo: { kind: 'digest', table: named, columns: copied, side: 'to' },
} as const satisfies Record<string, Question>

export type QuestionName = keyof typeof questions
export type QuestionAnswers = Readonly<Record<QuestionName, string>>

/**
 * The way back of each case: a list per statement of `Answers`, in the same order; [] where nothing has to be taken back, null: not reversible.
 * 'unsupported' or 'refused' where the case is.
 */
export type Reverses = Readonly<Record<CaseName, readonly (readonly string[] | null)[] | No>>

/** What a flavor answers to each case: its statements in order, or that it cannot, or that it takes no such name. */
export type Answers = Readonly<Record<CaseName, readonly string[] | No>>

type Answering = Pick<Dialect, 'statements' | 'question'>

/** A dialect's own answer to a case, to be compared with what its test says. */
export const answer = (dialect: Answering, name: CaseName): readonly string[] | No => unlessUnsupported(() => dialect.statements(cases[name]).map(({ text }) => text))

/** A dialect's own way back of a case. */
export const reverse = (dialect: Answering, name: CaseName): readonly (readonly string[] | null)[] | No => unlessUnsupported(() => dialect.statements(cases[name]).map(({ undo }) => undo))

/** A dialect's own text of a question. */
export const asked = (dialect: Answering, name: QuestionName): string => unlessUnsupported(() => dialect.question(questions[name]))

function unlessUnsupported<T>(make: () => T): T | No {
  try {
    return make()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FLAVOR_UNSUPPORTED') return 'unsupported'
    if (error instanceof Error && 'code' in error && error.code === 'NAME_REFUSED') return 'refused'
    throw error
  }
}
