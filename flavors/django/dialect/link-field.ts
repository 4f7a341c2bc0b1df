import { defaultCode } from './defaults.ts'
import { fieldTypeOf, type FieldType } from './field-type.ts'
import { commentArgs, commentLines, isKeyField, nameArgs, nullArgs } from './field-args.ts'
import type { Link } from './links.ts'
import { onDelete } from './on-delete.ts'
import type { Pen } from './pen.ts'
import { assignment, flat } from './print.ts'
import { atom, call, keyword, text, type Py } from './python.ts'

/** A ForeignKey or OneToOneField. `above`: classes that stand before this one in the file. */
export function linkField(link: Link, type: FieldType, above: Pick<ReadonlySet<string>, 'has'>, pen: Pen): readonly string[] {
  const { child, field, reference, isOneToOne } = link
  const { column } = field
  const isKey = isKeyField(field, child)
  const nulls = nullArgs(field, child)
  sayLosses(link, pen)
  const before = pen.imports.size
  const value = defaultCode(column, type, pen)
  const hasValue = value.args.length > 0
  const isLiteral = hasValue && pen.imports.size === before && !flat(value.args[0] ?? atom('')).includes('RawSQL')
  const action = onDelete(reference, { name: column.name, isNullable: nulls.length > 0 && !isKey, hasDefault: isLiteral, hasDatabaseDefault: hasValue && pen.target.version >= 50 }, pen)
  // Before 6.1 SET_DEFAULT asks for a default of Python.
  const defaults = action === 'models.SET_DEFAULT' ? value.args.map((arg) => (arg.kind === 'keyword' ? keyword('default', arg.value) : arg)) : value.args
  const all: readonly Py[] = [
    parentOf(link, above),
    keyword('on_delete', action),
    ...(link.toField === null ? [] : [keyword('to_field', text(link.toField))]),
    ...(link.relatedName === null ? [] : [keyword('related_name', text(link.relatedName))]),
    ...(isKey ? [keyword('primary_key', 'True')] : nulls),
    ...(isOneToOne || !pen.target.managed || hasUsualIndex(link) ? [] : [keyword('db_index', 'False')]),
    ...defaults,
    ...nameArgs(field, pen),
    ...commentArgs(field, pen),
  ]
  return [...commentLines(value.comment), ...assignment(field.name, call(isOneToOne ? 'models.OneToOneField' : 'models.ForeignKey', ...all), '    ').split('\n')]
}

function parentOf({ child, parentClass, parent }: Link, above: Pick<ReadonlySet<string>, 'has'>): Py {
  if (parent === child) return text('self')
  return above.has(parentClass) ? atom(parentClass) : text(parentClass)
}

/** Whether the model has the index that Django makes of every ForeignKey. */
const hasUsualIndex = ({ child, field }: Link): boolean => child.shape.indexes.some((index) => isUsualIndex(index, field.column.name))

/** An index that nobody named, on one column and nothing else: what `db_index` stands for. */
export function isUsualIndex({ name, unique, method, parts, include, predicate }: Link['child']['shape']['indexes'][number], column: string): boolean {
  const [part] = parts
  const isPlain = name === '' && !unique && (method === '' || method.toLowerCase() === 'btree') && include.length === 0 && predicate === ''
  return isPlain && parts.length === 1 && part !== undefined && part.column === column && part.order === 'asc' && part.nulls === ''
}

function sayLosses({ field, reference, parent }: Link, pen: Pen): void {
  const { column } = field
  const path = { property: 'reference', column: column.name }
  if (reference.onUpdate !== 'no action' && reference.onUpdate !== 'restrict') {
    pen.say('ON_UPDATE_IGNORED', 'warning', path, `Django has no ON UPDATE: ${reference.onUpdate.toUpperCase()} is left out.`)
  }
  if (reference.deferrable === 'immediate') pen.say('DEFERRABLE_CHANGED', 'info', path, 'Django defers every foreign key to the end of the transaction, where the database can.')
  const target = parent?.field(reference.parentColumns[0] ?? '')
  if (target === undefined) return
  const [own, theirs] = [fieldTypeOf(column.type, pen.target), fieldTypeOf(target.column.type, pen.target)].map(({ head, args }) => flat(call(head, ...args)))
  if (own !== theirs) pen.say('TYPE_OF_PARENT', 'warning', path, `Django gives a foreign key the type of its parent's field, ${theirs}, not ${own}. Make both the same.`)
}
