import type { Expression } from './expression-tree.ts'
import { strength, strengthOf } from './expression-tree.ts'
import type { Token } from './tokens.ts'
import { tokenize } from './tokens.ts'

/** Words that stand for a value by themselves. */
export const valueWords: ReadonlySet<string> = new Set([
  'null',
  'true',
  'false',
  'current_date',
  'current_timestamp',
  'current_time',
  'localtime',
  'localtimestamp',
  'current_user',
  'session_user',
  'user',
  'current_role',
  'current_catalog',
  'current_schema',
])

/** Names of types that are more than one word, or that take a literal behind them. */
const typeHeads: ReadonlySet<string> = new Set([
  'double',
  'character',
  'timestamp',
  'time',
  'bit',
  'national',
  'interval',
  'date',
  'timestamptz',
  'timetz',
  'numeric',
  'bool',
  'boolean',
  'uuid',
  'json',
  'jsonb',
  'text',
  'varchar',
  'bytea',
  'inet',
  'cidr',
])

class Unreadable extends Error {}

/** The tree of an expression; null for what this reader does not know (subqueries, window functions, special call forms). */
export function parseExpression(text: string): Expression | null {
  const tokens = tokenize(text)
  if (tokens === null || tokens.length === 0) return null
  const reader = new Reader(tokens)
  try {
    const tree = reader.expression(0)
    return reader.done() ? tree : null
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) return null
    throw error
  }
}

const likes: Readonly<Record<string, readonly [string, string]>> = { like: ['~~', '!~~'], ilike: ['~~*', '!~~*'] }

class Reader {
  private readonly tokens: readonly Token[]
  private at = 0
  private depth = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  done(): boolean {
    return this.at === this.tokens.length
  }

  private is(text: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead]
    return token !== undefined && token.text === text && (token.kind === 'word' || token.kind === 'mark' || token.kind === 'operator')
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  private need(text: string): void {
    if (!this.take(text)) throw new Unreadable()
  }

  private next(): Token {
    const token = this.tokens[this.at++]
    if (token === undefined) throw new Unreadable()
    return token
  }

  /** An expression whose operators bind at least as strongly as `least`. */
  expression(least: number): Expression {
    if (++this.depth > 400) throw new Unreadable()
    let left = this.prefix()
    for (;;) {
      const more = this.infix(left, least)
      if (more === null) break
      left = more
    }
    this.depth--
    return left
  }

  private prefix(): Expression {
    if (this.take('not')) return { kind: 'prefix', operator: 'not', value: this.expression(strength.not) }
    const token = this.tokens[this.at]
    if (token?.kind === 'operator') {
      this.at++
      const value = this.expression(token.text === '-' || token.text === '+' ? strength.sign : strength.other + 1)
      if (token.text === '-' && value.kind === 'number')
        return { kind: 'number', value: value.value.startsWith('-') ? value.value.slice(1) : `-${value.value}` }
      return token.text === '+' ? value : { kind: 'prefix', operator: token.text, value }
    }
    return this.primary()
  }

  private infix(left: Expression, least: number): Expression | null {
    const token = this.tokens[this.at]
    if (token === undefined) return null
    if (token.kind === 'mark') return this.postfix(left, least)
    if (token.kind === 'operator') return this.operator(left, least, token.text === '!=' ? '<>' : token.text)
    if (token.kind !== 'word') return null
    if ((token.text === 'and' || token.text === 'or') && strength[token.text] >= least) return this.logical(left, token.text)
    if (token.text === 'is' && strength.is >= least) return this.isTest(left)
    if ((token.text === 'isnull' || token.text === 'notnull') && strength.is >= least) {
      this.at++
      return { kind: 'suffix', operator: token.text === 'isnull' ? 'is null' : 'is not null', value: left }
    }
    if (token.text === 'at' && this.is('time', 1) && this.is('zone', 2) && strength.at >= least) {
      this.at += 3
      return { kind: 'binary', operator: 'at time zone', left, right: this.expression(strength.at + 1) }
    }
    if (token.text === 'collate' && strength.collate >= least) return this.collate(left)
    return strength.like >= least ? this.wordTest(left) : null
  }

