import type { ColumnShape } from '../../../app/model/shape.ts'
import { readDefault } from '../../default-value.ts'
import { remember } from '../../remember.ts'
import { sql, verbatim, type Sql } from '../../sql.ts'
import { expressionSql, rules } from './lexical.ts'
import { literal } from './literal.ts'
import { isText } from './native.ts'
import { storedOf, type Stored } from './stored.ts'
import type { Features } from './version.ts'

/** Functions of Transact-SQL itself: a person who wrote one means it, newsequentialid() is not newid(). */
const own = /^[\s(]*(getdate|getutcdate|sysdatetime|sysutcdatetime|sysdatetimeoffset|newid|newsequentialid)\s*\(\s*\)[\s)]*$/i

const valueOf = remember((text) => readDefault(text, rules))

const points = new Set(['date', 'time', 'datetime', 'smalldatetime', 'datetime2', 'datetimeoffset'])

/**
 * What stands behind DEFAULT, without the parentheses around it, whichever flavor the default was written for; null when it says NULL.
 * Errors: EXPRESSION_REFUSED, TEXT_REFUSED.
 */
export const defaultExpression = (column: Defaulted, features: Features): Sql | null => read(column, features, expressionSql)

/** The same for comparing: never throws, a text that is no expression stays as it is. */
export function normalDefault(column: Defaulted, features: Features): string | null {
  const isReadable = column.default === null || (column.default.isWellFormed() && !column.default.includes('\0'))
  return isReadable ? read(column, features, verbatim) : column.default
}

type Defaulted = Pick<ColumnShape, 'default' | 'type'>

function read(column: Defaulted, features: Features, expression: (text: string) => Sql): Sql | null {
  if (column.default === null) return null
  const stored = storedOf(column.type, features)
  const name = column.default.includes('(') ? own.exec(column.default)?.[1] : undefined
  if (name !== undefined) return verbatim(`${name.toLowerCase()}()`)
  const value = valueOf(column.default)
  switch (value.kind) {
    case 'null':
      return null
    case 'bool':
      return isText(stored) ? literal(String(value.value)) : verbatim(value.value ? '1' : '0')
    case 'number':
      return verbatim(value.text)
    case 'text':
      return textValue(value.value, stored)
    case 'binary':
      return verbatim(`0x${value.hex}`)
    case 'uuid':
      return sql`newid()`
    case 'expression':
      return expression(value.text)
    default:
      return moment(value.kind, stored)
  }
}

/** A text; bytes as PostgreSQL writes them become bytes, and a date for the old types the one spelling that no language setting changes. */
function textValue(text: string, { base }: Stored): Sql {
  if ((base === 'binary' || base === 'varbinary') && /^\\x(?:[0-9a-f]{2})*$/i.test(text)) return verbatim(`0x${text.slice(2).toLowerCase()}`)
  if (base === 'datetime' || base === 'smalldatetime') return literal(text.replace(/^(\d{4}-\d\d-\d\d) (?=\d\d:)/, '$1T').replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1$2$3'))
  return literal(text)
}

/** The present moment as the column can hold it: local without a zone, an instant with one. */
function moment(kind: 'now' | 'localNow' | 'utcNow' | 'today' | 'timeNow', { base }: Stored): Sql {
  if (kind === 'today' || (base === 'date' && kind !== 'utcNow')) return sql`CONVERT(date, getdate())`
  if (kind === 'timeNow' || (base === 'time' && kind !== 'utcNow')) return sql`CONVERT(time, sysdatetime())`
  if (kind === 'utcNow') return base === 'date' || base === 'time' ? sql`CONVERT(${verbatim(base)}, sysutcdatetime())` : sql`sysutcdatetime()`
  if (base === 'datetime' || base === 'smalldatetime') return sql`getdate()`
  // Without a zone of its own, a moment would be taken for one in UTC.
  return base === 'datetimeoffset' || (kind === 'now' && !points.has(base)) ? sql`sysdatetimeoffset()` : sql`sysdatetime()`
}
