import type { Id, Table } from './model.ts'
import { nameKey } from './names.ts'

/** What a table is found by. */
export type NamedTable = Pick<Table, 'id' | 'schema' | 'name'>

/** Tables by name, kept up to date one table at a time. Every answer is in the order of insertion; [] when there is none. */
export interface NameIndex {
  /** Tables with exactly this schema and name. */
  exact(schema: string, name: string): readonly Id[]
  /** Tables whose schema and name differ in case at most. */
  alike(schema: string, name: string): readonly Id[]
  /** Tables with exactly this name in any schema. */
  anywhere(name: string): readonly Id[]
  add(table: NamedTable): void
  remove(table: NamedTable): void
}

/** A name index over these tables, O(tables). */
export function createNameIndex(tables: Iterable<NamedTable> = []): NameIndex {
  const maps = [new Map<string, Id[]>(), new Map<string, Id[]>(), new Map<string, Id[]>()] as const
  const [exact, alike, anywhere] = maps
  const entries = (table: NamedTable) =>
    [
      [exact, nameKey(table.schema, table.name)],
      [alike, foldedKey(table.schema, table.name)],
      [anywhere, table.name],
    ] as const
  const index: NameIndex = {
    exact: (schema, name) => exact.get(nameKey(schema, name)) ?? [],
    alike: (schema, name) => alike.get(foldedKey(schema, name)) ?? [],
    anywhere: (name) => anywhere.get(name) ?? [],
    add: (table) => {
      for (const [map, key] of entries(table)) map.set(key, [...(map.get(key) ?? []), table.id])
    },
    remove: (table) => {
      for (const [map, key] of entries(table)) {
        const left = (map.get(key) ?? []).filter((id) => id !== table.id)
        if (left.length === 0) map.delete(key)
        else map.set(key, left)
      }
    },
  }
  for (const table of tables) index.add(table)
  return index
}

const foldedKey = (schema: string, name: string): string => nameKey(schema.toLowerCase(), name.toLowerCase())
