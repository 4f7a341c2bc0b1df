import type { Dialect } from '../flavor/dialect.ts'
import type { Finding } from '../model/finding.ts'
import { codes } from './codes.ts'
import { closeFrame, openFrame } from './compose.ts'
import { backupShape, planTableOf } from './compose-table.ts'
import type { CommandName, PlanGroup, PlanOptions } from './plan.ts'
import { pathOf } from './static-findings.ts'
import { stepList } from './step-list.ts'
import { backupNameOf } from './work.ts'
import type { TableWork } from './work.ts'

// Dropping takes locks on everything that belongs to a table: few at a time keeps far away from a server's lock table.
const tablesPerGroup = 50

/** Groups that drop the backups at the end, when the person does not keep them; [] otherwise, and for a backup, whose copy is its purpose. */
export function cleanupGroups(
  command: CommandName,
  works: readonly TableWork[],
  options: PlanOptions,
  dialect: Dialect,
): readonly PlanGroup[] {
  if (command === 'backup' || command === 'restore' || options.keepBackup !== false) return []
  const backed = works.filter((work) => work.backup !== null && work.action !== 'restore' && leftOut(work) === null)
  const chunks = Array.from({ length: Math.ceil(backed.length / tablesPerGroup) }, (_, index) =>
    backed.slice(index * tablesPerGroup, (index + 1) * tablesPerGroup),
  )
  return chunks.map((chunk, index) => cleanupGroup(`c${index + 1}`, chunk, dialect))
}

/** Number of rows that a chosen way leaves out of the new table; null when none. Whole, they are in the backup alone, so that stays. */
function leftOut({ losses = [] }: TableWork): string | null {
  return losses.find(({ way, rows }) => way === 'reject' && rows !== '0')?.rows ?? null
}

/** Backups that stay although the person keeps none: each alone holds rows that are left out. */
export function keptForRejects(works: readonly TableWork[], options: PlanOptions, dialect: Dialect): readonly Finding[] {
  if (options.keepBackup !== false) return []
  return works.flatMap((work): readonly Finding[] => {
    const [rows, backup] = [leftOut(work), backupNameOf(work)]
    if (rows === null || backup === null) return []
    const message = `The backup ${dialect.display(backup)} stays: the rows that are left out (${rows}) are whole in it alone. drop-backups drops it, once they are not needed.`
    return [{ code: codes.rejectsKept, severity: 'warning', path: pathOf(work), message }]
  })
}

function cleanupGroup(id: string, works: readonly TableWork[], dialect: Dialect): PlanGroup {
  const list = stepList(id, dialect)
  const frame = { before: [], after: [] }
  openFrame(list, frame, dialect)
  for (const work of works) {
    const backup = backupNameOf(work)
    if (backup === null || work.moved === null) continue
    list.run({ kind: 'dropTable', shape: backupShape(work.moved, backup) }, backup, () => ({ phase: 'delete', undo: null }))
  }
  closeFrame(list, frame, dialect)
  return { id, title: 'Drop the backups', tables: works.map((work) => planTableOf(work, dialect)), steps: list.steps, cleanup: true }
}
