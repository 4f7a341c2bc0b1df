import type { ModelMatch, TableMatch } from '../diff/match.ts'
import { foldName, tableKey } from '../diff/names.ts'
import type { RenameLookup } from '../diff/rename-shape.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { Catalog, CatalogTable } from '../flavor/driver.ts'
import type { ReferenceShape, TableShape } from '../model/shape.ts'
import type { History } from './history.ts'
import { keepUnmanaged } from './keep-unmanaged.ts'
import type { Merged } from './keep-unmanaged.ts'
import type { LoadedTable } from './loaded-table.ts'
import { settleDependents } from './kept-dependents.ts'
import type { Settled } from './kept-dependents.ts'
import { family, hasKey, listPart } from './parts.ts'
import type { CommandName } from './plan.ts'
import type { Requested } from './unmanaged-names.ts'

export interface UnmanagedInput {
  readonly command: CommandName
  readonly match: ModelMatch
  /** Ids of the selected tables. */
  readonly selected: ReadonlySet<string>
  /** What the plan renames first, and the catalog as it reads after that (the same one when nothing is renamed). */
  readonly lookup: RenameLookup
  readonly renamed: Catalog
  readonly base: (match: TableMatch) => TableShape | null
  /** What a person asked to go. */
  readonly requested: Requested
  readonly dialect: Dialect
}

/** What only the database has, table by table: what stays, what goes, what is in the way. */
export interface Unmanaged {
  /** The matches with what is kept in `after`. */
  readonly match: ModelMatch
  readonly tables: readonly UnmanagedTable[]
  /** By model id. */
  readonly settled: ReadonlyMap<string, Settled>
  /** Tables without a model table, as the catalog has them. */
  readonly alone: readonly CatalogTable[]
  /** Of these, the ones that a person asked to go. */
  readonly dropped: readonly CatalogTable[]
}

export interface UnmanagedTable {
  readonly match: TableMatch
  readonly merged: Merged
  readonly settled: Settled
}

/** Commands that bring a table to what the model says; the others leave the model's word aside. */
const bringing: ReadonlySet<CommandName> = new Set(['create', 'redeploy'])

/** Nothing is asked of the database here: all of it was read. */
export function findUnmanaged(input: UnmanagedInput): Unmanaged {
  const { match, selected, dialect, requested } = input
  const alone = match.unmatched
  if (!bringing.has(input.command)) return { match, tables: [], settled: new Map(), alone, dropped: [] }
  const key = (shape: TableShape) => tableKey(dialect.can, shape)
  const renamed = new Map(input.renamed.tables.map((table) => [key(table.shape), table]))
  const made = match.pairs.map((pair): UnmanagedTable | TableMatch => {
    if (pair.before === null || pair.old === null || !selected.has(pair.table.id)) return pair
    const then = renamed.get(key(pair.old.shape)) ?? pair.old
    const base = input.base(pair)
    const isAsked = (part: { readonly kind: string; readonly name: string; readonly text: string }) => requested.has(pair.table.id, part)
    const merged = keepUnmanaged({ match: pair, base, lookup: input.lookup, later: then.renamed ?? null, isAsked, dialect })
    const after = merged.match.after
    const settled = settleDependents({
      dependents: then.dependents,
      after,
      base,
      dropped: droppedOf(pair),
      displays: [...new Set([dialect.display(pair.before), dialect.display(after)])],
      isAsked,
      dialect,
    })
    return { match: merged.match === pair ? pair : { ...merged.match, own: pair.after }, merged, settled }
  })
  const tables = withParents(
    made.filter((one): one is UnmanagedTable => 'merged' in one),
    match,
    dialect,
  )
  return {
    match: { ...match, pairs: made.map((one) => ('merged' in one ? one.match : one)) },
    tables,
    settled: new Map(tables.map(({ match: { table }, settled }) => [table.id, settled])),
    alone,
    dropped: alone.filter(({ shape }) => requested.hasTable(shape)),
  }
}

