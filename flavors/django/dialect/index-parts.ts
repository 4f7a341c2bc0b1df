import type { IndexShape } from '../../../app/model/shape.ts'
import { valueOf } from './values.ts'
import type { Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'
import { flat } from './print.ts'
import { call, keyword, text, type Py } from './python.ts'

/** Whether the parts are columns whose order `-name` can say. */
export const isPlainParts = ({ parts }: IndexShape): boolean => parts.length > 0 && parts.every(({ column, nulls }) => column !== null && nulls === '')

/** Parts as expressions; null where one has no form. */
export function expressionParts({ parts, name }: IndexShape, plan: TablePlan, pen: Pen): readonly Py[] | null {
  const found = parts.map(({ column, expression, order, nulls }) => {
    const field = column === null ? undefined : plan.field(column)
    const value = column === null ? valueOf(expression, plan, pen) : field === undefined ? null : call('models.F', text(field.name))
    if (value === null) return null
    const isOrdered = nulls !== '' && nullsOf(name, pen)
    if (order === 'asc' && !isOrdered) return value
    const orders = isOrdered ? [keyword(`nulls_${nulls}`, 'True')] : []
    if (field !== undefined) return call(`${flat(value)}.${order}`, ...orders)
    return call('models.OrderBy', value, ...(order === 'desc' ? [keyword('descending', 'True')] : []), ...orders)
  })
  return found.length === 0 || found.includes(null) ? null : found.filter((one) => one !== null)
}

function nullsOf(name: string, pen: Pen): boolean {
  if (pen.target.database === 'postgres') return true
  pen.say('FEATURE_UNSUPPORTED', 'warning', { property: 'name', column: name }, `Only PostgreSQL orders NULLs in an index: ${name} is written without.`)
  return false
}

/** Whether Django fails on the index: before 5.0 it takes a percent sign in an index of PostgreSQL for a parameter. */
export const holdsParameter = ({ parts, predicate }: IndexShape, { target }: Pen): boolean =>
  target.version < 50 && target.database === 'postgres' && [predicate, ...parts.map(({ expression }) => expression)].some((sql) => sql.includes('%'))
