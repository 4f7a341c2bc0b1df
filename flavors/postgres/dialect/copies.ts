import type { CopyColumn, CopyQuestions } from '../../flavor.ts'
import { join, sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { asText, castTo } from './cast-sql.ts'
import { identifier, literal, tableSql } from './names.ts'
import type { Zone } from './zone.ts'
import type { TableName } from '../../../app/model/shape.ts'

/** Questions about kept copies. Values are compared as text: not every type has an equality. Equal rows without a key are numbered, so that none stands for two. */
export const copiesIn = (zone: Zone): CopyQuestions => ({
  missing({ table, columns, isKey, holding, others }) {
    const where = holding === undefined ? sql`` : sql` WHERE ${identifier(holding)} IS NOT NULL`
    const sides = [rowsOf({ table, columns }, isKey, where, zone), ...others.map((other) => rowsOf(other, isKey, sql``, zone))]
    return sql`SELECT count(*) FROM (${join(sides, ' EXCEPT ')}) AS missing`
  },
  bytes: (table) => sql`SELECT pg_total_relation_size(to_regclass(${literal(tableSql(table))}))`,
})

function rowsOf({ table, columns }: { readonly table: TableName; readonly columns: readonly CopyColumn[] }, isKey: boolean, where: Sql, zone: Zone): Sql {
  const values = columns.map(({ from, to }) => (from === null ? sql`NULL::text` : asText(castTo(identifier(from.name), from, to, table, zone))))
  const partition = values.length === 0 ? sql`` : sql`PARTITION BY ${join(values)}`
  const all = isKey ? values : [...values, sql`row_number() OVER (${partition})`]
  return sql`SELECT ${join(all)} FROM ${tableSql(table)}${where}`
}
