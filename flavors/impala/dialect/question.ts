import { MetaMigrateError, assertNever } from '../../../app/errors.ts'
import type { CopyColumn, Question } from '../../flavor.ts'
import { integer, join, sql, type Sql } from '../../sql.ts'
import { castTo, isComplex, nativeOf, survives } from './cast.ts'
import { identifier, tableSql } from './names.ts'

/** The query text of a question. */
export function question(asked: Question, version: number): Sql {
  const place = { format: 'file', version } as const
  switch (asked.kind) {
    case 'lossyRows': {
      const { from, to } = asked.column
      const [value, before, after] = [identifier(from.name), nativeOf(from.type, place), nativeOf(to.type, place)]
      const isCastable = !isComplex(before) && !isComplex(after)
      return rows(asked, sql` WHERE ${value} IS NOT NULL${isCastable ? sql` AND NOT COALESCE(${survives(value, before, after)}, FALSE)` : sql``}`)
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
      return digest(asked, version)
    case 'misfits':
    case 'rejects':
      throw new MetaMigrateError('FLAVOR_UNSUPPORTED', 'Rows of Impala are not measured against a table that is not made yet: casts and NULLs are.', { flavor: 'impala' })
    default:
      return assertNever(asked)
  }
}

/** Key columns of rows; without a key the answer only says that there are such rows. */
function rows(asked: { readonly table: { readonly schema: string; readonly name: string }; readonly key: readonly string[]; readonly limit: number }, where: Sql): Sql {
  const columns = asked.key.length === 0 ? sql`1` : join(asked.key.map(identifier))
  return sql`SELECT ${columns} FROM ${tableSql(asked.table)}${where} LIMIT ${integer(asked.limit)}`
}

/**
 * Row count and an order-free checksum: the sum of a 64 bit hash of each row's text. Every value is written with its length before it, NULL as ~, so that no
 * two rows are written alike; floating numbers by their own hash, since Impala does not write all their digits. Complex columns have no text: they are left out.
 */
function digest(asked: Extract<Question, { kind: 'digest' }>, version: number): Sql {
  const values = asked.columns.flatMap((pair) => valueOf(pair, asked.side, version) ?? [])
  const sum = values.length === 0 ? sql`0` : sql`COALESCE(SUM(CAST(FNV_HASH(CONCAT_WS('|', ${join(values)})) AS DECIMAL(38,0))), 0)`
  return sql`SELECT COUNT(*), ${sum} FROM ${tableSql(asked.table)}`
}

function valueOf({ from, to }: CopyColumn, side: 'from' | 'to', version: number): Sql | null {
  const place = { format: 'file', version } as const
  const target = nativeOf(to.type, place)
  if (from === null || to.generated !== null || isComplex(target)) return null
  const source = nativeOf(from.type, place)
  if (isComplex(source)) return null
  const value = side === 'to' ? identifier(to.name) : castTo(identifier(from.name), source, target)
  if (target.word === 'FLOAT' || target.word === 'DOUBLE') return sql`NVL(CAST(FNV_HASH(${value}) AS STRING), '~')`
  const text = target.word === 'STRING' ? value : sql`CAST(${value} AS STRING)`
  return sql`NVL(CONCAT(CAST(LENGTH(${text}) AS STRING), ':', ${text}), '~')`
}
