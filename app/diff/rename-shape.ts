import type { ColumnShape, IndexShape, KeyShape, ReferenceShape, TableName, TableShape } from '../model/shape.ts'

/** New names of a table and of its columns, as a plan will rename them. */
export interface TableRename {
  readonly to: TableName
  /** New column name by old name; a column that is not in it keeps its name. */
  readonly columns: ReadonlyMap<string, string>
}

/** Finds the rename of a table by its name now; undefined when nothing of it is renamed. */
export type RenameLookup = (name: TableName) => TableRename | undefined

/** `shape` as the engine's own RENAME statements leave it: names of the table, its columns, its parents and their columns. Expressions stay as they are. */
export function renameShape(shape: TableShape, renames: RenameLookup): TableShape {
  const own = renames(shape)
  const name = renamer(own)
  const key = (item: KeyShape): KeyShape => ({ ...item, columns: item.columns.map(name) })
  return {
    ...shape,
    ...(own === undefined ? {} : { schema: own.to.schema, name: own.to.name }),
    columns: shape.columns.map((column): ColumnShape => ({ ...column, name: name(column.name) })),
    primaryKey: shape.primaryKey === null ? null : key(shape.primaryKey),
    uniques: shape.uniques.map(key),
    references: shape.references.map((reference) => renameReference(reference, name, renames)),
    indexes: shape.indexes.map((index) => renameIndex(index, name)),
  }
}

const renamer = (rename: TableRename | undefined) => (name: string) => rename?.columns.get(name) ?? name

function renameReference(reference: ReferenceShape, name: (name: string) => string, renames: RenameLookup): ReferenceShape {
  const parent = renames(reference.parent)
  const parentName = renamer(parent)
  return {
    ...reference,
    columns: reference.columns.map(name),
    parent: parent?.to ?? reference.parent,
    parentColumns: reference.parentColumns.map(parentName),
  }
}

function renameIndex(index: IndexShape, name: (name: string) => string): IndexShape {
  return {
    ...index,
    parts: index.parts.map((part) => ({ ...part, column: part.column === null ? null : name(part.column) })),
    include: index.include.map(name),
  }
}
