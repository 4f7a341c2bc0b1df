import type { DataType } from '../../../app/model/data-type.ts'
import { parseType } from '../../../app/model/parse-type.ts'
import { renderType } from '../../../app/model/render-type.ts'
import { carrierOf } from '../../carrier.ts'
import type { NativeType, TypeMap } from '../../flavor.ts'
import { isName, isSign, tokenize, type Token } from './tokens.ts'

export type Affinity = 'integer' | 'text' | 'blob' | 'real' | 'numeric'

/** What SQLite makes of a declared type. Source: sqlite.org/datatype3.html#determination_of_column_affinity. */
export function affinityOf(declared: string): Affinity {
  const text = declared.toUpperCase()
  if (text.includes('INT')) return 'integer'
  if (/CHAR|CLOB|TEXT/.test(text)) return 'text'
  if (text.includes('BLOB') || text === '') return 'blob'
  return /REAL|FLOA|DOUB/.test(text) ? 'real' : 'numeric'
}

/**
 * Declared texts. SQLite keeps them as written, so each reads back as the type it came from; and each has the affinity that keeps its values:
 * a uuid of digits or a JSON number would be turned into a double by a NUMERIC column, hence the words that hold TEXT or BLOB
 * (and hold no INT, which would win: `INTERVAL` is an integer to SQLite). A decimal is a number and shall compare as one. So would be a uint64, but an
 * integer of SQLite ends at 2^63-1 and a double rounds what is above: its digits stay text.
 */
const simple: Readonly<Record<string, string>> = {
  bool: 'BOOLEAN', int8: 'TINYINT', int16: 'SMALLINT', int32: 'INT', int64: 'BIGINT', uint8: 'TINYINT UNSIGNED', uint16: 'SMALLINT UNSIGNED', uint32: 'INT UNSIGNED', uint64: 'U64_TEXT',
  float32: 'FLOAT4', float64: 'DOUBLE', text: 'TEXT', blob: 'BLOB', date: 'DATE', interval: 'DURATION_TEXT', uuid: 'UUID_TEXT', json: 'JSON_TEXT', xml: 'XML_TEXT', inet: 'INET_TEXT', geometry: 'GEOMETRY_BLOB',
}
const sized: Readonly<Record<string, string>> = { char: 'CHAR', varchar: 'VARCHAR', binary: 'BINARY_BLOB', varbinary: 'VARBINARY_BLOB', bit: 'BIT_TEXT', time: 'TIME', timestamp: 'TIMESTAMP', timestamptz: 'TIMESTAMPTZ' }

const withSize = (word: string, size: number | null) => (size === null ? word : `${word}(${size})`)

type Loss = NativeType['losses'][number]

const loss = (code: string, severity: Loss['severity'], message: string): Loss => ({ code, severity, message, flavor: 'sqlite' })
const asText = (what: string, way = 'A check of the field would refuse other texts.'): readonly Loss[] => [loss('TYPE_AS_TEXT', 'info', `SQLite has no ${what}: values are kept as text that nobody checks. ${way}`)]
const wider = (what: string): readonly Loss[] => [loss('TYPE_WIDENED', 'info', `SQLite checks no range and no length: ${what} are taken too. A check of the field would keep the limit.`)]
const range = (least: string, most: string): readonly Loss[] => wider(`values beyond ${least} and ${most}`)

/** What is lost with each type without parameters. Values of the others come back as they were. */
const lossesOf: Readonly<Record<string, readonly Loss[]>> = {
  int8: range('-128', '127'), int16: range('-32768', '32767'), int32: range('-2147483648', '2147483647'),
  uint8: range('0', '255'), uint16: range('0', '65535'), uint32: range('0', '4294967295'),
  uint64: [loss('UINT64_AS_TEXT', 'info', 'SQLite integers end at 2^63-1: values are kept as text, so compare and add them with care. int64 would be a number.')],
  float32: wider('values with 8 byte precision'),
  date: asText('dates', 'Written as 2026-01-31 they sort and compare; a check on date(field) would refuse others.'),
  interval: asText('intervals', 'They neither add nor compare; an int64 of seconds would.'),
  uuid: asText('uuids'), xml: asText('xml'), inet: asText('addresses'),
  json: asText('json type', 'A check on json_valid(field) would refuse other texts.'),
  geometry: [loss('TYPE_AS_BLOB', 'info', 'SQLite has no geometry: values are kept as WKB bytes, without its operators and indexes.')],
}

const isOdd = (size: number | null) => size !== null && size > 3

/** Times are texts; only the first 3 fractional digits mean something to its functions. Source: sqlite.org/lang_datefunc.html. */
function timed(kind: 'time' | 'timestamp' | 'timestamptz', precision: number | null): NativeType {
  const way = kind === 'timestamptz' ? 'Bring all to UTC, or they neither sort nor compare.' : 'Written as ISO 8601 they sort and compare.'
  const fine = isOdd(precision) ? [loss('TYPE_PRECISION', 'info', `The functions of SQLite read 3 fractional digits of a second, not ${precision}; the text keeps them all.`)] : []
  return { text: withSize(sized[kind] ?? '', precision), losses: [...asText(kind === 'time' ? 'times' : 'timestamps', way), ...fine] }
}

