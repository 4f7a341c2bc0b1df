import { isSign, isWord, tokenize, type Token } from '../../lexer.ts'
import { rankOfOperator, type Expression } from './expression-tree.ts'
import { rules } from './lexical.ts'
import { literal } from './literal.ts'
import { bracketed, folded, nameProblem } from './names.ts'

/** Names of columns by their folded form: what an expression may mean by a word. */
export type Columns = ReadonlyMap<string, string>

/** Columns of a table, to be found in expressions. */
export const columnsOf = (names: readonly string[]): Columns => new Map(names.map((name) => [folded(name), name]))

const comparisons: Readonly<Record<string, string>> = { '=': '=', '<>': '<>', '!=': '<>', '<': '<', '>': '>', '<=': '<=', '>=': '>=', '!<': '>=', '!>': '<=' }
const dateParts = new Set(['dateadd', 'datediff', 'datediff_big', 'datepart', 'datename', 'datetrunc', 'date_bucket'])
const words: Readonly<Record<string, string>> = { CURRENT_TIMESTAMP: 'getdate()', NULL: 'NULL', USER: 'user_name()', CURRENT_USER: 'user_name()', SYSTEM_USER: 'suser_sname()', VALUE: 'VALUE', DEFAULT: 'DEFAULT' }
const synonyms: Readonly<Record<string, string>> = { integer: 'int', numeric: 'decimal', dec: 'decimal', character: 'char' }
/** Words that begin or join something that this reader does not know. */
const foreign = /^(?:SELECT|EXISTS|ANY|ALL|SOME|OVER|NEXT|DISTINCT|FROM|WHERE|AS|ON)$/
const inner = new Set(['AND', 'OR', 'NOT', 'IN', 'IS', 'LIKE', 'BETWEEN', 'ESCAPE', 'COLLATE', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END'])

class Unreadable extends Error {}

/** The tree of an expression; null when this reader does not know its form (a subquery, a method, a sign of arithmetic whose reach is unclear). */
export function parseExpression(text: string, columns: Columns): Expression | null {
  const tokens = tokenize(text, rules)
  if (tokens.length === 0 || tokens.some(({ closed }) => !closed)) return null
  try {
    const reader = new Reader(tokens, columns)
    const tree = reader.any()
    return reader.atEnd() ? tree : null
  } catch (error) {
    if (error instanceof Unreadable || (error instanceof Error && 'code' in error && error.code === 'TEXT_REFUSED')) return null
    throw error
  }
}

/** Nesting deeper than this is no expression that anybody wrote. */
const maxDepth = 100

/** Recursive descent, loosest operator first. A form that it does not know throws Unreadable. */
class Reader {
  private at = 0
  private depth = 0
  private readonly tokens: readonly Token[]
  private readonly columns: Columns

  constructor(tokens: readonly Token[], columns: Columns) {
    this.tokens = tokens
    this.columns = columns
  }

  atEnd = (): boolean => this.at === this.tokens.length

  any(): Expression {
    if (++this.depth > maxDepth) throw new Unreadable('too deep')
    const items = [this.conjunction()]
    while (this.takesWord('OR')) items.push(this.conjunction())
    this.depth--
    return chain('or', items)
  }

  private conjunction(): Expression {
    const items = [this.negation()]
    while (this.takesWord('AND')) items.push(this.negation())
    return chain('and', items)
  }

  private negation(): Expression {
    if (this.takesWord('NOT')) return { kind: 'not', value: this.negation() }
    return this.predicate()
  }

  private predicate(): Expression {
    const left = this.sum(5)
    if (this.takesWord('IS')) {
      const not = this.takesWord('NOT')
      this.needsWord('NULL')
      return { kind: 'null', value: left, is: !not }
    }
    const not = this.isWord('NOT') && ['IN', 'LIKE', 'BETWEEN'].some((word) => isWord(this.tokens[this.at + 1], word))
    if (not) this.at++
    const found = this.membership(left)
    if (found !== null) return not ? { kind: 'not', value: found } : found
    const operator = this.comparison()
    if (operator === null) return left
    return { kind: 'binary', operator, left, right: this.sum(5) }
  }

  private membership(value: Expression): Expression | null {
    if (this.takesWord('IN')) {
      this.needs('(')
      return { kind: 'in', value, items: this.list() }
    }
    if (this.takesWord('LIKE')) {
      const pattern = this.sum(5)
      return { kind: 'like', value, pattern, escape: this.takesWord('ESCAPE') ? this.sum(5) : null }
    }
    if (!this.takesWord('BETWEEN')) return null
    const least = this.sum(5)
    this.needsWord('AND')
    return chain('and', [{ kind: 'binary', operator: '>=', left: value, right: least }, { kind: 'binary', operator: '<=', left: value, right: this.sum(5) }])
  }

  /** One or two signs that touch. */
  private comparison(): string | null {
    const [one, two] = [this.tokens[this.at], this.tokens[this.at + 1]]
    if (one?.kind !== 'sign') return null
    const pair = two?.kind === 'sign' && two.start === one.end ? one.value + two.value : ''
    const sign = Object.hasOwn(comparisons, pair) ? pair : one.value
    if (!Object.hasOwn(comparisons, sign)) return null
    this.at += sign.length
    return comparisons[sign] ?? null
  }

  /** `a + b`, and with a higher rank `a * b`; all of them group from the left. */
  private sum(rank: number): Expression {
    const operand = () => (rank === 6 ? this.unary() : this.sum(6))
    let left = operand()
    for (;;) {
      const operator = this.operatorOf(rank)
      if (operator === null) return left
      left = { kind: 'binary', operator, left, right: operand() }
    }
  }

  private operatorOf(rank: number): string | null {
    const [one, two] = [this.tokens[this.at], this.tokens[this.at + 1]]
    if (one?.kind !== 'sign') return null
    const isDouble = isSign(one, '|') && isSign(two, '|') && two?.start === one.end
    const operator = isDouble ? '||' : one.value
    if (rankOfOperator(operator) !== rank) return null
    this.at += operator.length
    return operator
  }

  /** A sign before a value. Its reach over `*`, `/` and `%` differs from other languages: such a text is left as it is. */
  private unary(): Expression {
    if (this.takes('+')) return this.unary()
    if (!this.takes('-')) return this.suffixed()
    const value = this.suffixed()
    const next = this.tokens[this.at]
    if (next?.kind === 'sign' && rankOfOperator(next.value) === 6) throw new Unreadable('reach of a sign')
    return value.kind === 'atom' && /^[\d.]/.test(value.text) ? { kind: 'atom', text: `-${value.text}` } : { kind: 'minus', value }
  }

  private suffixed(): Expression {
    let value = this.primary()
    while (this.takesWord('COLLATE')) {
      const name = this.tokens[this.at++]
      if (name?.kind !== 'word') throw new Unreadable('collation')
      value = { kind: 'collate', value, collation: name.value }
    }
    return value
  }

  private primary(): Expression {
    const token = this.tokens[this.at++]
    if (token === undefined) throw new Unreadable('end')
    if (token.kind === 'number') return { kind: 'atom', text: token.text.toLowerCase() }
    if (token.kind === 'text') {
      if (!/^n?'/i.test(token.text)) throw new Unreadable('prefix')
      return { kind: 'atom', text: literal(token.value) }
    }
    if (isSign(token, '(')) {
      const tree = this.any()
      this.needs(')')
      return tree
    }
    if (token.kind === 'sign') throw new Unreadable(token.value)
    return token.kind === 'word' ? this.fromWord(token) : this.path(token)
  }

  private fromWord(token: Token): Expression {
    const upper = token.value.toUpperCase()
    const opens = isSign(this.tokens[this.at], '(')
    if (upper === 'CASE') return this.case()
    if (opens && (upper === 'CAST' || upper === 'TRY_CAST' || upper === 'CONVERT' || upper === 'TRY_CONVERT')) return this.conversion(upper)
    if (isSign(this.tokens[this.at], '.')) return this.path(token)
    if (opens) {
      if (foreign.test(upper) || inner.has(upper)) throw new Unreadable(upper)
      return this.call(token.value.toLowerCase())
    }
    const column = this.columns.get(folded(token.value))
    if (column !== undefined) return { kind: 'atom', text: bracketed(column) }
    const known = Object.hasOwn(words, upper) ? words[upper] : undefined
    if (known !== undefined) return { kind: 'atom', text: known }
    if (foreign.test(upper) || inner.has(upper)) throw new Unreadable(upper)
    return { kind: 'atom', text: token.value }
  }

  /** `[a]`, `[s].[f](x)`. A call of a column's method is left to its author. */
  private path(first: Token): Expression {
    const names = [first]
    while (this.takes('.')) {
      const name = this.tokens[this.at++]
      if (name?.kind !== 'word' && name?.kind !== 'name') throw new Unreadable('path')
      names.push(name)
    }
    if (names.some(({ value }) => nameProblem(value) !== null)) throw new Unreadable('name')
    const [head, ...rest] = names.map(({ value }) => this.columns.get(folded(value)) ?? value)
    if (isSign(this.tokens[this.at], '(')) {
      if (rest.length === 0 || this.columns.has(folded(head ?? ''))) throw new Unreadable('method')
      return this.call(names.map(({ value }) => bracketed(value)).join('.'))
    }
    return { kind: 'atom', text: [head ?? '', ...rest].map(bracketed).join('.') }
  }

  private call(name: string): Expression {
    this.needs('(')
    const part = dateParts.has(name) ? this.tokens[this.at] : undefined
    if (part?.kind === 'word') {
      this.at++
      this.needs(',')
      return { kind: 'call', name, items: [{ kind: 'atom', text: part.value.toLowerCase() }, ...this.list()] }
    }
    if (this.takes(')')) return { kind: 'call', name, items: [] }
    if (isSign(this.tokens[this.at], '*')) throw new Unreadable('star')
    const items = this.list()
    if (this.isWord('OVER') || this.isWord('WITHIN') || isSign(this.tokens[this.at], '.')) throw new Unreadable('window')
    return simplified({ kind: 'call', name, items })
  }

  /** Expressions up to the closing parenthesis. */
  private list(): readonly Expression[] {
    const items = [this.any()]
    while (this.takes(',')) items.push(this.any())
    this.needs(')')
    return items
  }

  /** CAST(x AS t) and CONVERT(t, x, style) are one. */
  private conversion(word: string): Expression {
    this.needs('(')
    const name = word.startsWith('TRY') ? 'TRY_CONVERT' : 'CONVERT'
    if (word.endsWith('CAST')) {
      const value = this.any()
      this.needsWord('AS')
      const type = this.typeName()
      this.needs(')')
      return { kind: 'call', name, items: [{ kind: 'atom', text: type }, value] }
    }
    const type: Expression = { kind: 'atom', text: this.typeName() }
    this.needs(',')
    return { kind: 'call', name, items: [type, ...this.list()] }
  }

  private typeName(): string {
    const token = this.tokens[this.at++]
    if (token?.kind !== 'word' && token?.kind !== 'name') throw new Unreadable('type')
    if (isSign(this.tokens[this.at], '.')) throw new Unreadable('alias')
    const lower = token.value.toLowerCase()
    if (!/^[a-z][a-z0-9_]*$/.test(lower)) throw new Unreadable('type')
    let text = synonyms[lower] ?? lower
    if (!this.takes('(')) return text
    const numbers: string[] = []
    do numbers.push((this.tokens[this.at++]?.value ?? '').toLowerCase())
    while (this.takes(','))
    this.needs(')')
    if (!numbers.every((number) => /^(?:\d+|max)$/.test(number))) throw new Unreadable('numbers')
    text += `(${numbers.join(',')})`
    return text
  }

  private case(): Expression {
    const value = this.isWord('WHEN') ? null : this.any()
    const whens: (readonly [Expression, Expression])[] = []
    while (this.takesWord('WHEN')) {
      const when = this.any()
      this.needsWord('THEN')
      whens.push([when, this.any()])
    }
    if (whens.length === 0) throw new Unreadable('case')
    const otherwise = this.takesWord('ELSE') ? this.any() : null
    this.needsWord('END')
    return simplified({ kind: 'case', value, whens, otherwise })
  }

  private isWord(word: string): boolean {
    return isWord(this.tokens[this.at], word)
  }

  private takesWord(word: string): boolean {
    if (!this.isWord(word)) return false
    this.at++
    return true
  }

  private needsWord(word: string): void {
    if (!this.takesWord(word)) throw new Unreadable(word)
  }

  private takes(sign: string): boolean {
    if (!isSign(this.tokens[this.at], sign)) return false
    this.at++
    return true
  }

  private needs(sign: string): void {
    if (!this.takes(sign)) throw new Unreadable(sign)
  }
}

/** Chains flat: `(a AND b) AND c` is one. */
function chain(kind: 'and' | 'or', parts: readonly Expression[]): Expression {
  const items = parts.flatMap((part) => (part.kind === kind ? part.items : [part]))
  const [only] = items
  if (only !== undefined && items.length === 1) return only
  return { kind, items }
}

const isSame = (a: Expression, b: Expression): boolean => JSON.stringify(a) === JSON.stringify(b)
const isNull = (tree: Expression): boolean => tree.kind === 'atom' && tree.text === 'NULL'

/** What the server keeps in other words: COALESCE, NULLIF and IIF are CASE to it. COALESCE and NULLIF are the normal form, CASE that of IIF. */
function simplified(tree: Expression): Expression {
  if (tree.kind === 'call' && tree.name === 'iif' && tree.items.length === 3) {
    const [when, then, otherwise] = tree.items
    if (when !== undefined && then !== undefined && otherwise !== undefined) return simplified({ kind: 'case', value: null, whens: [[when, then]], otherwise })
  }
  if (tree.kind !== 'case' || tree.value !== null || tree.otherwise === null) return tree
  const { whens, otherwise } = tree
  if (whens.every(([when, then]) => when.kind === 'null' && !when.is && isSame(when.value, then))) return { kind: 'call', name: 'coalesce', items: [...whens.map(([, then]) => then), otherwise] }
  const [only] = whens
  if (whens.length !== 1 || only === undefined || only[0].kind !== 'binary' || only[0].operator !== '=' || !isNull(only[1]) || !isSame(only[0].left, otherwise)) return tree
  return { kind: 'call', name: 'nullif', items: [only[0].left, only[0].right] }
}
