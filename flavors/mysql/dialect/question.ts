import { MetaMigrateError, assertNever } from '../../../app/errors.ts'
import type { TableName } from '../../../app/model/shape.ts'
import type { CopyColumn, Question } from '../../flavor.ts'
import { integer, sql, join, type Sql } from '../../sql.ts'
import { castRisk, familyOf } from './cast.ts'
import { castTo, endsOf, survives, textOf } from './cast-sql.ts'
import { identifier, names, tableSql } from './names.ts'
import type { Server } from './server.ts'
import { storedType } from './types.ts'

/** The query text of a question. */
export function question(asked: Question, server: Server): Sql {
  switch (asked.kind) {
    case 'lossyRows': {
      const { from } = asked.column
      const value = identifier(from.name)
      return rows(asked, sql` WHERE ${value} IS NOT NULL AND NOT COALESCE(${isLossless(asked, server)}, FALSE)`)
    }
    case 'nullRows':
      return rows(asked, sql` WHERE ${identifier(asked.column)} IS NULL`)
    case 'anyRows':
      return rows(asked, sql``)
    case 'countValues':
      return sql`SELECT COUNT(${identifier(asked.column)}) FROM ${tableSql(asked.table)}`
    case 'countRows':
      return sql`SELECT COUNT(*) FROM ${tableSql(asked.table)}`
    case 'digest':
      return digest(asked, server)
    case 'misfits':
    case 'rejects':
      throw new MetaMigrateError('FLAVOR_UNSUPPORTED', 'Rows of MySQL are not measured against a table that is not made yet: casts and NULLs are.', { flavor: 'mysql' })
    default:
      return assertNever(asked)
  }
}

function isLossless({ column: { from, to } }: Extract<Question, { kind: 'lossyRows' }>, server: Server): Sql {
  const risk = castRisk(from.type, to.type, server)
  if (risk !== 'lossy') return risk === 'impossible' ? sql`FALSE` : sql`TRUE`
  return survives(identifier(from.name), endsOf(from, to, server))
}

/** Key columns of rows; a table without a key has nothing that names a row. */
function rows(asked: { readonly table: TableName; readonly key: readonly string[]; readonly limit: number }, where: Sql): Sql {
  const columns = asked.key.length === 0 ? sql`1` : names(asked.key)
  return sql`SELECT ${columns} FROM ${tableSql(asked.table)}${where} LIMIT ${integer(asked.limit)}`
}

/**
 * Row count and an order-free checksum: the sum of the first 60 bits of each row's SHA-256. Values are joined by a sign that none of them holds: long ones
 * and those of many signs are hashed first, which also keeps the joined text below max_allowed_packet. NULL is `-`.
 */
function digest(asked: Extract<Question, { kind: 'digest' }>, server: Server): Sql {
  const values = asked.columns.filter((pair) => pair.to.generated === null).flatMap((pair) => side(pair, asked.side, server) ?? [])
  const row = values.length === 0 ? sql`''` : sql`CONCAT_WS('#', ${join(values)})`
  const hash = sql`CAST(CONV(LEFT(SHA2(${row}, 256), 15), 16, 10) AS DECIMAL(40, 0))`
  return sql`SELECT COUNT(*), COALESCE(SUM(${hash}), 0) FROM ${tableSql(asked.table)}`
}

function side({ from, to }: CopyColumn, which: 'from' | 'to', server: Server): Sql | null {
  if (from === null) return null
  const ends = which === 'to' ? endsOf(to, to, server) : endsOf(from, to, server)
  const value = castTo(identifier(which === 'to' ? to.name : from.name), ends)
  const family = familyOf(storedType(to.type, server))
  switch (family) {
    case 'text':
    case 'char':
    case 'json':
    case 'enum':
    case 'set':
      return sql`COALESCE(SHA2(${textOf(value)}, 256), '-')`
    case 'geometry':
      return sql`COALESCE(SHA2(CONCAT(ST_SRID(${value}), ' ', HEX(ST_AsBinary(${value}))), 256), '-')`
    case 'binary':
    case 'fixedBinary':
    case 'vector':
    case 'other':
      return sql`COALESCE(SHA2(HEX(${value}), 256), '-')`
    default:
      return sql`COALESCE(${value}, '-')`
  }
}
