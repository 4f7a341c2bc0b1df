import { MetaMigrateError } from '../../../app/errors.ts'
import type { TableName } from '../../../app/model/shape.ts'
import { bounded as boundedTo } from '../../names.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { capabilities } from './capabilities.ts'
import { isPlainName } from './reserved.ts'

/** Schema that '' means. */
export const defaultSchema = 'dbo'
/** Schema of a table, the default one filled in. */
export const schemaOf = (table: TableName): string => (table.schema === '' ? defaultSchema : table.schema)

/** Longest identifier, in UTF-16 units (`sysname` is `nvarchar(128)`). */
export const maxNameLength = 128

/** A name in which nothing has to be looked for: most are such. */
const isHarmless = (name: string): boolean => /^[\w-]{1,128}$/.test(name)

/** Why SQL Server cannot keep `name` exactly, or null. */
export function nameProblem(name: string): string | null {
  if (isHarmless(name)) return null
  if (name === '') return 'is empty'
  if (name.includes('\0')) return 'holds a NUL character'
  if (!name.isWellFormed()) return 'holds half a surrogate pair'
  if (name.length > maxNameLength) return `has ${name.length} UTF-16 units, and SQL Server keeps ${maxNameLength}`
  if (name.endsWith(' ')) return 'ends with a blank, and SQL Server takes it for the name without the blank'
  // In a text a backslash before a line break takes the break away, and a line that says GO ends the batch of a script.
  if (/\\[\r\n]/.test(name)) return 'holds a backslash before a line break, which is no part of a text'
  return /[\r\n][ \t]*GO[ \t]*\d*[ \t]*[\r\n]/i.test(name) ? 'holds a line that says GO, which ends a batch' : null
}

/** The same for a table or a constraint: a `#` in front makes a temporary table, and is refused before a constraint. */
export const objectNameProblem = (name: string): string | null =>
  nameProblem(name) ?? (name.startsWith('#') ? 'begins with #, as only temporary objects do' : null)

const refused = (name: string, problem: string) =>
  new MetaMigrateError('NAME_REFUSED', `The name ${JSON.stringify(name.slice(0, 80))} ${problem}.`, { flavor: 'mssql', name: name.slice(0, 80) })

/** A bracketed identifier. Errors: NAME_REFUSED for a name that the server would change. */
export function identifier(name: string): Sql {
  if (isHarmless(name)) return verbatim(`[${name}]`)
  const problem = nameProblem(name)
  if (problem !== null) throw refused(name, problem)
  return bracketed(name)
}

/** Any name in brackets, even one that no statement would take; the closing bracket doubled stands for itself. */
export const bracketed = (name: string): Sql => verbatim(name.includes(']') ? `[${name.replaceAll(']', ']]')}]` : `[${name}]`)

/** The name of a table or constraint. Errors: NAME_REFUSED. */
export function objectName(name: string): Sql {
  if (isHarmless(name)) return verbatim(`[${name}]`)
  const problem = objectNameProblem(name)
  if (problem !== null) throw refused(name, problem)
  return bracketed(name)
}

/** A bracketed name with its schema. */
export const qualified = (schema: string, name: string): Sql => sql`${identifier(schema === '' ? defaultSchema : schema)}.${objectName(name)}`
/** A table by its bracketed path. */
export const tableSql = (table: TableName): Sql => qualified(table.schema, table.name)
/** Bracketed names in parentheses. */
export const columnList = (columns: readonly string[]): Sql => sql`(${join(columns.map(identifier))})`

/** Name for messages: in brackets only where needed. */
export const spelled = (name: string): string => (isPlainName(name) ? name : bracketed(name))
/** A table's name for people: schema.table. */
export const displayTable = (table: TableName): string => `${spelled(schemaOf(table))}.${spelled(table.name)}`

/** `name`, or where it is too long its beginning and 8 hex digits that stand for all of it. */
export const bounded = (name: string): string => boundedTo(name, capabilities)

/** A key that is equal for two spellings of one name under the usual collations, which ignore case. */
export const folded = (name: string): string => name.normalize('NFC').toLowerCase()

/** Names that SQL Server people give, made before the server invents some with random digits. */
export const convention = {
  primaryKey: (table: string) => bounded(`PK_${table}`),
  unique: (table: string, columns: readonly string[]) => bounded(`UQ_${[table, ...columns].join('_')}`),
  check: (table: string, columns: readonly string[]) => bounded(`CK_${[table, ...columns].join('_')}`),
  reference: (table: string, columns: readonly string[]) => bounded(`FK_${[table, ...columns].join('_')}`),
  default: (table: string, column: string) => bounded(`DF_${table}_${column}`),
  index: (table: string, columns: readonly string[]) => bounded(`IX_${[table, ...columns].join('_')}`),
}
