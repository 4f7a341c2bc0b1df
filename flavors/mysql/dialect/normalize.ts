import type { CheckShape, ColumnShape, IndexShape, KeyShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { normalDefault } from './default.ts'
import { normalExpression, type KnownColumns } from './expression.ts'
import { bounded, convention } from './names.ts'
import { normalOptions, optionsOf } from './options.ts'
import type { Server } from './server.ts'
import { storedType } from './types.ts'

/** Equal tables deeply equal, as the server keeps them: names made, types and defaults in one spelling, what it does not keep taken off. Still valid input for `statements`. */
export function normalize(given: TableShape, server: Server): TableShape {
  const shape = withNames(withJson(given, server))
  const columns: KnownColumns = new Set(shape.columns.map(({ name }) => name))
  const keys = new Set(shape.primaryKey?.columns)
  const { collation } = optionsOf(shape.options, server)
  return {
    schema: shape.schema,
    name: shape.name,
    comment: keptComment(shape.comment, server),
    columns: shape.columns.map((column) => normalColumn(column, { server, columns, collation, isKey: keys.has(column.name) })),
    primaryKey: shape.primaryKey === null ? null : { name: 'PRIMARY', columns: shape.primaryKey.columns },
    uniques: shape.uniques.map(({ name, columns: parts }): KeyShape => ({ name, columns: parts })).toSorted(byName),
    checks: server.checks ? shape.checks.map(({ name, expression }): CheckShape => ({ name, expression: normalExpression(expression, columns) })).toSorted(byName) : [],
    references: shape.references.map(normalReference).toSorted(byName),
    indexes: shape.indexes.flatMap((index) => normalIndex(index, shape, columns, server) ?? []).toSorted(byName),
    options: normalOptions(shape.options, server),
  }
}

/** MariaDB keeps comments in utf8mb3, and a question mark for what that has not. */
const keptComment = (text: string, server: Server): string => (server.isMariaDb ? text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '?') : text)

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byName = (a: { readonly name: string }, b: { readonly name: string }): number => byText(a.name, b.name) || byText(JSON.stringify(a), JSON.stringify(b))

/** Names of one kind are one namespace, in which case makes no difference: the second of a name gets 1 behind it. */
function namer(taken: readonly { readonly name: string }[]) {
  let known: Set<string> | undefined
  return <T extends { readonly name: string }>(part: T, name: string): T => {
    if (part.name !== '') return part
    const used = (known ??= new Set(taken.map((one) => one.name.toLowerCase())))
    let free = name
    for (let n = 1; used.has(free.toLowerCase()); n++) free = bounded(`${name}${n}`)
    used.add(free.toLowerCase())
    return { ...part, name: free }
  }
}

/** `shape` with a name for each part that has none. */
export function withNames(shape: TableShape): TableShape {
  const isNamed = ({ name }: { readonly name: string }) => name !== ''
  if (shape.uniques.every(isNamed) && shape.checks.every(isNamed) && shape.references.every(isNamed) && shape.indexes.every(isNamed)) return shape
  const { name: table } = shape
  const index = namer([...shape.uniques, ...shape.indexes])
  const check = namer(shape.checks)
  const reference = namer(shape.references)
  return {
    ...shape,
    uniques: shape.uniques.map((key) => index(key, convention.unique(table, key.columns))),
    checks: shape.checks.map((one) => check(one, convention.check(table))),
    references: shape.references.map((one) => reference(one, convention.reference(table, one.columns))),
    indexes: shape.indexes.map((one) => index(one, convention.index(table, indexWords(one)))),
  }
}

/** What an index is over, for its name. */
export const indexWords = (index: IndexShape): readonly string[] => index.parts.map((part) => part.column ?? prefixOf(part.expression)?.column ?? 'expr')

/** Column and length of `left(column, n)`: an index over the beginning of a text, which every version has. */
export function prefixOf(expression: string): { readonly column: string; readonly length: number } | null {
  const [, quoted, ansi, bare, length] = /^left\s*\(\s*(?:`((?:[^`]|``)+)`|"((?:[^"]|"")+)"|([A-Za-z_$][\w$]*))\s*,\s*(\d{1,4})\s*\)$/i.exec(expression.trim()) ?? []
  const column = quoted?.replaceAll('``', '`') ?? ansi?.replaceAll('""', '"') ?? bare
  return column === undefined || Number(length) === 0 ? null : { column, length: Number(length) }
}

