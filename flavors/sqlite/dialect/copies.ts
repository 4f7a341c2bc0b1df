import type { TableName } from '../../../app/model/shape.ts'
import type { CopyColumn, CopyQuestions } from '../../flavor.ts'
import { join, sql, type Sql } from '../../sql.ts'
import { converted } from './convert.ts'
import { identifier, literal, tableSql } from './names.ts'

/** Questions about kept copies. Collations of columns do not make two values one; equal rows without a key are numbered, so that none stands for two. */
export const copies: CopyQuestions = {
  missing({ table, columns, isKey, holding, others }) {
    const where = holding === undefined ? sql`` : sql` WHERE ${identifier(holding)} IS NOT NULL`
    const sides = [rowsOf(table, columns, isKey, where), ...others.map((other) => rowsOf(other.table, other.columns, isKey, sql``))]
    return sql`SELECT count(*) FROM (${join(sides, ' EXCEPT ')})`
  },
  bytes: ({ name }) => sql`SELECT sum(pgsize) FROM dbstat WHERE name = ${literal(name)}`,
}

function rowsOf(table: TableName, columns: readonly CopyColumn[], isKey: boolean, where: Sql): Sql {
  const values = columns.map(({ from, to }) => (from === null ? sql`NULL` : sql`(${converted(from, to)}) COLLATE BINARY`))
  const partition = values.length === 0 ? sql`` : sql`PARTITION BY ${join(values)}`
  const all = isKey ? values : [...values, sql`row_number() OVER (${partition})`]
  return sql`SELECT ${join(all)} FROM ${tableSql(table)}${where}`
}
