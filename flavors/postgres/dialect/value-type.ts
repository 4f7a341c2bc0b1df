import type { DataType } from '../../../app/model/data-type.ts'
import { storedType } from './cast.ts'
import type { Expression } from './expression.ts'
import { parseNative } from './parse-type.ts'

/** What a value is, as far as implicit casts care; '' when unknown. `other:x` for a type known by its spelling only. */
export type ValueType = string

const groups: Readonly<Record<string, string>> = {
  int16: 'integer',
  int32: 'integer',
  int64: 'integer',
  decimal: 'numeric',
  float32: 'float',
  float64: 'float',
  text: 'text',
  varchar: 'text',
  char: 'char',
}

/** Value type of a column's type. */
export function valueTypeOf(given: DataType): ValueType {
  const type = storedType(given)
  if (type.kind === 'array') return `${valueTypeOf(type.element)}[]`
  if (type.kind === 'native') return `other:${type.text}`
  return groups[type.kind] ?? type.kind
}

/** Value type of a type spelled in an expression. */
export function valueTypeNamed(text: string): ValueType {
  const type = parseNative(text)
  return type === null ? `other:${text}` : valueTypeOf(type)
}

const results: Readonly<Record<string, ValueType>> = {
  length: 'integer',
  char_length: 'integer',
  character_length: 'integer',
  octet_length: 'integer',
  bit_length: 'integer',
  strpos: 'integer',
  array_length: 'integer',
  cardinality: 'integer',
  jsonb_array_length: 'integer',
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
const ranks: Readonly<Record<string, number>> = { integer: 1, numeric: 2, float: 3 }
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
      return /^-?\d+$/.test(tree.value) ? 'integer' : 'numeric'
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
  if (left === 'date' && right === 'date') return 'integer'
  if (left === 'date' && right === 'integer') return 'date'
  return times.has(left) && right === 'interval' ? (left === 'date' ? 'timestamp' : left) : ''
}
