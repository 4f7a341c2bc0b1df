import type { DataType } from '../../../app/model/data-type.ts'
import { parseType } from '../../../app/model/parse-type.ts'
import { renderType } from '../../../app/model/render-type.ts'
import type { NativeType, TypeMap } from '../../flavor.ts'

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
 * a decimal, a uuid of digits or a JSON number would be turned into a double by a NUMERIC column, hence the words that hold TEXT or BLOB
 * (and hold no INT, which would win: `INTERVAL` is an integer to SQLite).
 */
const simple: Readonly<Record<string, string>> = {
  bool: 'BOOLEAN', int8: 'TINYINT', int16: 'SMALLINT', int32: 'INT', int64: 'BIGINT', uint8: 'TINYINT UNSIGNED', uint16: 'SMALLINT UNSIGNED', uint32: 'INT UNSIGNED', uint64: 'U64_TEXT',
  float32: 'FLOAT4', float64: 'DOUBLE', text: 'TEXT', blob: 'BLOB', date: 'DATE', interval: 'DURATION_TEXT', uuid: 'UUID_TEXT', json: 'JSON_TEXT', xml: 'XML_TEXT', inet: 'INET_TEXT', geometry: 'GEOMETRY_BLOB',
}
const sized: Readonly<Record<string, string>> = { char: 'CHAR', varchar: 'VARCHAR', binary: 'BINARY_BLOB', varbinary: 'VARBINARY_BLOB', bit: 'BIT_TEXT', time: 'TIME', timestamp: 'TIMESTAMP', timestamptz: 'TIMESTAMPTZ' }

const withSize = (word: string, size: number | null) => (size === null ? word : `${word}(${size})`)

const loss = (code: string, severity: 'error' | 'warning' | 'info', message: string): NativeType['losses'][number] => ({ code, severity, message, flavor: 'sqlite' })

/** Declared text of a type and what is lost. */
export function toNative(type: DataType): NativeType {
  switch (type.kind) {
    case 'decimal': {
      const { precision, scale } = type
      const text = precision === null ? 'DECIMAL_TEXT' : `DECIMAL_TEXT(${precision}${scale === null ? '' : `,${scale}`})`
      return { text, losses: [loss('DECIMAL_AS_TEXT', 'info', 'SQLite has no exact decimals: values are kept as text, so compare and add them with care.')] }
    }
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
    case 'bit':
      return { text: withSize(sized[type.kind] ?? '', type.length), losses: [] }
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return { text: withSize(sized[type.kind] ?? '', type.precision), losses: [] }
    case 'enum':
      return { text: 'TEXT', losses: [] }
    case 'array':
    case 'map':
    case 'struct':
      return { text: 'JSON_TEXT', losses: [loss('TYPE_AS_JSON', 'warning', `SQLite has no ${type.kind}: values are kept as JSON text, and the type reads back as json.`)] }
    case 'native':
      return nativeText(type)
    default:
      return { text: simple[type.kind] ?? 'TEXT', losses: type.kind === 'uint64' ? [loss('UINT64_AS_TEXT', 'info', 'SQLite integers end at 2^63-1: values are kept as text.')] : [] }
  }
}

// A type is one or more names and at most two numbers; anything else would be SQL of its own in the middle of a CREATE TABLE.
const declarable = /^[A-Za-z_][A-Za-z0-9_]*(?: [A-Za-z_][A-Za-z0-9_]*)*(?: ?\( ?[+-]?\d+(?: ?, ?[+-]?\d+)? ?\))?$/
// Words that the grammar does not take for a name. Source: sqlite.org/lang_keywords.html and the fallback list of SQLite's grammar.
const keptWords =
  /\b(?:ADD|ALL|ALTER|AND|AS|AUTOINCREMENT|BETWEEN|CASE|CHECK|COLLATE|COMMIT|CONSTRAINT|CREATE|CROSS|DEFAULT|DEFERRABLE|DELETE|DISTINCT|DROP|ELSE|ESCAPE|EXISTS|FOREIGN|FROM|FULL|GENERATED|GROUP|HAVING|IN|INDEX|INNER|INSERT|INTO|IS|ISNULL|JOIN|LEFT|LIMIT|NATURAL|NOT|NOTHING|NOTNULL|NULL|ON|OR|ORDER|OUTER|PRIMARY|REFERENCES|RETURNING|RIGHT|SELECT|SET|TABLE|THEN|TO|TRANSACTION|UNION|UNIQUE|UPDATE|USING|VALUES|WHEN|WHERE)\b/i

function nativeText({ flavor, text }: Extract<DataType, { kind: 'native' }>): NativeType {
  if (flavor === 'sqlite' && (text === '' || isDeclarable(text))) return { text, losses: [] }
  const owner = flavor === null ? 'The type is not known' : `The type belongs to ${flavor}`
  return { text: 'TEXT', losses: [loss(flavor === null ? 'TYPE_UNKNOWN' : 'TYPE_FOREIGN', flavor === null ? 'error' : 'warning', `${owner}: ${text}. SQLite would keep its values as text. Choose a type of the list.`)] }
}

const isDeclarable = (text: string) => declarable.test(text) && !keptWords.test(text)

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
function strictText(type: DataType): string {
  const affinity = affinityOf(toNative(type).text)
  if (affinity === 'integer') return 'INTEGER'
  if (affinity === 'real') return 'REAL'
  if (affinity === 'blob') return type.kind === 'native' ? 'ANY' : 'BLOB'
  return type.kind === 'bool' ? 'INTEGER' : 'TEXT'
}

/** Declared text of a column: the word INTEGER makes a single key the rowid itself, so only an identity gets it there. */
export function declaredText(type: DataType, context: { readonly strict: boolean; readonly identity: boolean; readonly key: boolean }): string {
  if (context.identity) return 'INTEGER'
  if (!context.strict) return toNative(type).text
  const text = strictText(type)
  return text === 'INTEGER' && context.key ? 'INT' : text
}

/** The type as it reads back from SQLite. */
export const canonicalType = (declared: string, type: DataType): DataType => fromNative(declared) ?? { kind: 'native', flavor: 'sqlite', text: renderType(type) }

export const types: TypeMap = { toNative, fromNative }
