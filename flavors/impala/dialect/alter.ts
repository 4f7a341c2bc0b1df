import type { Cells } from '../../../app/model/model.ts'
import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import type { Operation, Statement } from '../../flavor.ts'
import { sql, type Sql } from '../../sql.ts'
import { nativeOf } from './cast.ts'
import { formatOf, optionOf } from './facts.ts'
import { displayTable, identifier, rawLiteral, tableSql } from './names.ts'
import { statement, unsupported } from './statement.ts'
import { columnSql, columnType, defaultSql, hasDefaults, type ColumnPlace } from './table-sql.ts'

/** Where a column stands when only the operation is known: a file table, unless its options say more. */
function placeOf(options: Cells | undefined, version: number): ColumnPlace {
  const given = options ?? {}
  const format = formatOf(given)
  const isV3 = /(?:^|;)\s*'?format-version'?\s*=\s*'?3'?\s*(?:;|$)/.test(optionOf(given, 'TBLPROPERTIES'))
  const keepsDefault = hasDefaults({ format, properties: new Map([['format-version', isV3 ? '3' : '2']]) }, version)
  return { format, version, isKey: false, keepsDefault }
}

const rebuild = 'Redeploy the table with the strategy swap, which rebuilds it.'

export const commentSql = (what: Sql, text: string): Sql => sql`COMMENT ON ${what} IS ${text === '' ? sql`NULL` : rawLiteral(text)}`
const columnOf = (table: TableName, name: string): Sql => sql`COLUMN ${tableSql(table)}.${identifier(name)}`

export function commentTable(table: TableName, from: string, to: string): readonly Statement[] {
  const what = sql`TABLE ${tableSql(table)}`
  return [statement(commentSql(what, to), `Comment on ${displayTable(table)}`, 'create', [commentSql(what, from)])]
}

/** A column at the end. Files that are there already have none, so a file table can take one that is NULL in them; no default reaches them. */
export function addColumn({ table, column, options }: Extract<Operation, { kind: 'addColumn' }>, version: number): readonly Statement[] {
  const place = placeOf(options, version)
  const name = `${displayTable(table)}.${column.name}`
  if (column.generated !== null) throw unsupported('addColumn', `${name}: Impala has no generated fields. Make an ordinary field and fill it, or a view.`)
  if (column.default !== null && !place.keepsDefault) throw unsupported('addColumn', `${name}: rows that are there already would be NULL and not ${column.default}. ${rebuild}`)
  if (column.default !== null && defaultSql(column, nativeOf(column.type, place).text) === null) throw unsupported('addColumn', `${name}: the default ${column.default} is no constant of its type. Write a constant, or take it away.`)
  if (!column.nullable && column.default === null && place.format !== 'file') throw unsupported('addColumn', `${name}: rows that are there already need a value. Give a default, or allow NULL.`)
  const text = sql`ALTER TABLE ${tableSql(table)} ADD COLUMNS (${columnSql(table, column, place)})`
  const back = sql`ALTER TABLE ${tableSql(table)} DROP COLUMN ${identifier(column.name)}`
  return [statement(text, `Add column ${column.name} to ${displayTable(table)}`, 'create', [back])]
}

/** Real in Kudu and Iceberg. In a file table the columns behind it would show each other's values. */
export function dropColumn({ table, column, options }: Extract<Operation, { kind: 'dropColumn' }>, version: number): readonly Statement[] {
  const { format } = placeOf(options, version)
  if (format === 'file') throw unsupported('dropColumn', `${displayTable(table)}.${column.name} cannot be dropped in place: a file table finds its fields by position, and those behind it would move. ${rebuild}`)
  return [statement(sql`ALTER TABLE ${tableSql(table)} DROP COLUMN ${identifier(column.name)}`, `Drop column ${column.name} of ${displayTable(table)}`, 'delete', null, 'drops')]
}

