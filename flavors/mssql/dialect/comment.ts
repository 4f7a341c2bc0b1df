import type { TableName } from '../../../app/model/shape.ts'
import { sql, type Sql } from '../../sql.ts'
import { isOneLiteral, literal, nameLiteral } from './literal.ts'
import { identifier, schemaOf, tableSql } from './names.ts'

/** Longest comment in UTF-16 units: the value of an extended property has 7,500 bytes. */
export const maxCommentLength = 3750

/** A name that is one: no other is kept. Errors: NAME_REFUSED. */
function argument(name: string): Sql {
  identifier(name)
  return nameLiteral(name)
}

const place = (table: TableName, column: string | null): Sql => {
  const level1 = sql`@level0type = N'SCHEMA', @level0name = ${argument(schemaOf(table))}, @level1type = N'TABLE', @level1name = ${argument(table.name)}`
  return column === null ? level1 : sql`${level1}, @level2type = N'COLUMN', @level2name = ${argument(column)}`
}

const exists = (table: TableName, column: string | null): Sql => {
  const object = sql`OBJECT_ID(${nameLiteral(tableSql(table))})`
  const minor = column === null ? sql`0` : sql`COLUMNPROPERTY(${object}, ${nameLiteral(column)}, N'ColumnId')`
  return sql`IF EXISTS (SELECT 1 FROM sys.extended_properties WHERE class = 1 AND major_id = ${object} AND minor_id = ${minor} AND name = N'MS_Description')`
}

const name = sql`@name = N'MS_Description'`

/** The argument of a procedure is no expression: a text that is several literals goes through a variable. */
function withValue(text: string, make: (value: Sql) => Sql): Sql {
  return isOneLiteral(text) ? make(literal(text)) : sql`DECLARE @value nvarchar(3750) = ${literal(text)};\n${make(sql`@value`)}`
}

/** The comment of a table or column that has none yet. Source: Microsoft Learn, "sp_addextendedproperty". */
export const addComment = (table: TableName, column: string | null, text: string): Sql =>
  withValue(text, (value) => sql`EXEC sys.sp_addextendedproperty ${name}, @value = ${value}, ${place(table, column)}`)

/** The comment of a table or column, whether it has one or not; '' takes it away. */
export function setComment(table: TableName, column: string | null, text: string): Sql {
  if (text === '') return sql`${exists(table, column)}\n  EXEC sys.sp_dropextendedproperty ${name}, ${place(table, column)}`
  return withValue(
    text,
    (value) =>
      sql`${exists(table, column)}\n  EXEC sys.sp_updateextendedproperty ${name}, @value = ${value}, ${place(table, column)}\nELSE\n  EXEC sys.sp_addextendedproperty ${name}, @value = ${value}, ${place(table, column)}`,
  )
}
