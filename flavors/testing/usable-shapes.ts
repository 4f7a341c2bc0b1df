import type { DataType } from '../../app/model/data-type.ts'
import type { Model } from '../../app/model/model.ts'
import { lookupOf, shapeOf } from '../../app/model/resolve.ts'
import type { ColumnShape, TableName, TableShape } from '../../app/model/shape.ts'
import type { Dialect } from '../flavor.ts'

/** A table as the model says it, and as a plan hands it to the dialect. */
export interface UsableShape {
  readonly said: TableShape
  readonly shape: TableShape
}

const same = (a: TableName, b: TableName) => a.schema === b.schema && a.name === b.name

/** Columns of an index or a key that take NULL. */
export const nullableOf = (shape: TableShape, columns: readonly (string | null)[]): readonly string[] =>
  shape.columns.filter(({ name, nullable }) => nullable && columns.includes(name)).map(({ name }) => name)

export const column = ({ columns }: TableShape, name: string | undefined): ColumnShape | undefined => columns.find((one) => one.name === name)

/**
 * The tables of a model that the flavor's own check lets through, in its normal form, with the foreign keys among them: what a plan is made of.
 * A table with an error is never planned, and so is none that points at it.
 */
export function usableShapes(dialect: Dialect, model: Model): readonly UsableShape[] {
  const lookup = lookupOf(model)
  const all = model.tables.map((table) => shapeOf(table, lookup))
  let good = all.filter((said) => dialect.check(said).every(({ severity }) => severity !== 'error'))
  for (;;) {
    const kept = good.filter(({ references }) => references.every(({ parent }) => good.some((one) => same(one, parent))))
    if (kept.length === good.length) return kept.map((said) => ({ said, shape: dialect.normalize(said) }))
    good = kept
  }
}

/** The model with another type in place of those of a kind: for a server that lacks an extension. */
export const withoutKind = (model: Model, kind: DataType['kind'], instead: DataType): Model => ({
  ...model,
  tables: model.tables.map((table) => ({ ...table, fields: table.fields.map((field) => (field.type.kind === kind ? { ...field, type: instead } : field)) })),
})
