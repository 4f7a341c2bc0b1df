import type { GroupFacts, TableFacts } from '../commands/history.ts'
import type { Plan } from '../commands/plan.ts'
import type { RescueFacts } from './books.ts'
import type { LogEntry, Receipt, ReceiptTable, RunSummary } from './report.ts'

export interface ReceiptInput {
  readonly summary: RunSummary
  readonly plan: Plan
  readonly committed: ReadonlyMap<string, GroupFacts>
  readonly log: readonly LogEntry[]
  readonly rescues: readonly RescueFacts[]
}

/** The proof of a run: what each table held before and after, which backups are there still, and every statement that ran. */
export function receiptOf({ summary, plan, committed, log, rescues }: ReceiptInput): Receipt {
  const facts = plan.groups.filter(({ cleanup }) => !cleanup).flatMap(({ id }) => committed.get(id)?.tables ?? [])
  const dropped = [...committed.values()].some(({ cleanup }) => cleanup)
  return {
    run: summary,
    tables: facts.map(tableOf),
    backups: dropped ? [] : facts.flatMap(({ action, backup }) => (backup === null || action === 'restore' ? [] : [backup])),
    copies: rescues.map(({ name, table, rows, dropped }) => ({ name, table, rows, isDropped: dropped !== undefined })),
    droppedBackups: [...committed.values()].flatMap(({ dropped: by }) => (by === undefined ? [] : [by])),
    ...(plan.unmanaged === undefined ? {} : { unmanaged: plan.unmanaged }),
    log,
  }
}

function tableOf({ name, action, before, after, digest, losses, rejects }: TableFacts): ReceiptTable {
  const measured = after ?? digest
  return {
    name,
    action,
    before: pairOf(before),
    after: pairOf(measured),
    verified: before !== null && after !== null && before.join('\u0000') === after.join('\u0000'),
    ...(losses === undefined ? {} : { losses }),
    ...(rejects === undefined ? {} : { rejects }),
  }
}

function pairOf(digest: readonly string[] | null): ReceiptTable['before'] {
  return digest === null ? null : { rows: digest[0] ?? '', checksum: digest[1] ?? '' }
}
