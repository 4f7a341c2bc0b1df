import type { ColumnShape, CheckShape, IndexShape, KeyShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import type { Difference } from '../../testing/compare-shapes.ts'
import type { AppTarget } from './generated-apps.ts'
import { plainWords } from './same-words.ts'

/** What an explanation looks at. */
export interface Case {
  readonly difference: Difference
  /** All differences of the table: one that goes may be the other side of one that came. */
  readonly all: readonly Difference[]
  /** The table as the model says it. */
  readonly said: TableShape
  readonly target: AppTarget
}

/** A difference between the tables that Django makes and those of our own DDL, and why it is one. */
export interface Explanation {
  readonly why: string
  readonly holds: (one: Case) => boolean
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const columnOf = ({ said, difference }: Case): ColumnShape | undefined => said.columns.find(({ name }) => name === difference.column)
const kindOf = (value: unknown): string => (typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : '')
const isBefore = ({ target }: Case, version: number) => Number(target.version) < version

/** Whether the part on one side has its twin on the other, among the parts of `what`. */
function hasTwin<T>({ difference, all }: Case, what: string, equal: (one: T, other: T) => boolean): boolean {
  const own = (difference.ours ?? difference.theirs) as T
  return all.some((one) => one.what === what && (difference.ours === null ? one.theirs === null : one.ours === null) && equal((one.ours ?? one.theirs) as T, own))
}

/** Types that Django has no field for: by the kind of our column, the kinds of Django's. Each has a finding on its field. */
const carriers: Readonly<Record<AppTarget['database'], Readonly<Record<string, readonly string[]>>>> = {
  postgres: { char: ['varchar'], varchar: ['text'], enum: ['varchar'], timestamp: ['timestamptz'], native: ['varchar', 'text', 'int32', 'int64', 'decimal', 'json'], bit: ['blob'], xml: ['text'], decimal: ['decimal'], float32: ['float64'] },
  sqlite: {
    char: ['varchar'], varchar: ['text'], text: ['varchar', 'int64'], json: ['text'], xml: ['text'], inet: ['char'], uuid: ['char'], bit: ['blob'], binary: ['blob'], varbinary: ['blob'], geometry: ['blob'], interval: ['int64'],
    timestamptz: ['timestamp'], uint64: ['decimal'], uint32: ['uint64', 'int64'], uint16: ['uint32', 'int64'], uint8: ['uint16', 'int64'], int8: ['int16'], int16: ['int64'], int32: ['int64'], decimal: ['decimal'], float32: ['float64'],
    native: ['varchar', 'text', 'int32', 'int64', 'decimal', 'json'],
  },
}

const withoutPrecision = ({ ours, theirs }: Difference): boolean => kindOf(ours) === kindOf(theirs) && kindOf(ours).startsWith('time')

const plainReference = ({ columns, parent, parentColumns }: ReferenceShape) => JSON.stringify([columns, parent, parentColumns])
const plainIndex = ({ unique, parts, predicate }: IndexShape) => JSON.stringify([unique, parts.map(({ column, expression, order }) => [column, plainWords(expression), order]), plainWords(predicate)])
const isNow = (text: unknown) => /^(?:now\(\)|CURRENT_TIMESTAMP|LOCALTIMESTAMP|statement_timestamp\(\)|STRFTIME\(.*'NOW'\))$/i.test(String(text))
const isMoment = (text: unknown) => /^'\d{4}-\d\d-\d\d(?: .*)?'$/.test(String(text))

/** Every difference that is known, each with its reason. One that no reason holds for fails the judge. */
export const explanations: readonly Explanation[] = [
  { why: 'Django names primary keys, foreign keys and the constraint of unique=True itself, and SQLite shows no name of its own.', holds: ({ difference: { what } }) => what === 'primaryKey name' || what === 'reference name' || what === 'unique name' },
  { why: 'A name of an index or check in Django is a word of at most 30 characters, is never left to the database, and ends in _key for a unique index.', holds: ({ difference: { what, ours, theirs } }) => (what === 'index name' || what === 'check name') && (ours === '' || /_key$|_[0-9a-f]{8}$/.test(String(theirs)) || plainName(String(ours)) === String(theirs).toLowerCase()) },
  { why: 'Django has no field of this type: another one carries the values, with a finding on the field.', holds: (one) => one.difference.what === 'type' && carriers[one.target.database][kindOf(one.difference.ours)]?.includes(kindOf(one.difference.theirs)) === true },
  { why: 'Times and moments of Django have six digits, without a choice.', holds: ({ difference }) => difference.what === 'type' && withoutPrecision(difference) },
  { why: 'Positive fields carry a check against values below zero.', holds: (one) => one.difference.what === 'check' && one.difference.ours === null && isPositiveCheck(one, (one.difference.theirs as CheckShape).expression) },
  { why: 'JSONField of SQLite carries a check that the text is JSON.', holds: ({ difference, target }) => difference.what === 'check' && difference.ours === null && target.database === 'sqlite' && (difference.theirs as CheckShape).expression.startsWith('JSON_VALID(') },
  { why: 'The values of an enum become choices and a check of the field.', holds: (one) => one.difference.what === 'check' && one.difference.ours === null && isChoice(one, one.difference.theirs as CheckShape) },
  { why: "The same condition in the words of Django's query compiler.", holds: (one) => one.difference.what === 'check' && hasTwin<CheckShape>(one, 'check', (a, b) => plainWords(a.expression) === plainWords(b.expression)) },
  { why: "The same expression in the words of Django's query compiler.", holds: ({ difference: { what, ours, theirs } }) => what === 'generated' && ours !== null && theirs !== null && plainGenerated(ours) === plainGenerated(theirs) },
  { why: 'Foreign keys of Django are checked at commit, know no ON UPDATE, and no ON DELETE in the database before 6.1.', holds: (one) => one.difference.what === 'reference' && hasTwin<ReferenceShape>(one, 'reference', (a, b) => plainReference(a) === plainReference(b) && sameDelete(a, b, one)) },
  { why: 'Django has no foreign key of several fields: they are plain fields, with a finding.', holds: ({ difference }) => difference.what === 'reference' && difference.theirs === null && (difference.ours as ReferenceShape).columns.length > 1 },
  { why: 'A unique index is a UniqueConstraint in Django, which has no order and no INCLUDE on SQLite.', holds: (one) => uniqueTwin(one) },
  { why: 'A unique index over fields that are unique already says nothing more, and is left out.', holds: ({ difference: { what, ours, theirs }, said }) => what === 'index' && theirs === null && (ours as IndexShape).unique && [said.primaryKey, ...said.uniques].some((key) => same(key?.columns, (ours as IndexShape).parts.map(({ column }) => column))) },
  { why: "The same index in the words of Django's query compiler; a UniqueConstraint has no order, SQLite no order of NULLs.", holds: (one) => one.difference.what === 'index' && hasTwin<IndexShape>(one, 'index', (a, b) => plainIndex(a) === plainIndex(b)) },
  { why: 'Now() of Django is the moment of the statement.', holds: ({ difference: { what, ours, theirs } }) => what === 'default' && isNow(ours) && isNow(theirs) },
  { why: 'A new UUID, by a function that Django gives to SQLite.', holds: ({ difference: { what, ours, theirs } }) => what === 'default' && ours === 'lower(hex(randomblob(16)))' && theirs === 'UUIDV4()' },
  { why: 'With USE_TZ a moment is kept with its zone, UTC.', holds: ({ difference: { what, ours, theirs } }) => what === 'default' && isMoment(ours) && isMoment(theirs) && String(ours).slice(1, 11) === String(theirs).slice(1, 11) },
  { why: 'The same number or truth in other words.', holds: ({ difference: { what, ours, theirs } }) => what === 'default' && typeof ours === 'string' && typeof theirs === 'string' && plainDefault(ours) === plainDefault(theirs) },
  { why: 'A default of NULL is no default.', holds: ({ difference: { what, ours, theirs } }) => what === 'default' && ours === 'NULL' && theirs === null },
  { why: 'Before 5.0 Django has no default and no generated field in the database.', holds: (one) => isBefore(one, 5) && ((one.difference.what === 'default' && one.difference.theirs === null) || (one.difference.what === 'generated' && one.difference.theirs === null)) },
  { why: 'A migration adds foreign keys to a table that stands: their fields come last. Before 5.0 a generated field is left out.', holds: (one) => one.difference.what === 'order' && sameOrder(one) },
  { why: 'AutoField takes a value that is given: BY DEFAULT, never ALWAYS.', holds: ({ difference: { what, ours, theirs } }) => what === 'identity' && ours === 'always' && theirs === 'default' },
  { why: 'An integer primary key of SQLite is a number that counts by itself, whatever Django calls the field.', holds: (one) => one.target.database === 'sqlite' && isRowid(one) },
]

function sameOrder(one: Case): boolean {
  const { said, difference: { ours, theirs } } = one
  const moved = new Set(said.references.flatMap(({ columns }) => columns))
  const isLeft = (name: string) => !moved.has(name) && (!isBefore(one, 5) || said.columns.find((column) => column.name === name)?.generated === null)
  return same((ours as readonly string[]).filter(isLeft), (theirs as readonly string[]).filter((name) => !moved.has(name))) && (theirs as readonly string[]).every((name) => (ours as readonly string[]).includes(name))
}

const plainName = (name: string) => name.replaceAll(/\W+/g, '_').toLowerCase()
const plainGenerated = (value: unknown) => JSON.stringify([plainWords((value as { readonly expression: string }).expression), (value as { readonly stored: boolean }).stored])
const plainDefault = (text: string) => plainWords(text).replace(/^true$/, '1').replace(/^false$/, '0').replace(/^'(.*)'$/, '$1')

function isPositiveCheck({ said }: Case, expression: string): boolean {
  const column = said.columns.find(({ name }) => plainWords(expression) === `${plainWords(`"${name.replaceAll('"', '""')}"`)} >= 0`)
  return column !== undefined && column.type.kind.startsWith('uint')
}

function isChoice({ said }: Case, { name, expression }: CheckShape): boolean {
  return name.endsWith('_choices') && said.columns.some(({ name: column, type }) => type.kind === 'enum' && expression.includes(column.replaceAll('"', '""')) && type.values.every((value) => expression.includes(value.replaceAll("'", "''"))))
}

function sameDelete(a: ReferenceShape, b: ReferenceShape, one: Case): boolean {
  const [ours, theirs] = one.difference.ours === null ? [a, b] : [b, a]
  const isKept = ours.onDelete === theirs.onDelete || (ours.onDelete === 'restrict' && theirs.onDelete === 'no action')
  return theirs.onUpdate === 'no action' && theirs.deferrable === 'deferred' && (isBefore(one, 6.1) ? theirs.onDelete === 'no action' : isKept)
}

function uniqueTwin({ difference, all }: Case): boolean {
  const columns = (value: unknown) => ((value as IndexShape).parts ?? []).map(({ column }) => column)
  if (difference.what === 'index' && difference.theirs === null && (difference.ours as IndexShape).unique) return all.some((one) => one.what === 'unique' && one.ours === null && same((one.theirs as KeyShape).columns, columns(difference.ours)))
  if (difference.what !== 'unique' || difference.ours !== null) return false
  return all.some((one) => one.what === 'index' && one.theirs === null && (one.ours as IndexShape).unique && same(columns(one.ours), (difference.theirs as KeyShape).columns))
}

function isRowid(one: Case): boolean {
  const column = columnOf(one)
  const isKey = column !== undefined && same(one.said.primaryKey?.columns, [column.name])
  return isKey && ((one.difference.what === 'identity' && one.difference.ours === null) || (one.difference.what === 'default' && one.difference.theirs === null))
}
