import type { Field, Id, Index, Key, Model, Reference, Table } from '../model/model.ts'

interface Named {
  readonly id: Id
  readonly name: string
}

/**
 * A model with the ids of another one, where its tables and parts are the same by id, else by name. `also`: a model whose ids must not be given to anything
 * else, and whose additions are the same by name, too. What is in neither keeps its id.
 */
export function relabel(given: Model, base: Model, also: Model): Model {
  const tables = idsOf(given.tables, [...base.tables, ...also.tables], ({ schema, name }) => `${schema}\0${name}`)
  const fields = new Map<Id, Id>()
  const others = new Map<Id, readonly Table[]>()
  for (const table of given.tables) {
    const id = tables.get(table.id) ?? table.id
    const same = [...base.tables, ...also.tables].filter((each) => each.id === id)
    others.set(table.id, same)
    for (const [from, to] of idsOf<Field>(table.fields, same.flatMap((each) => each.fields))) fields.set(`${table.id}\0${from}`, to)
  }
  return { ...given, tables: given.tables.map((table) => relabelTable(table, { tables, fields, same: others.get(table.id) ?? [] })) }
}

interface Labels {
  readonly tables: ReadonlyMap<Id, Id>
  /** By table id, NUL, field id. */
  readonly fields: ReadonlyMap<string, Id>
  readonly same: readonly Table[]
}

function relabelTable(table: Table, { tables, fields, same }: Labels): Table {
  const fieldOf = (id: Id, of: Id = table.id): Id => fields.get(`${of}\0${id}`) ?? id
  const all = (ids: readonly Id[], of?: Id): readonly Id[] => ids.map((id) => fieldOf(id, of))
  const keys = table.keys.map((key): Key => ({ ...key, fields: all(key.fields) }))
  const indexes = table.indexes.map((index): Index => ({
    ...index,
    parts: index.parts.map((part) => ({ ...part, field: part.field === null ? null : fieldOf(part.field) })),
    include: all(index.include),
  }))
  const references = table.references.map((reference): Reference => {
    const { target } = reference
    const to = target.kind === 'id' ? { ...target, table: tables.get(target.table) ?? target.table, fields: all(target.fields, target.table) } : target
    return { ...reference, fields: all(reference.fields), target: to }
  })
  return {
    ...table,
    id: tables.get(table.id) ?? table.id,
    fields: table.fields.map((field) => ({ ...field, id: fieldOf(field.id) })),
    keys: withIds(keys, same.flatMap((each) => each.keys)),
    checks: withIds(table.checks, same.flatMap((each) => each.checks)),
    references: withIds(references, same.flatMap((each) => each.references)),
    indexes: withIds(indexes, same.flatMap((each) => each.indexes)),
  }
}

/** Parts without a name are the same when everything but the id is. */
function withIds<P extends Named>(parts: readonly P[], like: readonly P[]): readonly P[] {
  const ids = idsOf(parts, like, (part) => (part.name === '' ? JSON.stringify({ ...part, id: '' }) : part.name))
  return parts.map((part) => ({ ...part, id: ids.get(part.id) ?? part.id }))
}

/** Id that each part gets: its own where the others have it, else that of the other of the same name, once each. */
function idsOf<P extends Named>(parts: readonly P[], like: readonly P[], keyOf: (part: P) => string = ({ name }) => name): ReadonlyMap<Id, Id> {
  const known = new Set(like.map(({ id }) => id))
  const own = new Set(parts.flatMap(({ id }) => (known.has(id) ? id : [])))
  const free = new Map<string, Id>()
  for (const part of like.toReversed()) if (!own.has(part.id)) free.set(keyOf(part), part.id)
  const ids = new Map<Id, Id>()
  for (const part of parts) {
    if (own.has(part.id)) continue
    const id = free.get(keyOf(part))
    if (id === undefined) continue
    ids.set(part.id, id)
    free.delete(keyOf(part))
    own.add(id)
  }
  return ids
}
