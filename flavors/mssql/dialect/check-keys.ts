import type { Finding } from '../../../app/model/finding.ts'
import type { ColumnShape, IndexShape, TableShape } from '../../../app/model/shape.ts'
import { tokenize } from '../../lexer.ts'
import { nullableColumns } from './create-table.ts'
import { finding } from './finding.ts'
import { rules } from './lexical.ts'
import { isClustered } from './options.ts'
import { indexMethod } from './part-sql.ts'
import { bytesOf } from './sizes.ts'
import { storedOf } from './stored.ts'
import type { Features } from './version.ts'

interface Key {
  readonly what: string
  readonly name: string
  readonly columns: readonly string[]
  readonly clustered: boolean
}

// Source: Microsoft Learn, "Maximum capacity specifications for SQL Server".
const maxKeyColumns = 32
const maxBytes = (clustered: boolean): number => (clustered ? 900 : 1700)

/** Keys that are too wide: for certain (error), or for long values only (warning). A type that is kept outside of its row is part of no key. */
function keyFindings(shape: TableShape, { what, name, columns, clustered }: Key, features: Features): readonly Finding[] {
  const label = name === '' ? what : `${what} ${name}`
  const used = columns.flatMap((one) => shape.columns.find((column) => column.name === one && column.generated === null) ?? [])
  const sized = used.map((column) => ({ column, stored: storedOf(column.type, features) }))
  const outside = sized.filter(({ stored }) => stored.base !== '' && bytesOf(stored).most === Infinity)
  if (outside.length > 0) {
    return outside.map(({ column, stored }) =>
      finding('KEY_TYPE', 'error', { property: 'type', column: column.name }, `${stored.text} cannot be part of a key: ${label} needs ${column.name} to be of a type with a length.`),
    )
  }
  const path = { property: 'key', column: columns[0] ?? name }
  if (columns.length > maxKeyColumns) return [finding('KEY_TOO_WIDE', 'error', path, `${label} has ${columns.length} fields, and SQL Server takes ${maxKeyColumns}.`)]
  const limit = maxBytes(clustered)
  const sum = (end: 'least' | 'most') => sized.reduce((bytes, { stored }) => bytes + (stored.base === '' ? 0 : bytesOf(stored)[end]), 0)
  if (sum('least') > limit) return [finding('KEY_TOO_WIDE', 'error', path, `${label} takes ${sum('least')} bytes, and SQL Server ${limit}. Shorten its fields.`)]
  if (sum('most') <= limit) return []
  return [finding('KEY_TOO_WIDE', 'warning', path, `${label} can take ${sum('most')} bytes, and SQL Server ${limit}: a row with longer values is refused. Shorten its fields.`)]
}

/** Keys and indexes of a table. */
export function checkKeys(shape: TableShape, features: Features): readonly Finding[] {
  const primary = shape.primaryKey === null ? [] : [{ what: 'the primary key', ...shape.primaryKey, clustered: isClustered(shape) }]
  const uniques = shape.uniques.map((key) => ({ what: 'the unique constraint', ...key, clustered: false }))
  const indexes = shape.indexes
    .filter(({ method }) => indexMethod(method) !== 'columnstore')
    .map(({ name, parts, method }) => ({ what: 'the index', name, columns: parts.flatMap(({ column }) => column ?? []), clustered: indexMethod(method) === 'clustered' }))
  return [
    ...[...primary, ...uniques, ...indexes].flatMap((key) => keyFindings(shape, key, features)),
    ...shape.uniques.flatMap((key) => filteredFindings(shape, key)),
    ...clusteredFindings(shape),
    ...shape.indexes.flatMap((index) => indexFindings(index, shape.columns)),
  ]
}

function filteredFindings(shape: TableShape, { name, columns }: { readonly name: string; readonly columns: readonly string[] }): readonly Finding[] {
  const nullable = nullableColumns(shape, columns)
  if (nullable.length === 0) return []
  const label = name === '' ? `The unique constraint over ${columns.join(', ')}` : `The unique constraint ${name}`
  return [
    finding('UNIQUE_NULLS', 'info', { property: 'key', column: columns[0] ?? name }, `${label} becomes a unique index that leaves rows with NULL in ${nullable.join(', ')} out, since NULLs are equal to SQL Server. No foreign key can point at it.`),
  ]
}

