import type { GroupFacts, TableFacts } from '../commands/history.ts'
import type { Plan } from '../commands/plan.ts'
import type { TableName } from '../model/shape.ts'
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
  const cleaned = [...committed.values()].filter(({ cleanup }) => cleanup)
  const gone = new Set(cleaned.flatMap(({ tables, dropped }) => (dropped?.names ?? tables.flatMap(({ backup }) => backup ?? [])).map(placeOf)))
  // Records of before do not tell which backups went: then all did.
  const isAllGone = cleaned.some(({ tables, dropped }) => tables.length === 0 && dropped === undefined)
  return {
    run: summary,
    tables: facts.map(tableOf),
    backups: isAllGone ? [] : facts.flatMap(({ action, backup }) => (backup === null || action === 'restore' || gone.has(placeOf(backup)) ? [] : [backup])),
    copies: rescues.map(({ name, table, rows, dropped }) => ({ name, table, rows, isDropped: dropped !== undefined })),
    droppedBackups: [...committed.values()].flatMap(({ dropped: by }) => (by === undefined ? [] : [by])),
    ...(plan.unmanaged === undefined ? {} : { unmanaged: plan.unmanaged }),
    log,
  }
}

const placeOf = ({ schema, name }: TableName): string => JSON.stringify([schema, name])

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
