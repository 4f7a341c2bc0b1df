import type { TableMatch } from '../diff/match.ts'
import { sameValue } from '../diff/compare.ts'
import { foldName } from '../diff/names.ts'
import { renameShape } from '../diff/rename-shape.ts'
import type { RenameLookup } from '../diff/rename-shape.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { ColumnShape, IndexShape, TableShape } from '../model/shape.ts'
import { columnTraits, columnsOfPart, family, hasTrait, listPart, mentions, partLists, partNames, saysSame, traitPart } from './parts.ts'
import type { ColumnTrait, ListPart, Part, PartList } from './parts.ts'

export interface KeepInput {
  readonly match: TableMatch
  /** The table as it was last deployed, or loaded, from the model; null: nobody knows. */
  readonly base: TableShape | null
  /** What the plan renames first; and the table as the catalog reads after it (expressions follow), null when that was not read. */
  readonly lookup: RenameLookup
  readonly later: TableShape | null
  /** Whether a person asked that this part goes. */
  readonly isAsked: (part: Part) => boolean
  readonly dialect: Dialect
}

export interface Merged {
  /** The table as the model says it, with what only the database has. */
  readonly match: TableMatch
  readonly kept: readonly Part[]
  /** What goes, and why: the model had it once, a person asked, or a part of the model has its name or its place. */
  readonly gone: readonly (Part & { readonly why: 'model' | 'asked' | 'replaced' })[]
  /** What can neither stay nor go: the plan is refused. `why` ends a sentence: "needs a.b, which the model drops". */
  readonly blocked: readonly (Part & { readonly why: string })[]
}

/**
 * A part that the table has and the model does not is kept, unless the model had it when it was last deployed: then the person took it out.
 * Everything after this works on one shape: what is left alone, rebuilt, verified and undone is the same.
 */
export function keepUnmanaged(input: KeepInput): Merged {
  const { match, dialect } = input
  const { before, after } = match
  const merge: Merge = { ...input, kept: [], gone: [], blocked: [] }
  if (before === null) return { match, kept: [], gone: [], blocked: [] }
  const later = laterOf(input, before)
  const columns = keepTraits(merge, before, later)
  const primaryKey = after.primaryKey ?? keepPrimaryKey(merge, later)
  const lists = Object.fromEntries(partLists.map((list) => [list, [...after[list], ...keepList(merge, list, later)]]))
  const comment = keepComment(merge, before)
  const options = keepOptions(merge, before)
  const { kept, gone, blocked } = merge
  if (kept.length === 0) return { match: { ...match, written: untouchedWords(after, later, match, dialect) }, kept, gone, blocked }
  const shape = dialect.normalize({ ...after, columns, primaryKey, ...lists, comment, options } as TableShape)
  // In the words of the table that is there once more: the normal form may have undone them.
  const settled = dialect.settle?.(shape, before, match.columns) ?? shape
  return { match: { ...match, after: settled, written: inOwnWords(untouchedWords(settled, later, match, dialect), later.raw, kept) }, kept, gone, blocked }
}

/**
 * Defaults, expressions, checks and indexes that the model did not change, as the catalog spells them: the normal form is for comparing, and a cast that it
 * leaves out may carry the meaning (`('now'::text)::date`). Where a flavor settles the words of a table itself, it has done so.
 */
function untouchedWords(shape: TableShape, { raw, shape: later }: Later, { before, columns }: TableMatch, dialect: Dialect): TableShape {
  if (dialect.settle !== undefined) return shape
  const places = new Map((before?.columns ?? []).map(({ name }, at) => [name, at]))
  const named = <T extends { readonly name: string }>(parts: readonly T[], part: T) => (part.name === '' ? undefined : parts.find(({ name }) => name === part.name))
  return {
    ...shape,
    columns: shape.columns.map((column) => {
      const at = places.get(columns.get(column.name) ?? '') ?? -1
      const [then, read] = [later.columns[at], raw.columns[at]]
      if (then === undefined || read === undefined || !sameValue(then.type, column.type) || column.identity !== null) return column
      return {
        ...column,
        ...(column.default !== null && column.default === then.default && read.default !== null ? { default: read.default } : {}),
        ...(column.generated !== null && sameValue(column.generated, then.generated) ? { generated: read.generated } : {}),
      }
    }),
    checks: shape.checks.map((check) => (sameValue(named(later.checks, check), check) ? (named(raw.checks, check) ?? check) : check)),
    indexes: shape.indexes.map((index) => (sameValue(named(later.indexes, index), index) ? withWords(index, named(raw.indexes, index)) : index)),
  }
}

