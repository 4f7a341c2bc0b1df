/** An expression of Transact-SQL, as far as its normal form needs it. */
export type Expression =
  /** A literal, a number, a path of names or a word, as it is written in the normal form. */
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly items: readonly Expression[] }
  | { readonly kind: 'minus' | 'not'; readonly value: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Expression[] }
  | { readonly kind: 'in'; readonly value: Expression; readonly items: readonly Expression[] }
  | { readonly kind: 'null'; readonly value: Expression; readonly is: boolean }
  | { readonly kind: 'like'; readonly value: Expression; readonly pattern: Expression; readonly escape: Expression | null }
  | { readonly kind: 'case'; readonly value: Expression | null; readonly whens: readonly (readonly [Expression, Expression])[]; readonly otherwise: Expression | null }
  | { readonly kind: 'collate'; readonly value: Expression; readonly collation: string }

/** How tightly an operator binds, a higher number tighter. Source: Microsoft Learn, "Operator precedence". */
const ranks: Readonly<Record<Expression['kind'], number>> = { or: 1, and: 2, not: 3, in: 4, null: 4, like: 4, binary: 5, minus: 7, collate: 8, call: 9, case: 9, atom: 9 }
const binaryRanks: Readonly<Record<string, number>> = { '*': 6, '/': 6, '%': 6, '+': 5, '-': 5, '&': 5, '|': 5, '^': 5, '||': 5 }
const rankOf = (tree: Expression): number => (tree.kind === 'binary' ? (binaryRanks[tree.operator] ?? 4) : ranks[tree.kind])

/** Operators of arithmetic by how tightly they bind; comparisons have none. */
export const rankOfOperator = (operator: string): number | undefined => (Object.hasOwn(binaryRanks, operator) ? binaryRanks[operator] : undefined)

const inside = (tree: Expression, least: number): string => (rankOf(tree) >= least ? render(tree) : `(${render(tree)})`)

/** The one spelling of an expression: no parenthesis but where the meaning needs it. */
export function render(tree: Expression): string {
  switch (tree.kind) {
    case 'atom':
      return tree.text
    case 'call':
      return `${tree.name}(${tree.items.map(render).join(', ')})`
    case 'minus':
      return `-${inside(tree.value, 9)}`
    case 'not':
      return `NOT ${inside(tree.value, 4)}`
    case 'binary': {
      const rank = rankOf(tree)
      return `${inside(tree.left, rank === 4 ? 5 : rank)} ${tree.operator} ${inside(tree.right, rank + 1)}`
    }
    case 'and':
      return tree.items.map((item) => inside(item, 3)).join(' AND ')
    case 'or':
      return tree.items.map((item) => inside(item, 2)).join(' OR ')
    case 'in':
      return `${inside(tree.value, 5)} IN (${tree.items.map(render).join(', ')})`
    case 'null':
      return `${inside(tree.value, 5)} IS ${tree.is ? '' : 'NOT '}NULL`
    case 'like':
      return `${inside(tree.value, 5)} LIKE ${inside(tree.pattern, 5)}${tree.escape === null ? '' : ` ESCAPE ${inside(tree.escape, 5)}`}`
    case 'case': {
      const whens = tree.whens.map(([when, then]) => ` WHEN ${render(when)} THEN ${render(then)}`).join('')
      return `CASE${tree.value === null ? '' : ` ${render(tree.value)}`}${whens}${tree.otherwise === null ? '' : ` ELSE ${render(tree.otherwise)}`} END`
    }
    default:
      return `${inside(tree.value, 9)} COLLATE ${tree.collation}`
  }
}
