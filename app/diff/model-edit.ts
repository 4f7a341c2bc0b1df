import type { Edit } from '../model/edit.ts'
import type { Model } from '../model/model.ts'

/** The edit that makes one model the other, tables taken as they are: those that are equal by reference are left alone. One step of undo. */
export function editBetween(from: Model, to: Model): Edit {
  const before = new Map(from.tables.map((table) => [table.id, table]))
  const after = new Map(to.tables.map((table) => [table.id, table]))
  const removed = from.tables.filter(({ id }) => !after.has(id)).map(({ id }): Edit => ({ kind: 'table.remove', table: id }))
  const changed = to.tables.flatMap((value): Edit[] => {
    const old = before.get(value.id)
    return old === undefined || old === value ? [] : [{ kind: 'table.put', table: value.id, value }]
  })
  const order = from.tables.filter(({ id }) => after.has(id)).map(({ id }) => id)
  const placed: Edit[] = []
  for (const [at, value] of to.tables.entries()) {
    if (order[at] === value.id) continue
    const isNew = !before.has(value.id)
    if (!isNew) order.splice(order.indexOf(value.id), 1)
    order.splice(at, 0, value.id)
    placed.push(isNew ? { kind: 'table.add', value, at } : { kind: 'table.move', table: value.id, to: at })
  }
  return { kind: 'batch', edits: [...removed, ...changed, ...placed] }
}