type Decimal = Extract<DataType, { kind: 'decimal' }>

/** How decimals are stored: as numbers, or (an option of the flavor) as texts that keep every digit. */
export type Decimals = 'number' | 'text'

const sizedDecimal = (word: string, { precision, scale }: Decimal) => (precision === null ? word : `${word}(${precision}${scale === null ? '' : `,${scale}`})`)

/** A decimal as a column of numbers. */
export const numberDecimal = (type: Decimal): string => sizedDecimal('DECIMAL', type)
/** A decimal as a column of texts: the word has no affinity but TEXT. */
export const textDecimal = (type: Decimal): string => sizedDecimal('DECIMAL_TEXT', type)

/** Digits that a number of SQLite keeps: 15 of a double, and all of an integer below 2^63. Source: sqlite.org/datatype3.html#type_affinity. */
const isBeyondDigits = ({ precision, scale }: Decimal) => precision === null || precision > ((scale ?? 0) === 0 ? 18 : 15)

function decimal(type: Decimal): NativeType {
  const text = numberDecimal(type)
  if (!isBeyondDigits(type)) return { text, losses: wider(`more digits than ${text} says`) }
  const message = 'SQLite keeps 15 significant digits of a number that is not whole: digits beyond are rounded. The setting decimals: text keeps every digit (as text, which neither compares nor adds as a number); an int64 of the smallest unit is exact.'
  return { text, losses: [loss('DECIMAL_DIGITS', type.precision === null ? 'info' : 'warning', message)] }
}

function decimalAsText(type: Decimal): NativeType {
  const message = 'Decimals are kept as text here (setting decimals: text): every digit stays, but compare and add them with care. An int64 of the smallest unit would be a number.'
  return { text: textDecimal(type), losses: [loss('DECIMAL_AS_TEXT', 'info', message)] }
}

/** Declared text of a type and what is lost. */
export function toNative(type: DataType, decimals: Decimals = 'number'): NativeType {
  switch (type.kind) {
    case 'decimal':
      return decimals === 'text' ? decimalAsText(type) : decimal(type)
    case 'bit':
      return { text: withSize('BIT_TEXT', type.length), losses: asText('bit strings') }
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return { text: withSize(sized[type.kind] ?? '', type.length), losses: type.length === null ? [] : wider(`values longer than ${type.length}`) }
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return timed(type.kind, type.precision)
    case 'enum':
      return { text: 'TEXT', losses: type.name === null || type.name === '' ? [] : [loss('TYPE_NAME_LOST', 'info', `SQLite names no types: the enum ${type.name} becomes a check of the field, and reads back as text.`)] }
    case 'array':
    case 'map':
    case 'struct':
      return { text: 'JSON_TEXT', losses: [loss('TYPE_AS_JSON', 'warning', `SQLite has no ${type.kind}: values are kept as JSON text, and the type reads back as json. A table of its own would keep it.`)] }
    case 'native':
      return nativeText(type, decimals)
    default:
      return { text: simple[type.kind] ?? 'TEXT', losses: lossesOf[type.kind] ?? [] }
  }
}

// Words that the grammar does not take for a name. Source: sqlite.org/lang_keywords.html and the fallback list of SQLite's grammar.
const keptWords =
  /\b(?:ADD|ALL|ALTER|AND|AS|AUTOINCREMENT|BETWEEN|CASE|CHECK|COLLATE|COMMIT|CONSTRAINT|CREATE|CROSS|DEFAULT|DEFERRABLE|DELETE|DISTINCT|DROP|ELSE|ESCAPE|EXISTS|FOREIGN|FROM|FULL|GENERATED|GROUP|HAVING|IN|INDEX|INNER|INSERT|INTO|IS|ISNULL|JOIN|LEFT|LIMIT|NATURAL|NOT|NOTHING|NOTNULL|NULL|ON|OR|ORDER|OUTER|PRIMARY|REFERENCES|RETURNING|RIGHT|SELECT|SET|TABLE|THEN|TO|TRANSACTION|UNION|UNIQUE|UPDATE|USING|VALUES|WHEN|WHERE)\b/i

function nativeText(type: Extract<DataType, { kind: 'native' }>, decimals: Decimals): NativeType {
  const { flavor, text } = type
  if (flavor === 'sqlite' && (text === '' || isDeclarable(text))) return { text, losses: [] }
  if (flavor === null || flavor === 'sqlite') return { text: 'TEXT', losses: [loss('TYPE_UNKNOWN', 'error', `The type is not known: ${text}. SQLite would keep its values as text. Choose a type of the list.`)] }
  const carrier = carrierOf(type)
  const native = toNative(carrier.type, decimals)
  const lost = carrier.lost === '' ? 'every value comes through' : `what is lost: ${carrier.lost}`
  return { text: native.text, losses: [loss('TYPE_FOREIGN', carrier.lost === '' ? 'info' : 'warning', `The type ${text} belongs to ${flavor}. Here ${native.text} carries it; ${lost}.`), ...native.losses] }
}

