import { assertNever } from '../../../app/errors.ts'
import type { CopyColumn, Question } from '../../flavor.ts'
import { integer, join, sql, type Sql } from '../../sql.ts'
import { castRisk, survives } from './cast.ts'
import { misfits, rejects } from './misfits.ts'
import { identifier, tableSql } from './names.ts'
import { inserted, isContinued, keptOnly } from './new-value.ts'
import { keepsNumbers, rowNumber } from './rows.ts'

/** The query text of a question. */
export function question(asked: Question): Sql {
  switch (asked.kind) {
    case 'lossyRows': {
      const { from, to } = asked.column
      const bad = castRisk(from.type, to.type) === 'impossible' ? sql`` : sql` AND NOT coalesce(${survives(from, to)}, 0)`
      return rows(asked, sql` WHERE ${identifier(from.name)} IS NOT NULL${bad}`)
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
      return digest(asked)
    case 'misfits':
      return misfits(asked)
    case 'rejects':
      return rejects(asked)
    default:
      return assertNever(asked)
  }
}

/** Key columns of rows; a table without a key has its rowid. */
function rows(asked: { readonly table: { readonly schema: string; readonly name: string }; readonly key: readonly string[]; readonly limit: number }, where: Sql): Sql {
  const columns = asked.key.length === 0 ? sql`rowid` : join(asked.key.map(identifier))
  return sql`SELECT ${columns} FROM ${tableSql(asked.table)}${where} LIMIT ${integer(asked.limit)}`
}

/** Row count and an order-free checksum by `metamigrate_digest`, an aggregate that the driver brings: it tells values apart by type and content. */
function digest(asked: Extract<Question, { kind: 'digest' }>): Sql {
  const values = asked.columns.filter((pair) => pair.to.generated === null).flatMap((pair) => valueOf(pair, asked.side) ?? [])
  const { rows: tables, side } = asked
  const number = tables === undefined || !keepsNumbers(tables.from, tables.to) ? [] : [rowNumber(tables[side])]
  const kept = side === 'from' ? keptOnly(asked.columns) : sql``
  return sql`SELECT count(*), metamigrate_digest(${join([...number, ...values])}) FROM ${tableSql(asked.table)}${kept}`
}

function valueOf(pair: CopyColumn, side: 'from' | 'to'): Sql | null {
  if (!isContinued(pair)) return null
  return side === 'to' ? identifier(pair.to.name) : inserted(pair)
}
