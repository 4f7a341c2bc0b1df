import { literalOf } from './defaults.ts'
import { columnField } from './columns.ts'
import { isUsable, rawSql } from './expression.ts'
import { fieldTypeOf, type FieldType } from './field-type.ts'
import { parseSql } from './parse-sql.ts'
import { penFor, type Pen } from './pen.ts'
import type { FieldPlan, TablePlan } from './plan.ts'
import { call, keyword, list, operation, type Py } from './python.ts'
import { turnedRound, withoutNot, type Comparison, type SqlTree } from './sql-tree.ts'
import { isNumeric, valueCode, type ValueCode } from './values.ts'

/** A condition as Django has it: a Q where its words suffice, else SQL as it is. Null where the text is no expression. */
export function conditionOf(sql: string, plan: TablePlan, pen: Pen): Py | null {
  if (!isUsable(sql)) return null
  return tried(sql, plan, pen, false) ?? rawSql(sql, pen, true)
}

/** A condition that chooses rows, where only a Q is taken: of an index and a unique constraint. What is unknown chooses no row. */
export function filterOf(sql: string, plan: TablePlan, pen: Pen): Py | null {
  if (!isUsable(sql)) return null
  return tried(sql, plan, pen, true) ?? call('models.Q', rawSql(sql, pen, true))
}

function tried(sql: string, plan: TablePlan, pen: Pen, isFilter: boolean): Py | null {
  const tree = parseSql(sql)
  if (tree === null) return null
  const own = penFor(pen.target)
  const found = new Conditions(plan, own, isFilter).of(withoutNot(tree))
  if (found !== null) pen.use(...own.imports)
  return found
}

const lookups: Readonly<Record<Comparison, string>> = { '=': '', '<>': '', '<': '__lt', '<=': '__lte', '>': '__gt', '>=': '__gte' }
const classes: Readonly<Record<Comparison, string>> = { '=': 'Exact', '<>': '', '<': 'LessThan', '<=': 'LessThanOrEqual', '>': 'GreaterThan', '>=': 'GreaterThanOrEqual' }

class Conditions {
  private readonly plan: TablePlan
  private readonly pen: Pen
  private readonly isFilter: boolean

  constructor(plan: TablePlan, pen: Pen, isFilter: boolean) {
    this.plan = plan
    this.pen = pen
    this.isFilter = isFilter
  }

  of(tree: SqlTree): Py | null {
    switch (tree.kind) {
      case 'all':
      case 'any': {
        const items = tree.items.map((item) => this.of(item))
        return items.includes(null) ? null : operation(tree.kind === 'all' ? '&' : '|', items.filter((item) => item !== null))
      }
      case 'compare':
        return this.compare(tree.sign, tree.left, tree.right)
      case 'in':
        return this.membership(tree)
      case 'isNull': {
        const field = this.field(tree.of)
        return field === null ? null : q(`${field.name}__isnull`, tree.not ? 'False' : 'True')
      }
      case 'column':
        return this.bool(tree, true)
      case 'not':
        return tree.of.kind === 'column' ? this.bool(tree.of, false) : null
      default:
        return null
    }
  }

  private bool(tree: SqlTree, value: boolean): Py | null {
    const field = this.field(tree)
    return field !== null && this.type(field).family === 'bool' ? q(field.name, value ? 'True' : 'False') : null
  }

  private compare(sign: Comparison, left: SqlTree, right: SqlTree): Py | null {
    const field = this.field(left)
    if (field !== null) {
      const value = this.operand(field, right)
      // A literal that the field would not take, or would round, is for the database to judge.
      if (value === null && (right.kind === 'number' || right.kind === 'text' || right.kind === 'bool')) return null
      if (value !== null) return sign === '<>' ? this.unlike([field, this.field(right)], q(field.name, value)) : q(field.name + lookups[sign], value)
    }
    if (field === null && this.field(right) !== null) return this.compare(turnedRound(sign), right, left)
    return this.computed(sign, left, right)
  }

  /** `~Q` says true where a field is null: for a filter that has to be ruled out. */
  private unlike(fields: readonly (FieldPlan | null)[], equal: Py): Py {
    const nullable = this.isFilter ? fields.filter((field) => field !== null && field.column.nullable) : []
    return operation('&', [...nullable.map((field) => q(`${field?.name ?? ''}__isnull`, 'False')), { kind: 'prefix', sign: '~', of: equal }])
  }

  private operand(field: FieldPlan, tree: SqlTree): Py | null {
    const type = this.type(field)
    const literal = this.literal(tree, type)
    if (literal !== null) return literal
    const value = this.value(tree)
    if (value === null || value.isLiteral || !areAlike(type.family, value.family)) return null
    return value.code
  }

  private literal(tree: SqlTree, type: FieldType): Py | null {
    if (tree.kind === 'number') return type.family === 'bool' ? null : literalOf(tree, type, this.pen)
    if (tree.kind === 'text' || tree.kind === 'bool') return literalOf(tree, type, this.pen)
    return null
  }

  /** `length(x) > 3`, `a + b <= 100`: lookups as expressions. */
  private computed(sign: Comparison, left: SqlTree, right: SqlTree): Py | null {
    const [one, two] = [this.value(left), this.value(right)]
    if (sign === '<>' || one === null || two === null || one.isLiteral || !areAlike(one.family, two.family)) return null
    const name = classes[sign]
    this.pen.use(`django.db.models.lookups:${name}`)
    return call('models.Q', call(name, one.code, two.code))
  }

  private membership(tree: Extract<SqlTree, { kind: 'in' }>): Py | null {
    const field = this.field(tree.of)
    if (field === null) return null
    const items = tree.items.map((item) => this.literal(item, this.type(field)))
    if (items.includes(null)) return null
    const among = q(`${field.name}__in`, list(items.filter((item) => item !== null)))
    return tree.not ? this.unlike([field], among) : among
  }

  private value(tree: SqlTree): ValueCode | null {
    return valueCode(tree, this.plan, this.pen)
  }

  /** The field of a column whose values Django looks at as they are. */
  private field(tree: SqlTree): FieldPlan | null {
    return tree.kind === 'column' ? columnField(tree.name, this.plan) : null
  }

  private type(field: FieldPlan): FieldType {
    return fieldTypeOf(field.column.type, this.pen.target)
  }
}

const areAlike = (one: FieldType['family'], other: FieldType['family']): boolean => one === other ? one !== 'other' : isNumeric(one) && isNumeric(other)

const q = (name: string, value: Py | string): Py => call('models.Q', keyword(name, value))
