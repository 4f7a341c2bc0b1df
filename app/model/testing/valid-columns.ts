import * as fc from 'fast-check'
import type { DataType } from '../data-type.ts'
import { simpleKinds } from '../type-names.ts'

/** A type with what may be said of a field of it, in words that every flavor's SQL has. */
export interface TypeChoice {
  readonly type: DataType
  /** Defaults as a person writes them. */
  readonly defaults: readonly string[]
}

const simple = (kind: (typeof simpleKinds)[number], ...defaults: readonly string[]): fc.Arbitrary<TypeChoice> => fc.constant({ type: { kind }, defaults })
const between = (min: number, max: number) => fc.integer({ min, max })
const dates = ["'2020-01-01 10:00:00'", "'1999-12-31'", 'CURRENT_TIMESTAMP']

const digits: fc.Arbitrary<TypeChoice> = fc.tuple(between(1, 38), fc.nat(12)).map(([precision, wanted]) => {
  const scale = Math.min(precision, wanted)
  const defaults = [...(precision > scale ? ['0', '-1'] : []), ...(precision > scale && scale > 0 ? ['1.5'] : [])]
  return { type: { kind: 'decimal', precision, scale }, defaults }
})

const letters = (kind: 'char' | 'varchar', max: number): fc.Arbitrary<TypeChoice> =>
  between(1, max).map((length) => ({ type: { kind, length }, defaults: ["'x'", "''", ...(length >= 4 ? ["'it''s'"] : []), ...(length >= 10 ? [String.raw`'back\slash'`] : [])] }))

const moment = (kind: 'time' | 'timestamp' | 'timestamptz', defaults: readonly string[]): fc.Arbitrary<TypeChoice> =>
  fc.option(between(0, 6), { nil: null }).map((precision) => ({ type: { kind, precision }, defaults }))

/** Types that a key or an index can hold everywhere. */
const keyable: fc.Arbitrary<TypeChoice> = fc.oneof(
  simple('int16', '0', '-7'), simple('int32', '0', '42', '-1'), simple('int64', '0', '-1', '9007199254740993'), simple('uint32', '0', '7'), simple('date', 'CURRENT_DATE', "'2020-02-29'"), simple('uuid', 'gen_random_uuid()'),
  digits, letters('varchar', 100), letters('char', 20), moment('timestamp', dates), simple('bool', 'true', 'false'),
)

const enumeration: fc.Arbitrary<TypeChoice> = fc.uniqueArray(fc.constantFrom('sad', 'ok', 'very happy', "it's", 'a,b', '"q"', 'ß', 'new\nline'), { minLength: 1, maxLength: 5 })
  .map((values) => ({ type: { kind: 'enum', name: null, values }, defaults: values.map((value) => `'${value.replaceAll("'", "''")}'`) }))

const nested: fc.Arbitrary<TypeChoice> = fc.constantFrom<DataType>(
  { kind: 'array', element: { kind: 'text' } }, { kind: 'array', element: { kind: 'int32' } }, { kind: 'array', element: { kind: 'decimal', precision: 12, scale: 2 } },
  { kind: 'map', key: { kind: 'text' }, value: { kind: 'int64' } }, { kind: 'struct', members: [{ name: 'x', type: { kind: 'float64' } }, { name: 'label', type: { kind: 'text' } }] },
  { kind: 'array', element: { kind: 'struct', members: [{ name: 'at', type: { kind: 'timestamp', precision: 6 } }] } },
).map((type) => ({ type, defaults: [] }))

const native: fc.Arbitrary<TypeChoice> = fc.constantFrom(
  ['postgres', 'tsvector'], ['postgres', 'int4range'], ['postgres', 'macaddr'], ['mssql', 'hierarchyid'], ['mssql', 'money'], ['mssql', 'sql_variant'], ['mysql', 'year'], ['mysql', 'mediumint'],
).map(([flavor = '', text = '']) => ({ type: { kind: 'native', flavor, text }, defaults: [] }))

const plain: fc.Arbitrary<TypeChoice> = fc.oneof(
  simple('int8', '0', '-1'), simple('uint8', '0', '255'), simple('uint16', '0'), simple('uint64', '0', '18446744073709551615'), simple('float32', '0', '1.5'), simple('float64', '0', '-2.25'),
  simple('text', "'x'", "'it''s'", String.raw`'back\slash'`), simple('blob'), simple('interval'), simple('json', "'{}'"), simple('xml'), simple('inet'), simple('geometry'),
  letters('varchar', 400), letters('char', 200), fc.constant<TypeChoice>({ type: { kind: 'varchar', length: null }, defaults: ["'x'"] }), fc.constant<TypeChoice>({ type: { kind: 'decimal', precision: null, scale: null }, defaults: ['0'] }),
  between(1, 255).map((length): TypeChoice => ({ type: { kind: 'binary', length }, defaults: [] })), between(1, 800).map((length): TypeChoice => ({ type: { kind: 'varbinary', length }, defaults: [] })),
  between(1, 64).map((length): TypeChoice => ({ type: { kind: 'bit', length }, defaults: [] })),
  moment('time', ["'10:00'"]), moment('timestamptz', ['now()', 'CURRENT_TIMESTAMP']), enumeration,
)

/** Any type at sizes that every flavor has, plain ones most of the time. */
export const anyTypeChoice: fc.Arbitrary<TypeChoice> = fc.oneof({ weight: 10, arbitrary: keyable }, { weight: 12, arbitrary: plain }, { weight: 1, arbitrary: nested }, { weight: 1, arbitrary: native })

const keyableKinds: ReadonlySet<string> = new Set(['int16', 'int32', 'int64', 'uint32', 'date', 'uuid', 'decimal', 'varchar', 'char', 'timestamp', 'bool'])

/** Whether a key can hold it everywhere. */
export const isKeyable = (type: DataType): boolean =>
  keyableKinds.has(type.kind) && (type.kind !== 'varchar' || (type.length ?? 1000) <= 100) && (type.kind !== 'char' || (type.length ?? 1000) <= 20) && (type.kind !== 'decimal' || type.precision !== null)

/** Conditions over a column that mean the same in every flavor that has checks; `c` is the column as an expression writes it. */
export function conditionsOf(type: DataType, c: string): readonly string[] {
  switch (type.kind) {
    case 'int16':
    case 'int32':
    case 'int64':
      return [`${c} > 0`, `${c} BETWEEN 1 AND 10`, `${c} IN (1, 2, 3)`, `NOT (${c} = 5)`, `${c} IS NULL OR ${c} <> -1`, `(${c} + 1) * 2 > 4`, `abs(${c}) < 100`]
    case 'decimal':
    case 'float64':
      return [`${c} >= 0`, `${c} * 2 <= 100`]
    case 'varchar':
    case 'text':
      return [`${c} <> ''`, `${c} IN ('a', 'it''s')`, `${c} LIKE 'x%'`, `upper(${c}) = ${c}`]
    case 'date':
      return [`${c} > '2000-01-01'`, `${c} IS NOT NULL`]
    default:
      return []
  }
}

/** Expressions of the same type over a column that does not change with time. */
export function derivedOf(type: DataType, c: string): readonly string[] {
  if (type.kind === 'int32' || type.kind === 'int64') return [`${c} * 2`, `${c} + 1`, `coalesce(${c}, 0)`]
  return type.kind === 'varchar' || type.kind === 'text' ? [`lower(${c})`, `upper(${c})`] : []
}
