import { rawSql } from './expression.ts'
import { valueOf } from './values.ts'
import type { FieldType } from './field-type.ts'
import { commentArgs, nameArgs, roleArgs } from './field-args.ts'
import type { Pen } from './pen.ts'
import type { FieldPlan, TablePlan } from './plan.ts'
import { assignment } from './print.ts'
import { call, keyword } from './python.ts'

/** A GeneratedField (from Django 5.0). */
export function generatedField(field: FieldPlan, type: FieldType, plan: TablePlan, pen: Pen): readonly string[] {
  const { column } = field
  const { expression = '', stored = true } = column.generated ?? {}
  const path = { property: 'generated', column: column.name }
  pen.use(...type.imports)
  const args = [
    keyword('expression', valueOf(expression, plan, pen) ?? rawSql(expression, pen, false)),
    keyword('output_field', call(type.head, ...type.args.filter((arg) => arg.kind !== 'keyword' || arg.name !== 'choices'))),
    keyword('db_persist', isPersisted(stored, path, pen) ? 'True' : 'False'),
    ...roleArgs(field, plan, pen).filter((arg) => arg.kind !== 'keyword' || arg.name !== 'blank'),
    ...nameArgs(field, pen),
    ...commentArgs(field, pen),
  ]
  return assignment(field.name, call('models.GeneratedField', ...args), '    ').split('\n')
}

/** PostgreSQL computes on reading since 18 only, and Django's checks fail (fields.E221) where the server is older. */
function isPersisted(stored: boolean, path: { readonly property: string; readonly column: string }, pen: Pen): boolean {
  if (stored || pen.target.database !== 'postgres') return stored
  pen.say('GENERATED_STORED', 'warning', path, 'Generated fields that are not stored need Django 6.0 and PostgreSQL 18: it is written as a stored one.')
  return true
}
