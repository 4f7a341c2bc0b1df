import type { Links } from './links.ts'
import type { TablePlan } from './plan.ts'

/** Parents before their children where no circle forbids it, else in the order of the model. */
export function parentsFirst(plans: readonly TablePlan[], links: Links): readonly TablePlan[] {
  const wanted = new Set(plans)
  const done = new Set<TablePlan>()
  const result: TablePlan[] = []
  // An explicit stack: a chain of parents may be as long as the model.
  for (const plan of plans) {
    const open: { readonly plan: TablePlan; readonly parents: Iterator<TablePlan> }[] = []
    const enter = (one: TablePlan) => {
      if (done.has(one)) return
      done.add(one)
      open.push({ plan: one, parents: parentsOf(one, links).filter((parent) => wanted.has(parent)).values() })
    }
    enter(plan)
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const next = last.parents.next()
      if (next.done === true) {
        result.push(last.plan)
        open.pop()
      } else enter(next.value)
    }
  }
  return result
}

const parentsOf = (plan: TablePlan, links: Links): readonly TablePlan[] => plan.fields.flatMap((field) => links.of(field)?.parent ?? [])