  private postfix(left: Expression, least: number): Expression | null {
    if (this.is('::') && strength.cast >= least) {
      this.at++
      return { kind: 'cast', value: left, type: this.type() }
    }
    if (this.is('[') && strength.index >= least) {
      this.at++
      const at = this.expression(0)
      this.need(']')
      return { kind: 'index', value: left, at }
    }
    return null
  }

  private operator(left: Expression, least: number, operator: string): Expression | null {
    const own = strengthOf(operator)
    if (own < least) return null
    this.at++
    for (const quantifier of ['any', 'all', 'some'] as const) {
      if (!this.is(quantifier) || !this.is('(', 1)) continue
      this.at += 2
      const right = this.expression(0)
      this.need(')')
      return { kind: 'any', operator, quantifier: quantifier === 'all' ? 'all' : 'any', left, right }
    }
    return { kind: 'binary', operator, left, right: this.expression(own + 1) }
  }

  private logical(left: Expression, operator: 'and' | 'or'): Expression {
    this.at++
    return logicalList(operator, [left, this.expression(strength[operator] + 1)])
  }

  private isTest(left: Expression): Expression {
    this.at++
    const not = this.take('not') ? 'not ' : ''
    if (this.is('distinct') && this.is('from', 1)) {
      this.at += 2
      return { kind: 'binary', operator: `is ${not}distinct from`, left, right: this.expression(strength.is + 1) }
    }
    const word = this.next()
    if (word.kind !== 'word' || !['null', 'true', 'false', 'unknown'].includes(word.text)) throw new Unreadable()
    return { kind: 'suffix', operator: `is ${not}${word.text}`, value: left }
  }

  private collate(left: Expression): Expression {
    this.at++
    const name = this.next()
    if (name.kind !== 'name' && name.kind !== 'word') throw new Unreadable()
    let path = [name.text]
    while (this.take('.')) path = [...path, this.next().text]
    return { kind: 'binary', operator: 'collate', left, right: { kind: 'column', path: path[0] === 'pg_catalog' ? path.slice(1) : path } }
  }

  /** [NOT] IN, BETWEEN, LIKE, ILIKE. */
  private wordTest(left: Expression): Expression | null {
    const not = this.is('not') && ['in', 'between', 'like', 'ilike'].some((word) => this.is(word, 1))
    const start = this.at
    if (not) this.at++
    if (this.take('in')) return this.inList(left, not)
    if (this.take('between')) {
      this.take('asymmetric')
      const low = this.expression(strength.like + 1)
      this.need('and')
      const high = this.expression(strength.like + 1)
      const test = (operator: string, right: Expression): Expression => ({ kind: 'binary', operator, left, right })
      return not ? logicalList('or', [test('<', low), test('>', high)]) : logicalList('and', [test('>=', low), test('<=', high)])
    }
    for (const [word, [yes, no]] of Object.entries(likes)) {
      if (!this.take(word)) continue
      const right = this.expression(strength.like + 1)
      if (this.is('escape')) throw new Unreadable()
      return { kind: 'binary', operator: not ? no : yes, left, right }
    }
    this.at = start
    return null
  }

  private inList(left: Expression, not: boolean): Expression {
    this.need('(')
    const items = this.items(')')
    const [only] = items
    if (only !== undefined && items.length === 1) return { kind: 'binary', operator: not ? '<>' : '=', left, right: only }
    return { kind: 'any', operator: not ? '<>' : '=', quantifier: not ? 'all' : 'any', left, right: { kind: 'array', items } }
  }

  /** Expressions between commas up to and with `end`. */
  private items(end: string): Expression[] {
    const items: Expression[] = []
    if (this.take(end)) return items
    do items.push(this.expression(0))
    while (this.take(','))
    this.need(end)
    return items
  }

  private primary(): Expression {
    const token = this.next()
    if (token.kind === 'number') return { kind: 'number', value: token.text }
    if (token.kind === 'string') return { kind: 'string', value: token.text }
    if (token.kind === 'bits') return { kind: 'bits', value: token.text }
    if (token.kind === 'mark' && token.text === '(') {
      const items = this.items(')')
      const [only] = items
      if (only === undefined) throw new Unreadable()
      return items.length === 1 ? only : { kind: 'row', items }
    }
    if (token.kind === 'word') return this.word(token.text)
    if (token.kind === 'name') return this.path(token.text, true)
    throw new Unreadable()
  }