/** Only the expressions: what goes without saying is left out of the rest, and some methods do not take it said. */
function withWords(index: IndexShape, read: IndexShape | undefined): IndexShape {
  if (read === undefined) return index
  const parts = index.parts.map((part, at) => (part.column === null ? { ...part, expression: read.parts[at]?.expression ?? part.expression } : part))
  return { ...index, predicate: read.predicate, parts }
}

/** The kept checks and indexes that have a name, as the catalog spells them: another spelling would be a change that nobody asked for. */
function inOwnWords(shape: TableShape, raw: TableShape, kept: readonly Part[]): TableShape {
  const names = (kind: Part['kind']) => new Set(kept.filter((part) => part.kind === kind && part.name !== '').map(({ name }) => name))
  const [checks, indexes] = [names('check'), names('index')]
  return {
    ...shape,
    checks: shape.checks.map((check) => (checks.has(check.name) ? (raw.checks.find(({ name }) => name === check.name) ?? check) : check)),
    indexes: shape.indexes.map((index) => (indexes.has(index.name) ? withWords(index, raw.indexes.find(({ name }) => name === index.name)) : index)),
  }
}

interface Merge extends KeepInput {
  readonly kept: Part[]
  readonly gone: (Part & { readonly why: 'model' | 'asked' | 'replaced' })[]
  readonly blocked: (Part & { readonly why: string })[]
}

/** What becomes of a part that the model does not hold: true when it stays. */
function decide(merge: Merge, part: Part, hadIt: boolean, obstacle: string | null): boolean {
  if (hadIt) merge.gone.push({ ...part, why: 'model' })
  else if (merge.isAsked(part)) merge.gone.push({ ...part, why: 'asked' })
  else if (obstacle !== null) merge.blocked.push({ ...part, why: obstacle })
  else merge.kept.push(part)
  return !hadIt && !merge.isAsked(part) && obstacle === null
}

/** The table as it stands after the renames, raw as the catalog gives it, and in normal form. */
interface Later {
  readonly raw: TableShape
  readonly shape: TableShape
  readonly isRenamed: boolean
  /** Columns by later name that nothing continues, and those that get a type of another family. */
  readonly dropped: ReadonlySet<string>
  readonly retyped: ReadonlySet<string>
}

function laterOf({ match, lookup, later, dialect }: KeepInput, before: TableShape): Later {
  const old = match.old?.shape ?? before
  const moved = renameShape(old, lookup)
  const isRenamed = moved !== old && !samePlaces(moved, old)
  const raw = !isRenamed || later === null ? moved : withTexts(moved, later)
  const shape = isRenamed ? dialect.normalize(raw) : before
  const continued = new Map([...match.columns].map(([to, from]) => [from, to]))
  const wanted = new Map(match.after.columns.map((column) => [column.name, column]))
  const dropped = new Set<string>()
  const retyped = new Set<string>()
  for (const [at, column] of shape.columns.entries()) {
    const to = wanted.get(continued.get(before.columns[at]?.name ?? column.name) ?? '')
    if (to === undefined) dropped.add(column.name)
    else if (family(to.type) !== family(column.type)) retyped.add(column.name)
  }
  return { raw, shape, isRenamed, dropped, retyped }
}

/** Whether renames left this table's own names and those of its parents as they are. */
function samePlaces(a: TableShape, b: TableShape): boolean {
  const places = (shape: TableShape) => JSON.stringify([shape.schema, shape.name, shape.columns.map(({ name }) => name), shape.references])
  return places(a) === places(b)
}

