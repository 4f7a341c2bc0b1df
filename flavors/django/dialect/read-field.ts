import type { DataType } from '../../../app/model/data-type.ts'
import { closing, isSign, tokenize, type LexicalRules, type Token } from '../../lexer.ts'
import { postgresTypeOf } from './postgres-fields.ts'

const python: LexicalRules = { nameQuotes: {}, textQuotes: '"\'', backslashes: true, doubledQuotes: false, lineComments: ['#'], dollarQuotes: false }

type Arguments = ReadonlyMap<string, readonly Token[]>

const simple: Readonly<Record<string, DataType['kind']>> = {
  BooleanField: 'bool', NullBooleanField: 'bool', SmallAutoField: 'int16', AutoField: 'int32', BigAutoField: 'int64',
  SmallIntegerField: 'int16', IntegerField: 'int32', BigIntegerField: 'int64',
  PositiveSmallIntegerField: 'uint8', PositiveIntegerField: 'uint16', PositiveBigIntegerField: 'uint32',
  FloatField: 'float64', TextField: 'text', DateField: 'date', DurationField: 'interval', UUIDField: 'uuid', JSONField: 'json', GenericIPAddressField: 'inet',
  GeometryField: 'geometry', PointField: 'geometry', LineStringField: 'geometry', PolygonField: 'geometry', MultiPointField: 'geometry', MultiLineStringField: 'geometry',
  MultiPolygonField: 'geometry', GeometryCollectionField: 'geometry',
}
/** Fields that are a CharField with a length of their own. */
const lengths: Readonly<Record<string, number | null>> = { CharField: null, SlugField: 50, EmailField: 254, URLField: 200, FileField: 100, ImageField: 100, FilePathField: 100 }

/** The type of a field as Django writes it: `models.CharField(max_length=80)`, or its bare class. Null when it is no field with a column of its own. */
export function readField(written: string, zones: boolean): DataType | null {
  const tokens = tokenize(written, python)
  return tokens.every(({ closed }) => closed) ? typeOf(tokens, zones, 0) : null
}

function typeOf(tokens: readonly Token[], zones: boolean, depth: number): DataType | null {
  const open = tokens.findIndex((token) => isSign(token, '('))
  const path = open < 0 ? tokens : tokens.slice(0, open)
  if (depth > 20 || (open >= 0 && (closing(tokens, open) !== tokens.length || !isSign(tokens.at(-1), ')'))) || !isPath(path)) return null
  const name = path.at(-1)?.value ?? ''
  const parts = open < 0 ? [] : splitAtCommas(tokens.slice(open + 1, -1)).filter((part) => part.length > 0)
  if (name === 'ArrayField') {
    const element = parts[0] === undefined ? null : typeOf(isSign(parts[0][1], '=') ? parts[0].slice(2) : parts[0], zones, depth + 1)
    return element === null ? null : { kind: 'array', element }
  }
  return plain(name, new Map(parts.flatMap((part) => (isSign(part[1], '=') && part[0] !== undefined ? [[part[0].value, part.slice(2)] as const] : []))), zones)
}

/** Tokens split at commas that stand in no bracket. */
function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'sign' && '([{'.includes(token.value)) depth++
    if (token.kind === 'sign' && ')]}'.includes(token.value)) depth--
    if (depth === 0 && isSign(token, ',')) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/** The value of a Python string as it is written; escapes by name are not read. */
const stringOf = (token: Token): string =>
  token.text.slice(1, -1).replaceAll(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([\s\S]))/gi, (_, two?: string, four?: string, eight?: string, sign?: string) =>
    sign === undefined ? String.fromCodePoint(Number.parseInt(two ?? four ?? eight ?? '0', 16)) : (escapes[sign] ?? sign),
  )

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\u0007', b: '\b', f: '\f', v: '\v' }

const isPath = (path: readonly Token[]): boolean => path.length % 2 === 1 && path.every((token, at) => (at % 2 === 0 ? token.kind === 'word' : isSign(token, '.')))

function plain(name: string, args: Arguments, zones: boolean): DataType | null {
  const kind = Object.hasOwn(simple, name) ? simple[name] : undefined
  if (kind !== undefined) return { kind } as DataType
  if (Object.hasOwn(lengths, name)) return choicesOf(args) ?? { kind: 'varchar', length: numberOf(args, 'max_length') ?? lengths[name] ?? null }
  if (name === 'DecimalField') return { kind: 'decimal', precision: numberOf(args, 'max_digits'), scale: numberOf(args, 'decimal_places') }
  if (name === 'BinaryField') {
    const length = numberOf(args, 'max_length')
    return length === null ? { kind: 'blob' } : { kind: 'varbinary', length }
  }
  if (name === 'TimeField') return { kind: 'time', precision: null }
  if (name === 'DateTimeField') return { kind: zones ? 'timestamptz' : 'timestamp', precision: null }
  const range = postgresTypeOf(name)
  return range === null ? null : { kind: 'native', flavor: 'postgres', text: range }
}

function numberOf(args: Arguments, name: string): number | null {
  const [value, ...more] = args.get(name) ?? []
  return value?.kind === 'number' && more.length === 0 && /^\d+$/.test(value.text) ? Number(value.text) : null
}

/** `choices=[("a", "A"), ...]` as an enum; null without them, and for choices that are kept elsewhere. */
function choicesOf(args: Arguments): DataType | null {
  const tokens = args.get('choices') ?? []
  if (!isSign(tokens[0], '[') || !isSign(tokens.at(-1), ']')) return null
  const values = splitAtCommas(tokens.slice(1, -1)).filter((pair) => pair.length > 0).map((pair) => (isSign(pair[0], '(') && pair[1]?.kind === 'text' ? stringOf(pair[1]) : null))
  return values.length === 0 || values.includes(null) ? null : { kind: 'enum', name: null, values: values.filter((value) => value !== null) }
}
