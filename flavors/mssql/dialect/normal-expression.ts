import { normalExpression as tokenText } from '../../lexer.ts'
import { render, type Expression } from './expression-tree.ts'
import { rules } from './lexical.ts'
import { parseExpression, type Columns } from './parse-expression.ts'

/**
 * The normal form of an expression: what a person writes and what the catalog gives back for it are one text, and both mean the same to the server.
 * Columns stand in brackets, texts have their N, functions are small, parentheses stand where the meaning needs them; what the server rewrites (IN to a chain
 * of OR, BETWEEN, CAST, COALESCE) has one spelling. A text that the reader does not know keeps its words. Idempotent.
 */
export function normalExpression(text: string, columns: Columns): string {
  const tree = normalTree(text, columns)
  return tree === null ? tokenText(text, rules) : render(tree)
}

/** The same as a tree; null when the reader does not know the text. */
export function normalTree(text: string, columns: Columns): Expression | null {
  const tree = parseExpression(text, columns)
  return tree === null ? null : folded(tree)
}

const map = (tree: Expression, change: (part: Expression) => Expression): Expression => {
  switch (tree.kind) {
    case 'call':
    case 'and':
    case 'or':
      return { ...tree, items: tree.items.map(change) }
    case 'in':
      return { ...tree, value: change(tree.value), items: tree.items.map(change) }
    case 'binary':
      return { ...tree, left: change(tree.left), right: change(tree.right) }
    case 'like':
      return { ...tree, value: change(tree.value), pattern: change(tree.pattern), escape: tree.escape === null ? null : change(tree.escape) }
    case 'case':
      return {
        ...tree,
        value: tree.value === null ? null : change(tree.value),
        whens: tree.whens.map(([when, then]) => [change(when), change(then)] as const),
        otherwise: tree.otherwise === null ? null : change(tree.otherwise),
      }
    case 'atom':
      return tree
    default:
      return { ...tree, value: change(tree.value) }
  }
}

/** `a = 2 OR a = 1`, as the catalog has `a IN (1, 2)`, becomes that again; IN of one value is `=`. */
function folded(given: Expression): Expression {
  const tree = map(given, folded)
  if (tree.kind === 'in' && tree.items.length === 1 && tree.items[0] !== undefined) return { kind: 'binary', operator: '=', left: tree.value, right: tree.items[0] }
  if (tree.kind !== 'or') return tree
  const items: Expression[] = []
  for (const item of tree.items) {
    const last = items.at(-1)
    const joined = last === undefined ? null : joinedIn(last, item)
    if (joined === null) items.push(item)
    else items[items.length - 1] = joined
  }
  const [only] = items
  return items.length === 1 && only !== undefined ? only : { kind: 'or', items }
}

/** Two neighbours of a chain as one IN: the later stands first, since the catalog turns the order round. */
function joinedIn(before: Expression, after: Expression): Expression | null {
  const [a, b] = [valuesOf(before), valuesOf(after)]
  if (a === null || b === null || render(a.value) !== render(b.value)) return null
  return { kind: 'in', value: a.value, items: [...b.items, ...a.items] }
}

function valuesOf(tree: Expression): { readonly value: Expression; readonly items: readonly Expression[] } | null {
  if (tree.kind === 'in') return tree
  return tree.kind === 'binary' && tree.operator === '=' ? { value: tree.left, items: [tree.right] } : null
}
