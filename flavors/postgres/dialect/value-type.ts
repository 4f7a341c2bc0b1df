import type { DataType } from '../../../app/model/data-type.ts'
import { storedType } from './cast.ts'
import type { Expression } from './expression-tree.ts'
import { parseNative } from './parse-type.ts'

/** What a value is, as far as implicit casts care; '' when unknown. `other:x` for a type known by its spelling only. */
export type ValueType = string

const groups: Readonly<Record<string, string>> = { decimal: 'numeric', float32: 'float', float64: 'float', varchar: 'text' }

/** Value type of a column's type. */
export function valueTypeOf(given: DataType): ValueType {
  const type = storedType(given)
  if (type.kind === 'array') return `${valueTypeOf(type.element)}[]`
  if (type.kind === 'native') return `other:${type.text}`
  return groups[type.kind] ?? type.kind
}

/** Value type of a type spelled in an expression. */
export function valueTypeNamed(text: string): ValueType {
  if (text === 'bpchar') return 'char'
  const type = parseNative(text)
  return type === null ? `other:${text}` : valueTypeOf(type)
}

const results: Readonly<Record<string, ValueType>> = {
  length: 'int32',
  char_length: 'int32',
  character_length: 'int32',
  octet_length: 'int32',
  bit_length: 'int32',
  strpos: 'int32',
  array_length: 'int32',
  cardinality: 'int32',
  jsonb_array_length: 'int32',
  lower: 'text',
  upper: 'text',
  initcap: 'text',
  btrim: 'text',
  ltrim: 'text',
  rtrim: 'text',
  substr: 'text',
  concat: 'text',
  concat_ws: 'text',
  md5: 'text',
  replace: 'text',
  left: 'text',
  right: 'text',
  lpad: 'text',
  rpad: 'text',
  to_char: 'text',
  jsonb_typeof: 'text',
  now: 'timestamptz',
  clock_timestamp: 'timestamptz',
  statement_timestamp: 'timestamptz',
  gen_random_uuid: 'uuid',
  extract: 'numeric',
  date_part: 'float',
}
const words: Readonly<Record<string, ValueType>> = {
  true: 'bool',
  false: 'bool',
  current_date: 'date',
  localtimestamp: 'timestamp',
  current_timestamp: 'timestamptz',
}
const ranks: Readonly<Record<string, number>> = { int16: 1, int32: 2, int64: 3, numeric: 4, float: 5 }

/** Whether values of a type are numbers. */
export const isNumeric = (type: ValueType): boolean => ranks[type] !== undefined

/** A whole number is integer while it fits, then bigint, then numeric. */
function numberType(text: string): ValueType {
  if (!/^-?\d+$/.test(text)) return 'numeric'
  const value = BigInt(text)
  return BigInt.asIntN(32, value) === value ? 'int32' : BigInt.asIntN(64, value) === value ? 'int64' : 'numeric'
}

const times: ReadonlySet<string> = new Set(['date', 'timestamp', 'timestamptz'])

/** Whether an expression of one value type becomes another without being asked. */
export const widens = (from: ValueType, to: ValueType): boolean =>
  (ranks[from] !== undefined && ranks[to] !== undefined && (ranks[from] ?? 0) < (ranks[to] ?? 0)) ||
  (from === 'date' && (to === 'timestamp' || to === 'timestamptz')) ||
  (from === 'timestamp' && to === 'timestamptz') ||
  (from === 'char' && to === 'text')

/** Value type of an expression whose columns are known by name; '' when it cannot be told from the text. */
export function valueType(tree: Expression, columns: ReadonlyMap<string, ValueType>): ValueType {
  const of = (part: Expression) => valueType(part, columns)
  switch (tree.kind) {
    case 'column':
      return columns.get(tree.path[tree.path.length - 1] ?? '') ?? ''
    case 'number':
      return numberType(tree.value)
    case 'word':
      return words[tree.value] ?? ''
    case 'cast':
      return valueTypeNamed(tree.type)
    case 'call':
      return (
        results[tree.name] ??
        (['coalesce', 'nullif', 'greatest', 'least', 'abs'].includes(tree.name)
          ? (tree.items.map(of).find((type) => type !== '') ?? '')
          : '')
      )
    case 'list':
    case 'any':
    case 'suffix':
      return 'bool'
    case 'prefix':
      return tree.operator === 'not' ? 'bool' : tree.operator === '-' ? of(tree.value) : ''
    case 'binary':
      return binaryType(tree.operator, of(tree.left), of(tree.right))
    case 'case':
      return (
        [...tree.whens.map(([, then]) => of(then)), ...(tree.otherwise === null ? [] : [of(tree.otherwise)])].find((type) => type !== '') ??
        ''
      )
    case 'array': {
      const element = tree.items.map(of).find((type) => type !== '') ?? ''
      return element === '' ? '' : `${element}[]`
    }
    default:
      return ''
  }
}

function binaryType(operator: string, left: ValueType, right: ValueType): ValueType {
  if (/^(?:[<>=]|<=|>=|<>|!?~~?\*?|is .*)$/.test(operator)) return 'bool'
  if (operator === '||') return left === 'text' || right === 'text' || left === 'char' || right === 'char' ? 'text' : left
  if (operator === 'collate') return left
  if (operator === '->>' || operator === '#>>') return 'text'
  if (operator === '->' || operator === '#>') return left
  if (!'+-*/%^'.includes(operator)) return ''
  if (ranks[left] !== undefined && ranks[right] !== undefined) return (ranks[left] ?? 0) >= (ranks[right] ?? 0) ? left : right
  if (left === 'date' && right === 'date') return 'int32'
  if (left === 'date' && right === 'int32') return 'date'
  return times.has(left) && right === 'interval' ? (left === 'date' ? 'timestamp' : left) : ''
}
