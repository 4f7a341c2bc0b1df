import { isUsable, rawSql } from './expression.ts'
import type { Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'
import { call, type Py } from './python.ts'

/** A condition as Django has it; null where the text is no expression. `isFilter`: rows are chosen by it, so unknown is not true. */
export function conditionOf(sql: string, plan: TablePlan, pen: Pen): Py | null {
  return isUsable(sql) ? rawSql(sql, pen, true) : null
}

/** A condition where only a Q is taken: of an index and a unique constraint. */
export function filterOf(sql: string, plan: TablePlan, pen: Pen): Py | null {
  return isUsable(sql) ? call('models.Q', rawSql(sql, pen, true)) : null
}

/** A value computed from fields; null where the text is no expression. */
export function valueOf(sql: string, plan: TablePlan, pen: Pen): Py | null {
  return isUsable(sql) ? rawSql(sql, pen, false) : null
}
