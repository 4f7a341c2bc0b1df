import type { RenameLookup, TableRename } from '../diff/rename-shape.ts'
import { renameShape } from '../diff/rename-shape.ts'
import type { TableMatch } from '../diff/match.ts'
import { foldName, tableKey } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { CatalogTable, Dependent } from '../flavor/driver.ts'
import type { CopyColumn, KeptTable } from '../flavor/operation.ts'
import type { Table } from '../model/model.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import type { PlanLoss, PlanTable } from './plan.ts'
import type { PrivateNames } from './private-names.ts'
import { renameSequence } from './rename-sequence.ts'
import type { Rename } from './rename-sequence.ts'

/** What a plan does to one table, with everything that composing its statements needs. */
export interface TableWork {
  readonly action: PlanTable['action']
  readonly table: Table | null
  /** The table as it shall be; null when it goes. Normal form. */
  readonly after: TableShape | null
  readonly old: CatalogTable | null
  /** The table as it is, names now. Normal form. */
  readonly before: TableShape | null
  /** `before` after the engine's renames. */
  readonly moved: TableShape | null
  readonly columnRenames: readonly Rename[]
  /** Columns of `moved` that nothing continues: name before renames and after. */
  readonly dropped: readonly Rename[]
  readonly copy: readonly CopyColumn[]
  readonly backup: string | null
  /** Name for the rows written after the run, should an undo that accepts their loss ever need it. */
  readonly rescue: string | null
  /** What hangs on the table, and how the old table is made again, as both read after the renames. */
  readonly dependents: readonly Dependent[]
  readonly remake: readonly string[]
  /** Rows that each doubt was told of when the plan was made, by its id; null: it could not be asked. Absent where no rows were looked at. */
  readonly told?: ReadonlyMap<string, string | null>
  /** Losses that were accepted, and ways out that were chosen, with their numbers. */
  readonly losses?: readonly PlanLoss[]
}

/** The table that a rebuild takes the place of, with its texts; undefined where nothing is rebuilt or the flavor has no texts of its own. */
export function keptOf({ action, moved, old, remake }: TableWork): KeptTable | undefined {
  if (action !== 'rebuild' || moved === null || old === null || remake.length === 0) return undefined
  return { shape: moved, texts: remake, before: old.remake }
}

/** Renames that a set of matches asks for: per table name now, in the order they run. */
export interface RenamePlan {
  readonly lookup: RenameLookup
  readonly columns: ReadonlyMap<TableMatch, { readonly steps: readonly Rename[]; readonly aside: readonly Rename[] }>
}

/** The engine's own renames for `matches` (rebuilt tables only): every matched column gets its new name; an unmatched one in the way steps aside. */
export function planRenames(matches: readonly TableMatch[], dialect: Dialect, names: PrivateNames): RenamePlan {
  const byTable = new Map<string, TableRename>()
  const columns = new Map<TableMatch, { readonly steps: readonly Rename[]; readonly aside: readonly Rename[] }>()
  for (const match of matches) {
    const { before, after } = match
    if (before === null) continue
    const fold = (name: string) => foldName(dialect.can, name)
    const wanted = [...match.columns].filter(([to, from]) => to !== from).map(([to, from]) => ({ from, to }))
    const temporary = (base: string) => names.make(`${before.schema}\u0000${before.name}`, base, 'column')
    const sequence = renameSequence(
      wanted,
      before.columns.map((column) => column.name),
      fold,
      temporary,
    )
    columns.set(match, sequence)
    const isMoved = before.name !== after.name || before.schema !== after.schema
    const final = new Map([...wanted, ...sequence.aside].map(({ from, to }) => [from, to]))
    if (isMoved || final.size > 0)
      byTable.set(tableKey(dialect.can, before), { to: { schema: after.schema, name: after.name }, columns: final })
  }
  return { lookup: (name) => byTable.get(tableKey(dialect.can, name)), columns }
}

/** `before` with its new names: what the engine's renames leave. */
export function movedShape(match: TableMatch, renames: RenamePlan): TableShape | null {
  return match.before === null ? null : renameShape(match.before, renames.lookup)
}

/** How each column of the new table is filled. `moved`: the old table as it stands when its rows are read, column by column that of `before`. */
export function copyColumns(match: TableMatch, moved: TableShape | null): readonly CopyColumn[] {
  const old = new Map((match.before?.columns ?? []).map(({ name }, at) => [name, moved?.columns[at]]))
  return match.after.columns.map((to) => ({ to, from: old.get(match.columns.get(to.name) ?? '') ?? null }))
}

/** Columns of the old table that the new one does not continue. Generated ones hold nothing of their own. */
export function droppedColumns(match: TableMatch, renames: RenamePlan): readonly Rename[] {
  const { before } = match
  if (before === null) return []
  const kept = new Set(match.columns.values())
  const aside = new Map((renames.columns.get(match)?.aside ?? []).map(({ from, to }) => [from, to]))
  return before.columns
    .filter((column) => !kept.has(column.name) && column.generated === null)
    .map(({ name }) => ({ from: name, to: aside.get(name) ?? name }))
}

/** The name that the backup of a table has, in the schema where the table stands after the renames. */
export const backupNameOf = (work: TableWork): TableName | null => {
  const shape = work.moved ?? work.before
  return work.backup === null || shape === null ? null : { schema: shape.schema, name: work.backup }
}
