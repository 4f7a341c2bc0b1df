import { MetaMigrateError } from '../../../app/errors.ts'
import type { TableName } from '../../../app/model/shape.ts'
import { bounded as boundedName, nameLength } from '../../names.ts'
import { doubled, join, sql, verbatim, type Sql } from '../../sql.ts'
import { isPlainName } from './keywords.ts'

/** Longest name, in characters. */
export const maxNameLength = 64

/** A name that holds nothing to look at: letters, digits and _ between which blanks may stand. */
const easy = /^\w(?:[\w ]{0,62}\w)?$/

/** Why the server cannot keep a name exactly, or null. Source: MySQL manual, "Schema Object Names"; names are kept in utf8mb3. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'is empty'
  if (name.includes('\0')) return 'holds a NUL character'
  if (!name.isWellFormed()) return 'holds half a surrogate pair'
  if (/[\u{10000}-\u{10FFFF}]/u.test(name)) return 'holds a character beyond U+FFFF, such as an emoji, which names of MySQL cannot'
  // The server takes every blank at the end off, or refuses it.
  if (/[ \t\n\v\f\r]$/.test(name)) return 'ends with a blank'
  const length = nameLength(name, 'characters')
  return length > maxNameLength ? `has ${length} characters, and MySQL keeps ${maxNameLength}` : null
}

/** NAME_REFUSED for a name with a problem. */
const refused = (name: string, problem: string) =>
  new MetaMigrateError('NAME_REFUSED', `The name ${JSON.stringify(name.slice(0, 80))} ${problem}. Choose another.`, { flavor: 'mysql', name: name.slice(0, 80) })

/** A quoted identifier. Errors: NAME_REFUSED for a name that the server would change. */
export function identifier(name: string): Sql {
  if (easy.test(name)) return verbatim(`\`${name}\``)
  const problem = nameProblem(name)
  if (problem !== null) throw refused(name, problem)
  return doubled(name, '`')
}

/** Name of an index or unique constraint. Errors: NAME_REFUSED, also for names that the server keeps for its own indexes. */
export function indexIdentifier(name: string): Sql {
  if (isReservedIndexName(name)) throw refused(name, "is kept for the server's own index")
  return identifier(name)
}

/** Names of indexes that the server gives itself. */
export const isReservedIndexName = (name: string): boolean => /^(?:primary|gen_clust_index)$/i.test(name)

/** Names of columns that InnoDB adds by itself; FTS_DOC_ID may be one's own only as it would make it. */
export const isReservedColumnName = (name: string): boolean => /^(?:db_row_id|db_trx_id|db_roll_ptr|fts_doc_id)$/i.test(name)

/** Name of a column that is made. Errors: NAME_REFUSED, also for names of InnoDB's own. */
export function columnIdentifier(name: string): Sql {
  if (isReservedColumnName(name)) throw refused(name, "is kept for a field of InnoDB's own")
  return identifier(name)
}

/** A table with its database; without one the connected database is meant. */
export const tableSql = ({ schema, name }: TableName): Sql => (schema === '' ? identifier(name) : sql`${identifier(schema)}.${identifier(name)}`)

/** Quoted identifiers in parentheses. */
export const columnList = (columns: readonly string[]): Sql => sql`(${names(columns)})`
export const names = (columns: readonly string[]): Sql => join(columns.map(identifier))

/**
 * A text literal. A backslash is doubled: the session frame switches NO_BACKSLASH_ESCAPES off, and so do servers by default; a text without one is
 * right either way. Errors: TEXT_REFUSED for NUL and half surrogate pairs.
 */
export function literal(text: string): Sql {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new MetaMigrateError('TEXT_REFUSED', `The text ${JSON.stringify(text.slice(0, 80))} holds a NUL character or half a surrogate pair, which is no text here.`, { flavor: 'mysql' })
  }
  return doubled(text.replaceAll('\\', '\\\\'), "'")
}

/** Name for messages: quoted only where needed. */
export const spelled = (name: string): string => (isPlainName(name) ? name : doubled(name, '`'))
export const displayTable = ({ schema, name }: TableName): string => (schema === '' ? spelled(name) : `${spelled(schema)}.${spelled(name)}`)

/** `name`, or where it is too long its beginning and 8 hex digits that stand for all of it. */
export const bounded = (name: string): string => boundedName(name, { maxIdentifierLength: maxNameLength, identifierUnit: 'characters' })

/** Names of parts that nobody named, with the table in each: foreign keys (and checks on MySQL) are named once per database. */
export const convention = {
  unique: (table: string, columns: readonly string[]) => bounded(`${table}_${columns.join('_')}_key`),
  reference: (table: string, columns: readonly string[]) => bounded(`${table}_${columns.join('_')}_fk`),
  index: (table: string, columns: readonly string[]) => bounded(`${table}_${columns.join('_')}_idx`),
  check: (table: string) => bounded(`${table}_check`),
}
