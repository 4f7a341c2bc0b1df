import { MetaMigrateError, messageOf } from '../../../app/errors.ts'
import type { ErrorDetails } from '../../../app/errors.ts'
import type { errorCodes } from '../../flavor.ts'

type Code = (typeof errorCodes)[number]

/** Our code by SQLSTATE, or by its class (two characters). Source: manual, appendix "PostgreSQL Error Codes". */
const codes: Readonly<Record<string, Code>> = {
  '08': 'CONNECTION_LOST',
  '28': 'AUTHENTICATION_FAILED',
  '3D000': 'CONNECTION_FAILED',
  '53300': 'CONNECTION_FAILED',
  '57P01': 'CONNECTION_LOST',
  '57P02': 'CONNECTION_LOST',
  '57P03': 'CONNECTION_FAILED',
  '57P05': 'CONNECTION_LOST',
  '25P03': 'CONNECTION_LOST',
  '57014': 'CANCELLED',
  '55P03': 'LOCK_TIMEOUT',
  '40P01': 'TARGET_BUSY',
  '40001': 'TARGET_BUSY',
  '55006': 'TARGET_BUSY',
  '42501': 'NOT_PERMITTED',
  '42P07': 'ALREADY_EXISTS',
  '42710': 'ALREADY_EXISTS',
  '42701': 'ALREADY_EXISTS',
  '42P06': 'ALREADY_EXISTS',
  '42P04': 'ALREADY_EXISTS',
  '42P01': 'NOT_FOUND',
  '42703': 'NOT_FOUND',
  '42704': 'NOT_FOUND',
  '3F000': 'NOT_FOUND',
  '42883': 'NOT_FOUND',
  '2BP01': 'HAS_DEPENDENTS',
  '2B000': 'HAS_DEPENDENTS',
  '23505': 'UNIQUE_VIOLATION',
  '23503': 'FOREIGN_KEY_VIOLATION',
  '23502': 'NOT_NULL_VIOLATION',
  '23514': 'CHECK_VIOLATION',
  '22': 'VALUE_DOES_NOT_FIT',
  '42601': 'SYNTAX',
  '53100': 'DISK_FULL',
  '25006': 'READ_ONLY',
}

const hints: Readonly<Partial<Record<Code, string>>> = {
  LOCK_TIMEOUT:
    'Another session holds a lock on it. Wait for that session or end it, then try again; nothing was changed by this statement.',
  TARGET_BUSY: 'Another session was in the way. Try again.',
  CONNECTION_LOST: 'The server or the network ended the connection.',
  NOT_PERMITTED: 'Ask for the missing privilege, or connect as the owner.',
  DISK_FULL: 'The server has no room left.',
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const property = (error: unknown, name: string): string | null =>
  typeof error === 'object' && error !== null ? textOf(Reflect.get(error, name)) : null

/** Server messages quote the bad value for errors about values: it is left out, rows are nobody's business. */
const withoutValues = (message: string): string => message.replaceAll(/:? ?"[\s\S]*"/g, '').trim()

/** Anything the driver package threw as a MetaMigrateError, with the SQLSTATE and the names it is about. Never a password or a row value. */
export function serverError(error: unknown, tried: string, fallback: Code = 'STATEMENT_FAILED'): MetaMigrateError {
  if (error instanceof MetaMigrateError) return error
  const sqlstate = property(error, 'code')
  const isState = sqlstate !== null && /^[0-9A-Z]{5}$/.test(sqlstate)
  const code = isState ? (codes[sqlstate] ?? codes[sqlstate.slice(0, 2)] ?? 'STATEMENT_FAILED') : (networkCode(error) ?? fallback)
  const said = code === 'VALUE_DOES_NOT_FIT' ? withoutValues(messageOf(error)) : messageOf(error)
  // Detail tells the key of a duplicate or an orphan; for other errors it may be the whole row.
  const detail =
    code === 'UNIQUE_VIOLATION' || code === 'FOREIGN_KEY_VIOLATION' || code === 'HAS_DEPENDENTS' ? property(error, 'detail') : null
  const parts = [`${tried}: ${said}.`, detail, hints[code]].filter((part) => part !== null && part !== undefined)
  return new MetaMigrateError(code, parts.join(' '), detailsOf(error, isState ? sqlstate : null), { cause: error })
}

function detailsOf(error: unknown, sqlstate: string | null): ErrorDetails {
  const names = { schema: 'schema', table: 'table', column: 'column', constraint: 'constraint', position: 'position' }
  const found = Object.entries(names).flatMap(([name, key]) => {
    const value = property(error, key)
    return value === null ? [] : [[name, value] as const]
  })
  return { flavor: 'postgres', ...(sqlstate === null ? {} : { sqlstate }), ...Object.fromEntries(found) }
}

/** Errors without a SQLSTATE come from the socket. */
function networkCode(error: unknown): Code | null {
  const text = `${property(error, 'code') ?? ''} ${messageOf(error)}`
  if (
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|timeout expired|does not support SSL|certificate|TLS|SSL/i.test(
      text,
    )
  )
    return 'CONNECTION_FAILED'
  if (/password|SASL|SCRAM/i.test(text)) return 'AUTHENTICATION_FAILED'
  return /terminated|ECONNRESET|EPIPE|closed|not queryable|ended/i.test(text) ? 'CONNECTION_LOST' : null
}
