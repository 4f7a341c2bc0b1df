import type { DocumentRequest } from '../../flavor.ts'
import type { TableName, TableShape } from '../../../app/model/shape.ts'
import { classNamesOf, keyOf, type ClassNames } from './class-names.ts'
import { classWord } from './identifiers.ts'
import { planOf, type TablePlan } from './plan.ts'
import type { Target } from './target.ts'

/** What is known around the tables that are written. */
export interface Context {
  readonly target: Target
  readonly classes: ClassNames
  /** Plans of every table that is known, in the order of the model, each once. */
  readonly plans: readonly TablePlan[]
  /** Plan of a table by its name; undefined when its shape is not known. */
  readonly plan: (name: TableName) => TablePlan | undefined
  /** Plans of the tables to be written, in the order of the model. */
  readonly written: readonly TablePlan[]
}

interface NamesIndex {
  readonly classes: ClassNames
  readonly places: ReadonlyMap<string, number>
}

const indexes = new WeakMap<readonly TableName[], Map<Target, NamesIndex>>()

/** Class and place of each name, made once for a list of names: a key press asks again for the same list. */
function indexOf(names: readonly TableName[], target: Target): NamesIndex {
  const byTarget = indexes.get(names) ?? new Map<Target, NamesIndex>()
  indexes.set(names, byTarget)
  const known = byTarget.get(target)
  if (known !== undefined) return known
  const made = { classes: classNamesOf(names, target), places: new Map(names.map((name, at) => [keyOf(name, target), at])) }
  byTarget.set(target, made)
  return made
}

/** Plans of the tables of a request and of those around them. */
export function contextOf(request: DocumentRequest, target: Target): Context {
  const { classes, places } = indexOf(request.names, target)
  const counts = new Map<string, number>()
  const nth = (key: string) => {
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    return count
  }
  const written = request.tables.map((shape) => planOf(shape, classes.of(shape, nth(keyOf(shape, target))) ?? classWord(shape.name), classes, target))
  const own = new Set(written.map(({ shape }) => keyOf(shape, target)))
  const others = request.related.filter((shape) => !own.has(keyOf(shape, target))).map((shape) => planOf(shape, classes.of(shape) ?? classWord(shape.name), classes, target))
  const place = ({ shape }: { readonly shape: TableShape }) => places.get(keyOf(shape, target)) ?? places.size
  const plans = [...written, ...others].toSorted((a, b) => place(a) - place(b))
  const byKey = new Map(plans.toReversed().map((plan) => [keyOf(plan.shape, target), plan]))
  return { target, classes, plans, plan: (name) => byKey.get(keyOf(name, target)), written }
}
