import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape } from '../../../app/model/shape.ts'
import { readDefault, type DefaultValue } from '../../default-value.ts'
import { isSign, isWord, tokenize } from '../../lexer.ts'
import { remember } from '../../remember.ts'
import { doubled, sql, verbatim, type Sql } from '../../sql.ts'
import { expressionSql, normalExpression, type KnownColumns } from './expression.ts'
import { rules } from './lexical.ts'
import { literal } from './names.ts'
import type { Server } from './server.ts'
import { storedType } from './types.ts'

/** A default and what hangs on it: `CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP` is one text in a model. */
interface Split {
  readonly value: string
  readonly onUpdate: boolean
}

const split: (text: string) => Split = remember(splitText)

function splitText(text: string): Split {
  const tokens = tokenize(text, rules)
  let depth = 0
  for (const [at, token] of tokens.entries()) {
    if (isSign(token, '(')) depth++
    if (isSign(token, ')')) depth--
    if (depth === 0 && isWord(token, 'ON') && isWord(tokens[at + 1], 'UPDATE')) {
      const now = text.slice(tokens[at + 1]?.end).trim()
      if (/^(?:current_timestamp|now|localtimestamp|localtime)(?: ?\( ?\d? ?\))?$/i.test(now)) return { value: text.slice(0, token.start).trim(), onUpdate: true }
    }
  }
  return { value: text.trim(), onUpdate: false }
}

