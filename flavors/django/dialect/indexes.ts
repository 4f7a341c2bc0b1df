import type { IndexShape } from '../../../app/model/shape.ts'
import { filterOf } from './conditions.ts'
import { includeArgs, lost, type MetaParts } from './constraints.ts'
import { expressionParts, holdsParameter, isPlainParts } from './index-parts.ts'
import { isUsualIndex } from './link-field.ts'
import type { Links } from './links.ts'
import type { PartNames } from './part-names.ts'
import type { Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'
import { call, keyword, list, text, type Py } from './python.ts'

/** Indexes of PostgreSQL's access methods. Source: Django documentation, "PostgreSQL specific model indexes". */
const methods: ReadonlyMap<string, string> = new Map([['gin', 'GinIndex'], ['gist', 'GistIndex'], ['hash', 'HashIndex'], ['brin', 'BrinIndex'], ['spgist', 'SpGistIndex'], ['bloom', 'BloomIndex']])

/** Indexes of a model that are not unique, in the order of the table. */
export function indexesOf(plan: TablePlan, names: PartNames, links: Links, pen: Pen): MetaParts {
  const found = plan.shape.indexes.map((index, at) => {
    if (index.unique) return null
    const field = plan.field(index.parts[0]?.column ?? '')
    const link = field === undefined ? undefined : links.of(field)
    // The index that Django makes of a ForeignKey by itself.
    if (link !== undefined && field !== undefined && !link.isOneToOne && isUsualIndex(index, field.column.name) && isFirst(plan, index)) return null
    return indexOf(index, names.indexes[at] ?? '', plan, pen)
  })
  return { items: found.filter((one) => one !== null && typeof one !== 'string'), comments: found.filter((one) => typeof one === 'string') }
}

const isFirst = (plan: TablePlan, index: IndexShape): boolean => plan.shape.indexes.find((one) => isUsualIndex(one, index.parts[0]?.column ?? '')) === index

function indexOf(index: IndexShape, name: string, plan: TablePlan, pen: Pen): Py | string {
  const shown = index.parts.map(({ column, expression }) => column ?? expression).join(', ')
  if (holdsParameter(index, pen)) return lost(`index ${name}`, 'before 5.0 Django fails on its percent sign', `${shown} ${index.predicate}`, index.name, pen)
  const parts = isPlainParts(index) ? namedParts(index, plan) : expressionParts(index, plan, pen)
  if (parts === null) return lost(`index ${name}`, 'a field or expression of it has no form in Django', shown, index.name, pen)
  const filter = index.predicate === '' ? [] : [filterOf(index.predicate, plan, pen)]
  if (filter.includes(null)) return lost(`index ${name}`, 'its predicate is not one whole expression', index.predicate, index.name, pen)
  if (filter.length > 0 && pen.target.database === 'mysql') return lost(`index ${name}`, 'MySQL has no partial indexes', index.predicate, index.name, pen)
  if (index.name !== '' && index.name !== name) pen.say('NAME_CHANGED', 'info', { property: 'name', column: index.name }, `Django takes index names of 30 characters that begin with a letter and that no other table has: ${index.name} is written as ${name}.`)
  const head = headOf(index, pen)
  return call(head, ...parts, keyword('name', text(name)), ...filter.flatMap((one) => (one === null ? [] : [keyword('condition', one)])), ...includeArgs(index, plan, pen))
}

function namedParts({ parts }: IndexShape, plan: TablePlan): readonly Py[] | null {
  const fields = parts.map(({ column, order }) => {
    const field = plan.field(column ?? '')
    return field === undefined ? undefined : (order === 'desc' ? '-' : '') + field.name
  })
  return fields.includes(undefined) ? null : [keyword('fields', list(fields.map((field) => text(field ?? ''))))]
}

function headOf({ method, name }: IndexShape, pen: Pen): string {
  const word = method.toLowerCase()
  const known = methods.get(word)
  if (known !== undefined && pen.target.database === 'postgres') {
    pen.use(`django.contrib.postgres.indexes:${known}`)
    return known
  }
  if (word !== '' && word !== 'btree') pen.say('FEATURE_UNSUPPORTED', 'warning', { property: 'name', column: name }, `Django has no index of the method ${method} here: ${name} is written as a plain one.`)
  return 'models.Index'
}
