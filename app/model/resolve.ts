import type { Field, Id, Key, Model, Reference, Table } from './model.ts'
import type { ColumnShape, IndexShape, KeyShape, ReferenceShape, TableShape } from './shape.ts'

export { modelFromShapes } from './from-shapes.ts'

/** Finds a table by its id; undefined when the model has none. */
export type TableLookup = (id: Id) => Table | undefined

/** A lookup over a whole model: built once, O(tables). */
export function lookupOf(model: Model): TableLookup {
  const byId = new Map(model.tables.map((table) => [table.id, table]))
  return (id) => byId.get(id)
}

/** The field with this id; undefined when the table has none. */
export const fieldOf = (table: Table, id: Id): Field | undefined => table.fields.find((field) => field.id === id)

/** The primary key; undefined when there is none. */
export const primaryKeyOf = (table: Table): Key | undefined => table.keys.find((key) => key.kind === 'primary')

/**
 * A table with every id resolved to a name. Parts that point at nothing are left out (validation reports them).
 * Two primary keys: the first is taken. A reference without target fields gets the parent's primary key columns.
 */
export function shapeOf(table: Table, lookup: TableLookup): TableShape {
  const names = namesOf(table)
  const primary = primaryKeyOf(table)
  return {
    schema: table.schema,
    name: table.name,
    comment: table.comment,
    columns: table.fields.map(columnOf),
    primaryKey: primary === undefined ? null : keyShape(primary, names),
    uniques: table.keys.filter((key) => key.kind === 'unique').flatMap((key) => keyShape(key, names) ?? []),
    checks: table.checks.map(({ name, expression }) => ({ name, expression })),
    references: table.references.flatMap((reference) => referenceShape(reference, names, lookup) ?? []),
    indexes: table.indexes.flatMap((index) => indexShape(index, names) ?? []),
    options: table.options,
  }
}

/** Parent table and columns of a reference by name; null when either cannot be resolved or is incomplete. */
export function resolveTarget(reference: Reference, lookup: TableLookup): Pick<ReferenceShape, 'parent' | 'parentColumns'> | null {
  const { target } = reference
  if (target.kind === 'name') {
    return target.fields.length === 0 ? null : { parent: { schema: target.schema, name: target.table }, parentColumns: target.fields }
  }
  const parent = lookup(target.table)
  if (parent === undefined) return null
  const ids = target.fields.length === 0 ? (primaryKeyOf(parent)?.fields ?? []) : target.fields
  const parentColumns = resolveAll(ids, namesOf(parent))
  return parentColumns === null ? null : { parent: { schema: parent.schema, name: parent.name }, parentColumns }
}

type Names = ReadonlyMap<Id, string>
const namesOf = (table: Table): Names => new Map(table.fields.map((field) => [field.id, field.name]))

/** Names of all ids, or null when there is none or one is unknown. */
function resolveAll(ids: readonly Id[], names: Names): readonly string[] | null {
  const found = ids.flatMap((id) => names.get(id) ?? [])
  return found.length === 0 || found.length !== ids.length ? null : found
}

const columnOf = ({ name, type, nullable, default: value, identity, generated, comment, collation }: Field): ColumnShape => ({
  name,
  type,
  nullable,
  default: value,
  identity,
  generated,
  comment,
  collation,
})

function keyShape(key: Key, names: Names): KeyShape | null {
  const columns = resolveAll(key.fields, names)
  return columns === null ? null : { name: key.name, columns }
}

function referenceShape(reference: Reference, names: Names, lookup: TableLookup): ReferenceShape | null {
  const columns = resolveAll(reference.fields, names)
  const target = resolveTarget(reference, lookup)
  if (columns === null || target === null || columns.length !== target.parentColumns.length) return null
  const { name, onUpdate, onDelete, deferrable } = reference
  return { name, columns, ...target, onUpdate, onDelete, deferrable }
}

function indexShape(index: Table['indexes'][number], names: Names): IndexShape | null {
  const parts: IndexShape['parts'][number][] = []
  for (const { field, expression, order, nulls } of index.parts) {
    const column = field === null ? null : names.get(field)
    if (column === undefined) return null
    parts.push({ column, expression, order, nulls })
  }
  const include = index.include.length === 0 ? [] : resolveAll(index.include, names)
  if (parts.length === 0 || include === null) return null
  return { name: index.name, unique: index.unique, method: index.method, parts, include, predicate: index.predicate }
}
