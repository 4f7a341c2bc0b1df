import * as fc from 'fast-check'
import { emptyField, emptyTable } from '../build.ts'
import type { Cells, Check, Field, Id, Index, Key, Model, Reference, ReferenceAction, Table } from '../model.ts'
import { anyTypeChoice, conditionsOf, derivedOf, isKeyable } from './valid-columns.ts'
import { anyNaming, isPlainName, namesOf } from './valid-names.ts'

/** What a caller wants of the models. */
export interface ValidModelOptions {
  /** Percent of models in which every other name is hostile. */
  readonly hostile?: number
  readonly maxTables?: number
  /** Options of a table, by its fields and a number to choose with. */
  readonly optionsOf?: (table: Table, choice: number) => Cells
}

const comments = ['', '', '', 'plain words', `it's "quoted" and \`ticked\``, '-- no comment; /* not one */', 'back\\slash at the end\\', 'two\nlines', 'ünïcödé 🙂']
const anyPick = fc.nat(9999)
const rarely = (percent: number) => fc.integer({ min: 0, max: 99 }).map((n) => n < percent)

const anyFieldSeed = fc.record({ name: anyPick, choice: anyTypeChoice, nullable: fc.boolean(), default: anyPick, comment: anyPick })
const anyTableSeed = fc.record({
  name: anyPick, schema: anyPick, comment: anyPick, fields: fc.array(anyFieldSeed, { minLength: 1, maxLength: 7 }),
  identity: fc.constantFrom(null, null, 'default' as const, 'default' as const, 'always' as const), key: anyPick, unique: rarely(40), check: anyPick, generated: anyPick, virtual: rarely(20), index: anyPick, named: rarely(40),
  indexExtra: fc.record({ unique: rarely(15), expression: rarely(12), include: rarely(12), predicate: rarely(12), nulls: rarely(10), descending: rarely(30) }),
  reference: fc.record({ has: rarely(60), parent: anyPick, key: anyPick, onUpdate: anyPick, onDelete: anyPick, deferrable: rarely(8), notNull: rarely(30) }),
  option: anyPick,
})
type TableSeed = typeof anyTableSeed extends fc.Arbitrary<infer T> ? T : never

/**
 * Any model that a flavor can render: sizes within common limits, keys over types that every engine indexes, references to real keys with equal types,
 * defaults, checks and generated fields in words that all of SQL has, over fields of the same table. `fc.sample(anyValidModel(), { seed, numRuns })` gives the same ones each time.
 */
export function anyValidModel({ hostile = 10, maxTables = 4, optionsOf = () => ({}) }: ValidModelOptions = {}): fc.Arbitrary<Model> {
  return fc.record({ naming: anyNaming(hostile), tables: fc.array(anyTableSeed, { minLength: 1, maxLength: maxTables }) }).map(({ naming, tables: seeds }) => {
    const names = namesOf('table', seeds.map(({ name }) => name), naming)
    const bare = seeds.map((seed, at) => bareTable(seed, names[at] ?? 't', `t${at}`, naming))
    const tables = seeds.map((seed, at) => {
      const table = withReference(seed, bare[at] ?? emptyTable('', ''), bare)
      return { ...table, options: optionsOf(table, seed.option) }
    })
    return { name: 'model', tables }
  })
}

const at = <T>(list: readonly T[], pick: number): T | undefined => list[pick % list.length]

/** The table with all but its foreign keys. */
function bareTable(seed: TableSeed, name: string, id: Id, naming: 'plain' | 'hostile'): Table {
  const names = namesOf('column', seed.fields.map((field) => field.name), naming)
  const given = seed.fields.map((field, place) => fieldOf(field, names[place] ?? 'c', `${id}f${place}`))
  const identity: Field = { ...emptyField(`${id}id`, 'id', { kind: seed.key % 3 === 0 ? 'int32' : 'int64' }), nullable: false, identity: seed.identity }
  const fields = seed.identity === null ? given : [identity, ...given]
  const keyFields = seed.identity === null ? primaryFields(given, seed.key) : [identity.id]
  const notNull = fields.map((field) => (keyFields.includes(field.id) ? { ...field, nullable: false, default: field.default === 'NULL' ? null : field.default } : field))
  const table = { ...emptyTable(id, name, at(['', '', '', 'care', 'sales'], seed.schema)), comment: at(comments, seed.comment) ?? '', fields: [...notNull, ...generatedOf(seed, notNull, id)] }
  return { ...table, keys: keysOf(seed, table, keyFields), checks: checksOf(seed, table), indexes: indexesOf(seed, table) }
}

function fieldOf({ choice, nullable, default: pick, comment }: TableSeed['fields'][number], name: string, id: Id): Field {
  const defaults = [null, null, ...choice.defaults, ...(nullable ? ['NULL'] : [])]
  return { ...emptyField(id, name, choice.type), nullable, default: at(defaults, pick) ?? null, comment: at(comments, comment) ?? '' }
}

/** None, one or two fields that a key can hold. */
function primaryFields(fields: readonly Field[], pick: number): readonly Id[] {
  return fields.filter(({ type }) => isKeyable(type) && type.kind !== 'bool').slice(0, pick % 3).map(({ id }) => id)
}

