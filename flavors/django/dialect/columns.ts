import type { FieldPlan, TablePlan } from './plan.ts'

/** The field of a column by its name as it stands, or without regard to case as databases read a bare name; null for none, and for one that breaks Django's formatting. */
export function columnField(name: string, plan: TablePlan): FieldPlan | null {
  const field = plan.field(name) ?? plan.fields.find(({ column, leftOut }) => leftOut === null && column.name.toLowerCase() === name.toLowerCase())
  return field === undefined || field.column.name.includes('%') ? null : field
}
