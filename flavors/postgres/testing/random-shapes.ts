import fc from 'fast-check'
import type { DataType } from '../../../app/model/data-type.ts'
import type { CheckShape, ColumnShape, IndexShape, TableShape } from '../../../app/model/shape.ts'

import { nameProblem } from '../dialect/names.ts'

const simple = (kind: string): DataType => ({ kind }) as DataType
const length = fc.option(fc.integer({ min: 1, max: 60 }), { nil: null })
const precision = fc.option(fc.integer({ min: 0, max: 6 }), { nil: null })

/** Every logical type that PostgreSQL has a carrier for, and native ones. */
export const dataTypes: fc.Arbitrary<DataType> = fc.oneof(
  fc
    .constantFrom(
      'bool',
      'int8',
      'int16',
      'int32',
      'int64',
      'uint8',
      'uint16',
      'uint32',
      'uint64',
      'float32',
      'float64',
      'text',
      'blob',
      'date',
      'interval',
      'uuid',
      'json',
      'xml',
      'inet',
    )
    .map(simple),
  fc.record({ kind: fc.constantFrom('char', 'varchar', 'binary', 'varbinary', 'bit'), length }) as fc.Arbitrary<DataType>,
  fc.record({ kind: fc.constantFrom('time', 'timestamp', 'timestamptz'), precision }) as fc.Arbitrary<DataType>,
  fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.nat(12))
    .map(([digits, scale]): DataType => ({ kind: 'decimal', precision: digits, scale: Math.min(digits, scale) })),
  fc.constant<DataType>({ kind: 'decimal', precision: null, scale: null }),
  fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' }), { minLength: 1, maxLength: 5 })
    .map((values): DataType => ({ kind: 'enum', name: null, values })),
  fc.constantFrom('int32', 'text', 'uuid').map((kind): DataType => ({ kind: 'array', element: simple(kind) })),
  fc
    .constantFrom('map', 'struct')
    .map((kind): DataType => (kind === 'map' ? { kind, key: simple('text'), value: simple('int32') } : { kind: 'struct', members: [] })),
  fc
    .constantFrom('json', 'money', 'tsvector', 'int4range', 'macaddr', 'cidr', 'time with time zone', 'bit varying(7)', 'point')
    .map((text): DataType => ({ kind: 'native', flavor: 'postgres', text })),
)

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Defaults as a person writes them, by kind. */
function defaults(type: DataType): readonly string[] {
  switch (type.kind) {
    case 'bool':
      return ['true', 'false', "'t'", 'NOT true', 'null']
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint8':
    case 'uint16':
    case 'uint32':
      return ['0', '-1', '(7)', "'12'", '1 + 2 * 3', '  42 ']
    case 'uint64':
    case 'float32':
    case 'float64':
      return ['0', '1.5', '-2.25', '1e3', "'3.5'"]
    case 'decimal':
      return ['0', '0.1', '-0.5']
    case 'text':
      return ["'x'", "''", "'it''s'", String.raw`E'a\nb'`, "lower('ABC')", "'a' || 'b'", 'current_user', String.raw`'back\slash'`]
    case 'varchar':
    case 'char':
      return ["'x'", "''", "'x'::text"]
    case 'date':
      return ['CURRENT_DATE', "'2020-02-29'", "DATE '2021-01-01'"]
    case 'timestamp':
      return ['LOCALTIMESTAMP', "'2020-01-01 10:00:00'", "'2020-01-01'", 'now()']
    case 'timestamptz':
      return ['now()', 'CURRENT_TIMESTAMP', "now() + interval '1 day'", "'2020-01-01 00:00:00+00'", "now() - '2 hours'::interval"]
    case 'time':
      return ["'10:00'", 'LOCALTIME']
    case 'uuid':
      return ['gen_random_uuid()', "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"]
    case 'json':
      return ["'{}'", `'{"b": 1, "a": [true, null]}'`, "'[]'::jsonb", 'jsonb_build_object()']
    case 'blob':
      return [String.raw`'\x00FF'`]
    case 'enum':
      return type.values.map(quote)
    case 'array':
      return ["'{}'", type.element.kind === 'int32' ? 'ARRAY[1, 2]' : type.element.kind === 'text' ? 'ARRAY[]::text[]' : "'{}'"]
    default:
      return []
  }
}

