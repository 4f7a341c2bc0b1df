import { emptyField, emptyTable } from '../build.ts'
import type { ModelDocument } from '../document.ts'
import type { Edit } from '../edit.ts'
import type { Id } from '../model.ts'
import { nothing, setPrimaryKey, setUnique } from '../sheet-edits.ts'

/** Edits of all kinds over a document, drawn from its present state: `pick(n)` gives a number in [0, n). */
export function randomEdit(document: ModelDocument, pick: (below: number) => number, newId: () => Id, name: string): Edit {
  const table = document.table(document.order[pick(Math.max(1, document.order.length))] ?? '')
  if (table === undefined || pick(12) === 0)
    return { kind: 'table.add', value: { ...emptyTable(newId(), name), fields: [emptyField(newId(), name)] }, at: null }
  const id = table.fields[pick(Math.max(1, table.fields.length))]?.id
  const whole: readonly Edit[] = [
    { kind: 'table.set', table: table.id, set: { name, comment: name } },
    { kind: 'table.move', table: table.id, to: pick(document.order.length) },
    {
      kind: 'field.add',
      table: table.id,
      at: pick(table.fields.length + 1),
      fields: [emptyField(newId(), name), emptyField(newId(), name)],
    },
    { kind: 'check.put', table: table.id, value: { id: newId(), name, expression: name } },
    { kind: 'table.remove', table: table.id },
  ]
  if (id === undefined) return whole[pick(whole.length)] ?? nothing
  const parent = document.table(document.order[pick(document.order.length)] ?? '')
  const plain = { name, onUpdate: 'no action', onDelete: 'cascade', deferrable: 'no' } as const
  const part = { field: id, expression: '', order: 'asc', nulls: '' } as const
  const edits: readonly Edit[] = [
    ...whole,
    {
      kind: 'field.set',
      table: table.id,
      changes: [
        { field: id, set: { name } },
        { field: id, set: { type: { kind: 'int32' }, comment: name } },
      ],
    },
    { kind: 'field.move', table: table.id, fields: [id], to: pick(table.fields.length) },
    { kind: 'field.remove', table: table.id, fields: [id] },
    setPrimaryKey(table, id, pick(3) === 0 ? null : 1 + pick(3), newId),
    setUnique(table, id, [true, false, name][pick(3)] ?? true, newId),
    {
      kind: 'reference.put',
      table: table.id,
      value: { id: newId(), ...plain, fields: [id], target: { kind: 'id', table: parent?.id ?? '', fields: [] } },
    },
    {
      kind: 'index.put',
      table: table.id,
      value: { id: newId(), name, unique: false, method: '', parts: [part], include: [], predicate: '' },
    },
    {
      kind: 'batch',
      edits: [
        { kind: 'table.set', table: table.id, set: { comment: 'batch' } },
        { kind: 'field.set', table: table.id, changes: [{ field: id, set: { name } }] },
      ],
    },
  ]
  return edits[pick(edits.length)] ?? nothing
}
