import type { FieldChanges, Edit } from '../../app/model/edit.ts'
import type { Field, Id, Table } from '../../app/model/model.ts'
import { emptyField } from '../../app/model/build.ts'
import { parseType } from '../../app/model/parse-type.ts'
import { renderType } from '../../app/model/render-type.ts'
import { fieldOf } from '../../app/model/resolve.ts'
import { primaryKeyPosition, referenceCell, setPrimaryKey, setReference, setUnique, uniqueKeyOf } from '../../app/model/sheet-edits.ts'
import { displayName } from '../../app/model/names.ts'
import { referenceOffers, typeOffers } from './offers.ts'
import { parseYesNo, type CellContext, type Sheet, type SheetColumn } from './sheet.ts'

type ReadField = (field: Field, table: Table, context: CellContext) => string
type WriteField = (field: Field, text: string, table: Table, context: CellContext) => Edit | null

interface FieldColumn extends Omit<SheetColumn, 'read' | 'write'> {
  /** Header under which a text that cannot be read is kept as typed. */
  readonly header: string
  readonly read: ReadField
  readonly write: WriteField
}

const set = (table: Table, field: Id, changes: FieldChanges): Edit => ({
  kind: 'field.set',
  table: table.id,
  changes: [{ field, set: changes }],
})

/** A column over one property of a field; what cannot be read stays as typed and is marked. */
function fieldColumn({ header, read, write, ...column }: FieldColumn): SheetColumn {
  return {
    ...column,
    read: (table, part, context) => {
      const field = part === null ? undefined : fieldOf(table, part)
      return field ? (field.invalid[header] ?? read(field, table, context)) : ''
    },
    write: (table, part, text, context) => {
      const field = part === null ? undefined : fieldOf(table, part)
      if (!field) return null
      const edit = write(field, text, table, context)
      if (!edit) return set(table, field.id, { invalid: { ...field.invalid, [header]: text } })
      if (field.invalid[header] === undefined) return edit
      const { [header]: _gone, ...invalid } = field.invalid
      return { kind: 'batch', edits: [set(table, field.id, { invalid }), edit] }
    },
  }
}

function writeNullable(field: Field, text: string, table: Table): Edit | null {
  const value = parseYesNo(text)
  return value === null ? null : set(table, field.id, { nullable: value })
}

function writePrimaryKey(field: Field, text: string, table: Table, context: CellContext): Edit | null {
  const position = Number(text.trim())
  if (text.trim() !== '' && Number.isInteger(position) && position > 0) return setPrimaryKey(table, field.id, position, context.newId)
  const value = parseYesNo(text)
  if (value === null) return null
  const next = (primaryKeyPosition(table, field.id) ?? 0) > 0 ? primaryKeyPosition(table, field.id) : Number.MAX_SAFE_INTEGER
  return setPrimaryKey(table, field.id, value ? next : null, context.newId)
}

function writeUnique(field: Field, text: string, table: Table, context: CellContext): Edit | null {
  return setUnique(table, field.id, parseYesNo(text) ?? text.trim(), context.newId)
}

function readUnique(field: Field, table: Table): string {
  const key = uniqueKeyOf(table, field.id)
  return key ? key.name || 'yes' : ''
}

const identities: Readonly<Record<string, Field['identity']>> = {
  '': null,
  no: null,
  always: 'always',
  default: 'default',
  'by default': 'default',
  serial: 'serial',
  yes: 'default',
  y: 'default',
  '1': 'default',
  true: 'default',
}

function writeIdentity(field: Field, text: string, table: Table): Edit | null {
  const value = identities[text.trim().toLowerCase()]
  return value === undefined ? null : set(table, field.id, { identity: value, ...(value ? { nullable: false } : {}) })
}

/** `expression`, or `expression stored` / `expression virtual`; without the word it stays as it was, stored at first. */
function writeGenerated(field: Field, text: string, table: Table): Edit | null {
  const trimmed = text.trim()
  if (trimmed === '') return set(table, field.id, { generated: null })
  const word = /\s+(stored|virtual)$/i.exec(trimmed)
  const expression = word ? trimmed.slice(0, word.index) : trimmed
  const stored = word ? word[1]?.toLowerCase() === 'stored' : (field.generated?.stored ?? true)
  return set(table, field.id, { generated: { expression, stored } })
}