/** A foreign key that is kept needs its parent's key still, under the types that it has now. */
function withParents(tables: readonly UnmanagedTable[], match: ModelMatch, dialect: Dialect): readonly UnmanagedTable[] {
  const parents = new Map(match.pairs.map((pair) => [tableKey(dialect.can, pair.after), pair]))
  for (const { match: pair } of tables) parents.set(tableKey(dialect.can, pair.after), pair)
  return tables.map((one) => {
    const names = new Set(one.merged.kept.filter(({ kind }) => kind === 'foreign key').map(({ text }) => text))
    const found = one.match.after.references.flatMap((reference) => {
      const part = listPart('references', reference)
      const parent = names.has(part.text) ? parents.get(tableKey(dialect.can, reference.parent)) : undefined
      const why = parent === undefined ? null : parentObstacle(one.match.after, reference, parent, dialect)
      return why === null ? [] : [{ ...part, why }]
    })
    return found.length === 0 ? one : { ...one, merged: { ...one.merged, blocked: [...one.merged.blocked, ...found] } }
  })
}

function parentObstacle(child: TableShape, { columns, parentColumns }: ReferenceShape, parent: TableMatch, dialect: Dialect): string | null {
  const { after, before } = parent
  const place = dialect.display(after)
  const typeOf = (shape: TableShape, name: string | undefined) => shape.columns.find((column) => column.name === name)?.type
  const missing = parentColumns.filter((name) => typeOf(after, name) === undefined)
  if (missing.length > 0) return `needs ${missing.map((name) => `${place}.${name}`).join(', ')}, which the model drops`
  if (before !== null && !hasKey(after, parentColumns, dialect)) return `needs a key over (${parentColumns.join(', ')}) of ${place}, which the model does not have`
  const other = columns.find((name, at) => family(typeOf(child, name) ?? { kind: 'text' }) !== family(typeOf(after, parentColumns[at]) ?? { kind: 'text' }))
  return other === undefined ? null : `needs ${other} to be of the type of ${place}, which the model changes`
}

/** Columns that nothing continues, by the names they have now. */
function droppedOf({ before, columns }: TableMatch): ReadonlySet<string> {
  const kept = new Set(columns.values())
  return new Set((before?.columns ?? []).map(({ name }) => name).filter((name) => !kept.has(name)))
}

/** Whether what goes makes a table be built anew, although its shape is what the model says. */
export const mustRebuild = ({ gone }: Settled): boolean => gone.some(({ why }) => why !== 'with')

/**
 * The shape in which a table was last deployed from the model: by the target's own record of the table that stands there, else as the model was loaded.
 * Null: nobody knows what the model had, so nothing counts as taken out of it.
 */
export function baseFinder(
  history: Pick<History, 'identities' | 'deployed'>,
  loaded: readonly LoadedTable[],
  dialect: Dialect,
): (match: TableMatch) => TableShape | null {
  const owners = new Map<string, string>()
  const read = new Map(loaded.map(({ table, shape }) => [table, shape]))
  for (const row of history.identities) if (row.fieldId === '') owners.set(tableKey(dialect.can, { schema: row.schema, name: row.table }), row.tableId)
  return ({ table, before }) => {
    if (before === null) return null
    const owner = owners.get(tableKey(dialect.can, before))
    const recorded = owner === undefined ? undefined : history.deployed.get(owner)
    if (recorded !== undefined) return recorded
    const shape = read.get(table.id)
    return shape === undefined || tableKey(dialect.can, shape) !== tableKey(dialect.can, before) ? null : dialect.normalize(shape)
  }
}

/** Schemas that the model's tables stand in, folded. */
export const schemasOf = (match: ModelMatch, { can }: Dialect): ReadonlySet<string> => new Set(match.pairs.map(({ after }) => foldName(can, after.schema)))
