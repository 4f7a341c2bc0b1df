import type { Expression } from './expression-tree.ts'
import { strength, strengthOf } from './expression-tree.ts'
import { spelled } from './names.ts'

interface Piece {
  readonly text: string
  /** How strongly its outermost operator binds; 99 for a thing in one piece. */
  readonly binds: number
}

const whole = (text: string): Piece => ({ text, binds: 99 })
const text = (value: string): string =>
  value.includes('\\') ? `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${value.replaceAll("'", "''")}'`

/** SQL of a tree, with as few parentheses as its meaning needs. */
export function renderExpression(tree: Expression): string {
  return piece(tree).text
}

const within = (tree: Expression, least: number): string => {
  const { text: inner, binds } = piece(tree)
  return binds >= least ? inner : `(${inner})`
}
const listed = (items: readonly Expression[]): string => items.map(renderExpression).join(', ')

function piece(tree: Expression): Piece {
  switch (tree.kind) {
    case 'column':
      return whole(tree.path.map(spelled).join('.'))
    case 'string':
      return whole(text(tree.value))
    case 'number':
      return { text: tree.value, binds: tree.value.startsWith('-') ? strength.sign : 99 }
    case 'bits':
      return whole(tree.value)
    case 'word':
      return whole(tree.value === 'null' || tree.value === 'true' || tree.value === 'false' ? tree.value : tree.value.toUpperCase())
    case 'cast':
      return { text: `${within(tree.value, strength.cast)}::${tree.type}`, binds: strength.cast }
    case 'index':
      return { text: `${within(tree.value, 99)}[${renderExpression(tree.at)}]`, binds: strength.index }
    case 'call':
      return whole(callText(tree.name, tree.items))
    case 'array':
      return whole(`ARRAY[${listed(tree.items)}]`)
    case 'row':
      return whole(`ROW(${listed(tree.items)})`)
    case 'case':
      return whole(caseText(tree))
    default:
      return operation(tree)
  }
}

function callText(name: string, items: readonly Expression[]): string {
  const [field, value] = items
  if (name === 'extract' && field?.kind === 'string' && value !== undefined)
    return `EXTRACT(${field.value} FROM ${renderExpression(value)})`
  return `${name}(${listed(items)})`
}

function caseText(tree: Extract<Expression, { kind: 'case' }>): string {
  const value = tree.value === null ? '' : ` ${renderExpression(tree.value)}`
  const whens = tree.whens.map(([test, then]) => ` WHEN ${renderExpression(test)} THEN ${renderExpression(then)}`).join('')
  const otherwise = tree.otherwise === null ? '' : ` ELSE ${renderExpression(tree.otherwise)}`
  return `CASE${value}${whens}${otherwise} END`
}

function operation(tree: Extract<Expression, { kind: 'prefix' | 'suffix' | 'binary' | 'list' | 'any' }>): Piece {
  switch (tree.kind) {
    case 'prefix': {
      if (tree.operator === 'not') return { text: `NOT ${within(tree.value, strength.not)}`, binds: strength.not }
      const own = tree.operator === '-' ? strength.sign : strength.other
      return { text: `${tree.operator} ${within(tree.value, own + 1)}`, binds: own }
    }
    case 'suffix':
      return { text: `${within(tree.value, strength.is + 1)} ${tree.operator.toUpperCase()}`, binds: strength.is }
    case 'list': {
      const own = strength[tree.operator]
      return { text: tree.items.map((item) => within(item, own + 1)).join(` ${tree.operator.toUpperCase()} `), binds: own }
    }
    case 'any':
      return {
        text: `${within(tree.left, strength.other + 1)} ${tree.operator} ${tree.quantifier.toUpperCase()} (${renderExpression(tree.right)})`,
        binds: strength.compare,
      }
    case 'binary':
      return binary(tree)
    default:
      return tree satisfies never
  }
}

function binary(tree: Extract<Expression, { kind: 'binary' }>): Piece {
  if (tree.operator === 'collate') {
    const path = tree.right.kind === 'column' ? tree.right.path.map((name) => `"${name.replaceAll('"', '""')}"`).join('.') : ''
    return { text: `${within(tree.left, strength.collate + 1)} COLLATE ${path}`, binds: strength.collate }
  }
  const isWord = tree.operator.startsWith('is ')
  const own = isWord ? strength.is : strengthOf(tree.operator)
  const operator = /^[a-z]/.test(tree.operator) ? tree.operator.toUpperCase() : tree.operator
  // Comparisons do not chain, and "a ~~ b" binds like any other operator: what stands beside one in the same rank gets its parentheses.
  const left = own === strength.compare || isWord ? own + 1 : own
  return { text: `${within(tree.left, left)} ${operator} ${within(tree.right, own + 1)}`, binds: own }
}