const ownNames = ({ named }: TableSeed, { id, name }: Table, suffix: string) => (named ? `${isPlainName(name) ? name : `odd_${id}`}_${suffix}` : '')

function keysOf(seed: TableSeed, table: Table, primary: readonly Id[]): readonly Key[] {
  const free = table.fields.filter(({ id, type, generated }) => isKeyable(type) && type.kind !== 'bool' && generated === null && !primary.includes(id)).slice(-2)
  return [
    ...(primary.length === 0 ? [] : [{ id: `${table.id}pk`, kind: 'primary' as const, name: ownNames(seed, table, 'pk'), fields: primary }]),
    ...(free.length === 0 || !seed.unique ? [] : [{ id: `${table.id}u`, kind: 'unique' as const, name: ownNames(seed, table, 'once'), fields: free.slice(0, 1 + (seed.key % 2)).map(({ id }) => id) }]),
  ]
}

/** Fields that an expression may name: plain names, filled by people, not by a counter. */
const speakable = ({ fields }: Pick<Table, 'fields'>) => fields.filter(({ name, identity, generated }) => isPlainName(name) && identity === null && generated === null)

function generatedOf(seed: TableSeed, fields: readonly Field[], id: Id): readonly Field[] {
  const choices = speakable({ fields }).flatMap(({ name, type }) => derivedOf(type, name).map((expression) => ({ type, expression })))
  const chosen = seed.generated % 2 === 0 ? at(choices, seed.generated) : undefined
  return chosen === undefined ? [] : [{ ...emptyField(`${id}g`, 'derived_value', chosen.type), generated: { expression: chosen.expression, stored: !seed.virtual } }]
}

function checksOf(seed: TableSeed, table: Table): readonly Check[] {
  const choices = speakable(table).flatMap(({ name, type }) => conditionsOf(type, name))
  const chosen = seed.check % 2 === 0 ? at(choices, seed.check) : undefined
  return chosen === undefined ? [] : [{ id: `${table.id}c`, name: ownNames(seed, table, 'check'), expression: chosen }]
}

function indexesOf(seed: TableSeed, table: Table): readonly Index[] {
  const fields = table.fields.filter(({ type, generated }) => isKeyable(type) && generated === null)
  const first = at(fields, seed.index)
  if (first === undefined || seed.index % 3 === 0) return []
  const { unique, expression, include, predicate, nulls, descending } = seed.indexExtra
  const words = expression ? at(speakable(table).flatMap(({ name, type }) => (isKeyable(type) ? derivedOf(type, name) : [])), seed.index) : undefined
  const other = fields.find(({ id }) => id !== first.id)
  const where = predicate ? at(speakable(table).flatMap(({ name, type }) => (type.kind === 'int32' ? [`${name} > 17`] : [])), seed.index) : undefined
  const part = { field: words === undefined ? first.id : null, expression: words ?? '', order: descending ? 'desc' as const : 'asc' as const, nulls: nulls ? 'last' as const : '' as const }
  const second = other !== undefined && seed.index % 2 === 0 && !include ? [{ field: other.id, expression: '', order: 'asc' as const, nulls: '' as const }] : []
  return [{ id: `${table.id}i`, name: ownNames(seed, table, 'idx'), unique, method: '', parts: [part, ...second], include: include && other !== undefined ? [other.id] : [], predicate: where ?? '' }]
}

const actions: readonly ReferenceAction[] = ['no action', 'no action', 'no action', 'restrict', 'cascade', 'set null']

/** The table with a foreign key over fields made for it, typed like the parent's key; maybe to itself. */
function withReference({ reference: seed, named }: TableSeed, table: Table, all: readonly Table[]): Table {
  const targets = all.flatMap((parent) => parent.keys.map((key) => ({ parent, key })))
  const target = seed.has ? at(targets, seed.parent) : undefined
  if (target === undefined) return table
  const { parent, key } = target
  const sources = key.fields.flatMap((id) => parent.fields.find((field) => field.id === id) ?? [])
  const fields = sources.map((source, place): Field => ({ ...emptyField(`${table.id}r${place}`, `parent_${place + 1}`, source.type), nullable: !seed.notNull }))
  const action = (pick: number) => (at(actions, pick) ?? 'no action')
  const onDelete = action(seed.onDelete)
  const onUpdate = action(seed.onUpdate)
  // A child that takes no NULL can neither be set to it, nor follow a parent that becomes it.
  const follows = sources.some(({ nullable }) => nullable)
  const safe = (one: ReferenceAction, isUpdate: boolean) => (seed.notNull && (one === 'set null' || (isUpdate && one === 'cascade' && follows)) ? 'no action' : one)
  const value: Reference = {
    id: `${table.id}r`, name: named ? `${table.id}_parent_fk` : '', fields: fields.map(({ id }) => id), target: { kind: 'id', table: parent.id, fields: key.kind === 'primary' && seed.key % 2 === 0 ? [] : key.fields },
    onUpdate: safe(onUpdate, true), onDelete: safe(onDelete, false), deferrable: seed.deferrable ? 'deferred' : 'no',
  }
  return { ...table, fields: [...table.fields, ...fields], references: [value] }
}
