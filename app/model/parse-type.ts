import type { DataType } from './data-type.ts'
import { floatOf, typeNameOf } from './type-names.ts'
import type { TypeHint, TypeName } from './type-names.ts'
import { tokensOf } from './type-tokens.ts'
import type { TypeToken } from './type-tokens.ts'

export type { TypeHint } from './type-names.ts'

/**
 * The type of a spelling, logical (`decimal(10,2)`, `array(int32)`) or native to any flavor (`character varying(50)`, `bigint unsigned`, `integer[]`).
 * `hint` names the flavor whose words are read where two flavors differ (`int8`, `timestamp`, `tinyint`). Never throws: what it does not
 * understand comes back as kind `native`, verbatim, without the blanks around it.
 */
export function parseType(text: string, hint: TypeHint = null): DataType {
  const tokens = tokensOf(text)
  if (tokens === null || tokens.length === 0) return unknown(text.trim())
  const reader = new Reader(text, tokens, hint)
  const type = reader.type()
  return type === null || !reader.atEnd() ? unknown(text.trim()) : type
}

/** Whether every part of the type is understood (a native type that a flavor owns is). */
export function isKnownType(type: DataType): boolean {
  if (type.kind === 'native') return type.flavor !== null
  if (type.kind === 'array') return isKnownType(type.element)
  if (type.kind === 'map') return isKnownType(type.key) && isKnownType(type.value)
  return type.kind !== 'struct' || type.members.every((member) => isKnownType(member.type))
}

const unknown = (text: string): DataType => ({ kind: 'native', flavor: null, text })

/** Nesting deeper than this is no type that anybody meant; it would only exhaust the stack. */
const maxDepth = 50

type Argument = number | 'max'

/** Recursive descent over the tokens of one spelling. A method that gives null means: not understood as a whole. */
class Reader {
  private at = 0
  private depth = 0
  private readonly text: string
  private readonly tokens: readonly TypeToken[]
  private readonly hint: TypeHint

  constructor(text: string, tokens: readonly TypeToken[], hint: TypeHint) {
    this.text = text
    this.tokens = tokens
    this.hint = hint
  }

  atEnd(): boolean {
    return this.at === this.tokens.length
  }

  type(): DataType | null {
    if (this.depth === maxDepth) return null
    this.depth++
    let type = this.base()
    while (type !== null && this.arraySuffix()) type = { kind: 'array', element: type }
    this.depth--
    return type
  }

  private base(): DataType | null {
    const next = this.tokens[this.at + 1]
    const opens = next?.kind === 'mark' && (next.text === '(' || next.text === '<')
    const word = this.word()
    if (word === 'enum' && next !== undefined && (opens || next.kind === 'quoted' || next.kind === 'word')) return this.enum()
    if (opens && word === 'array') return this.within((close) => this.array(close))
    if (opens && word === 'map') return this.within((close) => this.map(close))
    if (opens && (word === 'struct' || word === 'row')) return this.within((close) => this.struct(close))
    if (opens && word === 'native') return this.within((close) => this.native(close))
    if (opens && word === 'set') return this.mysqlSet()
    return this.named()
  }

  /** `name(1,2) more words`. */
  private named(): DataType | null {
    const start = this.at
    const words = this.words()
    let args: readonly Argument[] | null = []
    if (words.length > 0 && this.takes('(')) args = this.arguments()
    if (words.length === 0 || args === null) return this.verbatim(start, null)
    const name = [...words, ...(this.word() === 'array' ? [] : this.words())].join(' ')
    const meaning = typeNameOf(name, this.hint)
    return this.build(name, meaning, args) ?? this.verbatim(start, meaning?.form === 'native' ? meaning.flavor : null)
  }

  private build(name: string, meaning: TypeName | undefined, args: readonly Argument[]): DataType | null {
    if (meaning === undefined) return name.startsWith('_') && args.length === 0 ? this.underscored(name) : null
    return fill(meaning, args, this.hint)
  }

  /** PostgreSQL's own name of an array type: `_int4`. Source: PostgreSQL manual, "CREATE TYPE", array types. */
  private underscored(name: string): DataType | null {
    const meaning = typeNameOf(name.slice(1), 'postgres')
    const element = meaning === undefined ? null : fill(meaning, [], 'postgres')
    return element === null ? null : { kind: 'array', element }
  }

  /** What has no logical twin, up to the comma or bracket that ends it, as typed. */
  private verbatim(start: number, flavor: string | null): DataType | null {
    this.at = start
    let level = 0
    for (let token = this.tokens[this.at]; token !== undefined; token = this.tokens[this.at]) {
      if (token.kind === 'mark' && '(<['.includes(token.text)) level++
      if (token.kind === 'mark' && ')>]'.includes(token.text) && --level < 0) break
      if (token.kind === 'mark' && token.text === ',' && level === 0) break
      this.at++
    }
    const [first, last] = [this.tokens[start], this.tokens[this.at - 1]]
    if (first === undefined || last === undefined || this.at === start) return null
    return { kind: 'native', flavor, text: this.text.slice(first.start, last.end) }
  }

