import { choicesClass, choicesName } from './choices.ts'
import { defaultCode } from './defaults.ts'
import { isUsable } from './expression.ts'
import { fieldTypeOf, type FieldType } from './field-type.ts'
import { generatedField } from './generated.ts'
import type { Links } from './links.ts'
import { linkField } from './link-field.ts'
import { databaseName } from './names.ts'
import type { Pen } from './pen.ts'
import type { FieldPlan, TablePlan } from './plan.ts'
import { commentArgs, commentLines, isKeyField, nameArgs, roleArgs } from './field-args.ts'
import { assignment, comment, flat } from './print.ts'
import { call, keyword, text, type Py } from './python.ts'

const indent = '    '

export interface BodyCode {
  /** Classes of choices, each indented. */
  readonly classes: readonly string[]
  readonly lines: readonly string[]
  /** Names of the classes by field name. */
  readonly choices: ReadonlyMap<string, string>
}

/** Fields of a model, each on its line, with the comments that belong to it. */
export function bodyOf(plan: TablePlan, links: Links, above: ReadonlySet<string>, pen: Pen): BodyCode {
  const fieldNames = new Set(plan.fields.flatMap(({ name, attname }) => [name, attname]))
  const types = new Map(plan.fields.map((field) => [field, fieldTypeOf(field.column.type, pen.target)]))
  const choices = new Map<string, string>()
  const classes: string[] = []
  const taken = new Set(fieldNames)
  for (const field of plan.fields) {
    const values = types.get(field)?.choices
    if (values === undefined || field.leftOut !== null || field.column.generated !== null || links.of(field) !== undefined) continue
    const name = choicesName(field, taken)
    taken.add(name)
    choices.set(field.name, name)
    classes.push(choicesClass(name, values, indent))
  }
  // Asked, not copied: the classes above are all those of the file.
  const visible = { has: (name: string) => above.has(name) && !taken.has(name) }
  const lines = plan.fields.flatMap((field) => {
    const type = types.get(field)
    return type === undefined ? [] : lineOf(field, type, { plan, links, choices, above: visible }, pen)
  })
  return { classes, lines, choices }
}

interface Place {
  readonly plan: TablePlan
  readonly links: Links
  readonly choices: ReadonlyMap<string, string>
  readonly above: Pick<ReadonlySet<string>, 'has'>
}

function lineOf(field: FieldPlan, type: FieldType, { plan, links, choices, above }: Place, pen: Pen): readonly string[] {
  const { column, name } = field
  const path = { property: 'type', column: column.name }
  if (field.leftOut === 'twice') {
    pen.say('NAME_CLASH', 'error', { property: 'name', column: column.name }, `The field ${JSON.stringify(column.name)} comes twice: the second is left out. Rename one.`)
    return [comment(`Left out: a second field ${JSON.stringify(column.name)}.`, indent)]
  }
  if (field.leftOut === 'generated') {
    const expression = column.generated?.expression ?? ''
    const at = { property: 'generated', column: column.name }
    if (!isUsable(expression)) pen.say('EXPRESSION_REFUSED', 'error', at, `The expression ${JSON.stringify(expression.slice(0, 80))} is not one whole expression: close its quotes and parentheses.`)
    else pen.say('GENERATED_UNSUPPORTED', 'warning', at, `Before 5.0 Django has no GeneratedField: ${column.name} is left out, for Django would write to it. Choose Django 5.0.`)
    return [comment(`Left out: ${column.name} is generated as ${expression}`, indent)]
  }
  const link = links.of(field)
  if (link === undefined) for (const { code, severity, message } of type.losses) pen.say(code, severity, path, message)
  if (column.generated !== null) return generatedField(field, type, plan, pen)
  if (link !== undefined) return linkField(link, type, above, pen)
  return plainField(field, type, plan, choices.get(name), pen)
}

function plainField(field: FieldPlan, type: FieldType, plan: TablePlan, choices: string | undefined, pen: Pen): readonly string[] {
  const { column } = field
  const isKey = isKeyField(field, plan)
  const auto = isKey && column.identity !== null ? autoHead(type) : null
  if (column.identity !== null && auto === null) sayIdentity(field, isKey, pen)
  pen.use(...type.imports)
  sayLongKey(field, type, plan, pen)
  const value = auto === null ? defaultCode(column, type, pen) : { args: [], comment: '' }
  const args = auto === null ? typeArgs(type, choices) : []
  const all = [...args, ...collationArgs(field, type, pen), ...roleArgs(field, plan, pen), ...value.args, ...nameArgs(field, pen), ...commentArgs(field, pen)]
  return [...commentLines(value.comment), ...assignment(field.name, call(auto ?? type.head, ...all), indent).split('\n')]
}

/** MySQL indexes no whole text and no more than 255 characters (mysql.E001). */
function sayLongKey({ column }: FieldPlan, type: FieldType, plan: TablePlan, pen: Pen): void {
  if (pen.target.database !== 'mysql') return
  const isKey = plan.uniques.has(column.name) || (plan.key.kind !== 'made' && plan.key.columns.includes(column.name))
  const length = type.args.find((arg) => arg.kind === 'keyword' && arg.name === 'max_length')
  const isLong = type.head === 'models.TextField' || type.head === 'models.BinaryField' || type.head === 'models.JSONField' || (length?.kind === 'keyword' && Number(flat(length.value)) > 255)
  if (isKey && isLong) pen.say('KEY_TOO_LONG', 'error', { property: 'type', column: column.name }, 'On MySQL Django takes no key or unique field of more than 255 characters. Give the type a shorter length.')
}

const typeArgs = (type: FieldType, choices: string | undefined): readonly Py[] =>
  choices === undefined ? type.args : type.args.map((arg) => (arg.kind === 'keyword' && arg.name === 'choices' ? keyword('choices', `${choices}.choices`) : arg))

function collationArgs({ column }: FieldPlan, type: FieldType, pen: Pen): readonly Py[] {
  if (column.collation === '') return []
  if (type.head === 'models.CharField' || type.head === 'models.TextField') return [keyword('db_collation', text(databaseName(column.collation, pen.target)))]
  pen.say('COLLATION_IGNORED', 'warning', { property: 'collation', column: column.name }, `Only CharField and TextField have a collation: ${column.collation} is left out.`)
  return []
}

/** The class of a key that the database numbers; null for what cannot be numbered. */
function autoHead(type: FieldType): string | null {
  const [, most = 0n] = type.range ?? []
  if (type.family === 'decimal') return 'models.BigAutoField'
  if (type.range === undefined) return null
  return most < 1n << 15n ? 'models.SmallAutoField' : most < 1n << 31n ? 'models.AutoField' : 'models.BigAutoField'
}

function sayIdentity({ column }: FieldPlan, isKey: boolean, pen: Pen): void {
  const path = { property: 'identity', column: column.name }
  if (isKey) pen.say('IDENTITY_TYPE', 'error', path, 'Django numbers whole numbers only. Give the field an integer type, or take the identity off.')
  else pen.say('IDENTITY_NOT_KEY', 'warning', path, 'Django numbers only a primary key of one field: the field is written without, and needs a value. Make it the primary key, or take the identity off.')
}
