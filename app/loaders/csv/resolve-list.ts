import type { Id, ReferenceTarget, Table } from '../../model/model.ts'
import type { Drafts, TableDraft } from './drafts.ts'
import { parseList } from './lists.ts'
import type { ListItem } from './lists.ts'

const maps = new WeakMap<readonly Table['fields'][number][], ReadonlyMap<string, Id>>()

/** Ids of a table's fields by name, of the first where two share it. */
export function idsByName(table: Table): ReadonlyMap<string, Id> {
  const before = maps.get(table.fields)
  if (before !== undefined) return before
  const made = new Map<string, Id>()
  for (const field of table.fields) if (!made.has(field.name)) made.set(field.name, field.id)
  maps.set(table.fields, made)
  return made
}

/** The id an item stands for; null when the table has no field of that name. An id is taken as it is: it may point at what is gone. */
export const idOfItem = (table: Table, item: ListItem): Id | null =>
  item.by === 'id' ? item.id : (idsByName(table).get(item.name) ?? null)

/** The ids of a list cell; null when it cannot be read or names a field that the table lacks. */
export function idsOfList(table: Table, text: string): readonly Id[] | null {
  const items = parseList(text)
  const ids = items?.flatMap((item) => idOfItem(table, item) ?? [])
  return ids === undefined || ids.length !== items?.length ? null : ids
}

/** The parent that a row names, by id where it is in the model; null when the columns cannot be read. */
export function targetOf(
  drafts: Drafts,
  child: Table,
  cells: { readonly schema: string; readonly table: string; readonly columns: string },
): ReferenceTarget | null {
  const items = parseList(cells.columns)
  if (items === null) return null
  const parent = findParent(drafts, child, cells.schema, cells.table)
  const ids = parent === null ? null : items.flatMap((item) => idOfItem(parent.table, item) ?? [])
  if (parent !== null && ids !== null && ids.length === items.length) return { kind: 'id', table: parent.table.id, fields: ids }
  if (cells.table.startsWith('#'))
    return { kind: 'id', table: cells.table.slice(1), fields: items.flatMap((item) => (item.by === 'id' ? item.id : [])) }
  return {
    kind: 'name',
    schema: cells.schema,
    table: unquoted(cells.table),
    fields: items.map((item) => (item.by === 'id' ? `#${item.id}` : item.name)),
  }
}

/** As named; without a schema also the child's own, then the only table of that name. `#id` where names would not do. */
function findParent(drafts: Drafts, child: Table, schema: string, cell: string): TableDraft | null {
  if (cell.startsWith('#')) return drafts.findById(cell.slice(1))
  const name = unquoted(cell)
  const exact = drafts.find(schema, name)
  if (exact !== null || schema !== '') return exact
  return drafts.find(child.schema, name)
}

const unquoted = (cell: string): string => (/^".*"$/su.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell)

/** The cell that names a parent table; quoted where it would be read as an id. */
export const tableCell = (name: string): string => (/^["#]/u.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
