import type { Dialect } from '../flavor/dialect.ts'
import { closeFrame, openFrame } from './compose.ts'
import { backupShape, planTableOf } from './compose-table.ts'
import type { CommandName, PlanGroup, PlanOptions } from './plan.ts'
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
  const backed = works.filter((work) => work.backup !== null && work.action !== 'restore')
  const chunks = Array.from({ length: Math.ceil(backed.length / tablesPerGroup) }, (_, index) =>
    backed.slice(index * tablesPerGroup, (index + 1) * tablesPerGroup),
  )
  return chunks.map((chunk, index) => cleanupGroup(`c${index + 1}`, chunk, dialect))
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