/** CHANGE wants the type, so the column has to be known. */
export function renameColumn({ table, from, to, column, options }: Extract<Operation, { kind: 'renameColumn' }>, version: number): readonly Statement[] {
  const place = placeOf(options, version)
  const name = `${displayTable(table)}.${from}`
  if (place.format === 'file') throw unsupported('renameColumn', `${name} cannot be renamed in place: readers that look for fields by name would find NULL in the files that are there. ${rebuild}`)
  if (column === undefined) throw unsupported('renameColumn', `${name} cannot be renamed without its type, which CHANGE restates. ${rebuild}`)
  const type = columnType(table, column, place)
  const change = (before: string, after: string) => sql`ALTER TABLE ${tableSql(table)} CHANGE ${identifier(before)} ${identifier(after)} ${type}`
  return [statement(change(from, to), `Rename column ${from} of ${displayTable(table)} to ${to}`, 'create', [change(to, from)])]
}

/** Wider types that Iceberg takes in place. Source: Apache Iceberg, "Schema Evolution". */
function isWider(from: ColumnShape, to: ColumnShape, place: ColumnPlace): boolean {
  const [a, b] = [nativeOf(from.type, place), nativeOf(to.type, place)]
  if (place.format !== 'iceberg') return false
  return (a.word === 'INT' && b.word === 'BIGINT') || (a.word === 'FLOAT' && b.word === 'DOUBLE') || (a.word === 'DECIMAL' && b.word === 'DECIMAL' && a.scale === b.scale && a.size < b.size)
}

/** Comments anywhere, defaults where the table keeps them, wider types in Iceberg; everything else is a rebuild. */
export function alterColumn({ table, from, to, options }: Extract<Operation, { kind: 'alterColumn' }>, version: number): readonly Statement[] {
  const place = placeOf(options, version)
  const name = `${displayTable(table)}.${to.name}`
  const found: Statement[] = []
  if (JSON.stringify(nothingButCheap(from)) !== JSON.stringify(nothingButCheap(to))) throw unsupported('alterColumn', `${name} cannot be changed in place. ${rebuild}`)
  if (nativeOf(from.type, place).text !== nativeOf(to.type, place).text) {
    if (!isWider(from, to, place)) throw unsupported('alterColumn', `The type of ${name} cannot be changed in place: ALTER touches no row that is there. ${rebuild}`)
    const text = sql`ALTER TABLE ${tableSql(table)} CHANGE ${identifier(to.name)} ${identifier(to.name)} ${columnType(table, to, place)}`
    // A wider type is taken back by a rebuild only.
    found.push(statement(text, `Widen ${name}`, 'create', null))
  }
  found.push(...changeDefault(table, from, to, place))
  if (from.comment !== to.comment) found.push(statement(commentSql(columnOf(table, to.name), to.comment), `Comment on ${name}`, 'create', [commentSql(columnOf(table, to.name), from.comment)]))
  return found
}

const nothingButCheap = ({ name, nullable, identity, generated }: ColumnShape) => ({ name, nullable, identity, generated })

function changeDefault(table: TableName, from: ColumnShape, to: ColumnShape, place: ColumnPlace): readonly Statement[] {
  if (from.default === to.default) return []
  const name = `${displayTable(table)}.${to.name}`
  if (!place.keepsDefault) throw unsupported('alterColumn', `${name}: a file table keeps no default. Give the value when you write the rows.`)
  const set = (column: ColumnShape): Sql => {
    const head = sql`ALTER TABLE ${tableSql(table)} ALTER COLUMN ${identifier(column.name)}`
    if (column.default === null) return sql`${head} DROP DEFAULT`
    const value = defaultSql(column, nativeOf(column.type, place).text)
    if (value === null) throw unsupported('alterColumn', `${name}: the default ${column.default} is no constant of its type. Write a constant, or take it away.`)
    return sql`${head} SET DEFAULT ${value}`
  }
  return [statement(set(to), `Change the default of ${name}`, 'create', [set(from)])]
}
