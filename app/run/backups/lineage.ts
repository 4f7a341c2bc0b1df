import { foldName, tableKey } from '../../diff/names.ts'
import type { Capabilities } from '../../flavor/capabilities.ts'
import type { TableFacts } from '../../commands/history.ts'
import type { TableName } from '../../model/shape.ts'
import type { KnownCopy, RunRecord } from './known-copies.ts'

/** Where the rows of a copy are to be looked for now: what runs since made of its table and its columns. */
export interface Lineage {
  /** What the table is called now, whether it is there or not. */
  readonly table: TableName
  /**
   * Columns of the copy: what each is called now, or a mark of its own for one that a run dropped. Two copies of one table that give the same text mean the
   * same field.
   */
  readonly columns: ReadonlyMap<string, string>
  /** Runs after which another table stood under the name: its rows are no continuation of the copy's. */
  readonly breaks: readonly string[]
}

interface State {
  table: TableName
  readonly columns: Map<string, string>
  readonly breaks: string[]
}

/** The line from a copy to the table of today. `columns`: those that the copy has; `records`: every run, newest first. */
export function lineageOf(copy: KnownCopy, columns: readonly string[], records: readonly RunRecord[], can: Capabilities): Lineage {
  const state = start(copy, columns, can)
  const at = records.findIndex(({ id }) => id === copy.run.id)
  for (const run of records.slice(0, Math.max(at, 0)).toReversed()) follow(state, run, can)
  return state
}

function start({ facts, rescue, run, of }: KnownCopy, columns: readonly string[], can: Capabilities): State {
  if (rescue !== null) {
    const back = new Map(rescue.columns.map((column) => [foldName(can, column.name), column.back]))
    const names = columns.map((name) => [name, back.get(foldName(can, name)) ?? gone(run, name)] as const)
    return { table: rescue.back ?? rescue.table, columns: new Map(names), breaks: rescue.back === null ? [`${run.id} undone`] : [] }
  }
  if (facts === null || facts.action === 'drop') return { table: of, columns: new Map(columns.map((name) => [name, name])), breaks: [run.id] }
  if (facts.action === 'backup') return { table: of, columns: new Map(columns.map((name) => [name, name])), breaks: [] }
  return { table: facts.name, columns: keptOf(new Map(columns.map((name) => [name, name])), facts, run, can), breaks: [] }
}

/** A column that a run dropped, or that an undo took away. Such a text is no name. */
const gone = (run: RunRecord, name: string) => `${goneMark}${run.id}\u0000${name}`
const goneMark = '\u0000'

/** Whether the column is a field of the table still, as far as the runs tell. */
export const isGone = (label: string): boolean => label.startsWith(goneMark)

/** Facts of before may not tell the fields: then nothing is known to have gone. */
function keptOf(columns: ReadonlyMap<string, string>, { fields }: TableFacts, run: RunRecord, can: Capabilities): Map<string, string> {
  const kept = new Set(fields.map(({ name }) => foldName(can, name)))
  return new Map(
    [...columns].map(([name, label]) => [name, isGone(label) || kept.size === 0 || kept.has(foldName(can, label)) ? label : gone(run, label)]),
  )
}

function follow(state: State, run: RunRecord, can: Capabilities): void {
  const key = tableKey(can, state.table)
  const isAt = (name: TableName | null) => name !== null && tableKey(can, name) === key
  const rebuilt = run.tables.find(({ action, from }) => action === 'rebuild' && isAt(from))
  if (rebuilt !== undefined) {
    const renamed = new Map(rebuilt.renames.map(({ from, to }) => [foldName(can, from), to]))
    const moved = new Map([...state.columns].map(([name, label]) => [name, isGone(label) ? label : (renamed.get(foldName(can, label)) ?? label)]))
    state.table = rebuilt.name
    replace(state.columns, keptOf(moved, rebuilt, run, can))
    return
  }
  if (run.tables.some(({ action, name }) => action === 'drop' && isAt(name))) state.breaks.push(run.id)
  const made = run.tables.find(({ action, name, from }) => isAt(name) && (action === 'create' || (action === 'rebuild' && !isAt(from))))
  if (made === undefined) return
  if (state.breaks.at(-1) !== run.id) state.breaks.push(run.id)
  replace(state.columns, keptOf(state.columns, made, run, can))
}

function replace(columns: Map<string, string>, by: ReadonlyMap<string, string>): void {
  for (const [name, label] of by) columns.set(name, label)
}
