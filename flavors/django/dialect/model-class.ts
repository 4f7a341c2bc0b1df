import type { Context } from './context.ts'
import { commentLines } from './field-args.ts'
import { bodyOf } from './fields.ts'
import { keyFindings } from './key-findings.ts'
import type { Links } from './links.ts'
import { lostReferences } from './lost-references.ts'
import { metaOf } from './meta.ts'
import type { PartNames } from './part-names.ts'
import type { Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'
import { assignment } from './print.ts'
import { call, text } from './python.ts'

const indent = '    '

/** The class of one table. `above`: classes that stand before it in the file. */
export function modelClass(plan: TablePlan, { context, links, names, above }: { readonly context: Context; readonly links: Links; readonly names: PartNames; readonly above: ReadonlySet<string> }, pen: Pen): string {
  pen.use('django.db:models')
  const keyComment = keyFindings(plan, pen)
  const { classes, lines } = bodyOf(plan, links, above, pen)
  const key = plan.key.kind === 'composite' ? [assignment('pk', call('models.CompositePrimaryKey', ...plan.key.columns.map((column) => text(plan.field(column)?.attname ?? column))), indent)] : []
  // SQLite keeps no comments: that of the table stands in the code.
  const about = pen.target.database === 'sqlite' ? commentLines(plan.shape.comment) : []
  const fields = [...about, ...commentLines(keyComment), ...key, ...lines, ...lostReferences(plan, links, context, pen).flatMap(commentLines)]
  return [`class ${plan.className}(models.Model):`, [...classes, ...(fields.length === 0 ? [] : [fields.join('\n')]), metaOf(plan, names, links, pen)].join('\n\n')].join('\n') + '\n'
}
