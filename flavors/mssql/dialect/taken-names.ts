import type { TableShape } from '../../../app/model/shape.ts'
import type { TakenName } from '../../flavor.ts'
import { hasImpliedCheck } from './column-sql.ts'
import { nullableColumns } from './create-table.ts'
import { convention, folded, schemaOf } from './names.ts'
import type { Features } from './version.ts'
import { withNames } from './with-names.ts'

/** Tables and constraints, defaults among them, share one namespace per schema; an index has only to differ from those of its table. Source: sys.objects. */
export function takenNames(given: TableShape, features: Features): readonly TakenName[] {
  const shape = withNames(given, features)
  const schema = folded(schemaOf(shape))
  const taken = (what: string, name: string, part: string): TakenName => ({ key: `${schema}\u0000${folded(name)}`, name, what, part })
  const defaults = shape.columns.filter((column) => column.default !== null && column.identity === null && column.generated === null)
  const implied = shape.columns.filter((column) => hasImpliedCheck(column, features))
  return [
    taken('table', shape.name, ''),
    ...(shape.primaryKey === null ? [] : [taken('primary key', shape.primaryKey.name, shape.primaryKey.name)]),
    ...shape.uniques.filter((key) => nullableColumns(shape, key.columns).length === 0).map(({ name }) => taken('unique constraint', name, name)),
    ...shape.checks.map(({ name }) => taken('check', name, name)),
    ...implied.map((column) => taken('check', convention.check(shape.name, [column.name]), column.name)),
    ...shape.references.map(({ name }) => taken('foreign key', name, name)),
    ...defaults.map((column) => taken('default', convention.default(shape.name, column.name), column.name)),
  ]
}
