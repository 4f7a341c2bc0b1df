import { closing, isSign, isWord, splitAtCommas, tokenize, type Token } from '../../lexer.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { columnList, columnNameProblem, fold, identifier, literal } from './names.ts'
import { rules } from './lexical.ts'

/** How the rows of a Kudu table are spread. Columns are folded; `columns` empty: all of the key. */
export interface KuduSpec {
  readonly hash: readonly { readonly columns: readonly string[]; readonly count: number }[]
  readonly range: { readonly columns: readonly string[]; readonly partitions: readonly RangePartition[] } | null
}

/** `VALUE = (a, b)`, or the values between two bounds, either of which may be open. Values are SQL already: literals and calls of constants. */
export type RangePartition =
  | { readonly kind: 'values'; readonly values: readonly Sql[] }
  | { readonly kind: 'between'; readonly lower: Bound | null; readonly upper: Bound | null }
interface Bound {
  /** One for each field; several since Impala 4. */
  readonly values: readonly Sql[]
  readonly inclusive: boolean
}

/** One part of an Iceberg partition spec. `name` null: the value of the column itself. */
export interface Transform {
  readonly name: 'BUCKET' | 'TRUNCATE' | 'YEAR' | 'MONTH' | 'DAY' | 'HOUR' | 'VOID' | null
  readonly width: number | null
  readonly column: string
}

/** A value, or why there is none: the end of a sentence that begins with what was read. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string }
const problem = (text: string): { readonly problem: string } => ({ problem: text })
const isProblem = <T>(parsed: Parsed<T>): parsed is { readonly problem: string } => 'problem' in parsed

const nameOf = (tokens: readonly Token[]): string | null => {
  const [only, ...more] = tokens
  if (only === undefined || more.length > 0 || (only.kind !== 'word' && only.kind !== 'name') || !only.closed) return null
  return columnNameProblem(only.value) === null ? fold(only.value) : null
}

/** Columns of a list: `a, b`, with backticks where a name needs them. Folded. */
export function parseColumns(text: string): Parsed<readonly string[]> {
  const tokens = tokenize(text, rules)
  return tokens.length === 0 ? problem('names no field') : columnsOf(tokens)
}

function columnsOf(tokens: readonly Token[]): Parsed<readonly string[]> {
  const names: string[] = []
  for (const part of splitAtCommas(tokens)) {
    const name = nameOf(part)
    if (name === null) return problem(`has ${JSON.stringify(textOf(part))} where the name of a field is expected`)
    if (names.includes(name)) return problem(`names ${name} twice`)
    names.push(name)
  }
  return { value: names }
}

const textOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join(' ')

/** Kudu: `HASH (a) PARTITIONS 4, HASH (b) PARTITIONS 2, RANGE (c) (PARTITION VALUES < 10, ...)`. Source: sql-parser.cup, partition_param_list. */
export function parseKuduSpec(text: string): Parsed<KuduSpec> {
  const tokens = tokenize(text, rules)
  const hash: KuduSpec['hash'][number][] = []
  let range: KuduSpec['range'] = null
  if (tokens.some(({ closed }) => !closed)) return problem('leaves a quote or a comment open')
  for (const part of splitAtCommas(tokens)) {
    if (range !== null) return problem('has something behind RANGE, which comes last')
    if (isWord(part[0], 'HASH')) {
      const one = hashOf(part)
      if (isProblem(one)) return one
      hash.push(one.value)
    } else if (isWord(part[0], 'RANGE')) {
      const one = rangeOf(part)
      if (isProblem(one)) return one
      range = one.value
    } else return problem(`has ${JSON.stringify(textOf(part))} where HASH (field) PARTITIONS n or RANGE (field) (PARTITION ...) is expected`)
  }
  const twice = hash.flatMap(({ columns }) => columns).find((name, at, all) => all.indexOf(name) < at)
  return twice === undefined ? { value: { hash, range } } : problem(`hashes ${twice} twice`)
}

/** Tokens inside the parentheses at `at`, and the place behind them; null without parentheses. */
function inside(tokens: readonly Token[], at: number): { readonly tokens: readonly Token[]; readonly next: number } | null {
  if (!isSign(tokens[at], '(')) return null
  const next = closing(tokens, at)
  return isSign(tokens[next - 1], ')') ? { tokens: tokens.slice(at + 1, next - 1), next } : null
}