  private enum(): DataType | null {
    this.at++
    const named = this.tokens[this.at]
    const name = named !== undefined && named.kind !== 'mark' ? named.text : null
    if (name !== null) this.at++
    const values = this.takes('(') ? this.strings() : null
    return values === null ? null : { kind: 'enum', name, values }
  }

  private mysqlSet(): DataType | null {
    const start = this.at
    this.at += 2
    const [first, last] = [this.tokens[start], this.strings() === null ? undefined : this.tokens[this.at - 1]]
    if (first === undefined || last === undefined) return null
    return { kind: 'native', flavor: 'mysql', text: this.text.slice(first.start, last.end) }
  }

  private array(close: string): DataType | null {
    const element = this.type()
    return element !== null && this.takes(close) ? { kind: 'array', element } : null
  }

  private map(close: string): DataType | null {
    const key = this.type()
    const value = key !== null && this.takes(',') ? this.type() : null
    return key !== null && value !== null && this.takes(close) ? { kind: 'map', key, value } : null
  }

  private struct(close: string): DataType | null {
    const members: { name: string; type: DataType }[] = []
    if (this.takes(close)) return { kind: 'struct', members }
    do {
      const name = this.tokens[this.at]
      if (name === undefined || (name.kind !== 'word' && name.kind !== 'quoted')) return null
      this.at++
      this.takes(':')
      const type = this.type()
      if (type === null) return null
      members.push({ name: name.text, type })
    } while (this.takes(','))
    return this.takes(close) ? { kind: 'struct', members } : null
  }

  /** Our own spelling for a native text that would be read as something else: `native('flavor', 'text')` or `native('text')`. */
  private native(close: string): DataType | null {
    const [one, two, ...more] = this.strings(close) ?? []
    if (one === undefined || more.length > 0) return null
    return two === undefined ? { kind: 'native', flavor: null, text: one } : { kind: 'native', flavor: one, text: two }
  }

  private within(read: (close: string) => DataType | null): DataType | null {
    const close = this.tokens[this.at + 1]?.text === '<' ? '>' : ')'
    this.at += 2
    return read(close)
  }

  private arguments(): readonly Argument[] | null {
    const found: Argument[] = []
    do {
      const token = this.tokens[this.at++]
      if (token?.kind === 'word' && token.text.toLowerCase() === 'max') found.push('max')
      else if (token?.kind === 'number' && Number.isSafeInteger(Number(token.text))) found.push(Number(token.text))
      else return null
    } while (this.takes(','))
    return this.takes(')') ? found : null
  }

  private strings(close = ')'): readonly string[] | null {
    const found: string[] = []
    if (this.takes(close)) return found
    do {
      const token = this.tokens[this.at++]
      if (token?.kind !== 'string') return null
      found.push(token.text)
    } while (this.takes(','))
    return this.takes(close) ? found : null
  }

  private arraySuffix(): boolean {
    const before = this.at
    const word = this.word() === 'array'
    if (word) this.at++
    if (!this.takes('[')) return word
    if (this.tokens[this.at]?.kind === 'number') this.at++
    if (this.takes(']')) return true
    this.at = before
    return false
  }

  private words(): readonly string[] {
    const found: string[] = []
    for (let word = this.word(); word !== '' && !(found.length > 0 && word === 'array'); word = this.word()) {
      found.push(word)
      this.at++
    }
    return found
  }

  private word(): string {
    const token = this.tokens[this.at]
    return token?.kind === 'word' ? token.text.toLowerCase() : ''
  }

  private takes(mark: string): boolean {
    const token = this.tokens[this.at]
    const found = token?.kind === 'mark' && token.text === mark
    if (found) this.at++
    return found
  }
}

/** A name with its parameters, or null when they do not fit it. A native name is kept with its text by the caller. */
function fill(meaning: TypeName, args: readonly Argument[], hint: TypeHint): DataType | null {
  const [first = null, second = null] = args
  if (args.length > 2 || second === 'max') return null
  if (meaning.form === 'decimal') return first === 'max' || (first ?? 0) < 0 ? null : { kind: 'decimal', precision: first, scale: second }
  if (second !== null && !(meaning.form === 'float' && hint === 'mysql')) return null
  if (first !== null && first !== 'max' && first < 0) return null
  switch (meaning.form) {
    case 'simple':
      return fillSimple(meaning, first)
    case 'length':
      if (first === 'max') return meaning.max === undefined ? null : { kind: meaning.max }
      return { kind: meaning.kind, length: first }
    case 'time':
      return first === 'max' ? null : { kind: meaning.kind, precision: first ?? meaning.precision ?? null }
    case 'float':
      return first === 'max' ? null : floatOf(second === null ? first : null, hint)
    default:
      return null
  }
}

function fillSimple(meaning: TypeName & { readonly form: 'simple' }, width: Argument | null): DataType | null {
  if (width === 'max') return null
  if (meaning.kind === 'int8' && meaning.width === true && width === 1) return { kind: 'bool' }
  return width === null || meaning.width === true ? { kind: meaning.kind } : null
}
