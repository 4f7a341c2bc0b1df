import { MetaMigrateError, messageOf } from '../errors.ts'
import type { DataType, LengthKind, TimeKind } from '../model/data-type.ts'
import type {
  Cells,
  Check,
  Field,
  Index,
  IndexPart,
  Key,
  Model,
  ModelLayout,
  Reference,
  ReferenceAction,
  ReferenceTarget,
  Table,
} from '../model/model.ts'
import { simpleKinds } from '../model/type-names.ts'
import { dictionary, flag, integer, list, object, oneOf, orNull, text } from './reader.ts'
import type { Reader } from './reader.ts'

/** Version of the JSON form of a model. */
export const modelFormat = 'metamigrate-model/1'

/** The model of a JSON text made by `saveJsonModel`. Errors: JSON_INVALID with the place of the first thing that is wrong. */
export function loadJsonModel(source: string): Model {
  let document: unknown
  try {
    document = JSON.parse(source)
  } catch (cause) {
    throw new MetaMigrateError('JSON_INVALID', `The model is not JSON: ${messageOf(cause)}`, {}, { cause })
  }
  return file(document, '').model
}

/** Checks a value that should be a model (from a file, from the other side of a bridge). Error: JSON_INVALID. */
export const readModel: Reader<Model> = (value, place) => model(value, place)

const cells: Reader<Cells> = dictionary(text)
const action = oneOf<ReferenceAction>('no action', 'restrict', 'cascade', 'set null', 'set default')

/** Types are the one recursive value: read by kind. Deeper than 100 is refused before the stack ends. */
export const dataType: Reader<DataType> = (value, place) => {
  if (place.split('.').length > 100) throw new MetaMigrateError('JSON_INVALID', `${place}: the type is nested too deep.`, { place })
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  return (typesByKind.get(typeof kind === 'string' ? kind : '') ?? simpleType)(value, place)
}

const simpleType = object<{ readonly kind: (typeof simpleKinds)[number] }>({ kind: oneOf(...simpleKinds) })
const lengths: readonly LengthKind[] = ['char', 'varchar', 'binary', 'varbinary', 'bit']
const times: readonly TimeKind[] = ['time', 'timestamp', 'timestamptz']
type Kind<K extends string> = Extract<DataType, { readonly kind: K }>

const typesByKind = new Map<string, Reader<DataType>>([
  ...lengths.map((kind) => [kind, object<Kind<LengthKind>>({ kind: oneOf(kind), length: orNull(integer) })] as const),
  ...times.map((kind) => [kind, object<Kind<TimeKind>>({ kind: oneOf(kind), precision: orNull(integer) })] as const),
  ['decimal', object<Kind<'decimal'>>({ kind: oneOf('decimal'), precision: orNull(integer), scale: orNull(integer) })],
  ['enum', object<Kind<'enum'>>({ kind: oneOf('enum'), name: orNull(text), values: list(text) })],
  ['array', object<Kind<'array'>>({ kind: oneOf('array'), element: dataType })],
  ['map', object<Kind<'map'>>({ kind: oneOf('map'), key: dataType, value: dataType })],
  ['struct', object<Kind<'struct'>>({ kind: oneOf('struct'), members: list(object({ name: text, type: dataType })) })],
  ['native', object<Kind<'native'>>({ kind: oneOf('native'), flavor: orNull(text), text })],
])

const field = object<Field>({
  id: text,
  name: text,
  type: dataType,
  nullable: flag,
  default: orNull(text),
  identity: orNull(oneOf('always', 'default', 'serial')),
  generated: orNull(object({ expression: text, stored: flag })),
  comment: text,
  collation: text,
  previousName: text,
  extra: cells,
  invalid: cells,
})

const target: Reader<ReferenceTarget> = (value, place) => {
  const isId = typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'id'
  return isId
    ? object<ReferenceTarget & { readonly kind: 'id' }>({ kind: oneOf('id'), table: text, fields: list(text) })(value, place)
    : object<ReferenceTarget & { readonly kind: 'name' }>({ kind: oneOf('name'), schema: text, table: text, fields: list(text) })(
        value,
        place,
      )
}

const part = object<IndexPart>({ field: orNull(text), expression: text, order: oneOf('asc', 'desc'), nulls: oneOf('first', 'last', '') })

/** The lists of a table that are not its fields. */
export const parts = {
  keys: list(object<Key>({ id: text, kind: oneOf('primary', 'unique'), name: text, fields: list(text), extra: cells }, ['extra'])),
  checks: list(object<Check>({ id: text, name: text, expression: text, extra: cells }, ['extra'])),
  references: list(
    object<Reference>(
      {
        id: text,
        name: text,
        fields: list(text),
        target,
        onUpdate: action,
        onDelete: action,
        deferrable: oneOf('no', 'immediate', 'deferred'),
        extra: cells,
      },
      ['extra'],
    ),
  ),
  indexes: list(
    object<Index>(
      { id: text, name: text, unique: flag, method: text, parts: list(part), include: list(text), predicate: text, extra: cells },
      ['extra'],
    ),
  ),
}

const table = object<Table>({
  id: text,
  schema: text,
  name: text,
  comment: text,
  fields: list(field),
  ...parts,
  options: cells,
  previousName: text,
  extra: cells,
  invalid: cells,
})

const layout = object<ModelLayout>(
  {
    headers: dictionary(list(text)),
    delimiter: text,
    encoding: oneOf('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'),
    newline: oneOf('\n', '\r\n'),
    unread: dictionary(list(list(text))),
  },
  ['delimiter', 'encoding', 'newline', 'unread'],
)

const model = object<Model>({ name: text, tables: list(table), layout }, ['layout'])
const file = object<{ readonly format: typeof modelFormat; readonly model: Model }>({ format: oneOf(modelFormat), model })
