import { constraintsOf } from './constraints.ts'
import { indexesOf } from './indexes.ts'
import type { Links } from './links.ts'
import { databaseTable } from './names.ts'
import type { PartNames } from './part-names.ts'
import type { Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'
import { assignment, comment } from './print.ts'
import { list, text } from './python.ts'

const indent = '        '

/**
 * The class Meta of a model, always in this order: managed, db_table, db_table_comment, indexes, constraints.
 * No `ordering`: a table has none, and Django would sort every query by it.
 */
export function metaOf(plan: TablePlan, names: PartNames, links: Links, pen: Pen): string {
  const { shape } = plan
  const indexes = indexesOf(plan, names, links, pen)
  const constraints = constraintsOf(plan, names, pen)
  const lines = [
    ...(pen.target.managed ? [] : [`${indent}managed = False`]),
    assignment('db_table', text(databaseTable(shape, pen.target)), indent),
    ...(shape.comment === '' || pen.target.database === 'sqlite' ? [] : [assignment('db_table_comment', text(shape.comment), indent)]),
    ...indexes.comments.map((words) => comment(words, indent)),
    ...(indexes.items.length === 0 ? [] : [assignment('indexes', list(indexes.items), indent)]),
    ...constraints.comments.map((words) => comment(words, indent)),
    ...(constraints.items.length === 0 ? [] : [assignment('constraints', list(constraints.items), indent)]),
  ]
  return `    class Meta:\n${lines.join('\n')}`
}
