import type { PlanIdentity } from '../commands/plan.ts'
import type { IdentityRecord } from '../diff/match.ts'
import { tableKey } from '../diff/names.ts'
import type { NameRules } from '../diff/names.ts'
import { identityFields } from './books.ts'

/** Identity rows of the target, kept beside a run so that each of its groups need not read them all again: its tables are claimed, so nobody else writes them. */
export interface IdentityIndex {
  /** Rows of these model tables, and rows that stand under one of these table keys. */
  rows(tableIds: ReadonlySet<string>, keys: ReadonlySet<string>): readonly IdentityRecord[]
  /** After a group has committed: `gone` are no more, `written` are there. */
  replace(gone: readonly IdentityRecord[], written: readonly PlanIdentity[]): void
}

/** The index of the rows that were read. */
export function createIdentityIndex(records: readonly IdentityRecord[], rules: NameRules): IdentityIndex {
  const byTable = new Map<string, IdentityRecord[]>()
  const idsByKey = new Map<string, Set<string>>()
  const add = (row: IdentityRecord) => {
    const rows = byTable.get(row.tableId) ?? []
    rows.push(row)
    byTable.set(row.tableId, rows)
    const key = tableKey(rules, { schema: row.schema, name: row.table })
    idsByKey.set(key, (idsByKey.get(key) ?? new Set<string>()).add(row.tableId))
  }
  for (const row of records) add(row)
  return {
    rows(tableIds, keys) {
      const wanted = new Set(tableIds)
      for (const key of keys) for (const id of idsByKey.get(key) ?? []) wanted.add(id)
      const isMeant = (row: IdentityRecord) => tableIds.has(row.tableId) || keys.has(tableKey(rules, { schema: row.schema, name: row.table }))
      return [...wanted].flatMap((id) => byTable.get(id) ?? []).filter(isMeant)
    },
    replace(gone, written) {
      for (const { tableId } of gone) byTable.delete(tableId)
      for (const identity of written) {
        const { table, name } = identity
        byTable.delete(table)
        for (const field of identityFields(identity)) add({ tableId: table, fieldId: field.id, schema: name.schema, table: name.name, column: field.name })
      }
    },
  }
}
