import type { Dialect } from '../flavor/dialect.ts'
import type { Table } from '../model/model.ts'
import type { TableShape } from '../model/shape.ts'
import type { RenameCandidate } from './candidate.ts'
import { loadedRenames } from './loaded-renames.ts'
import { foldName } from './names.ts'
import { pendingRenames } from './previous-names.ts'
import { columnLikeness, plausibleField } from './similarity.ts'
import type { Answers } from './answers.ts'

/** What is known about the columns of one matched table. */
export interface ColumnEvidence {
  readonly table: Table
  readonly before: TableShape
  readonly after: TableShape
  /** Column last deployed for a field id; undefined when none is recorded. */
  readonly recorded: (fieldId: string) => string | undefined
  /** Whether a column was deployed for a field of this very table: if that field is gone, the person dropped it, and nothing needs to be asked. */
  readonly isKnown: (column: string) => boolean
  readonly isSpent: (from: string, to: string) => boolean
  /** Id that a field has when it was loaded from this column. */
  readonly loadedId: (column: string) => string
  readonly answers: Answers
  readonly dialect: Dialect
}

export interface ColumnMatch {
  /** Old column name by new column name. */
  readonly columns: ReadonlyMap<string, string>
  readonly candidates: readonly RenameCandidate[]
}

/**
 * Which old column each new one continues: by recorded identity, PREVIOUS_NAME, confirmed rename, the name that a loaded id was made from, then same name.
 * What looks like a rename and is not answered is a candidate.
 */
export function matchColumns(evidence: ColumnEvidence): ColumnMatch {
  const { table, before, after, dialect, answers } = evidence
  const fold = (name: string) => foldName(dialect.can, name)
  const old = new Map(before.columns.map((column) => [fold(column.name), column.name]))
  const fresh = new Map(after.columns.map((column) => [fold(column.name), column.name]))
  const columns = new Map<string, string>()
  const taken = new Set<string>()
  const claim = (to: string, fromKey: string) => {
    const from = old.get(fromKey)
    if (from === undefined || taken.has(fromKey) || columns.has(to)) return
    columns.set(to, from)
    taken.add(fromKey)
  }
  const fields = table.fields.filter((field) => fresh.has(fold(field.name)))
  for (const field of fields) {
    const name = evidence.recorded(field.id)
    if (name !== undefined) claim(fresh.get(fold(field.name)) ?? field.name, fold(name))
  }
  const open = fields.filter((field) => field.previousName !== '' && !columns.has(field.name))
  const entries = open.map((field) => ({ key: fold(field.name), previous: fold(field.previousName), field }))
  const free = (key: string) => old.has(key) && !taken.has(key)
  for (const entry of pendingRenames(entries, free, (one) => evidence.isSpent(one.previous, one.key)))
    claim(entry.field.name, entry.previous)
  for (const column of before.columns) {
    const to = answers.columnAfter(before, after, column.name)
    if (to !== undefined) claim(to, fold(column.name))
  }
  const byId = new Map(
    before.columns
      .filter(({ name }) => free(fold(name)) && !answers.isDeniedColumn(before, name))
      .map(({ name }) => [evidence.loadedId(name), name]),
  )
  const loaded = loadedRenames(
    fields.flatMap((field) => {
      const from = columns.has(field.name) ? undefined : byId.get(field.id)
      return from === undefined ? [] : [{ field, from, key: fold(field.name), previous: fold(from) }]
    }),
    (key) => old.has(key),
  )
  for (const { field, previous } of loaded.certain) claim(fresh.get(fold(field.name)) ?? field.name, previous)
  const asked = loaded.open.map(({ field, from }) =>
    loadedCandidate('field', answers.display(before, from), answers.display(after, field.name)),
  )
  for (const column of after.columns) claim(column.name, fold(column.name))
  return { columns, candidates: [...asked, ...candidatesOf(evidence, columns, taken)] }
}

/** A rename that the id of a loaded object tells, while the target has both names. */
export const loadedCandidate = (kind: RenameCandidate['kind'], from: string, to: string): RenameCandidate => ({
  kind,
  from,
  to,
  score: 1,
  why: 'the model read it under its old name, and the target has both names',
})

function candidatesOf(
  evidence: ColumnEvidence,
  columns: ReadonlyMap<string, string>,
  taken: ReadonlySet<string>,
): readonly RenameCandidate[] {
  const { before, after, dialect, answers } = evidence
  const gone = before.columns.filter(
    (column) =>
      !taken.has(foldName(dialect.can, column.name)) &&
      column.generated === null &&
      !evidence.isKnown(column.name) &&
      !answers.isDeniedColumn(before, column.name),
  )
  const added = after.columns.filter((column) => !columns.has(column.name) && column.generated === null)
  const pairs = added.flatMap((to) =>
    gone.map((from) => {
      const castable = dialect.castRisk(from.type, to.type) !== 'impossible'
      return { from, to, ...columnLikeness(from, to, { before: before.columns.indexOf(from), after: after.columns.indexOf(to) }, castable) }
    }),
  )
  return bestPairs(pairs, plausibleField).map(({ from, to, score, why }) => ({
    kind: 'field',
    from: answers.display(before, from.name),
    to: answers.display(after, to.name),
    score,
    why,
  }))
}

/** Pairs from the best score down, each side used once. */
export function bestPairs<T extends { readonly from: object; readonly to: object; readonly score: number }>(
  pairs: readonly T[],
  least: number,
): readonly T[] {
  const used = new Set<object>()
  return pairs
    .filter((pair) => pair.score >= least)
    .toSorted((a, b) => b.score - a.score)
    .filter((pair) => {
      if (used.has(pair.from) || used.has(pair.to)) return false
      used.add(pair.from).add(pair.to)
      return true
    })
}
