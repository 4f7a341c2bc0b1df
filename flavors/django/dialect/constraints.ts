import type { CheckShape, IndexShape, KeyShape } from '../../../app/model/shape.ts'
import { conditionOf, filterOf } from './conditions.ts'
import { expressionParts, holdsParameter, isPlainParts } from './index-parts.ts'
import { isFragile } from './names.ts'
import type { PartNames } from './part-names.ts'
import type { Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'
import { call, keyword, list, text, type Py } from './python.ts'

export interface MetaParts {
  readonly items: readonly Py[]
  /** What could not be said, for comments in Meta. */
  readonly comments: readonly string[]
}

/** Constraints of a model in the order of the table: key, uniques, unique indexes, checks, choices. */
export function constraintsOf(plan: TablePlan, names: PartNames, pen: Pen): MetaParts {
  const { shape, key } = plan
  const singles = plan.uniques
  const found: (Py | string | null)[] = []
  if (key.kind === 'first') found.push(uniqueOver({ name: names.key, columns: key.columns }, names.key, plan, pen))
  shape.uniques.forEach((one, at) => found.push(isSaidByField(one.columns, plan, pen) ? null : uniqueOver(one, names.uniques[at] ?? '', plan, pen)))
  shape.indexes.forEach((one, at) => {
    if (one.unique && !(singles.has(one.parts[0]?.column ?? '') && one.predicate === '' && isSaidByField(one.parts.map(({ column }) => column ?? ''), plan, pen))) {
      found.push(uniqueIndex(one, names.indexes[at] ?? '', plan, pen))
    }
  })
  shape.checks.forEach((one, at) => found.push(checkOf(one, names.checks[at] ?? '', plan, pen)))
  // A table that Django does not make has no such check.
  for (const field of pen.target.managed ? plan.fields : []) {
    const { type, generated, name } = field.column
    if (type.kind !== 'enum' || type.values.length === 0 || field.leftOut !== null || generated !== null || field.reference !== null || isFragile(name, pen.target)) continue
    const values = list([...new Set(type.values)].map((value) => text(value)))
    found.push(checkConstraint(call('models.Q', keyword(`${field.name}__in`, values)), names.choices(name), pen))
  }
  return { items: found.filter((one) => one !== null && typeof one !== 'string'), comments: found.filter((one) => typeof one === 'string') }
}

/** Whether `unique=True`, a OneToOneField or the primary key says it. */
const isSaidByField = ([column, ...more]: readonly string[], plan: TablePlan, pen: Pen): boolean =>
  column !== undefined && more.length === 0 && plan.field(column) !== undefined && !isFragile(column, pen.target) && !isFragile(plan.shape.name, pen.target)

function uniqueOver({ columns, name: written }: KeyShape, name: string, plan: TablePlan, pen: Pen): Py | string {
  const fields = [...new Set(columns)].map((column) => plan.field(column)?.name)
  if (fields.length === 0 || fields.includes(undefined)) return lost(`unique constraint ${name}`, 'a field of it is left out', columns.join(', '), written, pen)
  return call('models.UniqueConstraint', keyword('fields', list(fields.map((field) => text(field ?? '')))), keyword('name', text(name)))
}

function uniqueIndex(index: IndexShape, name: string, plan: TablePlan, pen: Pen): Py | string {
  const shown = index.parts.map(({ column, expression }) => column ?? expression).join(', ')
  if (holdsParameter(index, pen)) return lost(`unique index ${name}`, 'before 5.0 Django fails on its percent sign', `${shown} ${index.predicate}`, index.name, pen)
  const parts = isPlainParts(index) && index.parts.every(({ order }) => order === 'asc')
    ? plainFields(index, plan)
    : expressionParts(index, plan, pen)
  if (parts === null) return lost(`unique index ${name}`, 'a field or expression of it has no form in Django', shown, index.name, pen)
  const filter = index.predicate === '' ? [] : [filterOf(index.predicate, plan, pen)]
  if (filter.includes(null)) return lost(`unique index ${name}`, 'its predicate is not one whole expression', index.predicate, index.name, pen)
  const include = includeArgs(index, plan, pen)
  return call('models.UniqueConstraint', ...parts, keyword('name', text(name)), ...filter.flatMap((one) => (one === null ? [] : [keyword('condition', one)])), ...include)
}

function plainFields({ parts }: IndexShape, plan: TablePlan): readonly Py[] | null {
  const fields = parts.map(({ column }) => plan.field(column ?? '')?.name)
  return fields.length === 0 || fields.includes(undefined) ? null : [keyword('fields', list(fields.map((field) => text(field ?? ''))))]
}

/** `include=[...]` where the database has it. */
export function includeArgs({ include, name }: IndexShape, plan: TablePlan, pen: Pen): readonly Py[] {
  if (include.length === 0) return []
  const fields = include.flatMap((column) => plan.field(column)?.name ?? [])
  if (pen.target.database === 'postgres' && fields.length > 0) return [keyword('include', list(fields.map((field) => text(field))))]
  pen.say('FEATURE_UNSUPPORTED', 'warning', { property: 'name', column: name }, `Django has INCLUDE on PostgreSQL only: the index ${name} is written without it.`)
  return []
}

function checkOf({ expression, name: written }: CheckShape, name: string, plan: TablePlan, pen: Pen): Py | string {
  const condition = conditionOf(expression, plan, pen)
  if (condition !== null) return checkConstraint(condition, name, pen)
  pen.say('EXPRESSION_REFUSED', 'error', { property: 'name', column: written }, `The check ${JSON.stringify(expression.slice(0, 80))} is not one whole expression: close its quotes and parentheses.`)
  return `Left out: check ${name}: ${expression}`
}

const checkConstraint = (condition: Py, name: string, pen: Pen): Py =>
  call('models.CheckConstraint', keyword(pen.target.version >= 51 ? 'condition' : 'check', condition), keyword('name', text(name)))

/** A part that Django cannot say: a finding, and the words of a comment. */
export function lost(what: string, why: string, shown: string, name: string, pen: Pen): string {
  pen.say('FEATURE_UNSUPPORTED', 'warning', { property: 'name', column: name }, `The ${what} is left out: ${why}.`)
  return `Left out: ${what} (${shown})`
}
