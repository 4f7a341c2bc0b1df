import { MetaMigrateError } from '../../../app/errors.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import type { Statement } from '../../flavor.ts'
import { join, sql, type Sql } from '../../sql.ts'
import { columnSql, hasImpliedCheck, impliedCheckSql } from './column-sql.ts'
import { addComment } from './comment.ts'
import { displayTable, tableSql } from './names.ts'
import { isClustered, optionsSql } from './options.ts'
import { checkSql, filteredKey, indexSql, primaryKeySql, referenceSql, uniqueSql } from './part-sql.ts'
import { statement } from './statement.ts'
import type { Features } from './version.ts'
import { withNames } from './with-names.ts'

/** Columns of a key that take NULL. */
export function nullableColumns(shape: TableShape, columns: readonly string[]): readonly string[] {
  const keyed = new Set(shape.primaryKey?.columns)
  return shape.columns.filter(({ name, nullable, identity }) => nullable && identity === null && !keyed.has(name) && columns.includes(name)).map(({ name }) => name)
}

/** The table with its keys and checks, then unique keys over columns that take NULL as filtered indexes, then comments. */
export function createTable(given: TableShape, references: boolean, features: Features): readonly Statement[] {
  const shape = withNames(given, features)
  const name = displayTable(shape)
  const filtered = shape.uniques.flatMap((key) => {
    const nullable = nullableColumns(shape, key.columns)
    return nullable.length === 0 ? [] : [{ key, nullable }]
  })
  return [
    statement(createTableSql(shape, references, features), `Create table ${name}`, 'create', [sql`DROP TABLE ${tableSql(shape)}`]),
    ...filtered.map(({ key, nullable }) =>
      statement(indexSql(shape, filteredKey(key), nullable), `Create unique index ${key.name}, which leaves NULLs apart`, 'create', []),
    ),
    ...(shape.comment === '' ? [] : [statement(addComment(shape, null, shape.comment), `Comment on ${name}`, 'create', [])]),
    ...shape.columns
      .filter(({ comment }) => comment !== '')
      .map((column) => statement(addComment(shape, column.name, column.comment), `Comment on ${name}.${column.name}`, 'create', [])),
  ]
}

/** Errors: FLAVOR_UNSUPPORTED for a table without a field: SQL Server has no such table. */
export function refuseEmpty(shape: TableShape): void {
  if (shape.columns.length > 0) return
  throw new MetaMigrateError('FLAVOR_UNSUPPORTED', `SQL Server makes no table without a field: add one to ${displayTable(shape)}.`, { flavor: 'mssql', table: shape.name })
}

function createTableSql(shape: TableShape, references: boolean, features: Features): Sql {
  refuseEmpty(shape)
  const keyed = shape.primaryKey?.columns ?? []
  const lines = [
    ...shape.columns.map((column) => columnSql(shape, column, features, keyed.includes(column.name))),
    ...(shape.primaryKey === null ? [] : [primaryKeySql(shape.primaryKey, isClustered(shape))]),
    ...shape.uniques.filter((key) => nullableColumns(shape, key.columns).length === 0).map(uniqueSql),
    ...shape.columns.filter((column) => hasImpliedCheck(column, features)).flatMap((column) => impliedCheckSql(shape, column, features) ?? []),
    ...shape.checks.map(checkSql),
    ...(references ? shape.references.map(referenceSql) : []),
  ]
  return sql`CREATE TABLE ${tableSql(shape)} (\n  ${join(lines, ',\n  ')}\n)${optionsSql(shape)}`
}

/** The table with everything that belongs to it; comments are properties of the table and go with it. */
export function dropTable(shape: TableShape, ifExists: boolean): readonly Statement[] {
  const words = ifExists ? sql`DROP TABLE IF EXISTS` : sql`DROP TABLE`
  return [statement(sql`${words} ${tableSql(shape)}`, `Drop table ${displayTable(shape)}`, 'delete', null, 'drops')]
}
