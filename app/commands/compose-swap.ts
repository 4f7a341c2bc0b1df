import type { Dialect } from '../flavor/dialect.ts'
import { tableKey } from '../diff/names.ts'
import type { Swap } from '../flavor/operation.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import { attach, detachFrom, frameOf, openFrame, plainName, proveReferences, closeFrame, setAsideDropped, titleOf } from './compose.ts'
import type { ComposeOptions } from './compose.ts'
import { composeLoad } from './compose-load.ts'
import { digestQuestion, nullableOf, planTableOf } from './compose-table.ts'
import type { PlanGroup } from './plan.ts'
import { stepList } from './step-list.ts'
import type { StepList } from './step-list.ts'
import type { TableWork } from './work.ts'

/** A new table that is built beside the old one. */
interface Built {
  readonly work: TableWork
  readonly after: TableShape
  /** `after` under the name that it is built with: its own where nothing stands there. */
  readonly fresh: TableShape
}

/**
 * The group of one table or knot where every DDL statement commits by itself: each new table is built, filled and proved beside its old one,
 * which keeps its name and its rows until the names are exchanged at the end.
 */
export function composeSwapGroup(id: string, works: readonly TableWork[], options: ComposeOptions): PlanGroup {
  const { dialect } = options
  const list = stepList(id, dialect)
  const frame = frameOf(works, dialect)
  openFrame(list, frame, dialect)
  for (const schema of options.schemas) list.run({ kind: 'createSchema', schema }, null)
  const built = builtOf(works, options)
  freeCheckNames(list, built, dialect)
  const references = dialect.can.foreignKeys === 'inline' || dialect.can.foreignKeys === 'informational'
  for (const { after, fresh } of built) list.run({ kind: 'createTable', shape: fresh, references }, after)
  for (const one of built) {
    const { before } = one.work
    composeLoad(list, one.work, { ...options, into: plainName(one.fresh), ...(before === null ? {} : { source: plainName(before) }) })
  }
  for (const { after, fresh } of built) {
    for (const index of after.indexes)
      list.run({ kind: 'createIndex', table: plainName(fresh), index, nullable: nullableOf(after, index) }, after)
  }
  const rebuilt = works.filter(({ action }) => action === 'rebuild')
  setAsideDropped(list, works, options)
  detachFrom(list, rebuilt, dialect)
  list.run({ kind: 'swapTables', tables: swapsOf(built, dialect) }, built[0]?.after ?? null)
  attach(
    list,
    built.map(({ work }) => work),
    works,
    dialect,
    { indexes: false },
  )
  proveReferences(list, frame.after)
  for (const { after } of built) {
    const summary = `Measure ${dialect.display(after)} for a later undo`
    list.ask(digestQuestion(after), { table: after, summary, judge: { kind: 'remember' } })
  }
  closeFrame(list, frame, dialect)
  return { id, title: titleOf(works, dialect), tables: works.map((work) => planTableOf(work, dialect)), steps: list.steps, cleanup: false }
}

function builtOf(works: readonly TableWork[], { dialect, names }: ComposeOptions): readonly Built[] {
  const held = new Set(works.flatMap(({ before }) => (before === null ? [] : [tableKey(dialect.can, before)])))
  return works.flatMap((work) => {
    const { after, action } = work
    if (after === null || (action !== 'create' && action !== 'rebuild')) return []
    const isFree = action === 'create' && !held.has(tableKey(dialect.can, after))
    const fresh = isFree ? after : { ...after, name: names.make(after.schema, after.name, 'fresh') }
    return [{ work, after, fresh }]
  })
}

function swapsOf(built: readonly Built[], dialect: Dialect): readonly Swap[] {
  return built.flatMap(({ work: { before, backup }, after, fresh }) => {
    if (tableKey(dialect.can, fresh) === tableKey(dialect.can, after)) return []
    // The old table's foreign keys are gone by now.
    const shape = before === null ? null : dialect.can.foreignKeys === 'alter' ? { ...before, references: [] } : before
    return [{ old: shape === null || backup === null ? null : { shape, aside: backup }, fresh, to: plainName(after) }]
  })
}

/** Where a schema has only one check of a name, the old table gives its own up before the new table takes it. */
function freeCheckNames(list: StepList, built: readonly Built[], dialect: Dialect): void {
  if (dialect.can.constraintNameScope === 'table' || dialect.can.constraintNameScope === 'none') return
  const wanted = new Set(
    built.flatMap(({ after }) => after.checks.map(({ name }) => tableKey(dialect.can, { schema: after.schema, name }))),
  )
  for (const { work } of built) {
    const { before } = work
    for (const check of before?.checks ?? []) {
      const table: TableName = plainName(before ?? { schema: '', name: '' })
      if (wanted.has(tableKey(dialect.can, { schema: table.schema, name: check.name })))
        list.run({ kind: 'dropCheck', table, check }, table, () => ({ phase: 'detach' }))
    }
  }
}
