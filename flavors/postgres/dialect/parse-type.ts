import type { DataType } from '../../../app/model/data-type.ts'
import { isKnownType, simpleNames } from './type-names.ts'

const numberOf = (text: string | undefined): number | null => (text === undefined || text === '' ? null : Number(text))

/** Kinds whose spelling carries numbers: name, numbers, and what follows them. */
const patterns: readonly (readonly [RegExp, (numbers: readonly (number | null)[], match: RegExpExecArray) => DataType])[] = [
  [
    /^(?:numeric|decimal|dec)(?:\((\d+)(?:,(\d+))?\))?$/,
    ([precision = null, scale = null]) => ({ kind: 'decimal', precision, scale: precision === null ? null : (scale ?? 0) }),
  ],
  [
    /^(?:character varying|varchar|char varying|national character varying|national char varying|nchar varying)(?:\((\d+)\))?$/,
    ([length = null]) => ({ kind: 'varchar', length }),
  ],
  [
    /^(?:character|char|national character|national char|nchar)(?:\((\d+)\))?$/,
    ([length = null]) => ({ kind: 'char', length: length ?? 1 }),
  ],
  // Without a length bpchar has no limit, and no logical twin.
  [/^bpchar\((\d+)\)$/, ([length = null]) => ({ kind: 'char', length })],
  [/^bit(?:\((\d+)\))?$/, ([length = null]) => ({ kind: 'bit', length: length ?? 1 })],
  [/^time(?:\((\d)\))?(?: without time zone)?$/, ([precision = null]) => ({ kind: 'time', precision })],
  [/^timestamp(?:\((\d)\))?(?: without time zone)?$/, ([precision = null]) => ({ kind: 'timestamp', precision })],
  [
    /^(?:timestamptz(?:\((\d)\))?|timestamp(?:\((\d)\))? with time zone)$/,
    ([first = null, second = null]) => ({ kind: 'timestamptz', precision: first ?? second }),
  ],
  [/^float(?:\((\d+)\))?$/, ([bits = null]) => ({ kind: bits !== null && bits <= 24 ? 'float32' : 'float64' })],
]

/** Values of `enum('a', 'b')`, our own spelling of an enum without a name; null when it is none. */
function parseEnum(text: string): DataType | null {
  const body = /^enum\s*\(((?:\s*'(?:[^']|'')*'\s*,?)*)\)$/i.exec(text)
  if (body === null) return null
  return {
    kind: 'enum',
    name: null,
    values: [...(body[1] ?? '').matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'")),
  }
}

/** Logical type of a native spelling with synonyms folded; kind `native` when PostgreSQL has it and the model has no twin; null when it is unknown. */
export function parseNative(given: string): DataType | null {
  const text = given.trim()
  const array = /^(.*\S)\s*(?:\[\s*\d*\s*\]|\barray)$/is.exec(text)
  if (array !== null) {
    const element = parseNative(array[1] ?? '')
    // All dimensions are one type to the server: int[][] is int[].
    return element === null ? null : element.kind === 'array' ? element : { kind: 'array', element }
  }
  const enumeration = parseEnum(text)
  if (enumeration !== null) return enumeration
  const folded = fold(text)
  const plain = simpleNames[folded]
  if (plain !== undefined && Object.hasOwn(simpleNames, folded)) return { kind: plain }
  for (const [pattern, make] of patterns) {
    const match = pattern.exec(folded)
    if (match !== null) return make(match.slice(1).map(numberOf), match)
  }
  return isKnownType(text) ? { kind: 'native', flavor: 'postgres', text: nativeSpelling(text) } : null
}

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^pg_catalog\./, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s*([(),])\s*/g, '$1')
    .replaceAll(')with', ') with')

const aliases: Readonly<Record<string, string>> = { timetz: 'time with time zone', varbit: 'bit varying' }

/** The spelling that format_type gives, as far as it can be known without a server. */
function nativeSpelling(text: string): string {
  if (text.includes('"')) return text
  const folded = fold(text).replaceAll(/\)without/g, ') without')
  const [, head = folded, numbers = ''] = /^([a-z]+)(\(\d+\))?$/.exec(folded) ?? []
  if (head === 'timetz') return `time${numbers} with time zone`
  if (numbers !== '' && aliases[head] !== undefined) return `${aliases[head]}${numbers}`
  return aliases[folded] ?? folded
}
