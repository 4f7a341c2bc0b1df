import type { Edit } from '../../app/model/edit.ts'
import type { Id, Index, Key, Reference, ReferenceAction, Table } from '../../app/model/model.ts'
import { displayName } from '../../app/model/names.ts'
import { findTarget } from '../../app/model/sheet-edits.ts'
import { parseFields, renderFields } from './field-list.ts'
import { parseYesNo, type CellContext, type Offer, type Sheet, type SheetColumn } from './sheet.ts'

type ColumnLook = Pick<SheetColumn, 'key' | 'title' | 'width' | 'kind' | 'property'> & Partial<Pick<SheetColumn, 'offers'>>

/** Columns over one kind of part: how to find it, and how to put a changed one back. */
function columnsOf<P extends { readonly id: Id }>(list: (table: Table) => readonly P[], put: (table: Table, value: P) => Edit) {
  const find = (table: Table, id: Id | null): P | undefined => list(table).find((part) => part.id === id)
  return (
    look: ColumnLook,
    read: (part: P, table: Table, context: CellContext) => string,
    write: (part: P, text: string, table: Table, context: CellContext) => P | null,
  ): SheetColumn => ({
    ...look,
    read: (table, id, context) => {
      const part = find(table, id)
      return part ? read(part, table, context) : ''
    },
    write: (table, id, text, context) => {
      const part = find(table, id)
      const next = part && write(part, text, table, context)
      return next ? put(table, next) : null
    },
  })
}

const tableColumn: SheetColumn = {
  key: 'table',
  title: 'Table',
  width: 160,
  kind: 'text',
  property: 'table',
  read: (table) => displayName(table),
}
const removeAll =
  (kind: 'key.remove' | 'reference.remove' | 'index.remove') =>
  (table: Table, parts: readonly Id[]): Edit => ({ kind: 'batch', edits: parts.map((part) => ({ kind, table: table.id, part })) })
const fieldOffers = (table: Table, _part: Id | null, text: string): readonly Offer[] => {
  const before = text.slice(0, text.lastIndexOf(',') + 1)
  const last = text.slice(before.length).trim().toLowerCase()
  return table.fields
    .filter((field) => field.name.toLowerCase().includes(last))
    .map((field) => ({ text: `${before}${before === '' ? '' : ' '}${field.name}`, note: '' }))
}

const key = columnsOf<Key>(
  (table) => table.keys,
  (table, value) => ({ kind: 'key.put', table: table.id, value }),
)

/** Primary keys and unique constraints. */
export const keysSheet: Sheet = {
  name: 'keys',
  label: 'Keys',
  noun: 'key',
  columns: [
    tableColumn,
    key(
      { key: 'name', title: 'Name', width: 220, kind: 'text', property: 'name' },
      (part) => part.name,
      (part, text) => ({ ...part, name: text.trim() }),
    ),
    key(
      {
        key: 'kind',
        title: 'Kind',
        width: 110,
        kind: 'text',
        property: 'kind',
        offers: () => [
          { text: 'primary', note: '' },
          { text: 'unique', note: '' },
        ],
      },
      (part) => part.kind,
      (part, text) =>
        text.trim() === 'primary' || text.trim() === 'unique' ? { ...part, kind: text.trim() === 'primary' ? 'primary' : 'unique' } : null,
    ),
    key(
      { key: 'fields', title: 'Fields', width: 280, kind: 'code', property: 'fields', offers: fieldOffers },
      (part, table) => renderFields(table, part.fields),
      (part, text, table) => {
        const fields = parseFields(table, text)
        return fields ? { ...part, fields } : null
      },
    ),
  ],
  partsOf: (table) => table.keys.map((part) => part.id),
  insert: (table, _before, context) => {
    const part = context.newId()
    return { edit: { kind: 'key.put', table: table.id, value: { id: part, kind: 'unique', name: '', fields: [] } }, part }
  },
  remove: removeAll('key.remove'),
}

const actions: readonly ReferenceAction[] = ['no action', 'restrict', 'cascade', 'set null', 'set default']
const actionOffers = (): readonly Offer[] => actions.map((text) => ({ text, note: '' }))
const parseAction = (text: string): ReferenceAction | undefined =>
  text.trim() === '' ? 'no action' : actions.find((action) => action === text.trim().toLowerCase())
const reference = columnsOf<Reference>(
  (table) => table.references,
  (table, value) => ({ kind: 'reference.put', table: table.id, value }),
)

function parentOf(part: Reference, _table: Table, { lookup }: CellContext): string {
  if (part.target.kind === 'name') return displayName({ schema: part.target.schema, name: part.target.table })
  const parent = lookup(part.target.table)
  return parent ? displayName(parent) : ''
}

function parentFields(part: Reference, _table: Table, { lookup }: CellContext): string {
  if (part.target.kind === 'name') return part.target.fields.join(', ')
  const parent = lookup(part.target.table)
  return parent ? renderFields(parent, part.target.fields) : ''
}