function hashOf(tokens: readonly Token[]): Parsed<KuduSpec['hash'][number]> {
  const list = inside(tokens, 1)
  const columns = list === null ? { value: [] } : columnsOf(list.tokens)
  if (isProblem(columns)) return columns
  const [word, count, ...more] = tokens.slice(list?.next ?? 1)
  const number = count?.kind === 'number' && /^\d{1,9}$/.test(count.text) ? Number(count.text) : 0
  if (!isWord(word, 'PARTITIONS') || more.length > 0 || number < 2) return problem(`has ${JSON.stringify(textOf(tokens))} where HASH (field) PARTITIONS n is expected, with n from 2`)
  return { value: { columns: columns.value, count: number } }
}

function rangeOf(tokens: readonly Token[]): Parsed<NonNullable<KuduSpec['range']>> {
  const first = inside(tokens, 1)
  const second = first === null ? null : inside(tokens, first.next)
  const list = second ?? first
  if (list === null || list.next !== tokens.length) return problem(`has ${JSON.stringify(textOf(tokens))} where RANGE (field) (PARTITION ..., PARTITION ...) is expected`)
  const columns = second === null || first === null ? { value: [] } : columnsOf(first.tokens)
  if (isProblem(columns)) return columns
  const partitions: RangePartition[] = []
  for (const part of splitAtCommas(list.tokens)) {
    const one = partitionOf(part)
    if (one === null) return problem(`has ${JSON.stringify(textOf(part))} where PARTITION VALUE = x, or PARTITION a <= VALUES < b, is expected, with constants`)
    partitions.push(one)
  }
  return { value: { columns: columns.value, partitions } }
}

function partitionOf(tokens: readonly Token[]): RangePartition | null {
  if (!isWord(tokens[0], 'PARTITION')) return null
  if (isWord(tokens[1], 'VALUE') && isSign(tokens[2], '=')) {
    const values = constantsOf(tokens.slice(3))
    return values === null ? null : { kind: 'values', values }
  }
  const at = tokens.findIndex((token) => isWord(token, 'VALUES'))
  if (at < 1 || tokens.length < 3) return null
  const lower = at === 1 ? null : boundOf(tokens.slice(1, at), 'before')
  const upper = at === tokens.length - 1 ? null : boundOf(tokens.slice(at + 1), 'behind')
  return lower === undefined || upper === undefined ? null : { kind: 'between', lower, upper }
}

/** A bound with its `<` or `<=`, which stands between it and VALUES; undefined when it is none. */
function boundOf(tokens: readonly Token[], side: 'before' | 'behind'): Bound | undefined {
  const signs = side === 'before' ? tokens.slice(-2) : tokens.slice(0, 2)
  const inclusive = isSign(signs[0], '<') && isSign(signs[1], '=')
  const isBare = isSign(side === 'before' ? signs.at(-1) : signs[0], '<')
  if (!inclusive && !isBare) return undefined
  const length = inclusive ? 2 : 1
  const values = constantsOf(side === 'before' ? tokens.slice(0, -length) : tokens.slice(length))
  return values === null ? undefined : { values, inclusive }
}

/** One constant, or several in parentheses; null when one of them is none. */
function constantsOf(tokens: readonly Token[]): readonly Sql[] | null {
  const list = inside(tokens, 0)
  const parts = list !== null && list.next === tokens.length ? splitAtCommas(list.tokens) : [tokens]
  const values = parts.flatMap((part) => constantOf(part) ?? [])
  return values.length === parts.length ? values : null
}