/** Names as the plan leaves them, expressions as the catalog reads them then. */
function withTexts(moved: TableShape, later: TableShape): TableShape {
  return {
    ...moved,
    columns: moved.columns.map((column, at) => ({ ...column, generated: later.columns[at]?.generated ?? column.generated, default: later.columns[at]?.default ?? column.default })),
    checks: moved.checks.map((check, at) => later.checks[at] ?? check),
    indexes: moved.indexes.map((index, at) => {
      const read = later.indexes.find(({ name }) => name === index.name) ?? later.indexes[at]
      if (read === undefined) return index
      return { ...index, predicate: read.predicate, parts: index.parts.map((part, place) => ({ ...part, expression: read.parts[place]?.expression ?? part.expression })) }
    }),
  }
}

/** Each part of a list as it is now and as it is after the renames, both in normal form. */
function pairsOf({ match, dialect }: Merge, list: PartList, later: Later): readonly { readonly now: ListPart; readonly later: ListPart }[] {
  const before = match.before ?? later.shape
  if (!later.isRenamed) return before[list].map((part) => ({ now: part, later: part }))
  const old = match.old?.shape ?? before
  const alone = (shape: TableShape, part: ListPart | undefined): ListPart | undefined =>
    part === undefined ? undefined : dialect.normalize({ ...shape, uniques: [], checks: [], references: [], indexes: [], [list]: [part] })[list][0]
  return old[list].flatMap((part, at) => {
    const [now, then] = [alone(old, part), alone(later.raw, later.raw[list][at])]
    return now === undefined || then === undefined ? [] : [{ now, later: then }]
  })
}

function keepList(merge: Merge, list: PartList, later: Later): readonly ListPart[] {
  const { match, base, dialect } = merge
  const { after } = match
  const fold = (name: string) => foldName(dialect.can, name)
  const taken = partNames(after, dialect)
  const known = base === null ? null : partNames(base, dialect)
  const names = later.shape.columns.map(({ name }) => name)
  return pairsOf(merge, list, later).flatMap(({ now, later: part }) => {
    // An expression of the model may not have followed a rename: it is the same part all the same.
    if (after[list].some((one) => saysSame(one, part, dialect) || saysSame(one, now, dialect)) || isOfEnum(part, merge)) return []
    const named = listPart(list, part)
    if (part.name !== '' && taken.has(fold(part.name))) {
      // The model's part of that name stands in its place. One of the same kind is simply changed by the model.
      if (!after[list].some(({ name }) => fold(name) === fold(part.name))) merge.gone.push({ ...named, why: 'replaced' })
      return []
    }
    const hadIt = base !== null && (part.name === '' ? base[list].some((one) => saysSame(one, now, dialect)) : known?.has(fold(part.name)) === true)
    return decide(merge, named, hadIt, obstacleOf(part, names, later, merge)) ? [part] : []
  })
}

/** Where an enum is written as a check, its list of values is the model's own: a new list takes the place of the old one. */
function isOfEnum(part: ListPart, { match, dialect }: Merge): boolean {
  if (!('expression' in part) || part.name !== '') return false
  const fields = (match.table?.fields ?? []).filter(({ type }) => type.kind === 'enum')
  return fields.some(({ name }) => mentions(part.expression, name, dialect) && /^(?:"(?:[^"]|"")+"|\S+) in \((?:'(?:[^']|'')*'(?:, ?)?)*\)$/i.test(part.expression))
}

/** Why a kept part could not be made on the new table. */
function obstacleOf(part: ListPart, columns: readonly string[], later: Later, { match, dialect }: Merge): string | null {
  const used = columnsOfPart(part, columns, dialect)
  const place = (column: string) => `${dialect.display(match.before ?? later.shape)}.${column}`
  const gone = used.filter((column) => later.dropped.has(column))
  if (gone.length > 0) return `needs ${gone.map(place).join(', ')}, which the model drops`
  const isText = 'expression' in part || 'parent' in part || ('parts' in part && (part.predicate !== '' || !/^(?:btree)?$/.test(part.method) || part.parts.some(({ column }) => column === null)))
  const changed = isText ? used.filter((column) => later.retyped.has(column)) : []
  return changed.length === 0 ? null : `needs ${changed.map(place).join(', ')} as it is, but the model changes its type`
}