function clusteredFindings(shape: TableShape): readonly Finding[] {
  const own = shape.indexes.filter(({ method }) => indexMethod(method) === 'clustered')
  const count = own.length + (shape.primaryKey !== null && isClustered(shape) ? 1 : 0)
  const [first] = own
  if (count < 2 || first === undefined) return []
  return [finding('CLUSTERED_TWICE', 'error', { property: 'method', column: first.name }, 'The rows of a table have one order: set MSSQL.CLUSTERED to no, or make the index nonclustered.')]
}

function indexFindings(index: IndexShape, columns: readonly ColumnShape[]): readonly Finding[] {
  const at = (property: string) => ({ property, column: index.name })
  const label = index.name === '' ? 'The index' : `The index ${index.name}`
  const found: Finding[] = []
  for (const { column, expression } of index.parts) {
    if (column === null) found.push(finding('FEATURE_UNSUPPORTED', 'error', at('columns'), `SQL Server has no index on an expression: make ${JSON.stringify(expression.slice(0, 80))} a computed field, and index that.`))
  }
  if (!['', 'btree', 'nonclustered'].includes(index.method.trim().toLowerCase()) && indexMethod(index.method) === '') {
    found.push(finding('FEATURE_UNSUPPORTED', 'warning', at('method'), `${label} is made as an ordinary index: SQL Server has no method ${JSON.stringify(index.method.slice(0, 80))}, only clustered, nonclustered and columnstore.`))
  }
  if (index.parts.some(({ nulls, order }) => nulls !== '' && nulls !== (order === 'asc' ? 'first' : 'last'))) {
    found.push(finding('FEATURE_UNSUPPORTED', 'warning', at('nulls'), `${label} is made without an order of NULLs: to SQL Server NULL is the smallest value.`))
  }
  if (indexMethod(index.method) === 'clustered' && (index.include.length > 0 || index.predicate !== '')) {
    found.push(finding('FEATURE_UNSUPPORTED', 'error', at('method'), `${label} cannot be clustered: it has a condition or included fields, and a clustered index holds every row and field.`))
  }
  if (indexMethod(index.method) === 'columnstore' && (index.include.length > 0 || index.unique)) {
    found.push(finding('FEATURE_UNSUPPORTED', 'error', at('method'), `${label} cannot be a columnstore: that is never unique and includes nothing.`))
  }
  if (index.predicate !== '') found.push(...predicateFindings(index, columns, label))
  return found
}

const notInFilters = new Set(['OR', 'NOT', 'LIKE', 'BETWEEN', 'CASE', 'EXISTS', 'SELECT', 'COALESCE', 'CONVERT', 'CAST'])

/** The condition of a filtered index is a chain of comparisons with constants. Source: Microsoft Learn, "CREATE INDEX", filter_predicate. */
function predicateFindings(index: IndexShape, columns: readonly ColumnShape[], label: string): readonly Finding[] {
  const tokens = tokenize(index.predicate, rules)
  const words = tokens.map((token, at) => ({ word: token.kind === 'word' ? token.value.toUpperCase() : '', before: tokens[at - 1]?.value.toUpperCase(), after: tokens[at + 1]?.value }))
  const odd = words.find(({ word, before, after }) => (notInFilters.has(word) && !(word === 'NOT' && before === 'IS')) || (word !== '' && after === '(' && word !== 'IN' && word !== 'AND'))
  const computed = columns.find(({ name, generated }) => generated !== null && tokens.some(({ kind, value }) => (kind === 'word' || kind === 'name') && value.toLowerCase() === name.toLowerCase()))
  if (odd === undefined && computed === undefined) return []
  const what = odd === undefined ? `the computed field ${computed?.name ?? ''}` : odd.word
  return [finding('FEATURE_UNSUPPORTED', 'error', { property: 'predicate', column: index.name }, `${label} cannot have ${what} in its condition: SQL Server takes comparisons of fields with constants, IN, IS NULL and IS NOT NULL, joined by AND.`)]
}
