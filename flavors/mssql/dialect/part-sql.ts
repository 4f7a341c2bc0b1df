import { MetaMigrateError } from '../../../app/errors.ts'
import type { CheckShape, IndexShape, KeyShape, ReferenceShape, TableName } from '../../../app/model/shape.ts'
import { join, sql, type Sql } from '../../sql.ts'
import { expressionSql } from './lexical.ts'
import { columnList, convention, identifier, objectName, tableSql } from './names.ts'

/** `CONSTRAINT [n] PRIMARY KEY ...`. `key` has its name. */
export const primaryKeySql = (key: KeyShape, clustered: boolean): Sql =>
  sql`CONSTRAINT ${objectName(key.name)} PRIMARY KEY ${clustered ? sql`CLUSTERED` : sql`NONCLUSTERED`} ${columnList(key.columns)}`

/** `CONSTRAINT [n] UNIQUE ...`, for columns that take no NULL. */
export const uniqueSql = (key: KeyShape): Sql => sql`CONSTRAINT ${objectName(key.name)} UNIQUE NONCLUSTERED ${columnList(key.columns)}`

/** `CONSTRAINT [n] CHECK (e)`. Errors: EXPRESSION_REFUSED. */
export const checkSql = (check: CheckShape): Sql => sql`CONSTRAINT ${objectName(check.name)} CHECK (${expressionSql(check.expression)})`

// There is no RESTRICT: NO ACTION refuses as well, at the end of the statement, and nothing can defer it.
const actions: Readonly<Record<ReferenceShape['onDelete'], Sql | null>> = {
  'no action': null, restrict: null, cascade: sql`CASCADE`, 'set null': sql`SET NULL`, 'set default': sql`SET DEFAULT`,
}

/** `CONSTRAINT [n] FOREIGN KEY ...`. Source: Microsoft Learn, "table_constraint". */
export function referenceSql({ name, columns, parent, parentColumns, onUpdate, onDelete }: ReferenceShape): Sql {
  const action = (event: Sql, what: ReferenceShape['onDelete']) => {
    const words = actions[what]
    return words === null ? sql`` : sql` ON ${event} ${words}`
  }
  const head = sql`CONSTRAINT ${objectName(name)} FOREIGN KEY ${columnList(columns)} REFERENCES ${tableSql(parent)} ${columnList(parentColumns)}`
  return sql`${head}${action(sql`DELETE`, onDelete)}${action(sql`UPDATE`, onUpdate)}`
}

/** Kinds of index that `method` may name; '' where it names none that SQL Server has. */
export function indexMethod(method: string): '' | 'clustered' | 'columnstore' {
  const word = method.trim().toLowerCase()
  return word === 'clustered' || word === 'columnstore' ? word : ''
}

/** Rows with NULL in a nullable column of a unique index are equal to SQL Server: they are left out, as every other database leaves them apart. */
function predicateSql(index: IndexShape, nullable: readonly string[]): Sql {
  const own = index.predicate === '' ? [] : [expressionSql(index.predicate)]
  const columns = index.unique ? index.parts.flatMap(({ column }) => (column !== null && nullable.includes(column) ? [column] : [])) : []
  const conditions = [...own, ...columns.map((column) => sql`${identifier(column)} IS NOT NULL`)]
  return conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
}

/** CREATE INDEX. Errors: FLAVOR_UNSUPPORTED for an expression. Source: Microsoft Learn, "CREATE INDEX", "CREATE COLUMNSTORE INDEX". */
export function indexSql(table: TableName, index: IndexShape, nullable: readonly string[]): Sql {
  const parts = index.parts.map((part) => {
    if (part.column !== null) return { name: identifier(part.column), order: part.order === 'desc' ? sql` DESC` : sql`` }
    throw new MetaMigrateError('FLAVOR_UNSUPPORTED', `SQL Server has no index on an expression: make ${JSON.stringify(part.expression.slice(0, 80))} a computed field, and index that.`, {
      flavor: 'mssql',
      table: table.name,
      index: index.name,
    })
  })
  const where = predicateSql(index, nullable)
  const on = sql`INDEX ${identifier(index.name)} ON ${tableSql(table)}`
  const method = indexMethod(index.method)
  if (method === 'columnstore') return sql`CREATE NONCLUSTERED COLUMNSTORE ${on} (${join(parts.map(({ name }) => name))})${where}`
  const kind = sql`${index.unique ? sql`UNIQUE ` : sql``}${method === 'clustered' ? sql`CLUSTERED` : sql`NONCLUSTERED`}`
  const include = index.include.length === 0 || method === 'clustered' ? sql`` : sql` INCLUDE ${columnList(index.include)}`
  return sql`CREATE ${kind} ${on} (${join(parts.map(({ name, order }) => sql`${name}${order}`))})${include}${method === 'clustered' ? sql`` : where}`
}

/** An index taken away. */
export const dropIndexSql = (table: TableName, name: string): Sql => sql`DROP INDEX ${identifier(name)} ON ${tableSql(table)}`

/** A unique key over columns that take NULL, as the index that does what the key means. */
export const filteredKey = (key: KeyShape): IndexShape => ({
  name: key.name, unique: true, method: '', include: [], predicate: '',
  parts: key.columns.map((column) => ({ column, expression: '', order: 'asc', nulls: '' })),
})

/** Name of an index, by convention where it has none. */
export const indexName = (table: TableName, index: IndexShape): string =>
  index.name === '' ? convention.index(table.name, index.parts.map(({ column }) => column ?? 'expr')) : index.name

/** One constraint taken away, whatever its kind. */
export const dropConstraintSql = (table: TableName, name: string): Sql => sql`ALTER TABLE ${tableSql(table)} DROP CONSTRAINT ${objectName(name)}`
