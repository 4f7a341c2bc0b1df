import type { DataType, LengthKind, SimpleKind, TimeKind } from '../../app/model/data-type.ts'
import type { Cells, Check as ModelCheck, Field, Index, IndexPart, Key, Model, ModelLayout, Reference, ReferenceTarget, Table } from '../../app/model/model.ts'
import { byKind, count, filled, flag, list, nullable, object, oneOf, record, text } from './check.ts'
import type { Check } from './check.ts'

const cells: Check<Cells> = record(text())
const id = filled(200)
const name = text(10_000)

const simpleKinds = [
  'bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float32', 'float64', 'text', 'blob', 'date', 'interval', 'uuid', 'json', 'xml', 'inet', 'geometry',
] as const satisfies readonly SimpleKind[]
const lengthKinds = ['char', 'varchar', 'binary', 'varbinary', 'bit'] as const satisfies readonly LengthKind[]
const timeKinds = ['time', 'timestamp', 'timestamptz'] as const satisfies readonly TimeKind[]

const maxDepth = 32
let depth = 0
/** Types nest; a forged one must not exhaust the stack. */
const nested: Check<DataType> = (value) => {
  if (depth >= maxDepth) return `: types nest deeper than ${maxDepth}`
  depth++
  try {
    return dataType(value)
  } finally {
    depth--
  }
}

const each = <K extends string, C>(kinds: readonly K[], check: (kind: K) => C): Record<K, C> => Object.fromEntries(kinds.map((kind) => [kind, check(kind)])) as Record<K, C>

type TypeChecks = { readonly [K in DataType['kind']]: Check<Extract<DataType, { readonly kind: K }>> }

const dataType: Check<DataType> = byKind<DataType>({
  ...each(simpleKinds, (kind) => object({ kind: oneOf(kind) })),
  ...each(lengthKinds, (kind) => object({ kind: oneOf(kind), length: nullable(count) })),
  ...each(timeKinds, (kind) => object({ kind: oneOf(kind), precision: nullable(count) })),
  decimal: object({ kind: oneOf('decimal'), precision: nullable(count), scale: nullable(scale) }),
  enum: object({ kind: oneOf('enum'), name: nullable(name), values: list(text()) }),
  array: object({ kind: oneOf('array'), element: nested }),
  map: object({ kind: oneOf('map'), key: nested, value: nested }),
  struct: object({ kind: oneOf('struct'), members: list(object({ name, type: nested })) }),
  native: object({ kind: oneOf('native'), flavor: nullable(name), text: text() }),
} as unknown as TypeChecks)

/** A scale may be negative (PostgreSQL 15). */
function scale(value: unknown): string | null {
  return Number.isSafeInteger(value) ? null : ': expected a whole number'
}

const field = object<Field>({
  id, name, type: dataType, nullable: flag, default: nullable(text()), identity: oneOf('always', 'default', null),
  generated: nullable(object({ expression: text(), stored: flag })), comment: text(), collation: name, previousName: name, extra: cells, invalid: cells,
})
const key = object<Key>({ id, kind: oneOf('primary', 'unique'), name, fields: list(id), extra: cells }, 'extra')
const check = object<ModelCheck>({ id, name, expression: text(), extra: cells }, 'extra')
const target = byKind<ReferenceTarget>({
  id: object({ kind: oneOf('id'), table: id, fields: list(id) }),
  name: object({ kind: oneOf('name'), schema: name, table: name, fields: list(name) }),
})
const action = oneOf('no action', 'restrict', 'cascade', 'set null', 'set default')
const reference = object<Reference>(
  { id, name, fields: list(id), target, onUpdate: action, onDelete: action, deferrable: oneOf('no', 'immediate', 'deferred'), extra: cells }, 'extra',
)
const part = object<IndexPart>({ field: nullable(id), expression: text(), order: oneOf('asc', 'desc'), nulls: oneOf('first', 'last', '') })
const index = object<Index>({ id, name, unique: flag, method: name, parts: list(part), include: list(id), predicate: text(), extra: cells }, 'extra')
const table = object<Table>({
  id, schema: name, name, comment: text(), fields: list(field), keys: list(key), checks: list(check), references: list(reference), indexes: list(index),
  options: cells, previousName: name, extra: cells, invalid: cells,
})
const layout = object<ModelLayout>(
  {
    headers: record(list(text())), delimiter: text(5), encoding: oneOf('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'), newline: oneOf('\n', '\r\n'),
    unread: record(list(list(text()))),
  },
  'delimiter', 'encoding', 'newline', 'unread',
)
const model = object<Model>({ name: text(1_000), tables: list(table), layout }, 'layout')

/** What is wrong with a value that claims to be a Model, with its place; null when it is one. 100,000 fields take well under half a second. */
export function modelProblem(value: unknown): string | null {
  return model(value) ?? doubleIds(value as Model)
}

/** Ids are what everything hangs on: two tables, or two fields of a table, with one id are no model. */
function doubleIds({ tables }: Model): string | null {
  const seen = new Set<string>()
  for (const one of tables) {
    if (seen.has(one.id)) return `.tables: the id ${JSON.stringify(one.id)} stands twice`
    seen.add(one.id)
    if (new Set(one.fields.map((member) => member.id)).size !== one.fields.length) return `.tables: fields of the table ${JSON.stringify(one.id)} share an id`
  }
  return null
}
