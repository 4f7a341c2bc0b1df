import type { GroupFacts, TableFacts } from '../../commands/history.ts'
import type { CommandName, Plan } from '../../commands/plan.ts'
import { tableKey } from '../../diff/names.ts'
import type { NameRules } from '../../diff/names.ts'
import type { Connection } from '../../flavor/driver.ts'
import type { TableName } from '../../model/shape.ts'
import { targetGroups, targetRuns } from '../books.ts'
import type { RescueFacts } from '../books.ts'
import type { RunState } from '../report.ts'

/** A run of the target with what it left there. */
export interface RunRecord {
  readonly id: string
  readonly command: CommandName | null
  readonly state: RunState
  readonly startedAt: string
  readonly owner: string
  readonly plan: Plan | null
  /** Tables of its committed groups. */
  readonly tables: readonly TableFacts[]
  /** Keys of backups that were dropped, by its own last groups or by hand; null: all of them. */
  readonly dropped: ReadonlySet<string> | null
  readonly rescues: readonly RescueFacts[]
}

/** `backup`: a table that a run set aside. `copy`: of the command backup. `rescue`: made by an undo of rows written since the run. */
export type CopyKind = 'backup' | 'copy' | 'rescue'

/** A copy that the books know. */
export interface KnownCopy {
  readonly name: TableName
  readonly kind: CopyKind
  readonly run: RunRecord
  /** The table whose rows it holds, as it was called then. */
  readonly of: TableName
  /** ISO 8601, UTC. */
  readonly madeAt: string
  readonly facts: TableFacts | null
  readonly rescue: RescueFacts | null
}

/** Every run that the target knows, newest first. */
export async function readRecords(connection: Connection): Promise<readonly RunRecord[]> {
  const records: RunRecord[] = []
  for (const { id, state, startedAt, owner } of await targetRuns(connection)) {
    const { plan, committed, owners, rescues } = await targetGroups(connection, id)
    const order = new Map(plan?.groups.map((group, at) => [group.id, at]))
    const groups = [...committed.values()].toSorted((a, b) => (order.get(a.group) ?? 0) - (order.get(b.group) ?? 0))
    records.push({
      id,
      command: plan?.command ?? null,
      state: state as RunState,
      startedAt,
      owner: owners.at(-1) ?? owner,
      plan,
      tables: groups.flatMap(({ cleanup, tables }) => (cleanup ? [] : tables)),
      dropped: droppedOf(groups.filter(({ cleanup }) => cleanup), connection.dialect.can),
      rescues,
    })
  }
  return records
}

/** Records of before do not tell which. */
function droppedOf(groups: readonly GroupFacts[], rules: NameRules): ReadonlySet<string> | null {
  const names = groups.map(({ tables, dropped }) => dropped?.names ?? tables.flatMap(({ backup }) => backup ?? []))
  return names.some((list) => list.length === 0) ? null : new Set(names.flat().map((name) => tableKey(rules, name)))
}

/** The copies that these runs (newest first) keep. A name that a newer run gave again is that run's. */
export function knownCopies(records: readonly RunRecord[], rules: NameRules): readonly KnownCopy[] {
  const taken = new Set<string>()
  return records.flatMap((run) => copiesOf(run, rules)).filter(({ name }) => {
    const key = tableKey(rules, name)
    const isOurs = !taken.has(key)
    taken.add(key)
    return isOurs
  })
}

function copiesOf(run: RunRecord, rules: NameRules): readonly KnownCopy[] {
  const { dropped } = run
  const rescues = run.rescues.filter((rescue) => rescue.dropped === undefined)
  const kept =
    dropped === null ? [] : run.tables.filter(({ action, backup }) => backup !== null && action !== 'restore' && !dropped.has(tableKey(rules, backup)))
  return [
    ...rescues.map((rescue) => ({ name: rescue.name, kind: 'rescue' as const, run, of: rescue.table, madeAt: rescue.madeAt, facts: null, rescue })),
    ...kept.flatMap((facts) =>
      facts.backup === null
        ? []
        : [
            {
              name: facts.backup,
              kind: facts.action === 'backup' ? ('copy' as const) : ('backup' as const),
              run,
              of: facts.from ?? facts.name,
              madeAt: run.startedAt,
              facts,
              rescue: null,
            },
          ],
    ),
  ]
}
