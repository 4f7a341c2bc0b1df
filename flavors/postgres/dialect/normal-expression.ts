import type { DataType } from '../../../app/model/data-type.ts'
import { sequenceOf } from '../../../app/model/sequence-default.ts'
import type { Expression } from './expression-tree.ts'
import { parseExpression } from './expression.ts'
import { canonicalNumber, literalOf } from './literal-value.ts'
import { displayTable, literal, spelled } from './names.ts'
import { parseNative } from './parse-type.ts'
import { renderExpression } from './render-expression.ts'
import { tokenize } from './tokens.ts'
import { nativeType } from './types.ts'
import type { ValueType } from './value-type.ts'
import { isNumeric, valueType, valueTypeNamed, valueTypeOf, widens } from './value-type.ts'

/** Value types of a table's columns by name. */
export type Columns = ReadonlyMap<string, ValueType>

/**
 * The normal form of an expression: what a person writes and what `pg_get_expr` gives back for it are one text, and both mean the same to the server.
 * Parentheses, blanks, letter case, and the casts that the server adds by itself go; a cast whose removal could change the meaning stays.
 * A text that the reader does not know (a subquery, a special call form) keeps its tokens. Idempotent.
 */
export function normalExpression(text: string, columns: Columns): string {
  const tree = parseExpression(text)
  return tree === null ? tokenText(text) : renderExpression(simplify(tree, columns))
}

/** The normal form of a default; null when it says NULL. */
export function normalDefault(text: string, type: DataType): string | null {
  const parsed = parseExpression(text)
  if (parsed === null) return tokenText(text)
  const target = valueTypeOf(type)
  const tree = implied(simplify(parsed, new Map()), target)
  return tree.kind === 'word' && tree.value === 'null' ? null : renderExpression(tree)
}

/** Tokens with one blank between them, without the parentheses around all. */
function tokenText(text: string): string {
  const tokens = tokenize(text)
  if (tokens === null) return text.trim()
  const parts = tokens.map((token) => {
    if (token.kind === 'name') return spelled(token.text)
    if (token.kind === 'string') return renderExpression({ kind: 'string', value: token.text })
    return token.text
  })
  let [from, to] = [0, parts.length]
  while (parts[from] === '(' && closing(parts, from) === to - 1) [from, to] = [from + 1, to - 1]
  return parts.slice(from, to).join(' ')
}

function closing(parts: readonly string[], from: number): number {
  let depth = 0
  for (let i = from; i < parts.length; i++) {
    if (parts[i] === '(') depth++
    if (parts[i] === ')' && --depth === 0) return i
  }
  return -1
}

/** `tree` where a value of type `type` is expected anyway: a cast of a literal to it says nothing. */
function implied(tree: Expression, type: ValueType): Expression {
  if (type === '') return tree
  if (tree.kind === 'string') return literalOf(tree.value, type)
  if (tree.kind === 'array' && type.endsWith('[]')) return { ...tree, items: tree.items.map((item) => implied(item, type.slice(0, -2))) }
  if (tree.kind !== 'cast') return tree
  const named = valueTypeNamed(tree.type)
  const { value } = tree
  if (isNumeric(named) && isNumeric(type) && value.kind === 'string') return literalOf(value.value, type)
  if (!isSame(named, type) || (value.kind === 'array' && value.items.length === 0)) return tree
  if (value.kind === 'string') return literalOf(value.value, type)
  if (value.kind === 'number' || value.kind === 'word') return value
  return value.kind === 'array' ? implied(value, type) : tree
}

/** An enum's name is not in the column's value type: any named type may be it. */
const isSame = (named: ValueType, type: ValueType): boolean =>
  named === type ||
  (isTextual(named) && isTextual(type)) ||
  (type === 'enum' && named.startsWith('other:')) ||
  (named.endsWith('[]') && type.endsWith('[]') && isSame(named.slice(0, -2), type.slice(0, -2)))
const isTextual = (type: ValueType): boolean => type === 'text' || type === 'char'

function simplify(tree: Expression, columns: Columns): Expression {
  const inner = (part: Expression) => simplify(part, columns)
  switch (tree.kind) {
    case 'number':
      return { kind: 'number', value: canonicalNumber(tree.value) }
    case 'word':
      return tree.value === 'current_timestamp' ? { kind: 'call', name: 'now', items: [] } : tree
    case 'cast':
      // The name of a relation is looked up when the expression runs, not when it is made: another meaning.
      if (tree.type === 'regclass' && tree.value.kind === 'cast' && tree.value.value.kind === 'string') return tree
      return simplifyCast({ ...tree, value: inner(tree.value) }, columns)
    case 'prefix':
    case 'suffix':
      return { ...tree, value: inner(tree.value) }
    case 'list':
      return { ...tree, items: tree.items.map(inner) }
    case 'array':
    case 'row':
      return { ...tree, items: tree.items.map(inner) }
    case 'call':
      return { ...tree, items: simplifyItems(tree.name, tree.items.map(inner), columns) }
    case 'index':
      return { ...tree, value: inner(tree.value), at: inner(tree.at) }
    case 'case':
      return {
        ...tree,
        value: tree.value === null ? null : inner(tree.value),
        whens: tree.whens.map(([a, b]) => [inner(a), inner(b)] as const),
        otherwise: tree.otherwise === null ? null : inner(tree.otherwise),
      }
    case 'binary':
      return simplifyPair({ ...tree, left: inner(tree.left), right: inner(tree.right) }, columns)
    case 'any':
      return simplifyAny({ ...tree, left: inner(tree.left), right: inner(tree.right) }, columns)
    default:
      return tree
  }
}

