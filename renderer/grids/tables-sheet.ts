import { emptyTable } from '../../app/model/build.ts'
import type { TableOption } from '../../app/flavor/dialect.ts'
import type { TableChanges } from '../../app/model/edit.ts'
import type { Id, Table } from '../../app/model/model.ts'
import { primaryKeyOf } from '../../app/model/resolve.ts'
import { fuzzyFilter } from '../palette/fuzzy.ts'
import { parseFields, renderFields } from './field-list.ts'
import type { Offer, Sheet, SheetColumn } from './sheet.ts'

const text = (
  column: Pick<SheetColumn, 'key' | 'title' | 'width' | 'kind' | 'property'> & { readonly isExtra?: boolean },
  read: (table: Table) => string,
  change: (text: string) => TableChanges,
): SheetColumn => ({
  ...column,
  read,
  write: (table, _part, typed) => ({ kind: 'table.set', table: table.id, set: change(typed) }),
})

/** A flavor option of a table; the flavor says what it may hold. */
const optionColumn = (option: TableOption): SheetColumn => ({
  ...text(
    { key: option.key, title: option.key, width: Math.max(140, option.key.length * 8 + 24), kind: 'code', property: option.key },
    (table) => table.options[option.key] ?? '',
    () => ({}),
  ),
  about: option.about,
  write: (table, _part, typed) => ({
    kind: 'table.set',
    table: table.id,
    set: { options: withOption(table.options, option.key, typed.trim()) },
  }),
  ...(option.values.length === 0 ? {} : { offers: (_table: Table, _part: Id | null, typed: string) => offered(option, typed) }),
})

const offered = ({ values }: TableOption, typed: string): readonly Offer[] =>
  fuzzyFilter(
    typed,
    values.map((value) => ({ text: value, note: '' })),
    (offer) => offer.text,
    50,
  )

function withOption(options: Table['options'], key: string, value: string): Table['options'] {
  const { [key]: _, ...others } = options
  return value === '' ? others : { ...options, [key]: value }
}

/** Columns for these options, in their order. */
export const optionColumns = (options: readonly TableOption[]): readonly SheetColumn[] => options.map(optionColumn)

/** One line per table. */
export const tablesSheet: Sheet = {
  name: 'tables',
  label: 'Tables',
  noun: 'table',
  columns: [
    text(
      { key: 'name', title: 'Name', width: 220, kind: 'text', property: 'name' },
      (table) => table.name,
      (name) => ({ name: name.trim() }),
    ),
    text(
      { key: 'schema', title: 'Schema', width: 140, kind: 'text', property: 'schema' },
      (table) => table.schema,
      (schema) => ({ schema: schema.trim() }),
    ),
    { key: 'fields', title: 'Fields', width: 72, kind: 'code', property: 'fields', read: (table) => String(table.fields.length) },
    {
      key: 'primary',
      title: 'Primary key',
      width: 180,
      kind: 'code',
      property: 'key',
      read: (table) => renderFields(table, primaryKeyOf(table)?.fields ?? []),
      write: (table, _part, typed, context) => {
        const fields = parseFields(table, typed)
        const key = primaryKeyOf(table)
        if (!fields) return null
        if (fields.length === 0) return key ? { kind: 'key.remove', table: table.id, part: key.id } : { kind: 'batch', edits: [] }
        return { kind: 'key.put', table: table.id, value: { ...(key ?? { id: context.newId(), kind: 'primary', name: '' }), fields } }
      },
    },
    text(
      { key: 'comment', title: 'Comment', width: 360, kind: 'long', property: 'comment' },
      (table) => table.comment,
      (comment) => ({ comment }),
    ),
    text(
      { key: 'previous', title: 'Previous name', width: 160, kind: 'text', property: 'previousName', isExtra: true },
      (table) => table.previousName,
      (previousName) => ({ previousName: previousName.trim() }),
    ),
  ],
  partsOf: () => [null],
  insert: (table, before, context) => {
    const part = context.newId()
    const at = before === null ? context.order.indexOf(table.id) : -1
    return { edit: { kind: 'table.add', value: emptyTable(part, '', table.schema), at: at < 0 ? null : at + 1 }, part }
  },
  remove: (table) => ({ kind: 'table.remove', table: table.id }),
}
