import * as fc from 'fast-check'
import { anyName, anyText, anyType } from './any-type.ts'
import type { Cells, Field, Id, Model, Reference, ReferenceAction, Table } from '../model.ts'

/** Cells under headers that nobody knows, `__proto__` among them. */
const anyExtra: fc.Arbitrary<Cells> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .array(
        fc.tuple(
          fc.oneof(
            fc.constantFrom('__proto__', 'OWNER_TEAM', 'constructor', 'größe'),
            anyName.map((name) => `X_${name.replaceAll('.', '')}`),
          ),
          anyName,
        ),
        { maxLength: 3 },
      )
      .map((entries): Cells => Object.fromEntries(entries)),
  },
)

const anyOptions: fc.Arbitrary<Cells> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('IMPALA.STORED_AS', 'KUDU.PARTITIONS_2'), anyName, { noNullPrototype: true }) },
)

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 2 })
const anyNameOrNone = fc.oneof({ weight: 8, arbitrary: anyName }, { weight: 1, arbitrary: fc.constant('') })

const anyField = fc.record({
  name: anyNameOrNone,
  type: anyType,
  nullable: fc.boolean(),
  default: maybe(anyName),
  identity: fc.constantFrom(null, 'always' as const, 'default' as const),
  generated: maybe(fc.record({ expression: anyName, stored: fc.boolean() })),
  comment: anyText,
  collation: anyText,
  previousName: anyText,
  extra: anyExtra,
}) satisfies fc.Arbitrary<Omit<Field, 'id' | 'invalid'>>

const anyAction = fc.constantFrom<ReferenceAction>('no action', 'restrict', 'cascade', 'set null', 'set default')
/** Places of fields, resolved against the table; a place past the end points at nothing. */
const places = fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 3 })
const anyPlace = fc.nat({ max: 5 })

const anyTable = fc.record({
  schema: fc.oneof(fc.constant(''), fc.constantFrom('clinic', 'a.b'), anyName),
  name: anyNameOrNone,
  comment: anyText,
  previousName: anyText,
  options: anyOptions,
  extra: anyExtra,
  fields: fc.array(anyField, { maxLength: 5 }),
  primary: maybe(fc.record({ name: anyText, fields: places })),
  uniques: fc.array(fc.record({ name: anyText, fields: places }), { maxLength: 2 }),
  checks: fc.array(fc.record({ name: anyText, expression: anyText, extra: anyExtra }), { maxLength: 2 }),
  references: fc.array(
    fc.record({
      name: anyText,
      fields: places,
      parent: fc.nat({ max: 5 }),
      outside: maybe(anyName),
      parentFields: places,
      onUpdate: fc.oneof(fc.constant<ReferenceAction>('no action'), anyAction),
      onDelete: fc.oneof(fc.constant<ReferenceAction>('no action'), anyAction),
      deferrable: fc.oneof(fc.constant('no' as const), fc.constantFrom('no' as const, 'immediate' as const, 'deferred' as const)),
    }),
    { maxLength: 2 },
  ),
  indexes: fc.array(
    fc.record({
      name: anyText,
      unique: fc.boolean(),
      method: anyText,
      parts: fc.array(
        fc.record({
          place: maybe(anyPlace),
          expression: anyText,
          order: fc.constantFrom('asc' as const, 'desc' as const),
          nulls: fc.constantFrom('first' as const, 'last' as const, '' as const),
        }),
        { maxLength: 3 },
      ),
      include: places,
      predicate: anyText,
    }),
    { maxLength: 2 },
  ),
})
type TableSeed = typeof anyTable extends fc.Arbitrary<infer T> ? T : never

/**
 * Any model that a person could make: hostile and repeated and empty names, every kind of part, parts that point at nothing.
 * Only what no file could tell apart is left out: an empty default, NUL, half characters.
 */
export const anyModel: fc.Arbitrary<Model> = fc
  .array(anyTable, { maxLength: 4 })
  .map((seeds) => ({ name: 'model', tables: seeds.map((seed, at) => tableOf(seed, at, seeds)) }))

const fieldId = (seeds: readonly TableSeed[], table: number, place: number): Id =>
  place < (seeds[table]?.fields.length ?? 0) ? `t${table}f${place}` : `gone${place}`

function tableOf(seed: TableSeed, at: number, seeds: readonly TableSeed[]): Table {
  const ids = (wanted: readonly number[], table = at): readonly Id[] => wanted.map((place) => fieldId(seeds, table, place))
  const { primary, uniques, checks, references, indexes, fields, ...plain } = seed
  return {
    ...plain,
    id: `t${at}`,
    invalid: {},
    fields: fields.map((field, place) => ({ ...field, id: fieldId(seeds, at, place), invalid: {} })),
    keys: [
      ...(primary === null ? [] : [{ id: `t${at}pk`, kind: 'primary' as const, name: primary.name, fields: ids(primary.fields) }]),
      ...uniques.map((key, each) => ({ id: `t${at}u${each}`, kind: 'unique' as const, name: key.name, fields: ids(key.fields) })),
    ],
    checks: checks.map(({ extra, ...check }, each) => ({
      ...check,
      id: `t${at}c${each}`,
      ...(Object.keys(extra).length === 0 ? {} : { extra }),
    })),
    references: references.map(({ parent, outside, parentFields, fields: own, ...reference }, each): Reference => ({
      ...reference,
      id: `t${at}r${each}`,
      fields: ids(own),
      target:
        outside === null
          ? { kind: 'id', table: `t${parent}`, fields: ids(parentFields, parent) }
          : { kind: 'name', schema: 'outside', table: `outside ${outside}`, fields: [outside] },
    })),
    indexes: indexes.map(({ parts, include, ...index }, each) => ({
      ...index,
      id: `t${at}i${each}`,
      parts: parts.map(({ place, expression, ...part }) => ({
        ...part,
        field: place === null ? null : fieldId(seeds, at, place),
        expression: place === null ? expression : '',
      })),
      include: ids(include),
    })),
  }
}
