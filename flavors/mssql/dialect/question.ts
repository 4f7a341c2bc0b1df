import { MetaMigrateError, assertNever } from '../../../app/errors.ts'
import type { TableName } from '../../../app/model/shape.ts'
import type { CopyColumn, Question } from '../../flavor.ts'
import { integer, join, sql, type Sql } from '../../sql.ts'
import { castRisk } from './cast.ts'
import { asText, convertTo } from './cast-sql.ts'
import { identifier, tableSql } from './names.ts'
import { isRowVersion } from './native.ts'
import { storedOf } from './stored.ts'
import { survives } from './survives.ts'
import type { Features } from './version.ts'

/** The query text of a question. */
export function question(asked: Question, features: Features): Sql {
  switch (asked.kind) {
    case 'lossyRows':
      return rows(asked, lossyRows(asked, features))
    case 'nullRows':
      return rows(asked, sql` WHERE ${identifier(asked.column)} IS NULL`)
    case 'anyRows':
      return rows(asked, sql``)
    case 'countValues':
      // COUNT of a column refuses the old large types; CASE takes every type.
      return sql`SELECT COUNT_BIG(CASE WHEN ${identifier(asked.column)} IS NULL THEN NULL ELSE 1 END) FROM ${tableSql(asked.table)}`
    case 'countRows':
      return sql`SELECT COUNT_BIG(*) FROM ${tableSql(asked.table)}`
    case 'digest':
      return digest(asked, features)
    case 'misfits':
    case 'rejects':
      throw new MetaMigrateError('FLAVOR_UNSUPPORTED', 'Rows of SQL Server are not measured against a table that is not made yet: casts and NULLs are.', { flavor: 'mssql' })
    default:
      return assertNever(asked)
  }
}

function lossyRows({ column: { from, to } }: Extract<Question, { kind: 'lossyRows' }>, features: Features): Sql {
  const value = identifier(from.name)
  const risk = castRisk(from.type, to.type, features)
  if (risk === 'impossible') return sql` WHERE ${value} IS NOT NULL`
  if (risk !== 'lossy') return sql` WHERE 1 = 0`
  const kept = survives(value, storedOf(from.type, features), storedOf(to.type, features), features)
  // CASE, since a condition that is unknown is neither kept nor lost to NOT.
  return sql` WHERE ${value} IS NOT NULL AND CASE WHEN ${kept} THEN 1 ELSE 0 END = 0`
}

/** Key columns of rows as text; without a key whole rows. */
function rows(asked: { readonly table: TableName; readonly key: readonly string[]; readonly limit: number }, where: Sql): Sql {
  const key = asked.key.map((name) => sql`CONVERT(nvarchar(4000), ${identifier(name)}) AS ${identifier(name)}`)
  return sql`SELECT TOP (${integer(asked.limit)}) ${key.length === 0 ? sql`*` : join(key)} FROM ${tableSql(asked.table)}${where}`
}

/**
 * Row count and an order-free checksum: the sum of the first 8 bytes of each row's SHA-256. Each value stands with its length before it, so that no two
 * rows have one text. The old side is converted to the new types; what a conversion loses is asked before, under the same locks (`lossyRows`).
 * Source: Microsoft Learn, "HASHBYTES" (no limit of 8000 bytes since 2016).
 */
function digest(asked: Extract<Question, { kind: 'digest' }>, features: Features): Sql {
  const values = asked.columns.flatMap((pair) => valueText(pair, asked.side, features) ?? [])
  const row = values.length === 0 ? sql`N''` : join(values.map((text) => sql`COALESCE(CONVERT(nvarchar(20), DATALENGTH(${text})) + N':' + ${text}, N'-')`), '\n  + ')
  return sql`SELECT COUNT_BIG(*), COALESCE(SUM(CONVERT(decimal(38, 0), CONVERT(bigint, SUBSTRING(HASHBYTES('SHA2_256',\n  ${row}\n), 1, 8)))), 0)\nFROM ${tableSql(asked.table)}`
}

/** Text of one value; null for what is not copied: computed columns, row versions, columns without a source. */
function valueText({ from, to }: CopyColumn, side: 'from' | 'to', features: Features): Sql | null {
  const wanted = storedOf(to.type, features)
  if (from === null || to.generated !== null || isRowVersion(wanted)) return null
  if (side === 'to') return asText(identifier(to.name), wanted)
  return asText(convertTo(identifier(from.name), storedOf(from.type, features), wanted, 'TRY_CONVERT'), wanted)
}
