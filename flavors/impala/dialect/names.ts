import { MetaMigrateError } from '../../../app/errors.ts'
import type { TableName } from '../../../app/model/shape.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { isPlainName } from './keywords.ts'

/** Longest name of a database or table, and of a column, in characters. Source: HMS schema, columns TBL_NAME and COLUMN_NAME. */
export const maxTableName = 128
export const maxColumnName = 767

/** A name as Impala keeps it: in lower case. */
export const fold = (name: string): string => name.toLowerCase()

/** Why Impala cannot keep the name of a database or table, or null. Source: MetaStoreUtils.validateName; sql-scanner.flex. */
export function tableNameProblem(name: string): string | null {
  if (name === '') return 'is empty'
  if (!/^\w+$/.test(name)) return 'holds something else than the letters a to z, digits and _, which is all that a database or table of Impala is named with, quoted or not'
  return name.length > maxTableName ? `has ${name.length} characters, and Impala keeps ${maxTableName}` : null
}

/** Why Impala cannot keep the name of a column, or null. There is no escape between backticks, and blanks at either end are cut off. */
export function columnNameProblem(name: string): string | null {
  if (name.trim() === '') return 'is empty'
  if (name.includes('`')) return 'holds a backtick, for which Impala has no escape'
  if (/\p{Cc}/u.test(name)) return 'holds a control character'
  if (!name.isWellFormed()) return 'holds half a surrogate pair'
  if (name !== name.trim()) return 'begins or ends with a blank, which Impala cuts off'
  if (name.includes('\\')) return 'holds a backslash, which may take the closing backtick with it'
  const length = Array.from(name).length
  return length > maxColumnName ? `has ${length} characters, and Impala keeps ${maxColumnName}` : null
}

function refuse(name: string, problem: string | null): void {
  if (problem === null) return
  const shown = name.slice(0, 80)
  throw new MetaMigrateError('NAME_REFUSED', `The name ${JSON.stringify(shown)} ${problem}. Choose another.`, { flavor: 'impala', name: shown })
}

const quoted = (name: string): Sql => verbatim(`\`${fold(name)}\``)
/** Names that nothing is wrong with and nothing changes: nearly all. */
const usual = /^[a-z_][a-z0-9_]{0,127}$/

/** A column's name between backticks, in lower case. Errors: NAME_REFUSED. */
export function identifier(name: string): Sql {
  if (usual.test(name)) return verbatim(`\`${name}\``)
  refuse(name, columnNameProblem(name))
  return quoted(name)
}

/** A database's or table's name between backticks, in lower case. Errors: NAME_REFUSED. */
export function tableIdentifier(name: string): Sql {
  if (usual.test(name)) return verbatim(`\`${name}\``)
  refuse(name, tableNameProblem(name))
  return quoted(name)
}

/** A table with its database; without one the session's is meant. */
export const qualified = (schema: string, name: string): Sql => (schema === '' ? tableIdentifier(name) : sql`${tableIdentifier(schema)}.${tableIdentifier(name)}`)
export const tableSql = ({ schema, name }: TableName): Sql => qualified(schema, name)
/** Columns in parentheses. */
export const columnList = (columns: readonly string[]): Sql => sql`(${join(columns.map(identifier))})`

function refuseText(text: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return
  throw new MetaMigrateError('TEXT_REFUSED', `Impala cannot hold the text ${JSON.stringify(text.slice(0, 80))}: NUL and half surrogate pairs are no characters.`, { flavor: 'impala' })
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b' }

/** A text literal: Impala escapes with backslashes only. Errors: TEXT_REFUSED for what no text of Impala holds. */
export function literal(text: string): Sql {
  refuseText(text)
  return verbatim(`'${text.replaceAll(/[\\'\n\r\t\b]/g, (sign) => escapes[sign] ?? sign)}'`)
}

/** Whether a text between quotes ends there and no sooner: Impala reads a backslash with the sign behind it. */
const isRaw = (text: string, quote: string): boolean => new RegExp(`^(?:\\\\.|[^\\\\${quote}])*$`).test(text)

/** The quote between which a text stands as it is; null when neither does. */
const rawQuote = (text: string): string | null => ["'", '"'].find((quote) => isRaw(text, quote)) ?? null

/** A text as it reads back where Impala keeps what stands between the quotes, backslashes and all: comments and locations. */
export const rawText = (text: string): string => (rawQuote(text) === null ? text.replaceAll(/\\\n?|'/g, (sign) => (sign === "'" ? "\\'" : sign === '\\' ? '\\\\' : '\\\\\n')) : text)

/**
 * A text for COMMENT and LOCATION, which Impala keeps as it stands between the quotes: nothing is escaped that can stand by itself. Errors: TEXT_REFUSED.
 * Source: sql-parser.cup, comment_val and location_val take the STRING_LITERAL of the scanner, from which no backslash was taken.
 */
export function rawLiteral(text: string): Sql {
  refuseText(text)
  if (!/['\\]/.test(text)) return verbatim(`'${text}'`)
  const raw = rawText(text)
  const quote = rawQuote(raw) ?? "'"
  return verbatim(quote + raw + quote)
}

const spelled = (name: string): string => (isPlainName(fold(name)) ? fold(name) : `\`${fold(name)}\``)
/** A table's name for people: quoted where needed. */
export const displayTable = ({ schema, name }: TableName): string => (schema === '' ? spelled(name) : `${spelled(schema)}.${spelled(name)}`)
