import { readDefault } from '../../default-value.ts'
import type { ColumnShape, TableName, TableShape } from '../../../app/model/shape.ts'
import type { CopyColumn, Statement } from '../../flavor.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { castTo, isComplex, nativeOf } from './cast.ts'
import { fillSql } from './default.ts'
import { isNonUnique, isWritable, keepsFiles, storedAsOf } from './facts.ts'
import { layoutOf } from './layout.ts'
import { columnList, displayTable, fold, identifier, tableSql } from './names.ts'
import { statement, unsupported } from './statement.ts'
import { hasDefaults } from './table-sql.ts'
import type { TypePlace } from './types.ts'

/** A column of the new table with the value that goes into it. */
interface Fill {
  readonly column: ColumnShape
  readonly value: Sql
}

/**
 * Rows of `from` into `to`, partition columns last, every value cast by words; then statistics, without which Impala plans blindly.
 * A Kudu table with a unique key takes UPSERT, which can be repeated; equal keys show in the comparison of the rows.
 * Source: Impala manual, INSERT, UPSERT, COMPUTE STATS.
 */
export function copyRows(from: TableName, to: TableShape, columns: readonly CopyColumn[], version: number): readonly Statement[] {
  refuseUnwritable(to)
  const layout = layoutOf(to)
  const place: TypePlace = { format: layout.format, version }
  const fills = columns.flatMap((pair) => fillOf(pair, { to, place, keepsDefault: hasDefaults(layout, version) }) ?? [])
  const isPartition = ({ column }: Fill) => layout.partitioned.includes(fold(column.name))
  const plain = fills.filter((fill) => !isPartition(fill))
  const partitions = layout.partitioned.flatMap((name) => fills.find(({ column }) => fold(column.name) === name) ?? missingPartition(to, name))
  const ordered = [...plain, ...partitions]
  const [first] = plain
  if (first === undefined) throw unsupported('copyRows', `${displayTable(to)}: no field takes a value. Keep a field, or drop the table and create it.`)
  const names = (list: readonly Fill[]) => columnList(list.map(({ column }) => column.name))
  const head = layout.format === 'kudu' && !isNonUnique(to) ? sql`UPSERT` : sql`INSERT`
  const partition = partitions.length === 0 ? sql`` : sql` PARTITION ${names(partitions)}`
  const text = sql`${head} INTO ${tableSql(to)} ${names(plain)}${partition}\nSELECT ${join(ordered.map(({ value }) => value))}\nFROM ${tableSql(from)}`
  const back = layout.format === 'kudu' ? sql`DELETE FROM ${tableSql(to)}` : sql`TRUNCATE TABLE ${tableSql(to)}`
  return [
    statement(text, `Copy the rows of ${displayTable(from)} into ${displayTable(to)}`, 'restore', [back]),
    statement(sql`COMPUTE STATS ${tableSql(to)}`, `Count ${displayTable(to)}, for good query plans`, 'restore', []),
  ]
}

/** Impala would answer with an error for a part of these, and with doubled rows for the last. */
function refuseUnwritable(to: TableShape): void {
  const name = displayTable(to)
  if (!isWritable(to.options)) throw unsupported('copyRows', `${name} is stored as ${storedAsOf(to.options)}, which Impala reads and does not write. Set IMPALA.STORED_AS to PARQUET, or load the table with Hive.`)
  if (keepsFiles(to)) throw unsupported('copyRows', `${name} is external: its files stay when a table is dropped, and a new table at that place would have the old rows too. Clear IMPALA.EXTERNAL, or move the rows yourself.`)
}

const missingPartition = (to: TableShape, name: string): readonly Fill[] => {
  throw unsupported('copyRows', `${displayTable(to)}: nothing fills ${name}, by which the table is partitioned. Give it a default, or take it from IMPALA.PARTITIONED_BY.`)
}

/** The value of a column; null where it is left out and becomes its default, or NULL. */
function fillOf({ from, to: column }: CopyColumn, { to, place, keepsDefault }: { readonly to: TableShape; readonly place: TypePlace; readonly keepsDefault: boolean }): Fill | null {
  const target = nativeOf(column.type, place)
  if (from === null || column.generated !== null) {
    if (column.default === null || column.generated !== null || keepsDefault) return null
    const value = fillSql(readDefault(column.default), target.text)
    if (value === null) throw unsupported('copyRows', `${displayTable(to)}: rows that are there already would need ${column.default} in ${column.name}, which is none of Impala's words. Give a constant, or take the default away.`)
    return { column, value }
  }
  // The old table may be of any format: its own types are those of a file table or narrower.
  const source = nativeOf(from.type, { format: 'file', version: place.version })
  if (isComplex(target) || isComplex(source)) {
    throw unsupported('copyRows', `${displayTable(to)}.${fold(column.name)} is ${target.text}: Impala reads such a field and writes none. Keep the directory (IMPALA.EXTERNAL and IMPALA.LOCATION) and make the table over it, or copy the rows with Hive or Spark.`)
  }
  return { column, value: castTo(identifier(from.name), source, target) }
}

/** Why a CREATE TABLE AS cannot be of this table: complex columns. */
function refuseComplex(shape: TableShape, version: number): void {
  const place: TypePlace = { format: layoutOf(shape).format, version }
  const complex = shape.columns.find((column) => isComplex(nativeOf(column.type, place)))
  if (complex === undefined) return
  throw unsupported('copyTable', `${displayTable(shape)}.${fold(complex.name)} is ${nativeOf(complex.type, place).text}: Impala copies no such field. Back the directory up, or copy the rows with Hive or Spark.`)
}

/** A plain copy of the rows, in Parquet; of a Kudu table in Kudu, which cannot do without a key. */
export function copyTable(shape: TableShape, to: string, version: number): readonly Statement[] {
  refuseComplex(shape, version)
  const copy: TableName = { schema: shape.schema, name: to }
  const layout = layoutOf(shape)
  const key = layout.format === 'kudu' ? (shape.primaryKey?.columns ?? []) : []
  const keys = new Set(key.map(fold))
  // Kudu wants the key first.
  const columns = [...key, ...shape.columns.map(({ name }) => name).filter((name) => !keys.has(fold(name)))]
  const buckets = layout.kudu?.hash[0]?.count ?? 4
  const stored =
    key.length === 0
      ? sql`STORED AS PARQUET`
      : sql`${isNonUnique(shape) ? sql`NON UNIQUE ` : sql``}PRIMARY KEY ${columnList(key)}\nPARTITION BY HASH ${columnList(key)} PARTITIONS ${verbatim(String(buckets))}\nSTORED AS KUDU`
  const text = sql`CREATE TABLE ${tableSql(copy)}\n${stored}\nAS SELECT ${join(columns.map(identifier))}\nFROM ${tableSql(shape)}`
  return [statement(text, `Copy the rows of ${displayTable(shape)} to ${displayTable(copy)}`, 'backup', [sql`DROP TABLE ${tableSql(copy)}`])]
}
