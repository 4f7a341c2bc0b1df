import { MetaMigrateError } from '../../../app/errors.ts'

/** Result codes by prefix, the longest first. Source: sqlite.org/rescode.html. */
const codes: readonly (readonly [string, string])[] = [
  ['SQLITE_CONSTRAINT_UNIQUE', 'UNIQUE_VIOLATION'],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'UNIQUE_VIOLATION'],
  ['SQLITE_CONSTRAINT_ROWID', 'UNIQUE_VIOLATION'],
  ['SQLITE_CONSTRAINT_FOREIGNKEY', 'FOREIGN_KEY_VIOLATION'],
  ['SQLITE_CONSTRAINT_NOTNULL', 'NOT_NULL_VIOLATION'],
  ['SQLITE_CONSTRAINT_CHECK', 'CHECK_VIOLATION'],
  ['SQLITE_CONSTRAINT_DATATYPE', 'VALUE_DOES_NOT_FIT'],
  ['SQLITE_TOOBIG', 'VALUE_DOES_NOT_FIT'],
  ['SQLITE_MISMATCH', 'VALUE_DOES_NOT_FIT'],
  ['SQLITE_BUSY', 'TARGET_BUSY'],
  ['SQLITE_LOCKED', 'TARGET_BUSY'],
  ['SQLITE_READONLY', 'READ_ONLY'],
  ['SQLITE_FULL', 'DISK_FULL'],
  ['SQLITE_IOERR', 'CONNECTION_LOST'],
  ['SQLITE_CANTOPEN', 'CONNECTION_FAILED'],
  ['SQLITE_NOTADB', 'TARGET_UNSUPPORTED'],
  ['SQLITE_CORRUPT', 'CONNECTION_FAILED'],
  ['SQLITE_PERM', 'NOT_PERMITTED'],
  ['SQLITE_AUTH', 'NOT_PERMITTED'],
]

/** SQLite gives plain errors the one code SQLITE_ERROR; its fixed words tell more. */
const words: readonly (readonly [RegExp, string])[] = [
  [/already exists|duplicate column name|there is already/, 'ALREADY_EXISTS'],
  [/no such (table|column|index|view|trigger)/, 'NOT_FOUND'],
  [/syntax error|incomplete input|unrecognized token/, 'SYNTAX'],
]

const wayOut: Readonly<Record<string, string>> = {
  TARGET_BUSY: 'Another program is writing to this file: close it or wait, then try again.',
  TARGET_UNSUPPORTED: 'The file is not a SQLite database (or it is encrypted).',
  DISK_FULL: 'The disk is full: make room, then try again. Nothing was committed.',
  READ_ONLY: 'The file or its folder is read-only: a database needs both to be writable.',
}

/** The error of ours for one that SQLite gave. `code` is its result code, `message` its own words. */
export function toError(code: string, message: string, what: string): MetaMigrateError {
  const known = codes.find(([prefix]) => code.startsWith(prefix))?.[1] ?? words.find(([pattern]) => pattern.test(message))?.[1] ?? 'STATEMENT_FAILED'
  const hint = wayOut[known]
  return new MetaMigrateError(known, `${what}: ${message}.${hint === undefined ? '' : ` ${hint}`}`, { flavor: 'sqlite', sqliteCode: code })
}
