import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import { sql, type Sql } from '../../sql.ts'
import { nameLiteral } from './literal.ts'
import { tableSql } from './names.ts'
import { storedOf } from './stored.ts'
import type { Features } from './version.ts'

/**
 * The numbers of `to` go on where those of `from` stood. A table that never gave a number has `last_value` NULL (IDENT_CURRENT would say its seed, as
 * after the first number). RESEED n on a table that never gave one makes n itself the next number, on any other n + 1.
 * `type`: of the counter.
 * Source: Microsoft Learn, "DBCC CHECKIDENT", "sys.identity_columns".
 */
export function continueNumbers(from: TableName, to: TableName, type: Sql): Sql {
  const [old, own] = [nameLiteral(tableSql(from)), nameLiteral(tableSql(to))]
  const last = (path: Sql) => sql`FROM sys.identity_columns WHERE object_id = OBJECT_ID(${path})`
  return sql`DECLARE @last ${type} = (SELECT CONVERT(${type}, last_value) ${last(old)});
IF EXISTS (SELECT 1 ${last(own)} AND last_value IS NULL) AND NOT EXISTS (SELECT 1 FROM ${tableSql(to)}) SET @last = @last + 1;
IF @last IS NOT NULL DBCC CHECKIDENT (${nameLiteral(tableSql(to))}, RESEED, @last) WITH NO_INFOMSGS`
}

/** A type that holds every number of an identity column. */
export const counterType = (column: ColumnShape, features: Features): Sql => (storedOf(column.type, features).base === 'decimal' ? sql`decimal(38, 0)` : sql`bigint`)

/** The numbers of `to` go on behind the highest that is there. */
export const continueBehindHighest = (to: TableName): Sql => sql`DBCC CHECKIDENT (${nameLiteral(tableSql(to))}, RESEED) WITH NO_INFOMSGS`