function keepPrimaryKey(merge: Merge, later: Later): TableShape['primaryKey'] {
  const { primaryKey } = later.shape
  if (primaryKey === null) return null
  const part: Part = { kind: 'primary key', name: primaryKey.name, text: `primary key (${primaryKey.columns.join(', ')})` }
  return decide(merge, part, merge.base !== null && merge.base.primaryKey !== null, obstacleOf(primaryKey, [], later, merge)) ? primaryKey : null
}

function keepTraits(merge: Merge, before: TableShape, later: Later): readonly ColumnShape[] {
  const { match, base, dialect } = merge
  const places = new Map(before.columns.map(({ name }, at) => [name, at]))
  const known = new Map((base?.columns ?? []).map((column) => [foldName(dialect.can, column.name), column]))
  return match.after.columns.map((column) => {
    const at = places.get(match.columns.get(column.name) ?? '')
    const was = at === undefined ? undefined : later.shape.columns[at]
    const old = at === undefined ? undefined : before.columns[at]
    if (was === undefined || old === undefined) return column
    const then = known.get(foldName(dialect.can, old.name))
    let kept = column
    for (const trait of columnTraits) {
      if (!hasTrait(was, trait) || hasTrait(column, trait) || !isPossible(trait, kept, merge)) continue
      const hadIt = then !== undefined && hasTrait(then, trait)
      if (trait === 'collation' && family(column.type) !== 'text') merge.gone.push({ ...traitPart(trait, column.name), why: 'replaced' })
      else if (decide(merge, traitPart(trait, column.name), hadIt, traitObstacle(trait, was, column, later, merge))) {
        kept = { ...kept, [trait]: was[trait], ...(trait === 'identity' ? numbering(was) : {}) }
      }
    }
    return kept
  })
}

/** What a column takes over with its numbers: a serial one draws from its sequence still. */
const numbering = ({ identity, default: value }: ColumnShape): Partial<ColumnShape> => (identity === 'serial' ? { default: value } : { nullable: false })

/** A column is filled by one thing only: where the model says by what, that is it. Where only a key can number, it must be the whole key still. */
function isPossible(trait: ColumnTrait, column: ColumnShape, { dialect, match }: Merge): boolean {
  if (trait === 'comment' || trait === 'collation') return true
  if (trait === 'identity' && dialect.can.identity === 'none') return false
  const key = (match.after.primaryKey ?? match.before?.primaryKey)?.columns ?? []
  if (trait === 'identity' && dialect.can.identity === 'primaryKeyOnly' && (key.length !== 1 || key[0] !== column.name)) return false
  return column.default === null && column.identity === null && column.generated === null
}

function traitObstacle(trait: ColumnTrait, was: ColumnShape, column: ColumnShape, later: Later, { match, dialect }: Merge): string | null {
  if (trait === 'comment' || trait === 'collation') return null
  const place = `${dialect.display(match.before ?? match.after)}.${was.name}`
  if (trait === 'identity') return /^int(?:16|32|64)$/.test(column.type.kind) ? null : `needs a whole number type of up to 64 bits, but the model gives ${place} another`
  if (family(was.type) !== family(column.type)) return `does not fit the type that the model gives ${place}`
  if (trait !== 'generated' || was.generated === null) return null
  const { expression } = was.generated
  const gone = [...later.dropped].filter((name) => mentions(expression, name, dialect))
  if (gone.length > 0) return `needs ${gone.join(', ')}, which the model drops`
  const changed = [...later.retyped].filter((name) => mentions(expression, name, dialect))
  return changed.length === 0 ? null : `needs ${changed.join(', ')} as it is, but the model changes its type`
}

function keepComment(merge: Merge, before: TableShape): string {
  const { after } = merge.match
  if (after.comment !== '' || before.comment === '') return after.comment
  return decide(merge, traitPart('comment', ''), merge.base !== null && merge.base.comment !== '', null) ? before.comment : ''
}

function keepOptions(merge: Merge, before: TableShape): TableShape['options'] {
  const { match, base } = merge
  const extra = Object.entries(before.options).filter(([key]) => !Object.hasOwn(match.after.options, key))
  const kept = extra.filter(([key, value]) => {
    const part: Part = { kind: 'option', name: key, text: `option ${key} ${value}` }
    return decide(merge, part, base !== null && Object.hasOwn(base.options, key), null)
  })
  return { ...match.after.options, ...Object.fromEntries(kept) }
}
