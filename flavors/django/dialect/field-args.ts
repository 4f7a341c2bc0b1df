import { databaseName, isFragile } from './names.ts'
import type { Pen } from './pen.ts'
import type { FieldPlan, TablePlan } from './plan.ts'
import { comment } from './print.ts'
import { keyword, text, type Py } from './python.ts'

/** A comment in a class, line by line; no line for no words. */
export const commentLines = (words: string): readonly string[] => (words.trim() === '' ? [] : comment(words, '    ').split('\n'))

/** Whether `primary_key=True` stands at the field. */
export const isKeyField = ({ column }: FieldPlan, { key }: TablePlan): boolean => key.kind !== 'made' && key.kind !== 'composite' && key.columns[0] === column.name

/** `primary_key`, `unique`, and what lets the field be empty. */
export function roleArgs(field: FieldPlan, plan: TablePlan, pen: Pen): readonly Py[] {
  const { column } = field
  if (isKeyField(field, plan)) return [keyword('primary_key', 'True')]
  const unique = plan.uniques.has(column.name) && !isFragile(column.name, pen.target) && !isFragile(plan.shape.name, pen.target)
  return [...(unique ? [keyword('unique', 'True')] : []), ...nullArgs(field, plan)]
}

/** A part of a key is never null. */
export const nullArgs = ({ column }: FieldPlan, { key }: TablePlan): readonly Py[] =>
  column.nullable && column.identity === null && !(key.kind !== 'made' && key.columns.includes(column.name)) ? [keyword('null', 'True'), keyword('blank', 'True')] : []

/** `db_column` where the name is not what Django makes of the field's. */
export function nameArgs({ column, attname }: FieldPlan, pen: Pen): readonly Py[] {
  // A name beyond the limit of a database is only taken when it is written out (models.E018).
  const isLong = column.name.length > 15 && new TextEncoder().encode(column.name).length > 60
  return column.name === attname && !isLong ? [] : [keyword('db_column', text(databaseName(column.name, pen.target)))]
}

/** `db_comment`; what keeps none has it as `help_text`. */
export function commentArgs({ column }: FieldPlan, pen: Pen): readonly Py[] {
  if (column.comment === '') return []
  return [keyword(pen.target.database === 'sqlite' ? 'help_text' : 'db_comment', text(column.comment))]
}