const fieldColumns: readonly FieldColumn[] = [
  {
    key: 'name',
    title: 'Name',
    width: 190,
    kind: 'text',
    property: 'name',
    header: 'COLUMN_NAME',
    read: (field) => field.name,
    write: (field, text, table) => set(table, field.id, { name: text.trim() }),
  },
  {
    key: 'type',
    title: 'Type',
    width: 150,
    kind: 'code',
    property: 'type',
    header: 'DATA_TYPE',
    read: (field) => renderType(field.type),
    write: (field, text, table) => set(table, field.id, { type: parseType(text) }),
    offers: typeOffers,
  },
  {
    key: 'nullable',
    title: 'Null',
    width: 56,
    kind: 'boolean',
    property: 'nullable',
    header: 'IS_NULLABLE',
    read: (field) => (field.nullable ? 'yes' : ''),
    write: writeNullable,
  },
  {
    key: 'default',
    title: 'Default',
    width: 130,
    kind: 'code',
    property: 'default',
    header: 'COLUMN_DEFAULT',
    read: (field) => field.default ?? '',
    write: (field, text, table) => set(table, field.id, { default: text.trim() === '' ? null : text }),
  },
  {
    key: 'primary',
    title: 'PK',
    width: 48,
    kind: 'code',
    property: 'key',
    header: 'PRIMARY_KEY',
    read: (field, table) => String(primaryKeyPosition(table, field.id) ?? ''),
    write: writePrimaryKey,
  },
  { key: 'unique', title: 'Unique', width: 72, kind: 'text', property: 'unique', header: 'UNIQUE', read: readUnique, write: writeUnique },
  {
    key: 'reference',
    title: 'Reference',
    width: 170,
    kind: 'code',
    property: 'reference',
    header: 'REFERENCES',
    read: (field, table, context) => referenceCell(table, field.id, context.lookup),
    write: (field, text, table, context) => setReference(table, field.id, text, context),
    offers: referenceOffers,
  },
  {
    key: 'identity',
    title: 'Identity',
    width: 84,
    kind: 'text',
    property: 'identity',
    header: 'IS_IDENTITY',
    read: (field) => field.identity ?? '',
    write: writeIdentity,
    offers: () => [
      { text: 'always', note: 'the database alone' },
      { text: 'default', note: 'a given value wins' },
      { text: 'serial', note: 'a sequence of its own' },
    ],
  },
  {
    key: 'generated',
    title: 'Generated',
    width: 150,
    kind: 'code',
    property: 'generated',
    header: 'GENERATION_EXPRESSION',
    read: (field) => (field.generated ? field.generated.expression + (field.generated.stored ? '' : ' virtual') : ''),
    write: writeGenerated,
  },
  {
    key: 'comment',
    title: 'Comment',
    width: 260,
    kind: 'long',
    property: 'comment',
    header: 'COLUMN_COMMENT',
    read: (field) => field.comment,
    write: (field, text, table) => set(table, field.id, { comment: text }),
  },
  {
    key: 'collation',
    title: 'Collation',
    width: 120,
    kind: 'text',
    isExtra: true,
    property: 'collation',
    header: 'COLLATION_NAME',
    read: (field) => field.collation,
    write: (field, text, table) => set(table, field.id, { collation: text.trim() }),
  },
  {
    key: 'previous',
    title: 'Previous name',
    width: 140,
    kind: 'text',
    isExtra: true,
    property: 'previousName',
    header: 'PREVIOUS_NAME',
    read: (field) => field.previousName,
    write: (field, text, table) => set(table, field.id, { previousName: text.trim() }),
  },
]

const tableColumn: SheetColumn = {
  key: 'table',
  title: 'Table',
  width: 150,
  kind: 'text',
  property: 'table',
  isTable: true,
  read: (table) => displayName(table),
}

/** The home sheet: one line per field. */
export const fieldsSheet: Sheet = {
  name: 'fields',
  label: 'Fields',
  noun: 'field',
  columns: [tableColumn, ...fieldColumns.map(fieldColumn)],
  partsOf: (table) => table.fields.map((field) => field.id),
  insert: (table, before, context) => {
    const part = context.newId()
    const at = before === null ? table.fields.length : table.fields.findIndex((field) => field.id === before)
    return { edit: { kind: 'field.add', table: table.id, at: at < 0 ? table.fields.length : at, fields: [emptyField(part, '')] }, part }
  },
  remove: (table, parts) => ({ kind: 'field.remove', table: table.id, fields: parts }),
}
