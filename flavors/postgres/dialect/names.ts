import type { TableName } from '../../../app/model/shape.ts'
import { MetaMigrateError } from '../../../app/errors.ts'
import { bounded as boundedName, nameLength } from '../../names.ts'
import { doubled, join, sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { isReserved } from './reserved.ts'

/** Schema that '' means. */
export const defaultSchema = 'public'
/** Longest identifier; the server cuts a longer one with a notice only. */
export const maxNameBytes = 63

/** Length of `text` in UTF-8 bytes. */
export const byteLength = (text: string): number => nameLength(text, 'bytes')

/** Why the server cannot keep `name` exactly, or null. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'is empty'
  if (name.includes('\0')) return 'holds a NUL character'
  if (!name.isWellFormed()) return 'holds half a surrogate pair'
  const bytes = byteLength(name)
  return bytes > maxNameBytes ? `has ${bytes} bytes, and PostgreSQL keeps ${maxNameBytes}` : null
}

/** Signs that every name may hold, and few enough of them: nothing to look at, nothing to double. */
const easy = /^[\w ]{1,63}$/

/** A quoted identifier. Errors: NAME_REFUSED for a name that the server would change. */
export function identifier(name: string): Sql {
  if (easy.test(name)) return verbatim(`"${name}"`)
  const problem = nameProblem(name)
  if (problem !== null)
    throw new MetaMigrateError('NAME_REFUSED', `The name ${JSON.stringify(name.slice(0, 80))} ${problem}.`, {
      flavor: 'postgres',
      name: name.slice(0, 80),
    })
  return doubled(name, '"')
}

/** A quoted identifier with its schema. */
export const qualified = (schema: string, name: string): Sql =>
  sql`${identifier(schema === '' ? defaultSchema : schema)}.${identifier(name)}`
export const tableSql = (table: TableName): Sql => qualified(table.schema, table.name)
/** Quoted identifiers in parentheses. */
export const columnList = (columns: readonly string[]): Sql => sql`(${join(columns.map(identifier))})`

/** A string literal, for a server with standard_conforming_strings on. Errors: TEXT_REFUSED for what no text of this flavor holds. */
export function literal(text: string): Sql {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new MetaMigrateError(
      'TEXT_REFUSED',
      `PostgreSQL cannot hold the text ${JSON.stringify(text.slice(0, 80))}: NUL and half surrogate pairs are no characters.`,
      { flavor: 'postgres' },
    )
  }
  return doubled(text, "'")
}

/** Name for messages: quoted only where needed. */
export const spelled = (name: string): string => (/^[a-z_][a-z0-9_$]*$/.test(name) && !isReserved(name) ? name : doubled(name, '"'))
export const displayTable = (table: TableName): string =>
  `${spelled(table.schema === '' ? defaultSchema : table.schema)}.${spelled(table.name)}`

/** `name`, or where it is too long its beginning and 8 hex digits that stand for all of it. */
export const bounded = (name: string): string => boundedName(name, { maxIdentifierLength: maxNameBytes, identifierUnit: 'bytes' })

/** Names that PostgreSQL would give by itself, made before it does, so that they are known and stay. */
export const convention = {
  primaryKey: (table: string) => bounded(`${table}_pkey`),
  unique: (table: string, columns: readonly string[]) => bounded(`${table}_${columns.join('_')}_key`),
  reference: (table: string, columns: readonly string[]) => bounded(`${table}_${columns.join('_')}_fkey`),
  index: (table: string, columns: readonly string[]) => bounded(`${table}_${columns.join('_')}_idx`),
  check: (table: string) => bounded(`${table}_check`),
  sequence: (table: string, column: string) => bounded(`${table}_${column}_seq`),
  /** Type of an enum field that names none: lives and dies with its table. */
  enumType: (table: string, column: string) => bounded(`${table}_${column}`),
}
