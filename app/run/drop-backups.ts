import type { PlanTable } from '../commands/plan.ts'
import { MetaMigrateError } from '../errors.ts'
import { booksOf, inTransaction } from './books.ts'
import type { RunContext } from './context.ts'
import { openRun } from './open-run.ts'
import type { RunSummary } from './report.ts'
import type { LiveRun } from './session.ts'
import { nowOf, summaryOf } from './session.ts'

/** Group under which a run keeps that its backups were dropped by hand. */
export const droppedGroup = 'dropped'

/**
 * Drops the backups that a finished run kept. After that it cannot be undone.
 * Rejects: RUN_NOT_FOUND, RUN_CONFLICT, BACKUPS_NEEDED (the run is not done), NO_BACKUPS.
 */
export async function dropBackups(runId: string, context: RunContext): Promise<RunSummary> {
  const connection = await context.openConnection()
  try {
    const { run } = await openRun(runId, context, connection)
    if (run.state !== 'done')
      throw new MetaMigrateError('BACKUPS_NEEDED', `Run ${runId} is ${run.state}: its backups are needed to resume or undo it.`, {
        run: runId,
      })
    const tables = keptBackups(run)
    if (tables.length === 0) throw new MetaMigrateError('NO_BACKUPS', `Run ${runId} keeps no backup.`, { run: runId })
    const facts = { format: 1, group: droppedGroup, cleanup: true, tables: [], identitiesBefore: [] } as const
    await inTransaction(connection, async () => {
      for (const table of tables) for (const text of table.dropBackup ?? []) await logged(run, text)
      await connection.execute(booksOf(connection).insertGroup, [runId, droppedGroup, JSON.stringify(facts)])
      context.journal.groupCommitting(runId, facts)
    })
    run.committed.set(droppedGroup, facts)
    context.journal.groupCommitted(runId, droppedGroup)
    const summary = summaryOf(run)
    context.emit?.({ kind: 'run.ended', run: summary })
    return summary
  } finally {
    await connection.close()
  }
}

function keptBackups(run: LiveRun): readonly PlanTable[] {
  if ([...run.committed.values()].some(({ cleanup }) => cleanup)) return []
  return run.plan.groups
    .filter(({ id, cleanup }) => !cleanup && run.committed.has(id))
    .flatMap(({ tables }) => tables.filter(({ dropBackup }) => dropBackup !== undefined))
}

async function logged({ id, connection, context }: LiveRun, text: string): Promise<void> {
  const startedAt = nowOf(context)
  const start = context.clock()
  const entry = { group: droppedGroup, step: droppedGroup, text, startedAt }
  context.journal.stepStarted(id, entry)
  try {
    const rows = await connection.execute(text)
    context.journal.stepEnded(id, { ...entry, durationMs: context.clock() - start, rows, outcome: 'done' })
  } catch (error) {
    context.journal.stepEnded(id, { ...entry, durationMs: context.clock() - start, rows: null, outcome: 'failed' })
    throw error
  }
}