/** Conditions as a person writes them, for a column of a kind. */
function conditions(column: ColumnShape): readonly string[] {
  const c = `"${column.name.replaceAll('"', '""')}"`
  switch (column.type.kind) {
    case 'int16':
    case 'int32':
    case 'int64':
      return [
        `${c} > 0`,
        `${c} between 1 and 10`,
        `${c} in (1,2,3)`,
        `not (${c} = 5)`,
        `${c} % 2 = 0`,
        `${c} is null or ${c} <> -1`,
        `(${c} + 1) * 2 > ${c}`,
        `${c} > 1.5`,
        `abs(${c}) < 100 and ${c} != 7 or ${c} = 0`,
        `coalesce(${c}, 0) >= 0`,
      ]
    case 'decimal':
    case 'float64':
      return [`${c} >= 0`, `${c} < 1.5`, `${c} * 2 <= 100`, `${c} between 0 and 1`]
    case 'text':
      return [
        `${c} <> ''`,
        `length(${c}) > 3`,
        `${c} in ('a', 'b')`,
        `${c} like 'x%'`,
        `${c} not in ('q')`,
        `lower(${c}) = ${c}`,
        `${c} ~ '^[a-z]+$'`,
        `${c} || 'x' <> 'yx'`,
        `case when ${c} = 'a' then true else false end`,
        `${c} is distinct from 'z'`,
      ]
    case 'varchar':
      return [`${c} <> ''`, `length(${c}) > 3`, `${c} in ('a','b')`, `${c} not like '%x'`, `upper(${c}) = ${c}`, `${c} = 'q' or ${c} = 'r'`]
    case 'char':
      return [`${c} = 'x'`, `${c} in ('a', 'b')`]
    case 'date':
      return [`${c} > '2000-01-01'`, `${c} >= DATE '1999-12-31' and ${c} < '2100-01-01'`]
    case 'timestamptz':
    case 'timestamp':
      return [`${c} > '2000-01-01 00:00:00'`, `${c} is not null`]
    case 'bool':
      return [`${c}`, `${c} is true`, `not ${c}`, `${c} = false`]
    case 'json':
      return [`${c} ? 'a'`, `jsonb_typeof(${c}) = 'object'`, `(${c} ->> 'n')::int > 0`]
    case 'enum':
      return column.type.values.map((value) => `${c} <> ${quote(value)}`)
    default:
      return [`${c} IS NOT NULL`]
  }
}

const names = fc.oneof(
  fc.constantFrom(
    'id',
    'Name',
    'select',
    'user',
    'a b',
    'x"y',
    "o'c",
    'semi;--',
    'line\nbreak',
    'ünï',
    '🙂',
    'שלום',
    'order',
    'a]b',
    'a`b',
    'C',
    '%s',
    '$1',
    'back\\slash',
    'null',
  ),
  fc
    .string({ minLength: 1, maxLength: 15, unit: 'grapheme' })
    .filter((name) => !name.includes('\0') && name.isWellFormed() && nameProblem(name) === null),
)

const columnOf = (name: string): fc.Arbitrary<ColumnShape> =>
  fc
    .record({
      type: dataTypes,
      nullable: fc.boolean(),
      pick: fc.nat(),
      hasDefault: fc.boolean(),
      comment: fc.constantFrom('', '', 'it\'s; -- a\n"comment"', '🙂'),
    })
    .map(({ type, nullable, pick, hasDefault, comment }) => {
      const known = defaults(type)
      return {
        name,
        type,
        nullable,
        default: hasDefault && known.length > 0 ? (known[pick % known.length] ?? null) : null,
        identity: null,
        generated: null,
        comment,
        collation: type.kind === 'text' && pick % 5 === 0 ? 'C' : '',
      }
    })

const keyable: ReadonlySet<string> = new Set([
  'int16',
  'int32',
  'int64',
  'text',
  'varchar',
  'uuid',
  'date',
  'decimal',
  'timestamptz',
  'bool',
  'enum',
])

/** Random tables: every type, default, condition and index form that the model has words for, under hostile names. */
export const tableShapes: fc.Arbitrary<TableShape> = fc
  .tuple(names, fc.uniqueArray(names, { minLength: 1, maxLength: 8 }), fc.nat(), fc.boolean(), fc.boolean())
  .chain(([name, columnNames, seed, hasIdentity, hasGenerated]) =>
    fc.tuple(fc.constant({ name, seed, hasIdentity, hasGenerated }), fc.tuple(...columnNames.map(columnOf))),
  )
  .map(([{ name, seed, hasIdentity, hasGenerated }, columns]) => complete(name, columns, seed, { hasIdentity, hasGenerated }))

