import type { Edit } from './edit.ts'
import type { Id, Key, Reference, ReferenceTarget, Table } from './model.ts'
import type { NameIndex } from './name-index.ts'
import { parseReference, renderReference } from './reference-text.ts'
import { fieldOf, primaryKeyOf } from './resolve.ts'
import type { TableLookup } from './resolve.ts'

/** 1-based position of a field in the primary key; null when it is not in it. */
export function primaryKeyPosition(table: Table, field: Id): number | null {
  const at = primaryKeyOf(table)?.fields.indexOf(field) ?? -1
  return at === -1 ? null : at + 1
}

/**
 * The edit that gives a field this 1-based place in the primary key (a place past the end: the last one), or takes it out (null).
 * A field that comes in becomes NOT NULL; a key left empty goes.
 */
export function setPrimaryKey(table: Table, field: Id, position: number | null, newId: () => Id): Edit {
  const key = primaryKeyOf(table)
  const others = (key?.fields ?? []).filter((id) => id !== field)
  if (position === null) return keyEdit(table, key, others)
  const fields = others.toSpliced(Math.max(0, position - 1), 0, field)
  const value: Key = key === undefined ? { id: newId(), kind: 'primary', name: '', fields } : { ...key, fields }
  const put: Edit = { kind: 'key.put', table: table.id, value }
  return fieldOf(table, field)?.nullable === true
    ? { kind: 'batch', edits: [put, { kind: 'field.set', table: table.id, changes: [{ field, set: { nullable: false } }] }] }
    : put
}

/** The unique constraint that a field's cell shows: a constraint of its own first; undefined when it is in none. */
export function uniqueKeyOf(table: Table, field: Id): Key | undefined {
  const keys = table.keys.filter((key) => key.kind === 'unique' && key.fields.includes(field))
  return keys.find((key) => key.fields.length === 1) ?? keys[0]
}

/** The edit behind the unique cell: true makes a constraint of its own, a name joins (or makes) the constraint of that name, false leaves the one that the cell shows. */
export function setUnique(table: Table, field: Id, value: boolean | string, newId: () => Id): Edit {
  const shown = uniqueKeyOf(table, field)
  const leave: Edit =
    shown === undefined
      ? nothing
      : keyEdit(
          table,
          shown,
          shown.fields.filter((id) => id !== field),
        )
  if (value === false) return leave
  const name = value === true ? '' : value
  if (shown !== undefined && shown.name === name && (name !== '' || shown.fields.length === 1)) return nothing
  const named = name === '' ? undefined : table.keys.find((key) => key.kind === 'unique' && key.name === name)
  const joined: Key =
    named === undefined ? { id: newId(), kind: 'unique', name, fields: [field] } : { ...named, fields: [...named.fields, field] }
  return { kind: 'batch', edits: [leave, { kind: 'key.put', table: table.id, value: joined }] }
}

/** The single-column reference of a field; undefined when it has none. */
export const referenceOf = (table: Table, field: Id): Reference | undefined =>
  table.references.find((reference) => reference.fields.length === 1 && reference.fields[0] === field)

/** What the reference cell of a field shows: `[schema.]table.column`, the schema left out when it is the table's own; '' when it has none. */
export function referenceCell(table: Table, field: Id, lookup: TableLookup): string {
  const target = referenceOf(table, field)?.target
  if (target === undefined) return ''
  const schemaShown = (schema: string): string | null => (schema === table.schema ? null : schema)
  if (target.kind === 'name')
    return renderReference({ schema: schemaShown(target.schema), table: target.table, column: target.fields[0] ?? null })
  const parent = lookup(target.table)
  if (parent === undefined) return ''
  const id = target.fields[0] ?? primaryKeyOf(parent)?.fields[0]
  return renderReference({
    schema: schemaShown(parent.schema),
    table: parent.name,
    column: (id === undefined ? undefined : fieldOf(parent, id)?.name) ?? null,
  })
}

export interface ReferenceContext {
  readonly names: Pick<NameIndex, 'exact' | 'anywhere'>
  readonly lookup: TableLookup
  readonly newId: () => Id
}

/**
 * The edit behind the reference cell; '' takes the reference away. Without a schema the table's own is looked in first, then the only table of that
 * name anywhere. A parent that is not in the model is kept by name (validation reports it). Null when the text is not `[schema.]table[.column]`.
 */
export function setReference(table: Table, field: Id, text: string, context: ReferenceContext): Edit | null {
  const shown = referenceOf(table, field)
  if (text.trim() === '') return shown === undefined ? nothing : { kind: 'reference.remove', table: table.id, part: shown.id }
  const target = findTarget(table, text, context)
  if (target === null) return null
  const plain = { name: '', onUpdate: 'no action', onDelete: 'no action', deferrable: 'no' } as const
  return { kind: 'reference.put', table: table.id, value: { ...(shown ?? { id: context.newId(), ...plain }), fields: [field], target } }
}

/** The parent that a cell's text means, by id where it is in the model; null when the text cannot be read. */
export function findTarget(table: Table, text: string, context: Pick<ReferenceContext, 'names' | 'lookup'>): ReferenceTarget | null {
  const written = parseReference(text)
  if (written === null) return null
  const parent = findParent(table.schema, written.schema, written.table, context)
  const column = written.column === null ? [] : parent?.fields.flatMap((each) => (each.name === written.column ? each.id : []))
  if (parent !== undefined && column !== undefined && (written.column === null || column.length > 0))
    return { kind: 'id', table: parent.id, fields: column.slice(0, 1) }
  return {
    kind: 'name',
    schema: written.schema ?? table.schema,
    table: written.table,
    fields: written.column === null ? [] : [written.column],
  }
}

function findParent(
  own: string,
  schema: string | null,
  name: string,
  { names, lookup }: Pick<ReferenceContext, 'names' | 'lookup'>,
): Table | undefined {
  const exact = names.exact(schema ?? own, name)[0]
  const anywhere = schema === null ? names.anywhere(name) : []
  const id = exact ?? (anywhere.length === 1 ? anywhere[0] : undefined)
  return id === undefined ? undefined : lookup(id)
}

/** An edit that does nothing. */
export const nothing: Edit = { kind: 'batch', edits: [] }

function keyEdit(table: Table, key: Key | undefined, fields: readonly Id[]): Edit {
  if (key === undefined || fields.length === key.fields.length) return nothing
  if (fields.length === 0) return { kind: 'key.remove', table: table.id, part: key.id }
  return { kind: 'key.put', table: table.id, value: { ...key, fields } }
}