/** Casts that say nothing wherever they stand: text of a text, a number that is written as a text, a typed true or NULL. */
function simplifyCast(given: Extract<Expression, { kind: 'cast' }>, columns: Columns): Expression {
  const named = valueTypeNamed(given.type)
  const tree = { ...given, type: typeSpelling(given.type) }
  const { value } = tree
  const isPlain = !tree.type.includes('(')
  if (value.kind === 'string') {
    if (isTextual(named) && isPlain) return value
    if (named === 'bool' || named.startsWith('int') || (named === 'numeric' && isPlain && value.value.includes('.')))
      return literalOf(value.value, named)
    const literal = literalOf(value.value, named)
    return { ...tree, value: literal.kind === 'number' ? value : literal }
  }
  if (value.kind === 'word' && value.value === 'null') return value
  if (value.kind === 'number' && isPlain && valueType(value, columns) === named) return value
  return isPlain && named === 'text' && isTextual(valueType(value, columns)) ? value : tree
}

/** One spelling of a type in a cast. A type without length in front of what takes one (bpchar, bit) means another thing in a cast: it stays. */
function typeSpelling(text: string): string {
  if (/^(?:bp|national )?char(?:acter)?$|^bit$/.test(text)) return text
  const type = parseNative(text)
  return type === null ? text.replace(/^public\./, '') : nativeType(type).text
}

const alike: ReadonlySet<string> = new Set(['coalesce', 'nullif', 'greatest', 'least', 'mod', 'power', 'round', 'trunc'])

/** Arguments that the server brings to one type: casts to it that it would add by itself go. */
function simplifyItems(name: string, items: readonly Expression[], columns: Columns): readonly Expression[] {
  if (name === 'nextval') return items.map(qualifiedName)
  if (!alike.has(name)) return items
  const plain = items.map((item) => {
    if (item.kind !== 'cast' || isLiteral(item.value) || item.type.includes('(')) return item
    const [from, named] = [valueType(item.value, columns), valueTypeNamed(item.type)]
    return widens(from, named) && items.some((other) => other !== item && other.kind !== 'cast' && valueType(other, columns) === named)
      ? item.value
      : item
  })
  const type = plain.map((item) => (isLiteral(item) ? '' : valueType(item, columns))).find((found) => found !== '') ?? ''
  return plain.map((item) => implied(item, type))
}

/** A sequence by its whole name, quoted only where it must be; one that is looked up by its text at each number stays as it is. */
function qualifiedName(item: Expression): Expression {
  const name = item.kind === 'cast' && item.type === 'regclass' ? item.value : item
  if (name.kind !== 'string') return item
  const sequence = sequenceOf(`nextval(${literal(name.value)})`)
  return sequence === null ? name : { kind: 'string', value: displayTable(sequence) }
}

const isLiteral = (tree: Expression): boolean =>
  tree.kind === 'string' ||
  tree.kind === 'number' ||
  (tree.kind === 'word' && tree.value === 'null') ||
  (tree.kind === 'cast' && isLiteral(tree.value))

/** One side without the cast to the other side's type, where the server would add it by itself. */
function beside(part: Expression, other: Expression, columns: Columns): Expression {
  const type = valueType(other, columns)
  if (type === '') return part
  if (part.kind === 'cast' && !isLiteral(part.value) && !part.type.includes('(')) {
    const named = valueTypeNamed(part.type)
    return named === type && widens(valueType(part.value, columns), named) && other.kind !== 'cast' ? part.value : part
  }
  return implied(part, type)
}

function simplifyPair(tree: Extract<Expression, { kind: 'binary' }>, columns: Columns): Expression {
  if (tree.operator === 'collate') return tree
  const { left, right, operator } = tree
  if (/^[-+]$/.test(operator)) return { ...tree, left, right: beside(timeSpan(left, right, columns), left, columns) }
  const newLeft = isLiteral(left) && isLiteral(right) ? left : beside(left, right, columns)
  return { ...tree, left: newLeft, right: beside(right, newLeft, columns) }
}

/** A bare text beside a point in time is an interval. */
function timeSpan(left: Expression, right: Expression, columns: Columns): Expression {
  return right.kind === 'string' && ['timestamp', 'timestamptz', 'date'].includes(valueType(left, columns))
    ? { kind: 'cast', value: right, type: 'interval' }
    : right
}

function simplifyAny(tree: Extract<Expression, { kind: 'any' }>, columns: Columns): Expression {
  const bare = tree.right.kind === 'cast' && tree.right.value.kind === 'array' ? tree.right.value : tree.right
  const castType = tree.right.kind === 'cast' ? valueTypeNamed(tree.right.type) : ''
  const left =
    castType.endsWith('[]') && tree.left.kind === 'cast' && valueTypeNamed(tree.left.type) === castType.slice(0, -2)
      ? tree.left.value
      : tree.left
  const type = valueType(left, columns)
  const isImplied = castType === '' || isSame(castType, `${type}[]`) || widens(type, castType.slice(0, -2))
  const right = isImplied && bare.kind === 'array' ? { ...bare, items: bare.items.map((item) => implied(item, type)) } : tree.right
  return { ...tree, left: isImplied ? left : tree.left, right }
}
