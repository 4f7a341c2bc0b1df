import type { Field, Id, Index, Key, Model, Reference, Table } from '../model/model.ts'
import { displayName } from '../model/names.ts'
import { sameValue } from './compare.ts'
import { relabel } from './relabel.ts'

export interface MergeInput {
  /** What both sides began with. Ids are those of `mine`. */
  readonly base: Model
  readonly mine: Model
  /** What someone else made of it; ids may be others where a file holds none. */
  readonly theirs: Model
}

export interface MergedModel {
  readonly model: Model
  /** `theirs` with the ids of `base` where it is the same table or part by id or by name. */
  readonly theirs: Model
  /** What both sides changed in different ways, with the side that was taken, as sentences without a full stop. */
  readonly conflicts: readonly string[]
}

interface Part {
  readonly id: Id
}

/**
 * Three-way merge: what one side alone changed is taken; where both changed one property in different ways, mine is kept and named. What one side
 * deleted and the other changed is kept and named: nothing that somebody wrote goes in silence.
 */
export function mergeModels({ base, mine, theirs: given }: MergeInput): MergedModel {
  const theirs = relabel(given, base, mine)
  const conflicts: string[] = []
  const tables = mergeLists(base.tables, mine.tables, theirs.tables, mergeTables, (table) => `table ${displayName(table)}`, conflicts)
  return { model: { ...mine, tables: tables.map(withoutLost) }, theirs, conflicts }
}

type MergeBoth<P> = (base: P | undefined, mine: P, theirs: P, conflicts: string[]) => P

/** Parts by id: order of mine, with what they added after the part that it follows on their side. */
function mergeLists<P extends Part>(
  base: readonly P[],
  mine: readonly P[],
  theirs: readonly P[],
  both: MergeBoth<P>,
  nameOf: (part: P) => string,
  conflicts: string[],
): readonly P[] {
  const was = byId(base)
  const own = byId(mine)
  const other = byId(theirs)
  const merged: P[] = []
  for (const part of mine) {
    const before = was.get(part.id)
    const their = other.get(part.id)
    if (their) merged.push(both(before, part, their, conflicts))
    else if (!before) merged.push(part)
    else if (!sameValue(before, part)) {
      conflicts.push(`${nameOf(part)} was deleted in the files and changed here: kept as it is here`)
      merged.push(part)
    }
  }
  for (const [at, part] of theirs.entries()) {
    if (own.has(part.id)) continue
    const before = was.get(part.id)
    if (before && sameValue(before, part)) continue
    if (before) conflicts.push(`${nameOf(part)} was deleted here and changed in the files: kept as it is there`)
    const previous = theirs[at - 1]?.id
    merged.splice(merged.findIndex(({ id }) => id === previous) + 1 || (at === 0 ? 0 : merged.length), 0, part)
  }
  return merged
}

const byId = <P extends Part>(parts: readonly P[]): ReadonlyMap<Id, P> => new Map(parts.map((part) => [part.id, part]))

/** Each property by itself. `skip`: lists that are merged part by part. */
function mergeProperties<P extends object>(base: P | undefined, mine: P, theirs: P, skip: readonly string[], name: string, conflicts: string[]): P {
  const merged: P = { ...mine }
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    if (skip.includes(key)) continue
    const [was, own, other] = [base, mine, theirs].map((part) => (part as Readonly<Record<string, unknown>> | undefined)?.[key])
    if (sameValue(own, other) || sameValue(was, other)) continue
    if (sameValue(was, own)) Object.assign(merged, { [key]: other })
    else conflicts.push(`${key} of ${name} was changed both here and in the files: kept as it is here`)
  }
  return merged
}

const lists = ['fields', 'keys', 'checks', 'references', 'indexes'] as const

function mergeTables(base: Table | undefined, mine: Table, theirs: Table, conflicts: string[]): Table {
  const name = displayName(mine)
  const rest = mergeProperties(base, mine, theirs, lists, `table ${name}`, conflicts)
  const whole = <P extends Part & { readonly name: string }>(kind: string, list: (table: Table) => readonly P[]): readonly P[] =>
    mergeLists(
      base ? list(base) : [],
      list(mine),
      list(theirs),
      (was, own, other, told) => {
        if (sameValue(own, other) || sameValue(was, other)) return own
        if (sameValue(was, own)) return other
        told.push(`${kind} ${own.name} of ${name} was changed both here and in the files: kept as it is here`)
        return own
      },
      (part) => `${kind} ${part.name} of ${name}`,
      conflicts,
    )
  return {
    ...rest,
    fields: mergeLists(
      base?.fields ?? [],
      mine.fields,
      theirs.fields,
      (was, own, other, told) => mergeProperties<Field>(was, own, other, [], `${name}.${own.name}`, told),
      (field) => `field ${name}.${field.name}`,
      conflicts,
    ),
    keys: whole('key', (table) => table.keys),
    checks: whole('check', (table) => table.checks),
    references: whole('reference', (table) => table.references),
    indexes: whole('index', (table) => table.indexes),
  }
}

/** A part that one side made of a field that the other side deleted cannot stay as it is: the field goes out of it, as when it is deleted in the sheet. */
function withoutLost(table: Table): Table {
  const fields = new Set(table.fields.map(({ id }) => id))
  const isThere = (id: Id) => fields.has(id)
  const keys = table.keys.map((key): Key => (key.fields.every(isThere) ? key : { ...key, fields: key.fields.filter(isThere) }))
  const indexes = table.indexes.map((index): Index => {
    if (index.parts.every(({ field }) => field === null || isThere(field)) && index.include.every(isThere)) return index
    return { ...index, parts: index.parts.filter(({ field }) => field === null || isThere(field)), include: index.include.filter(isThere) }
  })
  const references = table.references.filter((reference: Reference) => reference.fields.every(isThere))
  return {
    ...table,
    keys: keys.filter((key) => key.fields.length > 0 || table.keys.find(({ id }) => id === key.id)?.fields.length === 0),
    indexes: indexes.filter((index) => index.parts.length > 0),
    references,
  }
}
