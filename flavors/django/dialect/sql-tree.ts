/** SQL as far as Django has words for it. */
export type SqlTree =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly SqlTree[] }
  /** `+ - * /` of two, `||` of many. */
  | { readonly kind: 'arithmetic'; readonly sign: '+' | '-' | '*' | '/'; readonly left: SqlTree; readonly right: SqlTree }
  | { readonly kind: 'joined'; readonly items: readonly SqlTree[] }
  | { readonly kind: 'compare'; readonly sign: Comparison; readonly left: SqlTree; readonly right: SqlTree }
  | { readonly kind: 'in'; readonly not: boolean; readonly of: SqlTree; readonly items: readonly SqlTree[] }
  | { readonly kind: 'isNull'; readonly not: boolean; readonly of: SqlTree }
  | { readonly kind: 'all' | 'any'; readonly items: readonly SqlTree[] }
  | { readonly kind: 'not'; readonly of: SqlTree }

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='

const opposites: Readonly<Record<Comparison, Comparison>> = { '=': '<>', '<>': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' }
const turned: Readonly<Record<Comparison, Comparison>> = { '=': '=', '<>': '<>', '<': '>', '>': '<', '<=': '>=', '>=': '<=' }

/** The comparison with its sides exchanged. */
export const turnedRound = (sign: Comparison): Comparison => turned[sign]

/** A condition without NOT around anything but a field: what is unknown stays unknown (De Morgan holds for three values). */
export function withoutNot(tree: SqlTree, negated = false): SqlTree {
  switch (tree.kind) {
    case 'not':
      return withoutNot(tree.of, !negated)
    case 'all':
    case 'any':
      return { kind: negated === (tree.kind === 'all') ? 'any' : 'all', items: tree.items.map((item) => withoutNot(item, negated)) }
    case 'compare':
      return negated ? { ...tree, sign: opposites[tree.sign] } : tree
    case 'in':
    case 'isNull':
      return negated ? { ...tree, not: !tree.not } : tree
    default:
      return negated ? { kind: 'not', of: tree } : tree
  }
}
