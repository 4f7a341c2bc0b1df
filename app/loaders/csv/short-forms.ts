import type { Field, Id, Key, Reference, ReferenceTarget, Table } from '../../model/model.ts'
import { parseReference, renderReference } from '../../model/reference-text.ts'

/** What the cells of a single-file model say about one field's keys. '' where there is nothing. */
export interface ShortCells {
  readonly primaryKey: string
  readonly unique: string
  readonly references: string
}

/** Keys and references of a table from its short cells, in the order of its fields: primary key, unique constraints, references. */
export function readShort(
  rows: readonly { readonly field: Field; readonly cells: ShortCells }[],
  resolve: (text: string) => ReferenceTarget | null,
  newId: () => Id,
): Pick<Table, 'keys' | 'references'> {
  const members = rows
    .filter(({ cells }) => cells.primaryKey !== '')
    .map(({ field, cells }, at) => ({ id: field.id, place: Number(cells.primaryKey) || 1_000_000 + at }))
  const primary = members.toSorted((one, other) => one.place - other.place).map(({ id }) => id)
  const references = rows.flatMap(({ field, cells }): readonly Reference[] => {
    const target = cells.references.trim() === '' ? null : resolve(cells.references)
    return target === null
      ? []
      : [{ id: newId(), name: '', fields: [field.id], target, onUpdate: 'no action', onDelete: 'no action', deferrable: 'no' }]
  })
  return {
    keys: [
      ...(primary.length === 0 ? [] : [{ id: newId(), kind: 'primary' as const, name: '', fields: primary }]),
      ...uniques(rows, newId),
    ],
    references,
  }
}

function uniques(rows: readonly { readonly field: Field; readonly cells: ShortCells }[], newId: () => Id): readonly Key[] {
  const found: { readonly id: Id; readonly kind: 'unique'; readonly name: string; readonly fields: Id[] }[] = []
  for (const { field, cells } of rows) {
    if (cells.unique === '') continue
    const name = cells.unique === 'yes' ? '' : cells.unique
    const shared = name === '' ? undefined : found.find((key) => key.name === name)
    if (shared === undefined) found.push({ id: newId(), kind: 'unique', name, fields: [field.id] })
    else shared.fields.push(field.id)
  }
  return found
}

/** The parent that a REFERENCES cell means: `find` looks a table up by schema (null: not written) and name. Null when it cannot be read. */
export function resolveShort(
  child: Table,
  text: string,
  find: (schema: string | null, name: string) => Table | null,
): ReferenceTarget | null {
  const written = parseReference(text)
  if (written === null) return null
  const parent = find(written.schema, written.table)
  const column = parent?.fields.find((field) => field.name === written.column)
  if (parent !== null && (written.column === null || column !== undefined))
    return { kind: 'id', table: parent.id, fields: column === undefined ? [] : [column.id] }
  return {
    kind: 'name',
    schema: written.schema ?? child.schema,
    table: written.table,
    fields: written.column === null ? [] : [written.column],
  }
}

/** The REFERENCES cell of a target with one column at most: the schema is written where it is not the child's own. */
export function referenceText(child: Table, target: ReferenceTarget, parent: Table | undefined): string {
  const shown = (schema: string): string | null => (schema === child.schema ? null : schema)
  if (target.kind === 'name')
    return renderReference({ schema: shown(target.schema), table: target.table, column: target.fields[0] ?? null })
  if (parent === undefined) return ''
  const column = target.fields[0] === undefined ? null : (parent.fields.find((field) => field.id === target.fields[0])?.name ?? null)
  return renderReference({ schema: shown(parent.schema), table: parent.name, column })
}
