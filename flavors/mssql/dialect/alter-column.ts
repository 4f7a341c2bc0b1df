import { MetaMigrateError } from '../../../app/errors.ts'
import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import type { Statement } from '../../flavor.ts'
import { sql, type Sql } from '../../sql.ts'
import { castRisk } from './cast.ts'
import { convertsInPlace } from './cast-sql.ts'
import { collationSql, columnSql, columnType, defaultSql, impliedCheckSql, restatedSql } from './column-sql.ts'
import { addComment, setComment } from './comment.ts'
import { nameLiteral } from './literal.ts'
import { convention, displayTable, identifier, tableSql } from './names.ts'
import { dropConstraintSql } from './part-sql.ts'
import { statement } from './statement.ts'
import { storedOf } from './stored.ts'
import type { Features } from './version.ts'

/**
 * The default of a column is a constraint, whose name nobody can know: made by others, or by the server with random digits. So it is looked up.
 * `EXEC` of NULL does nothing.
 */
export function dropDefaultSql(table: TableName, column: string): Sql {
  const path = nameLiteral(tableSql(table))
  const found = sql`SELECT N'ALTER TABLE ' + ${path} + N' DROP CONSTRAINT ' + QUOTENAME(name) FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID(${path}) AND parent_column_id = COLUMNPROPERTY(OBJECT_ID(${path}), ${nameLiteral(column)}, N'ColumnId')`
  return sql`DECLARE @drop nvarchar(max) = (${found});\nEXEC (@drop)`
}

const addDefaultSql = (table: TableName, column: string, value: Sql): Sql => sql`ALTER TABLE ${tableSql(table)} ADD ${value} FOR ${identifier(column)}`

/** Statements that bring a column from one definition to another, in an order in which none stands in another's way. */
function actions(table: TableName, from: ColumnShape, to: ColumnShape, features: Features): readonly Sql[] {
  const [oldDefault, newDefault] = [defaultSql(table, from, features), defaultSql(table, to, features)]
  const [oldCheck, newCheck] = [impliedCheckSql(table, from, features), impliedCheckSql(table, to, features)]
  const retyped = columnType(table, from, features) !== columnType(table, to, features) || collationSql(from, features) !== collationSql(to, features)
  const restated = restatedSql(table, from, features) !== restatedSql(table, to, features)
  const isDefaultMoved = oldDefault !== newDefault || (retyped && oldDefault !== null)
  // Even another nullability is refused while a check reads the column.
  const isCheckMoved = oldCheck !== newCheck || (restated && oldCheck !== null)
  return [
    ...(isCheckMoved && oldCheck !== null ? [dropConstraintSql(table, convention.check(table.name, [to.name]))] : []),
    ...(isDefaultMoved && oldDefault !== null ? [dropDefaultSql(table, to.name)] : []),
    ...(restated ? [sql`ALTER TABLE ${tableSql(table)} ALTER COLUMN ${restatedSql(table, to, features)}`] : []),
    ...(isDefaultMoved && newDefault !== null ? [addDefaultSql(table, to.name, newDefault)] : []),
    ...(isCheckMoved && newCheck !== null ? [sql`ALTER TABLE ${tableSql(table)} WITH CHECK ADD ${newCheck}`] : []),
  ]
}

const unsupported = (table: TableName, column: ColumnShape, what: string) =>
  new MetaMigrateError('FLAVOR_UNSUPPORTED', `${what} ${column.name} cannot be changed in place: rebuild the table.`, { flavor: 'mssql', table: table.name, column: column.name })

/** Errors: FLAVOR_UNSUPPORTED for what makes a column identity or computed, and for types that ALTER COLUMN does not convert as meant: only a rebuild does that. Source: Microsoft Learn, "ALTER TABLE". */
export function alterColumn(table: TableName, from: ColumnShape, to: ColumnShape, features: Features): readonly Statement[] {
  if (JSON.stringify(from.generated) !== JSON.stringify(to.generated)) throw unsupported(table, to, 'The expression of')
  if ((from.identity === null) !== (to.identity === null)) throw unsupported(table, to, 'Whether the server numbers')
  const [before, after] = [storedOf(from.type, features), storedOf(to.type, features)]
  if (to.generated === null && !(convertsInPlace(before, after) && convertsInPlace(after, before))) throw unsupported(table, to, `${before.text} to ${after.text}: the type of`)
  const there = to.generated === null ? actions(table, from, to, features) : []
  const back = to.generated === null ? actions(table, to, from, features) : []
  const isLossy = castRisk(from.type, to.type, features) === 'lossy'
  const name = `${displayTable(table)}.${to.name}`
  // The way back belongs to all of them together: it hangs on the first, which an undo reaches last.
  const definition = there.map((text, at) => statement(text, `Change column ${to.name} of ${displayTable(table)}`, 'create', isLossy ? null : at === 0 ? back : [], 'rewrites'))
  if (from.comment === to.comment) return definition
  return [...definition, statement(setComment(table, to.name, to.comment), `Comment on ${name}`, 'create', [setComment(table, to.name, from.comment)])]
}

/** ADD takes no word COLUMN. WITH VALUES fills rows that are there also where the column takes NULL. */
export function addColumn(table: TableName, column: ColumnShape, features: Features): readonly Statement[] {
  const path = tableSql(table)
  const check = impliedCheckSql(table, column, features)
  const filled = column.nullable && defaultSql(table, column, features) !== null ? sql` WITH VALUES` : sql``
  const text = sql`ALTER TABLE ${path} ADD ${columnSql(table, column, features)}${filled}${check === null ? sql`` : sql` ${check}`}`
  const back = [
    ...(check === null ? [] : [dropConstraintSql(table, convention.check(table.name, [column.name]))]),
    ...(defaultSql(table, column, features) === null ? [] : [dropConstraintSql(table, convention.default(table.name, column.name))]),
    sql`ALTER TABLE ${path} DROP COLUMN ${identifier(column.name)}`,
  ]
  const added = statement(text, `Add column ${column.name} to ${displayTable(table)}`, 'create', back, 'locks')
  if (column.comment === '') return [added]
  return [added, statement(addComment(table, column.name, column.comment), `Comment on ${displayTable(table)}.${column.name}`, 'create', [])]
}

/** The constraints of a column go before it. */
export function dropColumn(table: TableName, column: ColumnShape, features: Features): readonly Statement[] {
  const summary = `Drop column ${column.name} of ${displayTable(table)}`
  const hasCheck = impliedCheckSql(table, column, features) !== null
  const hasDefault = defaultSql(table, column, features) !== null
  return [
    ...(hasCheck ? [statement(dropConstraintSql(table, convention.check(table.name, [column.name])), `${summary}: its check first`, 'delete', null)] : []),
    ...(hasDefault ? [statement(dropDefaultSql(table, column.name), `${summary}: its default first`, 'delete', null)] : []),
    statement(sql`ALTER TABLE ${tableSql(table)} DROP COLUMN ${identifier(column.name)}`, summary, 'delete', null, 'drops'),
  ]
}