/** A constant: a text, a number with its sign, TRUE, FALSE, DATE 'x', CAST(x AS type), or a call of constants. */
function constantOf(tokens: readonly Token[]): Sql | null {
  const [first, second] = tokens
  if (first === undefined) return null
  if (tokens.length === 1 && first.kind === 'text') return /^['"]/.test(first.text) ? literal(first.value) : null
  if (tokens.length === 1 && first.kind === 'number') return verbatim(first.text)
  if (tokens.length === 1) return isWord(first, 'TRUE') || isWord(first, 'FALSE') ? verbatim(first.text.toUpperCase()) : null
  if (tokens.length === 2 && (isSign(first, '-') || isSign(first, '+')) && second?.kind === 'number') return verbatim(`${first.value === '-' ? '-' : ''}${second.text}`)
  if (tokens.length === 2 && (isWord(first, 'DATE') || isWord(first, 'TIMESTAMP')) && second?.kind === 'text') return isWord(first, 'DATE') ? sql`DATE ${literal(second.value)}` : literal(second.value)
  return callOf(tokens)
}

function callOf(tokens: readonly Token[]): Sql | null {
  const [name] = tokens
  const list = inside(tokens, 1)
  if (name?.kind !== 'word' || list === null || list.next !== tokens.length || !/^[a-z_]\w*$/i.test(name.value)) return null
  if (isWord(name, 'CAST')) {
    const at = list.tokens.findIndex((token) => isWord(token, 'AS'))
    const value = at < 1 ? null : constantOf(list.tokens.slice(0, at))
    const type = list.tokens.slice(at + 1).map(({ text }) => text).join('')
    return value === null || !/^[a-z]+(?:\(\d+(?:,\d+)?\))?$/i.test(type) ? null : sql`CAST(${value} AS ${verbatim(type.toUpperCase())})`
  }
  if (list.tokens.length === 0) return verbatim(`${name.value.toUpperCase()}()`)
  const values = splitAtCommas(list.tokens).map(constantOf)
  return values.some((value) => value === null) ? null : sql`${verbatim(name.value.toUpperCase())}(${join(values.flatMap((value) => value ?? []))})`
}

const tupleSql = (values: readonly Sql[]): Sql => (values.length === 1 ? join(values) : sql`(${join(values)})`)

const partitionSql = (partition: RangePartition): Sql => {
  if (partition.kind === 'values') return sql`PARTITION VALUE = ${tupleSql(partition.values)}`
  const sign = (bound: Bound) => (bound.inclusive ? sql`<=` : sql`<`)
  const { lower, upper } = partition
  return sql`PARTITION ${lower === null ? sql`` : sql`${tupleSql(lower.values)} ${sign(lower)} `}VALUES${upper === null ? sql`` : sql` ${sign(upper)} ${tupleSql(upper.values)}`}`
}

/** The list behind PARTITION BY of a Kudu table. */
export const kuduSpecSql = ({ hash, range }: KuduSpec): Sql => {
  const list = (columns: readonly string[]) => (columns.length === 0 ? sql`` : sql` ${columnList(columns)}`)
  return join([
    ...hash.map(({ columns, count }) => sql`HASH${list(columns)} PARTITIONS ${verbatim(String(count))}`),
    ...(range === null ? [] : [sql`RANGE${list(range.columns)} (\n  ${join(range.partitions.map(partitionSql), ',\n  ')}\n)`]),
  ])
}

const transforms: ReadonlySet<string> = new Set(['BUCKET', 'TRUNCATE', 'YEAR', 'MONTH', 'DAY', 'HOUR', 'VOID'])

/** Iceberg: `BUCKET(8, id), MONTH(day), region`. Source: sql-parser.cup, iceberg_partition_field_list. */
export function parseIcebergSpec(text: string): Parsed<readonly Transform[]> {
  const tokens = tokenize(text, rules)
  if (tokens.length === 0) return problem('names no field')
  const found: Transform[] = []
  for (const part of splitAtCommas(tokens)) {
    const one = transformOf(part)
    if (one === null) return problem(`has ${JSON.stringify(textOf(part))} where a field, BUCKET(n, field), TRUNCATE(n, field), YEAR(field), MONTH(field), DAY(field), HOUR(field) or VOID(field) is expected`)
    found.push(one)
  }
  return { value: found }
}

function transformOf(tokens: readonly Token[]): Transform | null {
  const plain = nameOf(tokens)
  if (plain !== null) return { name: null, width: null, column: plain }
  const list = inside(tokens, 1)
  const word = tokens[0]?.kind === 'word' ? tokens[0].value.toUpperCase() : ''
  if (list === null || list.next !== tokens.length || (!transforms.has(word) && word !== 'IDENTITY')) return null
  const parts = splitAtCommas(list.tokens)
  const column = nameOf(parts.at(-1) ?? [])
  const needsWidth = word === 'BUCKET' || word === 'TRUNCATE'
  if (column === null || parts.length !== (needsWidth ? 2 : 1)) return null
  const [width] = parts[0] ?? []
  if (needsWidth && (parts[0]?.length !== 1 || width?.kind !== 'number' || !/^[1-9]\d{0,8}$/.test(width.text))) return null
  return { name: word === 'IDENTITY' ? null : (word as Transform['name']), width: needsWidth ? Number(width?.text) : null, column }
}

/** The list inside PARTITIONED BY SPEC of an Iceberg table. */
export const icebergSpecSql = (spec: readonly Transform[]): Sql =>
  join(spec.map(({ name, width, column }) => {
    if (name === null) return identifier(column)
    return width === null ? sql`${verbatim(name)}(${identifier(column)})` : sql`${verbatim(name)}(${verbatim(String(width))}, ${identifier(column)})`
  }))
