import type { ReferenceShape } from '../../../app/model/shape.ts'
import { keyOf } from './class-names.ts'
import type { Context } from './context.ts'
import { free } from './identifiers.ts'
import type { FieldPlan, TablePlan } from './plan.ts'
import { modelAttributes } from './reserved.ts'

/** A field that is a ForeignKey or OneToOneField. */
export interface Link {
  readonly child: TablePlan
  readonly field: FieldPlan
  readonly reference: ReferenceShape
  readonly parentClass: string
  /** The parent's plan; undefined where its shape is not known. */
  readonly parent: TablePlan | undefined
  readonly isOneToOne: boolean
  /** Field of the parent, where it is not its key. */
  readonly toField: string | null
  /** Null: Django's own names clash with nothing. */
  readonly relatedName: string | null
}

export interface Links {
  /** The link of a field; undefined for one that stays plain. */
  readonly of: (field: FieldPlan) => Link | undefined
}

type Bare = Omit<Link, 'relatedName'>

/** Links of all tables that are known: the names that they give to their parents are chosen together. */
export function linksOf(context: Context): Links {
  const bare = context.plans.flatMap((child) => child.fields.flatMap((field) => linkOf(child, field, context) ?? []))
  const byParent = Map.groupBy(bare, ({ reference }) => keyOf(reference.parent, context.target))
  const links = [...byParent.values()].flatMap((group) => named(group))
  const byField = new Map(links.map((link) => [link.field, link]))
  return { of: (field) => byField.get(field) }
}

/** Null where Django has no such key: the parent's column must be its whole key, or unique. */
function linkOf(child: TablePlan, field: FieldPlan, context: Context): Bare | null {
  const { reference, column } = field
  if (reference === null) return null
  const { key } = child
  const isKey = key.kind !== 'made' && key.kind !== 'composite' && key.columns[0] === column.name
  const isOneToOne = isKey || child.uniques.has(column.name)
  const parent = context.plan(reference.parent)
  const parentClass = parent?.className ?? context.classes.of(reference.parent)
  if (parentClass === null) return null
  const bare = { child, field, reference, parentClass, parent, isOneToOne }
  if (parent === undefined) return { ...bare, toField: null }
  const [wanted = ''] = reference.parentColumns
  const target = parent.field(wanted)
  if (target === undefined) return null
  const parentKey = parent.key
  if ((parentKey.kind === 'single' || parentKey.kind === 'chosen') && parentKey.columns[0] === wanted) return { ...bare, toField: null }
  return parent.uniques.has(wanted) ? { ...bare, toField: target.name } : null
}

/** Links to one parent with names that clash with none of its fields, nor with each other (fields.E302 to fields.E305). */
function named(group: readonly Bare[]): readonly Link[] {
  const [first] = group
  const fields = new Set(first?.parent?.fields.flatMap(({ name, attname }) => [name, attname]))
  const own = { has: (name: string) => modelAttributes.has(name) || fields.has(name) }
  const usual = group.map((link) => usualNames(link))
  const counts = new Map<string, number>()
  for (const name of usual.flatMap(({ accessor, query }) => [...new Set([accessor, query])])) counts.set(name, (counts.get(name) ?? 0) + 1)
  const isPlain = usual.map(({ accessor, query }) => [accessor, query].every((name) => !own.has(name) && counts.get(name) === 1))
  const taken = new Set(usual.flatMap(({ accessor, query }, at) => (isPlain[at] === true ? [accessor, query] : [])))
  return group.map((link, at) => {
    if (isPlain[at] === true) return { ...link, relatedName: null }
    const { child, field, isOneToOne } = link
    const wish = `${child.className.toLowerCase()}_${field.name}`
    const relatedName = free(isOneToOne ? wish : `${wish}_set`, (name) => own.has(name) || taken.has(name))
    taken.add(relatedName)
    return { ...link, relatedName }
  })
}

/** Names that Django gives by itself: what the parent's objects have, and what queries say. */
function usualNames({ child, isOneToOne }: Bare): { readonly accessor: string; readonly query: string } {
  const model = child.className.toLowerCase()
  return { accessor: isOneToOne ? model : `${model}_set`, query: model }
}