function complete(
  name: string,
  given: readonly ColumnShape[],
  seed: number,
  extra: { readonly hasIdentity: boolean; readonly hasGenerated: boolean },
): TableShape {
  const columns = [...given]
  if (extra.hasIdentity && !columns.some((column) => column.name === 'key')) {
    columns.unshift({
      name: 'key',
      type: simple(seed % 2 === 0 ? 'int64' : 'int32'),
      nullable: false,
      default: null,
      identity: (['always', 'default', 'serial'] as const)[seed % 3] ?? 'default',
      generated: null,
      comment: '',
      collation: '',
    })
  }
  // A second number of the table, by a sequence of its own name: PostgreSQL takes any number of them.
  if (extra.hasIdentity && seed % 4 === 0 && !columns.some((column) => column.name === 'place')) {
    const sequence = seed % 8 === 0 ? null : `nextval('"Seq ${seed % 3}""x"')`
    columns.push({ name: 'place', type: simple(seed % 5 === 0 ? 'int16' : 'int64'), nullable: seed % 3 === 0, default: sequence, identity: 'serial', generated: null, comment: '', collation: '' })
  }
  const number = columns.find((column) => column.type.kind === 'int32' && column.identity === null)
  if (extra.hasGenerated && number !== undefined && !columns.some((column) => column.name === 'twice')) {
    columns.push({
      name: 'twice',
      type: simple('int32'),
      nullable: true,
      default: null,
      identity: null,
      generated: { expression: `"${number.name.replaceAll('"', '""')}" * 2`, stored: true },
      comment: '',
      collation: '',
    })
  }
  const plain = columns.filter((column) => keyable.has(column.type.kind))
  const [first, second] = plain
  const checks = given.flatMap((column, i): CheckShape[] => {
    const known = conditions(column)
    return (seed >> i) % 3 === 0 ? [{ name: i % 2 === 0 ? '' : `check ${i}`, expression: known[(seed + i) % known.length] ?? 'true' }] : []
  })
  return {
    schema: '',
    name,
    comment: seed % 4 === 0 ? 'a table; it\'s "one"' : '',
    columns,
    primaryKey: first === undefined || seed % 5 === 0 ? null : { name: '', columns: [first.name] },
    uniques:
      second === undefined || seed % 2 === 0 ? [] : [{ name: '', columns: [second.name, ...(first === undefined ? [] : [first.name])] }],
    checks,
    references: first === undefined || seed % 5 === 0 ? [] : selfReference(name, first, seed),
    indexes: plain.slice(0, 3).map((column, i) => indexOf(column, seed + i, given)),
    options: {},
  }
}

const selfReference = (name: string, key: ColumnShape, seed: number): TableShape['references'] =>
  seed % 3 === 0
    ? [
        {
          name: '',
          columns: [key.name],
          parent: { schema: '', name },
          parentColumns: [key.name],
          onUpdate: 'no action',
          onDelete: 'restrict',
          deferrable: seed % 2 === 0 ? 'deferred' : 'no',
        },
      ]
    : []

function indexOf(column: ColumnShape, seed: number, all: readonly ColumnShape[]): IndexShape {
  const isText = column.type.kind === 'text'
  const quoted = `"${column.name.replaceAll('"', '""')}"`
  const known = conditions(column)
  const part = isText && seed % 2 === 0 ? { column: null, expression: `lower(${quoted})` } : { column: column.name, expression: '' }
  const other = all.find((one) => one.name !== column.name && keyable.has(one.type.kind))
  return {
    name: '',
    unique: seed % 7 === 0,
    method: seed % 3 === 0 ? 'btree' : '',
    parts: [{ ...part, order: seed % 2 === 0 ? 'asc' : 'desc', nulls: (['', 'first', 'last'] as const)[seed % 3] ?? '' }],
    include: other !== undefined && seed % 4 === 0 ? [other.name] : [],
    predicate: seed % 3 === 1 ? (known[seed % known.length] ?? '') : '',
  }
}
