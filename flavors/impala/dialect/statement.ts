import { MetaMigrateError } from '../../../app/errors.ts'
import type { Statement } from '../../flavor.ts'
import type { Sql } from '../../sql.ts'

/** A statement from its parts; `undo` in the order it runs. */
export function statement(text: Sql, summary: string, phase: Statement['phase'], undo: readonly Sql[] | null, risk: Statement['risk'] = 'none'): Statement {
  return { text, summary, phase, undo, risk }
}

/** The error for what Impala, or the format of a table, cannot do. `message` says the way out. */
export const unsupported = (operation: string, message: string): MetaMigrateError => new MetaMigrateError('FLAVOR_UNSUPPORTED', message, { flavor: 'impala', operation })