/** On MariaDB a JSON field is a text with a check that it is JSON: what reads back so is one. */
function withJson(shape: TableShape, server: Server): TableShape {
  if (!server.isMariaDb) return shape
  const columns: KnownColumns = new Set(shape.columns.map(({ name }) => name))
  const checked = new Set<string>()
  const checks = shape.checks.filter(({ expression }) => {
    const [, quoted, bare] = /^json_valid\s?\((?:`((?:[^`]|``)+)`|([\w$]+))\)$/i.exec(normalExpression(expression, columns)) ?? []
    const name = quoted?.replaceAll('``', '`') ?? bare
    const column = shape.columns.find((one) => one.name === name)
    const isJson = column !== undefined && storedType(column.type, server).kind === 'text' && column.collation.toLowerCase() === 'utf8mb4_bin'
    if (isJson) checked.add(column.name)
    return !isJson
  })
  return { ...shape, checks, columns: shape.columns.map((column) => (checked.has(column.name) ? { ...column, type: { kind: 'json' }, collation: '' } : column)) }
}

const isTextual = (kind: string): boolean => kind === 'text' || kind === 'varchar' || kind === 'char' || kind === 'enum'

function normalColumn(column: ColumnShape, known: { readonly server: Server; readonly columns: KnownColumns; readonly collation: string; readonly isKey: boolean }): ColumnShape {
  const { server, columns, isKey } = known
  const type = storedType(column.type, server)
  const { generated, identity } = column
  const collation = column.collation.toLowerCase()
  const isCollated = isTextual(type.kind) || (type.kind === 'native' && type.text.startsWith('set('))
  // MariaDB says nothing about NULL of a generated column.
  const isFree = generated !== null && server.isMariaDb
  return {
    name: column.name,
    type,
    nullable: isFree ? !isKey : column.nullable && !isKey && identity === null,
    default: column.default === null || identity !== null || generated !== null ? null : normalDefault(column.default, column.type, server),
    identity: identity === null || generated !== null ? null : 'default',
    generated: generated === null ? null : { expression: normalExpression(generated.expression, columns), stored: generated.stored },
    comment: keptComment(column.comment, server),
    collation: !isCollated || collation === known.collation ? '' : collation,
  }
}

/** NO ACTION and RESTRICT are the same here, and every check is made at once. */
function normalReference({ name, columns, parent, parentColumns, onUpdate, onDelete }: ReferenceShape): ReferenceShape {
  const action = (given: ReferenceShape['onDelete']) => (given === 'restrict' ? 'no action' : given)
  return { name, columns, parent: { schema: parent.schema, name: parent.name }, parentColumns, onUpdate: action(onUpdate), onDelete: action(onDelete), deferrable: 'no' }
}

const keptMethods: ReadonlySet<string> = new Set(['fulltext', 'spatial', 'vector'])

/** Method of an index as the server keeps it: '' for the usual one. InnoDB makes a tree of a hash. */
export const indexMethod = (method: string, engine: string): string => {
  const lower = method.toLowerCase()
  if (keptMethods.has(lower)) return lower
  return lower === 'hash' && engine !== 'InnoDB' ? 'hash' : ''
}

/** The index without what MySQL has not; null when nothing is left, or when a foreign key brings it along. */
function normalIndex(index: IndexShape, shape: TableShape, columns: KnownColumns, server: Server): IndexShape | null {
  if (isOfReference(index, shape.references)) return null
  const method = indexMethod(index.method, optionsOf(shape.options, server).engine)
  const parts = index.parts.map((part) => normalPart(part, columns, server, keptMethods.has(method)))
  const needsExpression = parts.some(({ column, expression }) => column === null && prefixOf(expression) === null)
  if (needsExpression && !server.expressionIndexes && !index.unique) return null
  return { name: index.name, unique: index.unique, method, parts, include: [], predicate: index.unique && index.predicate !== '' ? normalExpression(index.predicate, columns) : '' }
}

function normalPart(part: IndexShape['parts'][number], columns: KnownColumns, server: Server, isUnordered: boolean): IndexShape['parts'][number] {
  const expression = part.column === null ? normalExpression(part.expression, columns) : ''
  const prefix = prefixOf(expression)
  const plain = part.column ?? (columns?.has(expression) === true ? expression : null)
  const written = prefix === null ? expression : `left(${normalExpression(`\`${prefix.column.replaceAll('`', '``')}\``, columns)}, ${prefix.length})`
  return { column: plain, expression: plain === null ? written : '', order: isUnordered || !server.descendingIndexes ? 'asc' : part.order, nulls: '' }
}

/** InnoDB makes an index for each foreign key that has none, with the name of the key. */
const isOfReference = (index: IndexShape, references: readonly ReferenceShape[]): boolean =>
  !index.unique && index.method === '' && index.predicate === '' && references.some(({ name, columns }) =>
    name === index.name && columns.length === index.parts.length && index.parts.every((part, at) => part.column === columns[at] && part.order === 'asc'))
