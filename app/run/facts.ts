import type { GroupFacts, TableFacts } from '../commands/history.ts'
import type { PlanGroup, PlanIdentity, PlanTable } from '../commands/plan.ts'
import type { IdentityRecord } from '../diff/match.ts'
import { tableKey } from '../diff/names.ts'
import type { Capabilities } from '../flavor/capabilities.ts'
import type { Answers } from './judge.ts'

export interface FactsInput {
  readonly group: PlanGroup
  readonly answers: Answers
  readonly identities: readonly PlanIdentity[]
  /** Identity rows in the target before the group. */
  readonly known: readonly IdentityRecord[]
  readonly can: Capabilities
}

/** What a group leaves in the target when it commits: names, digests, backups, and how identities were before. */
export function factsOf(input: FactsInput): GroupFacts {
  const { group, identities, known, can } = input
  const own = new Set(identities.map(({ table }) => table))
  const names = new Set(group.tables.flatMap(({ name, from }) => [tableKey(can, name), ...(from === null ? [] : [tableKey(can, from)])]))
  return {
    format: 1,
    group: group.id,
    cleanup: group.cleanup,
    tables: group.tables.map((table) => tableFacts(table, input)),
    identitiesBefore: group.cleanup
      ? []
      : known.filter((row) => own.has(row.tableId) || names.has(tableKey(can, { schema: row.schema, name: row.table }))),
  }
}

function tableFacts(table: PlanTable, { group, answers, identities, can }: FactsInput): TableFacts {
  const key = tableKey(can, table.name)
  // A backup is measured under its own name, but the step belongs to it and so to this table.
  const backupKey = table.backup === null ? '' : tableKey(can, table.backup)
  // A table that only goes is not measured; the one that takes its name may be.
  const steps = group.steps.filter(
    (step) => table.action !== 'drop' && step.table !== null && [key, backupKey].includes(tableKey(can, step.table)),
  )
  const proof = steps.find((step) => step.judge.kind === 'equals')
  const measured = steps.find((step) => step.text === table.digest)
  const identity = identities.find(({ name }) => tableKey(can, name) === key)
  return {
    name: table.name,
    from: table.from,
    action: table.action,
    backup: table.backup,
    digest: (measured === undefined ? undefined : answers.get(measured.id)) ?? null,
    before: (proof?.judge.kind === 'equals' ? answers.get(proof.judge.with) : undefined) ?? null,
    after: (proof === undefined ? undefined : answers.get(proof.id)) ?? null,
    fields: identity?.fields ?? [],
    renames: table.renames ?? [],
    ...lossesOf(table, group, answers, can),
  }
}

/** Accepted losses as they were counted under the locks, and the reject files. */
function lossesOf({ name, backup, action }: PlanTable, { steps }: PlanGroup, answers: Answers, can: Capabilities): Pick<TableFacts, 'losses' | 'rejects'> {
  // A table that goes is asked in its backup; one that stays under its name.
  const own = action === 'drop' ? backup : name
  const mine = steps.filter(({ table }) => own !== null && table !== null && tableKey(can, table) === tableKey(can, own))
  const losses = mine.flatMap(({ id, judge }) => {
    const rows = answers.get(id)?.[0] ?? '0'
    return judge.kind !== 'atMost' || judge.loss === undefined || rows === '0' ? [] : [{ ...judge.loss, rows }]
  })
  const rejects = mine.flatMap(({ id, judge }) => {
    const [values, file] = judge.kind === 'rejects' ? (answers.get(id) ?? []) : []
    return values === undefined || file === undefined ? [] : [{ file, values }]
  })
  return { ...(losses.length === 0 ? {} : { losses }), ...(rejects.length === 0 ? {} : { rejects }) }
}
