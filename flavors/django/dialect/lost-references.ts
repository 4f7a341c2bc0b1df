import type { ReferenceShape } from '../../../app/model/shape.ts'
import type { Context } from './context.ts'
import type { Links } from './links.ts'
import { displayTable, isFragile } from './names.ts'
import type { Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'

/** Foreign keys that are no ForeignKey: a finding and a comment each. */
export function lostReferences(plan: TablePlan, links: Links, context: Context, pen: Pen): readonly string[] {
  const linked = new Set(plan.fields.map((field) => links.of(field)?.reference))
  return plan.shape.references.flatMap((reference) => {
    if (linked.has(reference)) return []
    const [code, why] = reasonOf(reference, plan, context, pen)
    const shown = `(${reference.columns.join(', ')}) to ${displayTable(reference.parent)} (${reference.parentColumns.join(', ')})`
    const path = { property: 'reference', column: reference.columns[0] ?? '' }
    pen.say(code, 'warning', path, `The foreign key ${shown} is no ForeignKey: ${why}. Its fields are plain, and a comment names it.`)
    return [`Foreign key ${shown}: ${why}.`]
  })
}

function reasonOf(reference: ReferenceShape, plan: TablePlan, context: Context, pen: Pen): readonly [string, string] {
  const [column = ''] = reference.columns
  if (reference.columns.length !== 1) return ['REFERENCE_COMPOSITE', 'Django has none over several fields']
  if (context.classes.of(reference.parent) === null) return ['REFERENCE_OUTSIDE', 'its table is not in the model']
  if (isFragile(column, pen.target) || isFragile(plan.shape.name, pen.target)) return ['NAME_FRAGILE', 'Django does not quote such a name in the constraint']
  const field = plan.field(column)
  if (field === undefined) return ['REFERENCE_UNSUPPORTED', 'its field is left out']
  if (field.column.generated !== null || field.column.identity !== null) return ['REFERENCE_UNSUPPORTED', 'its field is given by the database']
  if (field.reference !== null && field.reference !== reference) return ['REFERENCE_TWICE', 'the field has another one']
  return ['REFERENCE_NOT_UNIQUE', "its target is neither the key nor unique in the parent's model"]
}
