import { isWholeExpression, type LexicalRules } from '../../lexer.ts'
import type { Pen } from './pen.ts'
import { atom, call, keyword, text, type Py } from './python.ts'

/** The signs of all flavors at once: an expression is in the words of the database that the person has in mind. */
export const anyFlavor: LexicalRules = { nameQuotes: { '"': '"', '`': '`' }, textQuotes: "'", backslashes: false, doubledQuotes: true, lineComments: ['--'], dollarQuotes: false }

/** Whether SQL may stand in code as it is: it ends nothing and opens nothing. */
export const isUsable = (sql: string): boolean => isWholeExpression(sql, anyFlavor)

/** SQL kept as it is. A percent sign is doubled: Django fills parameters into the text. */
export function rawSql(sql: string, pen: Pen, isCondition: boolean): Py {
  pen.use('django.db.models.expressions:RawSQL')
  const output = isCondition ? [keyword('output_field', call('models.BooleanField'))] : []
  return call('RawSQL', text(sql.trim().replaceAll('%', '%%')), atom('()'), ...output)
}