  private word(word: string): Expression {
    if (word === 'case') return this.caseOf()
    if (word === 'array' && this.take('[')) return { kind: 'array', items: this.items(']') }
    if (word === 'row' && this.take('(')) return { kind: 'row', items: this.items(')') }
    if (word === 'cast' && this.take('(')) {
      const value = this.expression(0)
      this.need('as')
      const type = this.type()
      this.need(')')
      return { kind: 'cast', value, type }
    }
    if (word === 'extract' && this.take('(')) {
      const field = this.next().text
      this.need('from')
      const value = this.expression(0)
      this.need(')')
      return { kind: 'call', name: 'extract', items: [{ kind: 'string', value: field }, value] }
    }
    if (word === 'select' || word === 'exists') throw new Unreadable()
    if (valueWords.has(word) && !this.is('(')) return { kind: 'word', value: word }
    if (typeHeads.has(word)) {
      const literal = this.typedLiteral()
      if (literal !== null) return literal
    }
    return this.path(word, false)
  }

  /** `DATE '2020-01-01'`: a type, then a text. */
  private typedLiteral(): Expression | null {
    const start = this.at
    this.at--
    const type = this.type()
    const token = this.tokens[this.at]
    if (token?.kind === 'string') {
      this.at++
      return { kind: 'cast', value: { kind: 'string', value: token.text }, type }
    }
    this.at = start
    return null
  }

  /** A column or a call, from its first name. */
  private path(first: string, isQuoted: boolean): Expression {
    const path = [first]
    let quotes = isQuoted
    while (this.take('.')) {
      const token = this.next()
      if (token.kind !== 'word' && token.kind !== 'name') throw new Unreadable()
      quotes ||= token.kind === 'name'
      path.push(token.text)
    }
    if (!this.take('(')) return { kind: 'column', path }
    if (this.is('distinct') || this.is('*') || this.is('variadic')) throw new Unreadable()
    const items = this.items(')')
    if (this.is('over') || this.is('filter')) throw new Unreadable()
    const bare = path.length === 2 && (path[0] === 'pg_catalog' || path[0] === 'public') ? path.slice(1) : path
    return { kind: 'call', name: bare.map(callName).join('.'), items }
  }

  private caseOf(): Expression {
    const value = this.is('when') ? null : this.expression(0)
    const whens: (readonly [Expression, Expression])[] = []
    while (this.take('when')) {
      const test = this.expression(0)
      this.need('then')
      whens.push([test, this.expression(0)])
    }
    const otherwise = this.take('else') ? this.expression(0) : null
    this.need('end')
    return { kind: 'case', value, whens, otherwise }
  }

  /** A type's spelling as one text, words joined by one blank. */
  private type(): string {
    const head = this.next()
    if (head.kind !== 'word' && head.kind !== 'name') throw new Unreadable()
    let text = head.kind === 'name' ? callName(head.text) : head.text
    while (this.take('.')) text += `.${callName(this.next().text)}`
    text = text.replace(/^pg_catalog\./, '')
    const more: Readonly<Record<string, readonly string[]>> = {
      double: ['precision'],
      character: ['varying'],
      bit: ['varying'],
      national: ['character', 'varying'],
    }
    for (const word of more[text] ?? []) if (this.take(word)) text += ` ${word}`
    if (this.take('(')) {
      const numbers: string[] = []
      do numbers.push(this.next().text)
      while (this.take(','))
      this.need(')')
      text += `(${numbers.join(',')})`
    }
    if ((this.is('with') || this.is('without')) && this.is('time', 1) && this.is('zone', 2)) {
      text += ` ${this.next().text} time zone`
      this.at += 2
    }
    while (this.is('[') && (this.is(']', 1) || (this.tokens[this.at + 1]?.kind === 'number' && this.is(']', 2)))) {
      this.at += this.is(']', 1) ? 2 : 3
      text += '[]'
    }
    return text
  }
}

const callName = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`)

/** AND and OR of two, chains flat. */
function logicalList(operator: 'and' | 'or', parts: readonly Expression[]): Expression {
  return {
    kind: 'list',
    operator,
    items: parts.flatMap((part) => (part.kind === 'list' && part.operator === operator ? part.items : [part])),
  }
}