/**
 * Whether SQLite takes the text for a type: one or more names, in any quotes, and at most two numbers. Anything else would be SQL of its own in the middle
 * of a CREATE TABLE. Source: sqlite.org/syntax/type-name.html.
 */
function isDeclarable(text: string): boolean {
  const tokens = tokenize(text)
  const open = tokens.findIndex((token) => isSign(token, '('))
  const names = open < 0 ? tokens : tokens.slice(0, open)
  const isPart = (token: Token) => isName(token) && token.end <= text.length && !(token.kind === 'word' && keptWords.test(token.value))
  return names.length > 0 && names.every(isPart) && !/--|\/\*|\0/.test(text) && (open < 0 || sizes.test(text.slice(tokens[open]?.start)))
}

const sizes = /^\(\s*[+-]?\s*\d+(?:\.\d+)?\s*(?:,\s*[+-]?\s*\d+(?:\.\d+)?\s*)?\)$/

const readBack = new Map<string, DataType>()
for (const [kind, word] of Object.entries(simple)) readBack.set(word, parseType(kind))
readBack.set('INTEGER', { kind: 'int64' })
const readSized: ReadonlyMap<string, string> = new Map([...Object.entries(sized).map(([kind, word]) => [word, kind] as const), ['DECIMAL_TEXT', 'decimal']])

/** The type of a declared text: our own words first, then the common ones of other databases, else the text itself as a type of SQLite. */
export function fromNative(declared: string): DataType | null {
  const text = declared.trim().replaceAll(/\s+/g, ' ')
  const own = readBack.get(text.toUpperCase())
  if (own !== undefined) return own
  const [, word = '', size = ''] = /^([A-Za-z0-9_]+) ?(\([\d, ]*\))?$/.exec(text) ?? []
  const kind = readSized.get(word.toUpperCase())
  if (kind !== undefined) return parseSized(kind, size)
  const known = parseType(text, 'sqlite')
  // `STRING` is NUMERIC to SQLite and turns '007' into 7: as our TEXT its numbers would come out as texts, so it stays what it is.
  const isTextInNameOnly = known.kind === 'text' && affinityOf(text) !== 'text'
  if (known.kind !== 'native' && !isTextInNameOnly) return known
  return text === '' || isDeclarable(text) ? { kind: 'native', flavor: 'sqlite', text } : null
}

function parseSized(kind: string, size: string): DataType {
  const [first = null, second = null] = (/\d/.test(size) ? size.slice(1, -1).split(',') : []).map(Number)
  if (kind === 'decimal') return { kind: 'decimal', precision: first, scale: second }
  if (kind === 'time' || kind === 'timestamp' || kind === 'timestamptz') return { kind, precision: first }
  return { kind: kind as 'char' | 'varchar' | 'binary' | 'varbinary' | 'bit', length: first }
}

/** Types of STRICT tables have six names only. */
function strictText(type: DataType, decimals: Decimals): string {
  if (type.kind === 'native' && type.flavor === 'sqlite' && isStrictWord(type.text)) return type.text
  // There is no NUMERIC here: a double compares and sorts as the number that a decimal is.
  if (type.kind === 'decimal') return decimals === 'text' ? 'TEXT' : 'REAL'
  const affinity = affinityOf(toNative(type).text)
  if (affinity === 'integer') return 'INTEGER'
  if (affinity === 'real') return 'REAL'
  if (affinity === 'blob') return type.kind === 'native' ? 'ANY' : 'BLOB'
  return type.kind === 'bool' ? 'INTEGER' : 'TEXT'
}

/** Whether a STRICT table takes the word as a type. Source: sqlite.org/stricttables.html. */
export const isStrictWord = (word: string): boolean => /^(?:INT|INTEGER|REAL|TEXT|BLOB|ANY)$/i.test(word)

/** Declared text of a column: the word INTEGER makes a single key the rowid itself, so only an identity gets it there. */
export function declaredText(type: DataType, context: { readonly strict: boolean; readonly identity: boolean; readonly key: boolean; readonly decimals?: Decimals }): string {
  if (context.identity) return 'INTEGER'
  if (!context.strict) return simple[type.kind] ?? toNative(type, context.decimals).text
  const text = strictText(type, context.decimals ?? 'number')
  return text === 'INTEGER' && context.key ? 'INT' : text
}

/** The type as it reads back from SQLite. */
export const canonicalType = (declared: string, type: DataType): DataType => fromNative(declared) ?? { kind: 'native', flavor: 'sqlite', text: renderType(type) }

/** The types with decimals stored as `decimals` says. */
export const typesIn = (decimals: Decimals): TypeMap => ({ toNative: (type) => toNative(type, decimals), fromNative })
export const types: TypeMap = typesIn('number')
