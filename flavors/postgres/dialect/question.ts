import { assertNever } from '../../../app/errors.ts'
import type { TableName } from '../../../app/model/shape.ts'
import type { CopyColumn, Question } from '../../flavor.ts'
import { join, sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { castRisk } from './cast.ts'
import { castGuard } from './cast-guard.ts'
import { asText, survives } from './cast-sql.ts'
import type { CastPair } from './cast-sql.ts'
import { misfits, rejects } from './misfits.ts'
import { identifier, tableSql } from './names.ts'
import { castValue, isContinued, keptOnly } from './new-value.ts'
import type { Place } from './new-value.ts'
import { limitSql } from './table-sql.ts'
import { assumedZone } from './zone.ts'
import type { Zone } from './zone.ts'

/** The query text of a question, for a server of `version`. */
export function question(asked: Question, version: number, zone: Zone = assumedZone): Sql {
  switch (asked.kind) {
    case 'lossyRows': {
      const { from, to } = asked.column
      const value = identifier(from.name)
      const ok = isLossless(value, { from, to }, asked.table, { version, zone })
      return rows(asked, sql` WHERE ${value} IS NOT NULL AND NOT coalesce(${ok}, false)`)
    }
    case 'nullRows':
      return rows(asked, sql` WHERE ${identifier(asked.column)} IS NULL`)
    case 'anyRows':
      return rows(asked, sql``)
    case 'countValues':
      return sql`SELECT count(${identifier(asked.column)}) FROM ${tableSql(asked.table)}`
    case 'countRows':
      return sql`SELECT count(*) FROM ${tableSql(asked.table)}`
    case 'digest':
      return digest(asked, { version, zone })
    case 'misfits':
      return misfits(asked, { version, zone })
    case 'rejects':
      return rejects(asked, { version, zone })
    default:
      return assertNever(asked)
  }
}

function isLossless(value: Sql, { from, to }: CastPair, table: TableName, { version, zone }: { readonly version: number; readonly zone: Zone }): Sql {
  const risk = castRisk(from.type, to.type)
  if (risk !== 'lossy') return risk === 'impossible' ? sql`false` : sql`true`
  // CASE, since AND promises no order: the cast runs only where the guard holds.
  const [guard, same] = [castGuard(value, from, to, table, version), survives(value, { from, to }, table, zone)]
  return (guard as string) === 'true' ? same : sql`CASE WHEN ${guard} THEN ${same} ELSE false END`
}

/** Key columns of rows as text; without a key every row as one text. */
function rows(asked: { readonly table: TableName; readonly key: readonly string[]; readonly limit: number }, where: Sql): Sql {
  const key = asked.key.map((name) => sql`${asText(identifier(name))} AS ${identifier(name)}`)
  const columns = key.length === 0 ? sql`t::text AS ${identifier('row')}` : join(key)
  return sql`SELECT ${columns} FROM ${tableSql(asked.table)} AS t${where}${limitSql(asked.limit)}`
}

/**
 * Row count and an order-free checksum: the sum of a 64 bit hash of each row's text. The old side is cast to the new types;
 * what a cast loses is asked before, under the same locks (`lossyRows`). Source: manual, "Aggregate Functions"; hashtextextended is in `pg_proc` since 11.
 */
function digest(asked: Extract<Question, { kind: 'digest' }>, place: Place): Sql {
  const values = asked.columns.filter((pair) => pair.to.generated === null).flatMap((pair) => side(pair, asked, place) ?? [])
  const hash = sql`hashtextextended(ROW(${join(values)})::text, 0)::numeric`
  const kept = asked.side === 'from' ? keptOnly(asked.columns, asked.table, place) : sql``
  return sql`SELECT count(*), coalesce(sum(${hash}), 0) FROM ${tableSql(asked.table)}${kept}`
}

function side(pair: CopyColumn, { side: which, table }: Extract<Question, { kind: 'digest' }>, place: Place): Sql | null {
  if (!isContinued(pair)) return null
  return asText(which === 'to' ? identifier(pair.to.name) : castValue(pair, table, place))
}
