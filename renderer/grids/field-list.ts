import type { Id, Table } from '../../app/model/model.ts'
import { fieldOf } from '../../app/model/resolve.ts'

/** Names of fields as one cell: `a, b`. A field that is gone is left out. */
export function renderFields(table: Table, ids: readonly Id[]): string {
  return ids.flatMap((id) => fieldOf(table, id)?.name ?? []).join(', ')
}

/** Ids of the fields named in a cell, in order; null when a name is not a field of the table. */
export function parseFields(table: Table, text: string): readonly Id[] | null {
  const names = text.split(',').map((name) => name.trim())
  const ids: Id[] = []
  for (const name of names.filter((each) => each !== '')) {
    const field =
      table.fields.find((each) => each.name === name) ?? table.fields.find((each) => each.name.toLowerCase() === name.toLowerCase())
    if (!field) return null
    ids.push(field.id)
  }
  return ids
}
