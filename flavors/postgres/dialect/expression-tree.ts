/** An expression as a tree. Built-in spellings of one thing are one node: IN, BETWEEN, LIKE, CAST, != are rewritten as the server rewrites them. */
export type Expression =
  | { readonly kind: 'column'; readonly path: readonly string[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'bits'; readonly value: string }
  | { readonly kind: 'cast'; readonly value: Expression; readonly type: string }
  | { readonly kind: 'prefix'; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'suffix'; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'list'; readonly operator: 'and' | 'or'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'any'
      readonly operator: string
      readonly quantifier: 'any' | 'all'
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'call'; readonly name: string; readonly items: readonly Expression[] }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'row'; readonly items: readonly Expression[] }
  | { readonly kind: 'index'; readonly value: Expression; readonly at: Expression }
  | {
      readonly kind: 'case'
      readonly value: Expression | null
      readonly whens: readonly (readonly [Expression, Expression])[]
      readonly otherwise: Expression | null
    }

/** How strongly operators bind. Source: manual, table "Operator Precedence". */
export const strength = {
  or: 1,
  and: 2,
  not: 3,
  is: 4,
  compare: 5,
  like: 6,
  other: 7,
  add: 8,
  multiply: 9,
  power: 10,
  at: 11,
  collate: 12,
  sign: 13,
  index: 14,
  cast: 15,
} as const

export function strengthOf(operator: string): number {
  if (/^(?:[<>=]|<=|>=|<>)$/.test(operator)) return strength.compare
  if (operator === '+' || operator === '-') return strength.add
  if (operator === '*' || operator === '/' || operator === '%') return strength.multiply
  if (operator === '^') return strength.power
  if (operator === 'at time zone') return strength.at
  return strength.other
}
