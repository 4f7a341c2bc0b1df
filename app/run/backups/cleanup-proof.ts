import type { PlanGroup } from '../../commands/plan.ts'
import { tableKey } from '../../diff/names.ts'
import type { LiveRun } from '../session.ts'
import { readCopies } from './list-backups.ts'
import { onlyCopyOf } from './only-copy.ts'

/**
 * Whether the backups that the last groups of a run would drop are the only copy of rows. Asked where a run is taken up again: what it proved when it moved
 * the rows may be long ago, and other runs may have come between. Such backups are kept; `backups` lists them.
 */
export async function holdsOnlyCopies({ connection, id }: LiveRun, { tables }: PlanGroup): Promise<boolean> {
  const { can } = connection.dialect
  const now = await readCopies(connection)
  const names = new Set(tables.flatMap(({ backup }) => (backup === null ? [] : [tableKey(can, backup)])))
  const going = now.holdings.copies.filter(({ copy }) => copy.run.id === id && names.has(tableKey(can, copy.name)))
  for (const held of going) if ((await onlyCopyOf(held, now.holdings, new Set(going), connection)).rows !== '0') return true
  return false
}
