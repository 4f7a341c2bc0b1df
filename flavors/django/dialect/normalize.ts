import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { schemaOf } from './class-names.ts'
import type { Target } from './target.ts'
import { canonicalType } from './types.ts'

const byText = <T>(list: readonly T[]): readonly T[] =>
  list
    .map((one) => [JSON.stringify(one), one] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, one]) => one)

/** Equal tables deeply equal: the default schema left out, types as Django has them, keys not nullable, parts ordered, no options. Idempotent. */
export function normalize(shape: TableShape, target: Target): TableShape {
  const keys = new Set(shape.primaryKey?.columns)
  return {
    ...shape,
    schema: schemaOf(shape, target),
    columns: shape.columns.map((column) => normalColumn(column, keys.has(column.name), target)),
    uniques: byText(shape.uniques),
    checks: byText(shape.checks.map(({ name, expression }) => ({ name, expression: expression.trim() }))),
    references: byText(shape.references.map((reference) => ({ ...reference, parent: { ...reference.parent, schema: schemaOf(reference.parent, target) } }))),
    indexes: byText(shape.indexes.map((index) => ({ ...index, method: index.method.toLowerCase() === 'btree' ? '' : index.method.toLowerCase(), predicate: index.predicate.trim() }))),
    options: {},
  }
}

const normalColumn = (column: ColumnShape, isKey: boolean, target: Target): ColumnShape => ({
  ...column,
  type: canonicalType(column.type, target),
  nullable: column.nullable && !isKey && column.identity === null,
  default: column.default === null || column.identity !== null || column.generated !== null ? null : column.default.trim(),
  identity: column.identity === null ? null : 'default',
  generated: column.generated === null ? null : { ...column.generated, expression: column.generated.expression.trim() },
})
