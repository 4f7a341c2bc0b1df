import { MetaMigrateError, assertNever } from '../errors.ts'
import type { Check, Field, Id, Index, Key, Reference, Table } from './model.ts'

/** What `table.set` may change: everything of a table that is not a list. */
export type TableChanges = Partial<Pick<Table, 'schema' | 'name' | 'comment' | 'options' | 'previousName' | 'extra' | 'invalid'>>
/** What `field.set` may change: everything but the id. */
export type FieldChanges = Partial<Omit<Field, 'id'>>

/** An edit inside one table. Plain JSON-safe data. A `put` replaces the part with the same id in its place, or appends it. */
export type TableEdit =
  | { readonly kind: 'table.set'; readonly table: Id; readonly set: TableChanges }
  /** The whole table at once, by its id. */
  | { readonly kind: 'table.put'; readonly table: Id; readonly value: Table }
  /** New fields, side by side, the first at index `at`. */
  | { readonly kind: 'field.add'; readonly table: Id; readonly at: number; readonly fields: readonly Field[] }
  /** Also takes them out of keys and indexes of the table (a part left empty goes), and drops the table's references that use them. */
  | { readonly kind: 'field.remove'; readonly table: Id; readonly fields: readonly Id[] }
  /** The fields, in their present order, side by side before the one that has index `to` among those that stay. */
  | { readonly kind: 'field.move'; readonly table: Id; readonly fields: readonly Id[]; readonly to: number }
  | { readonly kind: 'field.set'; readonly table: Id; readonly changes: readonly { readonly field: Id; readonly set: FieldChanges }[] }
  | { readonly kind: 'key.put'; readonly table: Id; readonly value: Key }
  | { readonly kind: 'check.put'; readonly table: Id; readonly value: Check }
  | { readonly kind: 'reference.put'; readonly table: Id; readonly value: Reference }
  | { readonly kind: 'index.put'; readonly table: Id; readonly value: Index }
  | { readonly kind: 'key.remove' | 'check.remove' | 'reference.remove' | 'index.remove'; readonly table: Id; readonly part: Id }

/** Any edit of a model. A `batch` is all or nothing, and one step of undo. */
export type Edit =
  | TableEdit
  /** At index `at` of the order; at the end when it is null. */
  | { readonly kind: 'table.add'; readonly value: Table; readonly at: number | null }
  | { readonly kind: 'table.remove'; readonly table: Id }
  /** `to`: index among the other tables. */
  | { readonly kind: 'table.move'; readonly table: Id; readonly to: number }
  | { readonly kind: 'batch'; readonly edits: readonly Edit[] }

/**
 * The table after an edit, with the edit that takes it back exactly. Costs O(table); nothing else is looked at.
 * Errors: EDIT_TARGET_MISSING when a field or part that must be there is not, ALREADY_EXISTS for an id that is taken.
 */
export function applyToTable(table: Table, edit: TableEdit): { readonly table: Table; readonly inverse: TableEdit } {
  if (edit.kind === 'table.set') return { table: { ...table, ...edit.set }, inverse: { ...edit, set: before(table, edit.set) } }
  if (edit.kind === 'field.set') return setFields(table, edit)
  return { table: changed(table, edit), inverse: { kind: 'table.put', table: table.id, value: table } }
}

function changed(table: Table, edit: Exclude<TableEdit, { readonly kind: 'table.set' | 'field.set' }>): Table {
  switch (edit.kind) {
    case 'table.put':
      return edit.value
    case 'field.add':
      return addFields(table, edit.at, edit.fields)
    case 'field.remove':
      return removeFields(table, edit.fields)
    case 'field.move':
      return moveFields(table, edit.fields, edit.to)
    case 'key.put':
      return { ...table, keys: put(table.keys, edit.value) }
    case 'check.put':
      return { ...table, checks: put(table.checks, edit.value) }
    case 'reference.put':
      return { ...table, references: put(table.references, edit.value) }
    case 'index.put':
      return { ...table, indexes: put(table.indexes, edit.value) }
    case 'key.remove':
      return { ...table, keys: without(table, table.keys, edit.part) }
    case 'check.remove':
      return { ...table, checks: without(table, table.checks, edit.part) }
    case 'reference.remove':
      return { ...table, references: without(table, table.references, edit.part) }
    case 'index.remove':
      return { ...table, indexes: without(table, table.indexes, edit.part) }
    default:
      return assertNever(edit)
  }
}

