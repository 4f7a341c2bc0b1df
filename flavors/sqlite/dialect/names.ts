import type { TableName } from '../../../app/model/shape.ts'
import { doubled, verbatim, type Sql } from '../../sql.ts'

/** A quoted identifier. Always quoted: then no list of reserved words is needed. */
export const identifier = (name: string): Sql => (plain.test(name) ? verbatim(`"${name}"`) : doubled(name, '"'))

/** A text literal. */
export const literal = (text: string): Sql => doubled(text, "'")

/** SQLite has one namespace: a schema is not written. */
export const tableSql = ({ name }: TableName): Sql => identifier(name)

const plain = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A table's name for people. */
export const displayTable = ({ name }: TableName): string => (plain.test(name) ? name : identifier(name))

/** A name of signs that every name may hold, with no beginning that is kept for someone. */
export const easy = /^(?![sm](?:qlite|etamigrate)_)[\w ]+$/i

/** Why SQLite (or we) cannot take a name; null when it can. */
export function nameProblem(name: string): string | null {
  if (easy.test(name)) return null
  if (name === '') return 'is empty'
  if (name.includes('\0')) return 'holds a NUL character, where SQLite would end it'
  if (!name.isWellFormed()) return 'holds half a surrogate pair, which SQLite cannot keep'
  if (/^sqlite_/i.test(name)) return 'begins with sqlite_, which SQLite keeps for itself'
  if (/^metamigrate_/i.test(name)) return 'begins with metamigrate_, which MetaMigrate keeps for its own records'
  return null
}
