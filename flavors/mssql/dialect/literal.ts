import { MetaMigrateError } from '../../../app/errors.ts'
import { doubled, join, sql, type Sql } from '../../sql.ts'

/**
 * Places inside a text where something else would read it: a backslash before a line break (the server takes both away), `$(` (a variable of sqlcmd),
 * a line that says GO (the end of a batch to every client). Source: Microsoft Learn, "Backslash (Line continuation)", "sqlcmd".
 */
const seams = /(?<=\\)(?=[\r\n])|(?<=\$)(?=\()|(?<=[\r\n][ \t]*)(?=GO[ \t]*\d*[ \t]*(?:[\r\n]|$))/i

/** Whether a text is one literal, so that it can stand where no expression can: as the argument of a procedure. */
export const isOneLiteral = (text: string): boolean => isPlain(text) || text.split(seams).length === 1

/** A text in which no seam can be: most are. */
const isPlain = (text: string): boolean => /^[^\\$\r\n]*$/.test(text)

const national = (text: string): Sql => sql`N${doubled(text, "'")}`

/**
 * A name (or a path of them) as the argument of a procedure, where one literal stands and no expression. Of the seams a name has but `$(` : that is a variable
 * to sqlcmd alone, which is told to leave it by its option -x.
 */
export const nameLiteral = (name: string): Sql => national(name)

/** A Unicode text literal, or several joined by `+` where one would be misread. Errors: TEXT_REFUSED for what no text of this flavor holds. */
export function literal(text: string): Sql {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new MetaMigrateError('TEXT_REFUSED', `SQL Server cannot be sent the text ${JSON.stringify(text.slice(0, 80))}: NUL and half surrogate pairs are no characters.`, { flavor: 'mssql' })
  }
  if (isPlain(text)) return national(text)
  return join(text.split(seams).map(national), ' + ')
}
