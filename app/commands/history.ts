import type { IdentityRecord, SpentRename } from '../diff/match.ts'
import type { Connection, Rows } from '../flavor/driver.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import { tableKey } from '../diff/names.ts'
import type { PlanLoss } from './plan.ts'
import type { RecordedBackup } from './make-works.ts'

/** What a committed group leaves in the target, in the group's own transaction. JSON. */
export interface GroupFacts {
  readonly format: 1
  readonly group: string
  readonly cleanup: boolean
  readonly tables: readonly TableFacts[]
  /** Identity rows of these tables before this group changed them: an undo puts them back. */
  readonly identitiesBefore: readonly IdentityRecord[]
  /** Of a group by which copies were dropped by hand. Absent in records of before: then every copy of the run went. */
  readonly dropped?: DroppedFacts
}

/** What went when copies were dropped by hand, and what a person accepted with it. */
export interface DroppedFacts {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly names: readonly TableName[]
  readonly accepted: readonly {
    readonly code: string
    readonly backup: TableName
    readonly table: TableName
    readonly rows: string
    readonly values: readonly { readonly field: string; readonly count: string }[]
  }[]
}

export interface TableFacts {
  readonly name: TableName
  readonly from: TableName | null
  readonly action: 'create' | 'rebuild' | 'drop' | 'backup' | 'restore'
  readonly backup: TableName | null
  /** [row count, checksum] of the whole table after the run. */
  readonly digest: readonly string[] | null
  /** The digest pair over the kept columns. */
  readonly before: readonly string[] | null
  readonly after: readonly string[] | null
  /** Names of the fields by model id when the group ran. */
  readonly fields: readonly { readonly id: string; readonly name: string }[]
  /** What was lost or replaced as a person accepted it, with the number under the locks; absent when nothing was. */
  readonly losses?: readonly PlanLoss[]
  /** Reject files that were written: path, number of values. */
  readonly rejects?: readonly { readonly file: string; readonly values: string }[]
  /** Renames of fields that were done; `table` renames are `renamed`. */
  readonly renames: readonly { readonly from: string; readonly to: string }[]
}

/** What the target remembers of earlier runs. */
export interface History {
  readonly identities: readonly IdentityRecord[]
  /** Tables as they were last deployed, by model id; without those that an older version deployed. */
  readonly deployed: ReadonlyMap<string, TableShape>
  readonly spent: readonly SpentRename[]
  /** Newest first. */
  readonly backups: readonly RecordedBackup[]
}

export const noHistory: History = { identities: [], deployed: new Map(), spent: [], backups: [] }

/** Field id of the identity row that holds, in place of a column's name, the table as it was last deployed (JSON). No field of a model has such an id. */
export const shapeRow = '@shape'

/** Whether the target keeps records of ours. Reads the catalog alone. */
export async function hasBooks(connection: Connection): Promise<boolean> {
  return (await missingBooks(connection)).some
}

/** Whether any of the bookkeeping is there (`some`), and whether all of it is. */
export async function missingBooks(connection: Connection): Promise<{ readonly some: boolean; readonly all: boolean }> {
  const { bookkeeping } = connection.dialect
  if (bookkeeping === null) return { some: false, all: false }
  if (bookkeeping.look === undefined) return { some: true, all: false }
  const { rows } = await connection.query(bookkeeping.look.text)
  const there = new Set(rows.map(([name]) => name))
  return { some: bookkeeping.tables.every(({ name }) => there.has(name)), all: bookkeeping.look.needs.every((name) => there.has(name)) }
}

/** Facts of a group, or null when the row is one of the run's own (`@plan`, `@owner.1`). */
export function parseFacts(group: string, json: string): GroupFacts | null {
  return group.startsWith('@') ? null : (JSON.parse(json) as GroupFacts)
}

/**
 * Reads identities, and with `runs` also done renames and backups, which means to read every run's facts.
 * `isThere` says whether the bookkeeping tables exist at all.
 */
export async function readHistory(
  connection: Connection,
  { isThere, runs }: { readonly isThere: boolean; readonly runs: boolean },
): Promise<History> {
  const { bookkeeping, can } = connection.dialect
  if (bookkeeping === null || !isThere) return noHistory
  const rows = identityRows(await connection.query(bookkeeping.selectIdentities))
  const identities = rows.filter(({ fieldId }) => fieldId !== shapeRow)
  const deployed = new Map(rows.filter(({ fieldId }) => fieldId === shapeRow).map(({ tableId, column }) => [tableId, JSON.parse(column) as TableShape]))
  if (!runs) return { ...noHistory, identities, deployed }
  const spent: SpentRename[] = []
  const backups: RecordedBackup[] = []
  for (const row of (await connection.query(bookkeeping.selectRuns)).rows) {
    if (row[2] === 'undone') continue
    for (const [group, json] of (await connection.query(bookkeeping.selectGroups, [row[0] ?? ''])).rows) {
      const facts = parseFacts(group ?? '@', json ?? '{}')
      for (const table of facts?.cleanup === true ? [] : (facts?.tables ?? [])) {
        for (const { from, to } of table.renames) spent.push({ table: table.name, from, to })
        if (table.from !== null && table.from.name !== table.name.name) {
          spent.push({ table: { schema: '', name: '' }, from: tableKey(can, table.from), to: tableKey(can, table.name) })
        }
        if (table.backup !== null)
          backups.push({
            table: tableKey(can, table.action === 'backup' ? (table.from ?? table.name) : table.name),
            name: table.backup,
            fields: table.fields,
          })
      }
    }
  }
  return { identities, deployed, spent, backups }
}

/** Identity rows as records. */
export function identityRows({ rows }: Rows): readonly IdentityRecord[] {
  return rows.map((row) => ({
    tableId: row[0] ?? '',
    fieldId: row[1] ?? '',
    schema: row[2] ?? '',
    table: row[3] ?? '',
    column: row[4] ?? '',
  }))
}
