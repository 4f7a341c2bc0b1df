import { isSign, isWord, tokenize, type Token } from '../../lexer.ts'
import { anyFlavor } from './expression.ts'
import type { Comparison, SqlTree } from './sql-tree.ts'

/** The tree of an expression; null where it says anything that Django has no words for. Never throws. */
export function parseSql(sql: string): SqlTree | null {
  const reader = new Reader(tokenize(sql, anyFlavor))
  const tree = reader.condition()
  return reader.isAtEnd() ? tree : null
}

const signs = new Set<string>(['=', '<', '>', '!'])
/** Words that begin or end something else than a column. */
const words = new Set('AND OR NOT IN IS NULL BETWEEN LIKE ILIKE SIMILAR REGEXP RLIKE GLOB MATCH CASE WHEN THEN ELSE END CAST AS COLLATE SELECT EXISTS ANY ALL SOME ARRAY ROW INTERVAL DATE TIME TIMESTAMP DISTINCT FROM AT ISNULL NOTNULL DIV MOD XOR ESCAPE CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP CURRENT_USER SESSION_USER USER UNKNOWN DEFAULT'.split(' '))
/** Deeper than this is no condition that anybody wrote by hand. */
const maxDepth = 60

/** Recursive descent; null from a method: not understood as a whole. */
class Reader {
  private at = 0
  private depth = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  isAtEnd(): boolean {
    return this.at === this.tokens.length
  }

  condition(): SqlTree | null {
    if (this.depth >= maxDepth) return null
    this.depth++
    const tree = this.list('any', 'OR', () => this.list('all', 'AND', () => this.negation()))
    this.depth--
    return tree
  }

  private list(kind: 'all' | 'any', word: string, next: () => SqlTree | null): SqlTree | null {
    const items: SqlTree[] = []
    do {
      const item = next()
      if (item === null) return null
      if (item.kind === kind) items.push(...item.items)
      else items.push(item)
    } while (this.takesWord(word))
    return items.length === 1 ? (items[0] ?? null) : { kind, items }
  }

  private negation(): SqlTree | null {
    let isNegated = false
    while (this.takesWord('NOT')) isNegated = !isNegated
    const of = this.predicate()
    return of === null || !isNegated ? of : { kind: 'not', of }
  }

  private predicate(): SqlTree | null {
    const left = this.sum()
    if (left === null) return null
    const sign = this.comparison()
    if (sign !== null) {
      const right = this.sum()
      return right === null ? null : { kind: 'compare', sign, left, right }
    }
    if (this.takesWord('IS')) {
      const not = this.takesWord('NOT')
      return this.takesWord('NULL') ? { kind: 'isNull', not, of: left } : null
    }
    const not = this.takesWord('NOT')
    if (this.takesWord('IN')) return this.membership(left, not)
    if (this.takesWord('BETWEEN')) return this.between(left, not)
    return not ? null : left
  }

  private membership(of: SqlTree, not: boolean): SqlTree | null {
    if (!this.takes('(')) return null
    const items = this.arguments()
    return items === null || items.length === 0 ? null : { kind: 'in', not, of, items }
  }

  private between(left: SqlTree, not: boolean): SqlTree | null {
    const low = this.sum()
    if (low === null || !this.takesWord('AND')) return null
    const high = this.sum()
    if (high === null) return null
    const tree: SqlTree = { kind: 'all', items: [{ kind: 'compare', sign: '>=', left, right: low }, { kind: 'compare', sign: '<=', left, right: high }] }
    return not ? { kind: 'not', of: tree } : tree
  }

  /** `<`, `<=`, `<>`, `!=`, `=`: signs that touch; any other run of signs is an operator that Django does not know. */
  private comparison(): Comparison | null {
    const first = this.tokens[this.at]
    if (first?.kind !== 'sign' || !signs.has(first.value)) return null
    const second = this.tokens[this.at + 1]
    const isPair = second?.kind === 'sign' && signs.has(second.value) && second.start === first.end
    const text = first.value + (isPair ? second.value : '')
    const sign = text === '!=' ? '<>' : text
    if (sign !== '=' && sign !== '<>' && sign !== '<' && sign !== '<=' && sign !== '>' && sign !== '>=') return null
    this.at += text.length
    return sign
  }

  private sum(): SqlTree | null {
    let left = this.product()
    while (left !== null) {
      if (this.takesPair('|')) {
        const right = this.product()
        left = right === null ? null : { kind: 'joined', items: [...(left.kind === 'joined' ? left.items : [left]), right] }
        continue
      }
      const sign = this.takes('+') ? '+' : this.takes('-') ? '-' : null
      if (sign === null) return left
      const right: SqlTree | null = left.kind === 'joined' ? null : this.product()
      left = right === null ? null : { kind: 'arithmetic', sign, left, right }
    }
    return null
  }

  private product(): SqlTree | null {
    let left = this.value()
    while (left !== null) {
      const sign = this.takes('*') ? '*' : this.takes('/') ? '/' : null
      if (sign === null) return left
      const right = this.value()
      left = right === null ? null : { kind: 'arithmetic', sign, left, right }
    }
    return null
  }

  private value(): SqlTree | null {
    const token = this.tokens[this.at]
    if (token === undefined || !token.closed) return null
    this.at++
    if (isSign(token, '(')) {
      const inside = this.condition()
      return inside !== null && this.takes(')') ? inside : null
    }
    if (isSign(token, '-')) {
      const number = this.tokens[this.at++]
      return number?.kind === 'number' ? { kind: 'number', text: `-${number.text}` } : null
    }
    if (token.kind === 'number') return { kind: 'number', text: token.text }
    if (token.kind === 'text') return token.text.startsWith("'") || /^n'/i.test(token.text) ? { kind: 'text', value: token.value } : null
    if (token.kind === 'name') return { kind: 'column', name: token.value }
    return token.kind === 'word' ? this.word(token) : null
  }

  private word(token: Token): SqlTree | null {
    if (isWord(token, 'TRUE') || isWord(token, 'FALSE')) return { kind: 'bool', value: isWord(token, 'TRUE') }
    if (words.has(token.value.toUpperCase())) return null
    if (!this.takes('(')) return { kind: 'column', name: token.value }
    const args = this.arguments()
    return args === null ? null : { kind: 'call', name: token.value.toLowerCase(), args }
  }

  /** What stands behind `(`, up to its `)`. */
  private arguments(): readonly SqlTree[] | null {
    const found: SqlTree[] = []
    if (this.takes(')')) return found
    do {
      const one = this.sum()
      if (one === null) return null
      found.push(one)
    } while (this.takes(','))
    return this.takes(')') ? found : null
  }

  private takes(sign: string): boolean {
    const token = this.tokens[this.at]
    // A sign that touches another one is a part of an operator: `->`, `@>`, `::`, `||`.
    const next = this.tokens[this.at + 1]
    const isOperator = (sign === '+' || sign === '-' || sign === '*' || sign === '/') && next?.kind === 'sign' && next.start === token?.end && !'(-'.includes(next.value)
    const found = isSign(token, sign) && !isOperator
    if (found) this.at++
    return found
  }

  private takesPair(sign: string): boolean {
    const [one, two] = [this.tokens[this.at], this.tokens[this.at + 1]]
    const found = isSign(one, sign) && isSign(two, sign) && one?.end === two?.start && !isSign(this.tokens[this.at + 2], sign)
    if (found) this.at += 2
    return found
  }

  private takesWord(word: string): boolean {
    const found = isWord(this.tokens[this.at], word)
    if (found) this.at++
    return found
  }
}