const numeric: ReadonlySet<string> = new Set(['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'decimal', 'float32', 'float64'])
const isNumeric = (type: DataType): boolean => numeric.has(type.kind) || (type.kind === 'native' && /^(?:\w*int|year|float|double|decimal)/.test(type.text))
const isTextual = (type: DataType): boolean => type.kind === 'text' || type.kind === 'varchar' || type.kind === 'char' || type.kind === 'json' || type.kind === 'enum'
/** Types that take no plain literal as a default where parentheses are asked for. */
const isLong = (type: DataType): boolean =>
  type.kind === 'text' || type.kind === 'blob' || type.kind === 'json' || type.kind === 'geometry' || (type.kind === 'native' && /^(?:point|linestring|polygon|multi|geometry)/.test(type.text))

const fraction = (digits: number | null) => (digits === null || digits === 0 ? '' : String(digits))

/** Fractional digits of the column, which a default of the present moment has to share. */
const digitsOf = (type: DataType): number | null => ('precision' in type && type.kind !== 'decimal' ? type.precision : null)

/** A number without the zeros that change nothing. */
function plainNumber(text: string): string {
  const [, sign = '', whole = '', behind = ''] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? []
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) return text
  const digits = `${whole === '' ? '0' : whole}${behind === '' ? '' : `.${behind}`}`
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

const truths = new Set(['true', 't', 'yes', 'y', 'on'])
const falsehoods = new Set(['false', 'f', 'no', 'n', 'off'])

/** What a default means for a column of its type. */
function meant(text: string, type: DataType): DefaultValue {
  const value = readDefault(text)
  if (value.kind === 'bool' && !isTextual(type)) return { kind: 'number', text: value.value ? '1' : '0' }
  if (value.kind === 'bool') return { kind: 'text', value: String(value.value) }
  if (value.kind === 'number') return { kind: 'number', text: plainNumber(value.text) }
  if (value.kind !== 'text') return value
  const word = value.value.toLowerCase()
  if (type.kind === 'bool' && (truths.has(word) || falsehoods.has(word))) return { kind: 'number', text: truths.has(word) ? '1' : '0' }
  if (isNumeric(type) && /^-?\d+(?:\.\d+)?$/.test(value.value)) return { kind: 'number', text: plainNumber(value.value) }
  return value
}

/** How a moment is written: alone where it is the default of a point in time, else as an expression. */
function momentText(value: Extract<DefaultValue, { precision: number | null }>, type: DataType): string {
  const digits = fraction(digitsOf(type) ?? value.precision)
  if (value.kind === 'today' || type.kind === 'date') return value.kind === 'utcNow' ? 'utc_date()' : 'curdate()'
  if (value.kind === 'timeNow' || type.kind === 'time') return value.kind === 'utcNow' ? `utc_time(${digits})` : `curtime(${digits})`
  if (value.kind === 'utcNow') return `utc_timestamp(${digits})`
  return `CURRENT_TIMESTAMP${digits === '' ? '' : `(${digits})`}`
}

/** A default as one model text: literals and known values in one spelling, texts with `'` doubled and nothing else. Null when it says nothing. */
export function normalDefault(text: string, given: DataType, server: Server): string | null {
  const type = storedType(given, server)
  const { value, onUpdate } = split(text)
  const normal = value === '' ? null : normalValue(value, type)
  if (!onUpdate) return normal
  const update = `ON UPDATE CURRENT_TIMESTAMP${fraction(digitsOf(type)) === '' ? '' : `(${fraction(digitsOf(type))})`}`
  return normal === null ? update : `${normal} ${update}`
}

function normalValue(text: string, type: DataType): string | null {
  const value = meant(text, type)
  switch (value.kind) {
    case 'null':
      return null
    case 'number':
      return value.text
    case 'text':
      return type.kind === 'bit' && /^[01]+$/.test(value.value) ? `b'${value.value}'` : doubled(value.value, "'")
    case 'binary':
      return `x'${value.hex}'`
    case 'uuid':
      return 'uuid()'
    case 'expression':
      return normalExpression(value.text, null)
    case 'bool':
      return value.value ? '1' : '0'
    default:
      return momentText(value, type)
  }
}

/** What a default needs to know of its table. */
interface DefaultContext {
  readonly server: Server
  readonly columns: KnownColumns
}

const clauses = new WeakMap<Server, WeakMap<DataType, Map<string, Sql>>>()

/** The DEFAULT clause of a column and its ON UPDATE, with a blank before each; nothing where there is none. Errors: EXPRESSION_REFUSED, TEXT_REFUSED. */
export function defaultClause(column: ColumnShape, context: DefaultContext): Sql {
  if (column.default === null) return sql``
  const { server } = context
  const byType = clauses.get(server) ?? new WeakMap<DataType, Map<string, Sql>>()
  clauses.set(server, byType)
  const known = byType.get(column.type) ?? new Map<string, Sql>()
  byType.set(column.type, known)
  const key = column.nullable ? column.default : `!${column.default}`
  const old = known.get(key)
  if (old !== undefined) return old
  const made = makeClause(column, column.default, context)
  // Only what an expression says hangs on the names of the other columns. Emptied when full: the same few are met again and again.
  if (meant(split(column.default).value, storedType(column.type, server)).kind === 'expression') return made
  if (known.size > 1000) known.clear()
  known.set(key, made)
  return made
}

function makeClause(column: ColumnShape, text: string, context: DefaultContext): Sql {
  const { server } = context
  const { onUpdate } = split(text)
  const value = defaultValue(column, server, context.columns)
  const type = storedType(column.type, server)
  const digits = fraction(digitsOf(type))
  const update = onUpdate ? sql` ON UPDATE CURRENT_TIMESTAMP${verbatim(digits === '' ? '' : `(${digits})`)}` : sql``
  return sql`${value === null ? sql`` : sql` DEFAULT ${value}`}${update}`
}

/** Whether the default also changes with each update. */
export const hasOnUpdate = (text: string | null): boolean => text !== null && split(text).onUpdate

/** The value of a DEFAULT clause; null where there is none. */
export function defaultValue(column: ColumnShape, server: Server, columns: KnownColumns = null): Sql | null {
  const text = column.default === null ? '' : split(column.default).value
  if (text === '') return null
  const type = storedType(column.type, server)
  const value = meant(text, type)
  const long = (plain: Sql): Sql => (server.defaultParentheses && isLong(type) ? sql`(${plain})` : plain)
  switch (value.kind) {
    case 'null':
      return column.nullable ? sql`NULL` : null
    case 'number':
      return long(verbatim(value.text))
    case 'text':
      return type.kind === 'bit' && /^[01]+$/.test(value.value) ? verbatim(`b'${value.value}'`) : long(literal(value.value))
    case 'binary':
      return long(verbatim(`x'${value.hex}'`))
    case 'uuid':
      return sql`(uuid())`
    case 'expression':
      return sql`(${expressionSql(value.text, columns)})`
    case 'bool':
      return verbatim(value.value ? '1' : '0')
    default: {
      const moment = momentText(value, type)
      const isBare = moment.startsWith('CURRENT_TIMESTAMP') && (type.kind === 'timestamp' || type.kind === 'timestamptz')
      return isBare ? verbatim(moment) : sql`(${verbatim(moment)})`
    }
  }
}
