import { MetaMigrateError } from '../../../app/errors.ts'
import { readDefault } from '../../default-value.ts'
import type { ColumnShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { constantSql } from './default.ts'
import { isNonUnique, type Format } from './facts.ts'
import { layoutOf, type Layout } from './layout.ts'
import { columnList, displayTable, fold, identifier, literal, rawLiteral, tableSql } from './names.ts'
import { icebergSpecSql, kuduSpecSql } from './partition-spec.ts'
import { unsupported } from './statement.ts'
import { nativeType, usualText, type TypePlace } from './types.ts'

/** Type of a column in a DDL. Errors: TYPE_REFUSED where the format has none. */
export function columnType(table: { readonly name: string }, column: ColumnShape, place: TypePlace): Sql {
  const usual = usualText(column.type, place)
  if (usual !== null) return verbatim(usual)
  const { text, losses } = nativeType(column.type, place)
  const refused = losses.length === 0 ? undefined : losses.find(({ severity }) => severity === 'error')
  if (refused === undefined) return verbatim(text)
  throw new MetaMigrateError('TYPE_REFUSED', `Column ${column.name} of ${table.name}: ${refused.message}`, { flavor: 'impala', table: table.name, column: column.name })
}

/** Whether an Iceberg table keeps defaults: format version 3, said aloud, on Impala 5.0. */
export const hasDefaults = ({ format, properties }: Pick<Layout, 'format' | 'properties'>, version: number): boolean =>
  format === 'kudu' || (format === 'iceberg' && properties.get('format-version') === '3' && version >= 50_000)

/** The default of a column as the table keeps it; null where it keeps none. */
export const defaultSql = (column: ColumnShape, native: string): Sql | null => (column.default === null || column.generated !== null ? null : constantSql(readDefault(column.default), native))

/** What stands around a column. */
export interface ColumnPlace extends TypePlace {
  readonly isKey: boolean
  readonly keepsDefault: boolean
}

/** One column of CREATE TABLE or ADD COLUMNS. A file table takes nothing but a comment. */
export function columnSql(table: { readonly name: string }, column: ColumnShape, place: ColumnPlace): Sql {
  const type = columnType(table, column, place)
  if (place.format === 'file' && column.comment === '') return verbatim(`${identifier(column.name)} ${type}`)
  const notNull = place.format !== 'file' && (!column.nullable || place.isKey) ? sql` NOT NULL` : sql``
  const fallback = place.keepsDefault ? defaultSql(column, type) : null
  const comment = column.comment === '' ? sql`` : sql` COMMENT ${rawLiteral(column.comment)}`
  return sql`${identifier(column.name)} ${type}${notNull}${fallback === null ? sql`` : sql` DEFAULT ${fallback}`}${comment}`
}

/** Columns in the order in which the table keeps them: the key first in Kudu, partitions last in files. */
export function storedColumns(shape: TableShape, layout: Pick<Layout, 'format' | 'partitioned'>): readonly ColumnShape[] {
  const first = layout.format === 'kudu' ? (shape.primaryKey?.columns ?? []).map(fold) : []
  const last = layout.partitioned
  if (first.length === 0 && last.length === 0) return shape.columns
  const place = new Map([...first.map((name, at) => [name, at - first.length] as const), ...last.map((name, at) => [name, at + 1] as const)])
  return shape.columns.toSorted((a, b) => (place.get(fold(a.name)) ?? 0) - (place.get(fold(b.name)) ?? 0))
}

/** Impala writes keys of Iceberg tables since 4.4. Source: IMPALA-12729. */
export const icebergKeysSince = 40_400

/** Key columns that the format keeps: none where a partition column is among them, which Impala does not find. */
export function keptKey(shape: TableShape, { format, partitioned }: Pick<Layout, 'format' | 'partitioned'>, version: number): readonly string[] {
  const columns = shape.primaryKey?.columns ?? []
  if (format === 'iceberg' && version < icebergKeysSince) return []
  return format === 'file' && columns.some((name) => partitioned.includes(fold(name))) ? [] : columns
}

/** Foreign keys that the table keeps: of file tables only, and not to itself, since the parent has to be there first. */
export function keptReferences(shape: TableShape, { format, partitioned }: Pick<Layout, 'format' | 'partitioned'>): readonly ReferenceShape[] {
  if (format !== 'file' || /^none$/i.test((shape.options['IMPALA.FOREIGN_KEYS'] ?? '').trim())) return []
  return shape.references.filter(({ parent, columns }) => {
    const isSelf = fold(parent.name) === fold(shape.name) && fold(parent.schema) === fold(shape.schema)
    return !isSelf && !columns.some((name) => partitioned.includes(fold(name)))
  })
}

const informational = sql` DISABLE NOVALIDATE RELY`

function keySql(shape: TableShape, layout: Layout, version: number): readonly Sql[] {
  const columns = keptKey(shape, layout, version)
  if (columns.length === 0) return []
  const words = isNonUnique(shape) ? sql`NON UNIQUE PRIMARY KEY` : sql`PRIMARY KEY`
  const tail: Readonly<Record<Format, Sql>> = { file: informational, kudu: sql``, iceberg: sql` NOT ENFORCED` }
  return [sql`${words} ${columnList(columns)}${tail[layout.format]}`]
}

const referenceSql = ({ columns, parent, parentColumns }: ReferenceShape): Sql =>
  sql`FOREIGN KEY ${columnList(columns)} REFERENCES ${tableSql(parent)} ${columnList(parentColumns)}${informational}`

/** Errors: FLAVOR_UNSUPPORTED for options that make no table. */
export function usableLayout(shape: TableShape): Layout {
  const layout = layoutOf(shape)
  const bad = layout.problems.find(({ severity }) => severity === 'error')
  if (bad !== undefined) throw unsupported('createTable', `${displayTable(shape)}: ${bad.message}`)
  if (layout.format === 'kudu' && shape.primaryKey === null) throw unsupported('createTable', `${displayTable(shape)}: a Kudu table needs a primary key. Give it one, or change IMPALA.STORED_AS.`)
  return layout
}

/** The clauses behind the columns, in the order of the grammar. Source: sql-parser.cup, create_tbl_stmt and tbl_options. */
function clauses(shape: TableShape, layout: Layout, partitions: readonly Sql[]): readonly Sql[] {
  const { delimiters, sort, kudu, iceberg, stored, location, properties } = layout
  const row = [
    ...(delimiters.field === '' ? [] : [sql`FIELDS TERMINATED BY ${literal(delimiters.field)}`]),
    ...(delimiters.escape === '' ? [] : [sql`ESCAPED BY ${literal(delimiters.escape)}`]),
    ...(delimiters.line === '' ? [] : [sql`LINES TERMINATED BY ${literal(delimiters.line)}`]),
  ]
  return [
    ...(partitions.length === 0 ? [] : [sql`PARTITIONED BY (\n  ${join(partitions, ',\n  ')}\n)`]),
    ...(kudu === null ? [] : [sql`PARTITION BY ${kuduSpecSql(withKey(kudu, shape))}`]),
    ...(iceberg.length === 0 ? [] : [sql`PARTITIONED BY SPEC (${icebergSpecSql(iceberg)})`]),
    ...(sort === null ? [] : [sql`SORT BY ${sort.zorder ? sql`ZORDER ` : sql``}${columnList(sort.columns)}`]),
    ...(shape.comment === '' ? [] : [sql`COMMENT ${rawLiteral(shape.comment)}`]),
    ...(row.length === 0 ? [] : [sql`ROW FORMAT DELIMITED ${join(row, ' ')}`]),
    sql`STORED AS ${verbatim(stored)}`,
    ...(location === '' ? [] : [sql`LOCATION ${rawLiteral(location)}`]),
    ...(properties.size === 0 ? [] : [sql`TBLPROPERTIES (${join([...properties].map(([key, value]) => sql`${literal(key)} = ${literal(value)}`))})`]),
  ]
}

/** Columns that nobody named are those of the key, written out. */
const withKey = (spec: NonNullable<Layout['kudu']>, shape: TableShape): NonNullable<Layout['kudu']> => {
  const key = (shape.primaryKey?.columns ?? []).map(fold)
  return {
    hash: spec.hash.map((one) => (one.columns.length > 0 ? one : { ...one, columns: key })),
    range: spec.range === null || spec.range.columns.length > 0 ? spec.range : { ...spec.range, columns: key },
  }
}

/** The CREATE TABLE of a shape. Errors: NAME_REFUSED, TYPE_REFUSED, FLAVOR_UNSUPPORTED. */
export function createTableSql(shape: TableShape, references: boolean, version: number): Sql {
  const layout = usableLayout(shape)
  const { format, partitioned } = layout
  const keys = new Set(keptKey(shape, layout, version))
  const keepsDefault = hasDefaults(layout, version)
  const lines: Sql[] = []
  const partitions: Sql[] = []
  for (const column of storedColumns(shape, layout)) {
    const isPartition = partitioned.length > 0 && partitioned.includes(fold(column.name))
    ;(isPartition ? partitions : lines).push(columnSql(shape, column, { format, version, isKey: keys.has(column.name), keepsDefault }))
  }
  lines.push(...keySql(shape, layout, version), ...(references ? keptReferences(shape, layout).map(referenceSql) : []))
  return sql`CREATE ${layout.external ? sql`EXTERNAL ` : sql``}TABLE ${tableSql(shape)} (\n  ${join(lines, ',\n  ')}\n)\n${join(clauses(shape, layout, partitions), '\n')}`
}
