import { isUsable, rawSql } from './expression.ts'
import { fieldTypeOf, type FieldType } from './field-type.ts'
import { columnField } from './columns.ts'
import { parseSql } from './parse-sql.ts'
import { penFor, type Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'
import { atom, call, keyword, operation, text, type Py } from './python.ts'
import type { SqlTree } from './sql-tree.ts'

/** A computed value, and what it may be compared with. */
export interface ValueCode {
  readonly code: Py
  readonly family: FieldType['family']
  readonly isLiteral: boolean
  readonly isNullable: boolean
}

export const isNumeric = (family: FieldType['family']): boolean => family === 'integer' || family === 'decimal' || family === 'float'

/** Functions of Django that are the same as in SQL. Source: Django documentation, "Database functions". */
const functions: Readonly<Record<string, { readonly name: string; readonly takes: 'text' | 'number'; readonly gives: 'text' | 'same' | 'integer' }>> = {
  length: { name: 'Length', takes: 'text', gives: 'integer' },
  char_length: { name: 'Length', takes: 'text', gives: 'integer' },
  character_length: { name: 'Length', takes: 'text', gives: 'integer' },
  lower: { name: 'Lower', takes: 'text', gives: 'text' },
  upper: { name: 'Upper', takes: 'text', gives: 'text' },
  trim: { name: 'Trim', takes: 'text', gives: 'text' },
  ltrim: { name: 'LTrim', takes: 'text', gives: 'text' },
  rtrim: { name: 'RTrim', takes: 'text', gives: 'text' },
  abs: { name: 'Abs', takes: 'number', gives: 'same' },
}

/** A value computed from fields, SQL as it is where Django has no words for it; null where the text is no expression. */
export function valueOf(sql: string, plan: TablePlan, pen: Pen): Py | null {
  if (!isUsable(sql)) return null
  const tree = parseSql(sql)
  const own = penFor(pen.target)
  const value = tree === null ? null : valueCode(tree, plan, own)
  if (value === null || value.isLiteral) return rawSql(sql, pen, false)
  pen.use(...own.imports)
  return value.code
}

/** The code of a value; null for what is none, or means something else in Django. */
export function valueCode(tree: SqlTree, plan: TablePlan, pen: Pen): ValueCode | null {
  switch (tree.kind) {
    case 'column': {
      const field = columnField(tree.name, plan)
      if (field === null) return null
      return { code: call('models.F', text(field.name)), family: fieldTypeOf(field.column.type, pen.target).family, isLiteral: false, isNullable: field.column.nullable }
    }
    case 'number':
      return /^-?\d{1,15}$/.test(tree.text) ? { code: atom(String(Number(tree.text))), family: 'integer', isLiteral: true, isNullable: false } : null
    case 'arithmetic':
      return arithmetic(tree, plan, pen)
    case 'call':
      return callCode(tree, plan, pen)
    case 'joined':
      return joined(tree.items, plan, pen)
    default:
      return null
  }
}

function arithmetic(tree: Extract<SqlTree, { kind: 'arithmetic' }>, plan: TablePlan, pen: Pen): ValueCode | null {
  const [left, right] = [valueCode(tree.left, plan, pen), valueCode(tree.right, plan, pen)]
  if (left === null || right === null || (left.isLiteral && right.isLiteral)) return null
  // What two kinds of number give is for the database to say.
  if (!isNumeric(left.family) || left.family !== right.family) return null
  return { code: operation(tree.sign, [left.code, right.code]), family: left.family, isLiteral: false, isNullable: left.isNullable || right.isNullable }
}

function callCode({ name, args }: Extract<SqlTree, { kind: 'call' }>, plan: TablePlan, pen: Pen): ValueCode | null {
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined
  const [first] = args
  if (known === undefined || first === undefined || args.length > 1 || (name === 'length' && pen.target.database === 'mysql')) return null
  const value = valueCode(first, plan, pen)
  if (value === null || (known.takes === 'text' ? value.family !== 'text' : !isNumeric(value.family))) return null
  pen.use(`django.db.models.functions:${known.name}`)
  return { code: call(known.name, plainName(value.code)), family: known.gives === 'same' ? value.family : known.gives, isLiteral: false, isNullable: value.isNullable }
}

/** `Lower("name")`: a function takes a field by its name. */
const plainName = (code: Py): Py => (code.kind === 'call' && code.head === 'models.F' && code.args[0] !== undefined ? code.args[0] : code)

/**
 * Concat takes an empty text for null: the same as `||` only where nothing is null. Before 5.1 it is a function of PostgreSQL that no index
 * and no generated field may hold. Mixed fields need to be told what they give.
 */
function joined(items: readonly SqlTree[], plan: TablePlan, pen: Pen): ValueCode | null {
  const heads = new Set<string>()
  const values = items.map((item): ValueCode | null => {
    if (item.kind === 'column') heads.add(fieldTypeOf(columnField(item.name, plan)?.column.type ?? { kind: 'text' }, pen.target).head)
    if (item.kind === 'text') return item.value.includes('\0') ? null : { code: call('models.Value', text(item.value)), family: 'text', isLiteral: true, isNullable: false }
    return valueCode(item, plan, pen)
  })
  const known = values.filter((value) => value !== null)
  if (known.length < items.length || known.some(({ family, isNullable }) => family !== 'text' || isNullable)) return null
  if (pen.target.database === 'postgres' && pen.target.version < 51) return null
  pen.use('django.db.models.functions:Concat')
  const isPlain = heads.size === 1 && heads.has('models.CharField') && items.every(({ kind }) => kind === 'column' || kind === 'text')
  const output = isPlain ? [] : [keyword('output_field', call('models.TextField'))]
  return { code: call('Concat', ...known.map(({ code }) => plainName(code)), ...output), family: 'text', isLiteral: false, isNullable: false }
}
