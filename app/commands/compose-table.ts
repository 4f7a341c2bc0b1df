import type { Dialect } from '../flavor/dialect.ts'
import type { CopyColumn, Question } from '../flavor/operation.ts'
import type { IndexShape, TableName, TableShape } from '../model/shape.ts'
import type { PlanTable } from './plan.ts'
import { backupNameOf } from './work.ts'
import type { TableWork } from './work.ts'

/** The stored columns of a table as they are: what a digest of the whole table reads. */
export function wholeTable(shape: TableShape): readonly CopyColumn[] {
  return shape.columns.filter((column) => column.generated === null).map((column) => ({ to: column, from: column }))
}

/** The query that measures a whole table after the run. */
export const digestOf = (shape: TableShape, dialect: Dialect): string => dialect.question(digestQuestion(shape))

export function digestQuestion(shape: TableShape): Extract<Question, { kind: 'digest' }> {
  return { kind: 'digest', table: { schema: shape.schema, name: shape.name }, columns: wholeTable(shape), side: 'to', rows: { from: shape, to: shape } }
}

/** Columns of an index that take NULL. */
export function nullableOf(shape: TableShape, index: IndexShape): readonly string[] {
  const used = new Set(index.parts.map(({ column }) => column))
  return shape.columns.filter(({ name, nullable }) => nullable && used.has(name)).map(({ name }) => name)
}

/** Statements that drop the backup of a table. */
export function dropBackupTexts(shape: TableShape, backup: TableName, dialect: Dialect): readonly string[] {
  return dialect.statements({ kind: 'dropTable', shape: backupShape(shape, backup) }).map(({ text }) => text)
}

/** The backup as a table of its own: no key, no reference, no index is known to be left on it. Its options stay: a flavor may keep something beside it. */
export function backupShape(shape: TableShape, backup: TableName): TableShape {
  return { ...shape, ...backup, primaryKey: null, uniques: [], checks: [], references: [], indexes: [] }
}

/** What the plan says about a table, and how its backup is dropped and its late rows are rescued. */
export function planTableOf(work: TableWork, dialect: Dialect): PlanTable {
  const { after, before, moved, action } = work
  // A restore only reads its backup: it stays whoever's it was.
  const backup = action === 'restore' ? null : backupNameOf(work)
  const shape = after ?? moved ?? before
  const measured = action === 'backup' || action === 'drop' ? null : after
  return {
    name: { schema: shape?.schema ?? '', name: shape?.name ?? '' },
    from: before === null ? null : { schema: before.schema, name: before.name },
    backup,
    rowEstimate: work.old?.rowEstimate ?? null,
    action,
    digest: measured === null ? null : digestOf(measured, dialect),
    ...(measured === null ? {} : { columns: wholeTable(measured).map(({ to }) => to.name) }),
    ...sourceOf(work),
    ...(work.losses === undefined || work.losses.length === 0 ? {} : { losses: work.losses }),
    ...renamesOf(work),
    ...(backup === null || moved === null ? {} : { dropBackup: dropBackupTexts(moved, backup, dialect) }),
    ...(work.rescue === null || after === null ? {} : { rescue: rescueOf(after, work.rescue, dialect) }),
  }
}

function sourceOf(work: TableWork): Pick<PlanTable, 'source'> {
  const source = work.action === 'restore' ? backupNameOf(work) : null
  return source === null ? {} : { source }
}

function renamesOf({ action, before, moved, copy }: TableWork): Pick<PlanTable, 'renames'> {
  if (action !== 'rebuild' || before === null || moved === null) return {}
  const names = new Map(moved.columns.map((column, index) => [column.name, before.columns[index]?.name ?? column.name]))
  const pairs = copy.flatMap(({ from, to }) => (from === null ? [] : [{ from: names.get(from.name) ?? from.name, to: to.name }]))
  const renames = pairs.filter(({ from, to }) => from !== to)
  return renames.length === 0 ? {} : { renames }
}

function rescueOf(after: TableShape, name: string, dialect: Dialect): NonNullable<PlanTable['rescue']> {
  const statements = dialect.statements({ kind: 'copyTable', shape: after, to: name }).map(({ text }) => text)
  return { to: { schema: after.schema, name }, statements }
}
