import { sameValue } from '../diff/compare.ts'
import type { IdentityRecord } from '../diff/match.ts'
import { tableKey } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { CatalogTable } from '../flavor/driver.ts'
import type { Id } from '../model/model.ts'
import type { TableShape } from '../model/shape.ts'

/** A table as a model was loaded from a database: what it was, and the ids that the model has for it. */
export interface LoadedTable {
  readonly table: Id
  /** Ids of the fields, in the order of the columns of `shape`. */
  readonly fields: readonly Id[]
  readonly shape: TableShape
}

/**
 * What the target recorded, and for model tables that it recorded nothing of, the ids that a model got when it was loaded from this very table. A table whose
 * columns are others by now is not the one that was read, so nothing is concluded from it.
 */
export function loadedHere(
  loaded: readonly LoadedTable[],
  catalog: readonly CatalogTable[],
  recorded: readonly IdentityRecord[],
  dialect: Dialect,
): readonly IdentityRecord[] {
  if (loaded.length === 0) return recorded
  const known = new Set(recorded.map(({ tableId }) => tableId))
  const owned = new Set(recorded.map(({ schema, table }) => tableKey(dialect.can, { schema, name: table })))
  const there = new Map(catalog.map(({ shape }) => [tableKey(dialect.can, shape), shape]))
  const rows = loaded.flatMap(({ table, fields, shape }): readonly IdentityRecord[] => {
    const key = tableKey(dialect.can, shape)
    const now = there.get(key)
    if (now === undefined || known.has(table) || owned.has(key) || !sameColumns(now, shape)) return []
    const row = { tableId: table, schema: now.schema, table: now.name }
    return [
      { ...row, fieldId: '', column: '' },
      ...shape.columns.map(({ name }, at) => ({ ...row, fieldId: fields[at] ?? '', column: name })),
    ]
  })
  return [...recorded, ...rows]
}

const sameColumns = (a: TableShape, b: TableShape): boolean => sameValue(columnsOf(a), columnsOf(b))
const columnsOf = ({ columns }: TableShape) => columns.map(({ name, type }) => ({ name, type }))
