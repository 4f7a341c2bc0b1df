import type { KnownColumn } from '../../loaders/csv/columns.ts'
import type { TableDetails } from '../../loaders/csv/details.ts'
import { readShort, referenceText, resolveShort } from '../../loaders/csv/short-forms.ts'
import type { ShortCells } from '../../loaders/csv/short-forms.ts'
import type { Field, Id, Model, Table } from '../../model/model.ts'
import { createNameIndex } from '../../model/name-index.ts'
import { sorted } from '../json.ts'
import type { Naming } from './names.ts'

/** What a single file says of a table beside its fields: short cells by field, and the rest as JSON ('' when there is no rest). */
export interface SingleTable {
  readonly short: ReadonlyMap<Id, ShortCells>
  readonly details: string
}

/** Splits each table into what the short forms can say, exactly, and the rest. */
export function singleForms(model: Model, naming: Naming): (table: Table) => SingleTable {
  const names = createNameIndex(model.tables)
  const find =
    (own: string) =>
    (schema: string | null, name: string): Table | null => {
      const anywhere = schema === null ? names.anywhere(name) : []
      const id = names.exact(schema ?? own, name)[0] ?? (anywhere.length === 1 ? anywhere[0] : undefined)
      return (id === undefined ? undefined : naming.table(id)) ?? null
    }
  return (table) => {
    const cells = new Map(table.fields.map((field) => [field.id, shortCells(table, field, naming)]))
    const rows = table.fields.map((field) => ({ field, cells: cells.get(field.id) ?? none }))
    const read = readShort(
      rows,
      (text) => resolveShort(table, text, find(table.schema)),
      () => '',
    )
    // The proof that nothing is lost: a kind of part goes into the short cells only if they read back to exactly it.
    const keepsKeys = same(read.keys, table.keys)
    const keepsReferences = same(read.references, table.references)
    const short = new Map(
      rows.map(({ field, cells: { primaryKey, unique, references } }) => [
        field.id,
        { primaryKey: keepsKeys ? primaryKey : '', unique: keepsKeys ? unique : '', references: keepsReferences ? references : '' },
      ]),
    )
    const { TABLE_DETAILS: unreadable, ...invalid } = table.invalid
    const details: TableDetails = {
      ...(keepsKeys ? {} : { keys: table.keys }),
      ...(keepsReferences ? {} : { references: table.references }),
      ...(table.checks.length === 0 ? {} : { checks: table.checks }),
      ...(table.indexes.length === 0 ? {} : { indexes: table.indexes }),
      ...(isEmpty(table.extra) ? {} : { extra: table.extra }),
      ...(isEmpty(invalid) ? {} : { invalid }),
    }
    return { short, details: isEmpty(details) ? (unreadable ?? '') : JSON.stringify(sorted(details)) }
  }
}

const none: ShortCells = { primaryKey: '', unique: '', references: '' }
const isEmpty = (object: object): boolean => Object.keys(object).length === 0

/** Words that the UNIQUE cell reads as yes or no; a constraint of such a name goes into the details. Blanks at the ends would be lost with them. */
const isWord = (name: string): boolean =>
  /^(?:yes|y|true|t|1|x|✓|\[v\]|on|pk|pri|uni|unique|no|n|false|f|0|-|\[ \]|off|)$/iu.test(name.trim())

function shortCells(table: Table, field: Field, naming: Naming): ShortCells {
  const primary = table.keys.find((key) => key.kind === 'primary')
  const place = primary?.fields.indexOf(field.id) ?? -1
  const unique = table.keys.find((key) => key.kind === 'unique' && key.fields.includes(field.id))
  const reference = table.references.find(({ fields }) => fields[0] === field.id)
  return {
    primaryKey: place === -1 ? '' : String(place + 1),
    unique: unique === undefined || isWord(unique.name) ? (unique?.name === '' ? 'yes' : '') : unique.name,
    references:
      reference === undefined
        ? ''
        : referenceText(table, reference.target, reference.target.kind === 'id' ? naming.table(reference.target.table) : undefined),
  }
}

/** Equal but for their ids, which short forms do not carry. */
const same = (one: readonly { readonly id: Id }[], other: readonly { readonly id: Id }[]): boolean => bare(one) === bare(other)

const bare = (parts: readonly { readonly id: Id }[]): string => JSON.stringify(sorted(parts.map((part) => ({ ...part, id: '' }))))

/** The cell of a table's own properties, for its first row. */
export function tableCellOf(table: Table, details: string, column: KnownColumn): string {
  if (column === 'TABLE_COMMENT') return table.comment
  if (column === 'PREVIOUS_TABLE_NAME') return table.previousName
  return column === 'TABLE_DETAILS' ? details : ''
}
