import type { Links } from './links.ts'
import type { Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'

/**
 * Whether `makemigrations` splits models that belong together: where a OneToOneField is the key of its model and the parent has an index or a constraint,
 * Django 5.2 to 6.1 adds all foreign keys after the models, and a CompositePrimaryKey then names a field that is not there yet (FieldDoesNotExist in `migrate`).
 */
export const splitsMigrations = (plans: readonly TablePlan[], links: Links): boolean =>
  plans.some((plan) =>
    plan.fields.some((field) => {
      const link = links.of(field)
      const isKey = plan.key.kind === 'single' && plan.key.columns[0] === field.column.name
      return link !== undefined && isKey && link.parent !== undefined && hasMeta(link.parent)
    }),
  )

const hasMeta = ({ shape }: TablePlan): boolean => shape.indexes.length > 0 || shape.checks.length > 0 || shape.uniques.some(({ columns }) => columns.length > 1) || shape.columns.some(({ type }) => type.kind === 'enum')

/** Says so on a model whose composite key has a foreign key in it. */
export function migrationFinding(plan: TablePlan, links: Links, pen: Pen): void {
  if (plan.key.kind !== 'composite' || !pen.target.managed) return
  const linked = plan.key.columns.filter((column) => {
    const field = plan.field(column)
    return field !== undefined && links.of(field) !== undefined
  })
  if (linked.length === 0) return
  pen.say('MIGRATION_ORDER', 'warning', { property: 'key' }, `makemigrations adds the foreign keys of the key (${linked.join(', ')}) after the model, and migrate then does not find them. Move them into CreateModel by hand in the migration that it writes.`)
}