/** The present values of the properties that `set` names. */
function before<T extends object>(object: T, set: Partial<T>): Partial<T> {
  const found: Partial<T> = {}
  for (const key of Object.keys(set) as (keyof T)[]) found[key] = object[key]
  return found
}

function setFields(table: Table, edit: TableEdit & { readonly kind: 'field.set' }): ReturnType<typeof applyToTable> {
  const fields = [...table.fields]
  const places = edit.changes.length < 4 ? null : new Map(fields.map((field, at) => [field.id, at]))
  const back: { readonly field: Id; readonly set: FieldChanges }[] = []
  for (const { field: id, set } of edit.changes) {
    const at = places?.get(id) ?? fields.findIndex((field) => field.id === id)
    const field = fields[at]
    if (field === undefined) throw missing(table, id)
    back.unshift({ field: id, set: before(field, set) })
    fields[at] = { ...field, ...set }
  }
  return { table: { ...table, fields }, inverse: { ...edit, changes: back } }
}

function addFields(table: Table, at: number, fields: readonly Field[]): Table {
  const taken = new Set(table.fields.map((field) => field.id))
  for (const { id } of fields) {
    if (taken.has(id))
      throw new MetaMigrateError('ALREADY_EXISTS', `Table ${table.name} already has a field with the id ${id}.`, {
        table: table.id,
        field: id,
      })
    taken.add(id)
  }
  return { ...table, fields: table.fields.toSpliced(at, 0, ...fields) }
}

function removeFields(table: Table, ids: readonly Id[]): Table {
  const gone = checkedSet(table, ids)
  const stays = (id: Id | null): boolean => id === null || !gone.has(id)
  return {
    ...table,
    fields: table.fields.filter((field) => stays(field.id)),
    keys: table.keys.flatMap((key) => {
      const fields = key.fields.filter(stays)
      return fields.length === key.fields.length ? key : fields.length === 0 ? [] : { ...key, fields }
    }),
    references: table.references.filter((reference) => reference.fields.every(stays)),
    indexes: table.indexes.flatMap((index) => {
      const parts = index.parts.filter((part) => stays(part.field))
      const include = index.include.filter(stays)
      if (parts.length === index.parts.length && include.length === index.include.length) return index
      return parts.length === 0 ? [] : { ...index, parts, include }
    }),
  }
}

function moveFields(table: Table, ids: readonly Id[], to: number): Table {
  const moved = checkedSet(table, ids)
  const stay = table.fields.filter((field) => !moved.has(field.id))
  return { ...table, fields: stay.toSpliced(to, 0, ...table.fields.filter((field) => moved.has(field.id))) }
}

function checkedSet(table: Table, ids: readonly Id[]): ReadonlySet<Id> {
  const known = new Set(table.fields.map((field) => field.id))
  for (const id of ids) if (!known.has(id)) throw missing(table, id)
  return new Set(ids)
}

function put<T extends { readonly id: Id }>(parts: readonly T[], value: T): readonly T[] {
  const at = parts.findIndex((part) => part.id === value.id)
  return at === -1 ? [...parts, value] : parts.with(at, value)
}

function without<T extends { readonly id: Id }>(table: Table, parts: readonly T[], id: Id): readonly T[] {
  const left = parts.filter((part) => part.id !== id)
  if (left.length === parts.length) throw missing(table, id)
  return left
}

const missing = (table: Table, id: Id): MetaMigrateError =>
  new MetaMigrateError(
    'EDIT_TARGET_MISSING',
    `Table ${table.name} has nothing with the id ${id}; the edit was made for another state of it.`,
    { table: table.id, id },
  )