function writeParentFields(part: Reference, text: string, _table: Table, { lookup }: CellContext): Reference | null {
  if (part.target.kind === 'name')
    return {
      ...part,
      target: {
        ...part.target,
        fields: text
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
      },
    }
  const parent = lookup(part.target.table)
  const fields = parent && parseFields(parent, text)
  return fields ? { ...part, target: { ...part.target, fields } } : null
}

/** Foreign keys. */
export const referencesSheet: Sheet = {
  name: 'references',
  label: 'References',
  noun: 'reference',
  columns: [
    tableColumn,
    reference(
      { key: 'name', title: 'Name', width: 180, kind: 'text', property: 'name' },
      (part) => part.name,
      (part, text) => ({ ...part, name: text.trim() }),
    ),
    reference(
      { key: 'fields', title: 'Fields', width: 150, kind: 'code', property: 'fields', offers: fieldOffers },
      (part, table) => renderFields(table, part.fields),
      (part, text, table) => {
        const fields = parseFields(table, text)
        return fields ? { ...part, fields } : null
      },
    ),
    reference(
      { key: 'parent', title: 'Parent', width: 160, kind: 'code', property: 'reference' },
      parentOf,
      (part, text, table, context) => {
        const target = findTarget(table, text, context)
        return target ? { ...part, target } : null
      },
    ),
    reference(
      { key: 'parentFields', title: 'Parent fields', width: 150, kind: 'code', property: 'reference' },
      parentFields,
      writeParentFields,
    ),
    reference(
      { key: 'onDelete', title: 'On delete', width: 110, kind: 'text', property: 'onDelete', offers: actionOffers },
      (part) => part.onDelete,
      (part, text) => {
        const onDelete = parseAction(text)
        return onDelete ? { ...part, onDelete } : null
      },
    ),
    reference(
      { key: 'onUpdate', title: 'On update', width: 110, kind: 'text', property: 'onUpdate', offers: actionOffers },
      (part) => part.onUpdate,
      (part, text) => {
        const onUpdate = parseAction(text)
        return onUpdate ? { ...part, onUpdate } : null
      },
    ),
  ],
  partsOf: (table) => table.references.map((part) => part.id),
  insert: (table, _before, context) => {
    const part = context.newId()
    const value: Reference = {
      id: part,
      name: '',
      fields: [],
      target: { kind: 'name', schema: table.schema, table: '', fields: [] },
      onUpdate: 'no action',
      onDelete: 'no action',
      deferrable: 'no',
    }
    return { edit: { kind: 'reference.put', table: table.id, value }, part }
  },
  remove: removeAll('reference.remove'),
}

const index = columnsOf<Index>(
  (table) => table.indexes,
  (table, value) => ({ kind: 'index.put', table: table.id, value }),
)

function renderParts(part: Index, table: Table): string {
  return part.parts
    .map(
      (each) => (each.field === null ? `(${each.expression})` : renderFields(table, [each.field])) + (each.order === 'desc' ? ' desc' : ''),
    )
    .join(', ')
}

/** `a, b desc`. Parts that are expressions stay as they are: they cannot be told from names by their commas. */
function parseParts(part: Index, text: string, table: Table): Index | null {
  if (part.parts.some((each) => each.field === null)) return null
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
  const fields = parseFields(table, words.map((word) => word.replace(/\s+(asc|desc)$/i, '')).join(','))
  if (!fields) return null
  return {
    ...part,
    parts: fields.map((field, at) => ({ field, expression: '', order: /\sdesc$/i.test(words[at] ?? '') ? 'desc' : 'asc', nulls: '' })),
  }
}

/** Indexes that are not constraints. */
export const indexesSheet: Sheet = {
  name: 'indexes',
  label: 'Indexes',
  noun: 'index',
  columns: [
    tableColumn,
    index(
      { key: 'name', title: 'Name', width: 220, kind: 'text', property: 'name' },
      (part) => part.name,
      (part, text) => ({ ...part, name: text.trim() }),
    ),
    index({ key: 'parts', title: 'Fields', width: 220, kind: 'code', property: 'fields', offers: fieldOffers }, renderParts, parseParts),
    index(
      { key: 'unique', title: 'Unique', width: 64, kind: 'boolean', property: 'unique' },
      (part) => (part.unique ? 'yes' : ''),
      (part, text) => {
        const unique = parseYesNo(text)
        return unique === null ? null : { ...part, unique }
      },
    ),
    index(
      { key: 'method', title: 'Method', width: 90, kind: 'text', property: 'method' },
      (part) => part.method,
      (part, text) => ({ ...part, method: text.trim() }),
    ),
    index(
      { key: 'predicate', title: 'Where', width: 220, kind: 'code', property: 'predicate' },
      (part) => part.predicate,
      (part, text) => ({ ...part, predicate: text.trim() }),
    ),
  ],
  partsOf: (table) => table.indexes.map((part) => part.id),
  insert: (table, _before, context) => {
    const part = context.newId()
    return {
      edit: {
        kind: 'index.put',
        table: table.id,
        value: { id: part, name: '', unique: false, method: '', parts: [], include: [], predicate: '' },
      },
      part,
    }
  },
  remove: removeAll('index.remove'),
}
