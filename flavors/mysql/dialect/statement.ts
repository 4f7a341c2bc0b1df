import type { Statement } from '../../flavor.ts'
import type { Sql } from '../../sql.ts'

/** A statement from its parts; `undo` in the order it runs. */
export function statement(text: Sql, summary: string, phase: Statement['phase'], undo: readonly Sql[] | null, risk: Statement['risk'] = 'none'): Statement {
  return { text, summary, phase, undo, risk }
}
