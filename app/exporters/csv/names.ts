import { renderItem } from '../../loaders/csv/lists.ts'
import type { ListItem } from '../../loaders/csv/lists.ts'
import { tableCell } from '../../loaders/csv/resolve-list.ts'
import type { Id, Model, ReferenceTarget, Table } from '../../model/model.ts'
import { nameKey } from '../../model/names.ts'

/** How tables and fields of a model are named in its files: by name, or by id where a name would not find them again. */
export interface Naming {
  readonly table: (id: Id) => Table | undefined
  /** Whether some table shares its schema and name with another: TABLE_ID is written then. */
  readonly hasTwins: boolean
  list(table: Table, fields: readonly Id[]): string
  item(table: Table, field: Id): ListItem
  /** Cells of a reference's parent. */
  target(target: ReferenceTarget): { readonly schema: string; readonly table: string; readonly columns: string }
}

/** The naming of a model, O(tables); a table's fields are looked at when they are first named. */
export function namingOf(model: Model): Naming {
  const byId = new Map(model.tables.map((table) => [table.id, table]))
  const counts = new Map<string, number>()
  for (const { schema, name } of model.tables) counts.set(nameKey(schema, name), (counts.get(nameKey(schema, name)) ?? 0) + 1)
  const isTwin = (table: Table): boolean => (counts.get(nameKey(table.schema, table.name)) ?? 0) > 1
  const known = new Map<Table, ReadonlyMap<Id, ListItem>>()
  const item = (table: Table, field: Id): ListItem => {
    const items = known.get(table) ?? itemsOf(table)
    known.set(table, items)
    return items.get(field) ?? { by: 'id', id: field }
  }
  const list = (table: Table, fields: readonly Id[]): string => fields.map((field) => renderItem(item(table, field))).join(', ')
  return {
    table: (id) => byId.get(id),
    hasTwins: [...counts.values()].some((count) => count > 1),
    item,
    list,
    target: (target) => {
      if (target.kind === 'name')
        return {
          schema: target.schema,
          table: tableCell(target.table),
          columns: target.fields.map((name) => renderItem({ by: 'name', name })).join(', '),
        }
      const parent = byId.get(target.table)
      if (parent === undefined) return { schema: '', table: `#${target.table}`, columns: target.fields.map((id) => `#${id}`).join(', ') }
      const named =
        isTwin(parent) || parent.name === ''
          ? { schema: '', table: `#${parent.id}` }
          : { schema: parent.schema, table: tableCell(parent.name) }
      return { ...named, columns: list(parent, target.fields) }
    },
  }
}

function itemsOf(table: Table): ReadonlyMap<Id, ListItem> {
  const counts = new Map<string, number>()
  for (const { name } of table.fields) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(
    table.fields.map(({ id, name }) => [id, name === '' || (counts.get(name) ?? 0) > 1 ? { by: 'id', id } : { by: 'name', name }]),
  )
}
