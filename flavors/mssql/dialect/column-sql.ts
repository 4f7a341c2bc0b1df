import { MetaMigrateError } from '../../../app/errors.ts'
import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { defaultExpression } from './default.ts'
import { expressionSql } from './lexical.ts'
import { literal } from './literal.ts'
import { convention, identifier, objectName } from './names.ts'
import { isText } from './native.ts'
import { storedOf } from './stored.ts'
import { nativeType } from './types.ts'
import type { Features } from './version.ts'

const [nothing, identityWords, nullWord, notNullWords] = [sql``, sql` IDENTITY(1,1)`, sql` NULL`, sql` NOT NULL`]

/** Type of a column in a DDL. Errors: TYPE_REFUSED where the flavor has none. */
export function columnType(table: TableName, column: ColumnShape, features: Features): Sql {
  const native = nativeType(column.type, features)
  const refused = native.losses.length === 0 ? undefined : native.losses.find(({ severity }) => severity === 'error')
  if (refused !== undefined) {
    throw new MetaMigrateError('TYPE_REFUSED', `Column ${column.name} of ${table.name}: ${refused.message}`, { flavor: 'mssql', table: table.name, column: column.name })
  }
  // Made by the type map, or a native type that it has read.
  return verbatim(native.text)
}

/** Why a text is no collation, or null. Collations are words: no brackets, no dots. Source: Microsoft Learn, "COLLATE". */
export const collationProblem = (text: string): string | null =>
  text === '' || /^[A-Za-z][A-Za-z0-9_]{0,127}$/.test(text) ? null : 'is no collation of SQL Server, whose names are words such as Latin1_General_100_CI_AS_SC_UTF8'

/** COLLATE with its blank before it, for the texts among the types. Errors: NAME_REFUSED. */
export function collationSql(column: ColumnShape, features: Features): Sql {
  if (column.collation === '' || !isText(storedOf(column.type, features))) return nothing
  const problem = collationProblem(column.collation)
  if (problem !== null) throw new MetaMigrateError('NAME_REFUSED', `${JSON.stringify(column.collation.slice(0, 80))} ${problem}.`, { flavor: 'mssql', column: column.name })
  return sql` COLLATE ${verbatim(column.collation)}`
}

/** `CONSTRAINT [DF_t_c] DEFAULT (e)`; null where there is none. */
export function defaultSql(table: TableName, column: ColumnShape, features: Features): Sql | null {
  if (column.identity !== null || column.generated !== null) return null
  const value = defaultExpression(column, features)
  return value === null ? null : sql`CONSTRAINT ${objectName(convention.default(table.name, column.name))} DEFAULT (${value})`
}

/** Whether a check stands beside the column: of an enum, or of JSON kept as text. */
export const hasImpliedCheck = (column: ColumnShape, features: Features): boolean => column.generated === null && storedOf(column.type, features).only !== null

/** What that check says; null where the type needs none. */
function impliedCheck(column: ColumnShape, features: Features): Sql | null {
  if (column.generated !== null) return null
  const { only } = storedOf(column.type, features)
  if (only === null) return null
  if (only !== 'json') return sql`${identifier(column.name)} IN (${join(only.map(literal))})`
  return features.jsonValues && column.type.kind === 'json' ? sql`ISJSON(${identifier(column.name)}, VALUE) = 1` : sql`ISJSON(${identifier(column.name)}) = 1`
}

/** `CONSTRAINT [CK_t_c] CHECK (e)` of such a column; null where the type needs none. */
export function impliedCheckSql(table: TableName, column: ColumnShape, features: Features): Sql | null {
  const expression = impliedCheck(column, features)
  return expression === null ? null : sql`CONSTRAINT ${objectName(convention.check(table.name, [column.name]))} CHECK (${expression})`
}

const nullability = (nullable: boolean): Sql => (nullable ? nullWord : notNullWords)

/** A computed column. Only a stored one takes NOT NULL. Source: Microsoft Learn, "computed_column_definition". */
function computedSql(column: ColumnShape, { expression, stored }: NonNullable<ColumnShape['generated']>, nullable: boolean): Sql {
  const persisted = stored ? (nullable ? sql` PERSISTED` : sql` PERSISTED NOT NULL`) : sql``
  return sql`${identifier(column.name)} AS (${expressionSql(expression)})${persisted}`
}

/** One column of CREATE TABLE or ADD, without its check. NULL or NOT NULL is always written: what is left out hangs on settings of session and database. */
export function columnSql(table: TableName, column: ColumnShape, features: Features, inKey = false): Sql {
  const nullable = column.nullable && column.identity === null && !inKey
  if (column.generated !== null) return computedSql(column, column.generated, nullable)
  const value = defaultSql(table, column, features)
  const identity = column.identity === null ? nothing : identityWords
  return sql`${identifier(column.name)} ${columnType(table, column, features)}${collationSql(column, features)}${identity}${nullability(nullable)}${value === null ? nothing : sql` ${value}`}`
}

/** A column as ALTER COLUMN restates it: what is left out there would be reset. */
export const restatedSql = (table: TableName, column: ColumnShape, features: Features): Sql =>
  sql`${identifier(column.name)} ${columnType(table, column, features)}${collationSql(column, features)}${nullability(column.nullable && column.identity === null)}`
