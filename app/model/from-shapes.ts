import type { Field, Id, Model, ReferenceTarget, Table } from './model.ts'
import { nameKey } from './names.ts'
import type { ColumnShape, ReferenceShape, TableShape } from './shape.ts'

/** Ids of a table and of its fields by column name; what is missing gets a new one. */
export interface ShapeIds {
  readonly table: Id
  readonly fields: ReadonlyMap<string, Id>
}

/**
 * A model from shapes by name, tables and columns in the order given, with new ids, or those that `idsOf` knows.
 * References go by id where the parent is among the shapes, else by name. A key or index column that its shape lacks is left out with its part.
 */
export function modelFromShapes(
  shapes: readonly TableShape[],
  newId: () => Id,
  name = '',
  idsOf: (shape: TableShape) => ShapeIds | undefined = () => undefined,
): Model {
  const drafts = shapes.map((shape) => draftOf(shape, newId, idsOf(shape)))
  const byName = new Map(drafts.map((draft) => [nameKey(draft.shape.schema, draft.shape.name), draft]))
  const tables = drafts.map((draft) => tableOf(draft, newId, (reference) => targetOf(reference, byName)))
  return { name, tables }
}

interface Draft {
  readonly id: Id
  readonly shape: TableShape
  readonly fields: readonly Field[]
  readonly ids: ReadonlyMap<string, Id>
}

function draftOf(shape: TableShape, newId: () => Id, known: ShapeIds | undefined): Draft {
  const id = known?.table ?? newId()
  const fields = shape.columns.map((column) => fieldOfColumn(column, known?.fields.get(column.name) ?? newId()))
  return { id, shape, fields, ids: new Map(fields.map((field) => [field.name, field.id])) }
}

const fieldOfColumn = (column: ColumnShape, id: Id): Field => ({
  id,
  name: column.name,
  type: column.type,
  nullable: column.nullable,
  default: column.default,
  identity: column.identity,
  generated: column.generated,
  comment: column.comment,
  collation: column.collation,
  previousName: '',
  extra: {},
  invalid: {},
})

function tableOf({ id, shape, fields, ids }: Draft, newId: () => Id, target: (reference: ReferenceShape) => ReferenceTarget): Table {
  const idsOf = (columns: readonly string[]): readonly Id[] | null => {
    const found = columns.flatMap((column) => ids.get(column) ?? [])
    return found.length === columns.length ? found : null
  }
  const key = (kind: 'primary' | 'unique') => (from: { readonly name: string; readonly columns: readonly string[] }) => {
    const found = idsOf(from.columns)
    return found === null ? [] : [{ id: newId(), kind, name: from.name, fields: found }]
  }
  return {
    id,
    schema: shape.schema,
    name: shape.name,
    comment: shape.comment,
    fields,
    keys: [...(shape.primaryKey === null ? [] : key('primary')(shape.primaryKey)), ...shape.uniques.flatMap(key('unique'))],
    checks: shape.checks.map((check) => ({ id: newId(), name: check.name, expression: check.expression })),
    references: shape.references.flatMap((reference) => {
      const found = idsOf(reference.columns)
      const { name, onUpdate, onDelete, deferrable } = reference
      return found === null ? [] : [{ id: newId(), name, fields: found, target: target(reference), onUpdate, onDelete, deferrable }]
    }),
    indexes: shape.indexes.flatMap((index) => {
      const include = idsOf(index.include)
      const parts = index.parts.flatMap(({ column, expression, order, nulls }) => {
        const field = column === null ? null : ids.get(column)
        return field === undefined ? [] : [{ field, expression, order, nulls }]
      })
      if (include === null || parts.length !== index.parts.length) return []
      const { name, unique, method, predicate } = index
      return [{ id: newId(), name, unique, method, parts, include, predicate }]
    }),
    options: shape.options,
    previousName: '',
    extra: {},
    invalid: {},
  }
}

function targetOf(reference: ReferenceShape, byName: ReadonlyMap<string, Draft>): ReferenceTarget {
  const parent = byName.get(nameKey(reference.parent.schema, reference.parent.name))
  const fields = reference.parentColumns.flatMap((column) => parent?.ids.get(column) ?? [])
  if (parent === undefined || fields.length !== reference.parentColumns.length) {
    return { kind: 'name', schema: reference.parent.schema, table: reference.parent.name, fields: reference.parentColumns }
  }
  return { kind: 'id', table: parent.id, fields }
}
