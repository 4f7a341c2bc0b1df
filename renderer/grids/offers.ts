import type { Id, Table } from '../../app/model/model.ts'
import { displayName } from '../../app/model/names.ts'
import { renderReference } from '../../app/model/reference-text.ts'
import { renderType } from '../../app/model/render-type.ts'
import { fieldOf, primaryKeyOf } from '../../app/model/resolve.ts'
import { offeredTypes } from '../../app/model/type-names.ts'
import { fuzzyFilter } from '../palette/fuzzy.ts'
import type { CellContext, Offer } from './sheet.ts'

const mostOffers = 50
/** Tables looked at for a same-named field: enough for the nearest examples, and a bound on the work of one key press. */
const nearTables = 400

/** Types for a cell: those of fields of the same name elsewhere, then those of this table, then all logical ones; filtered by what is typed. */
export function typeOffers(table: Table, part: Id | null, text: string, context: CellContext): readonly Offer[] {
  const notes = new Map<string, string>()
  const add = (type: string, note: string) => {
    if (!notes.has(type)) notes.set(type, note)
  }
  const name = part === null ? undefined : fieldOf(table, part)?.name
  if (name) for (const id of context.order.slice(0, nearTables)) addSameName(context.lookup(id), name, part, add)
  for (const field of table.fields.toReversed()) if (field.id !== part) add(renderType(field.type), 'in this table')
  for (const type of offeredTypes) add(type, '')
  const offers = [...notes].map(([type, note]): Offer => ({ text: type, note }))
  return fuzzyFilter(text, offers, (offer) => offer.text, mostOffers)
}

function addSameName(table: Table | undefined, name: string, part: Id | null, add: (type: string, note: string) => void): void {
  for (const field of table?.fields ?? [])
    if (field.name === name && field.id !== part && table) add(renderType(field.type), `${table.name}.${field.name}`)
}

/** `table.field` for a reference cell: primary keys of all tables, and every field of the table once its name and a dot are typed. */
export function referenceOffers(table: Table, _part: Id | null, text: string, context: CellContext): readonly Offer[] {
  const offers: Offer[] = []
  const wanted = text.toLowerCase().split('.')[0] ?? ''
  for (const id of context.order) {
    const parent = context.lookup(id)
    if (!parent || (wanted !== '' && !parent.name.toLowerCase().includes(wanted) && !parent.schema.toLowerCase().includes(wanted))) continue
    const key = primaryKeyOf(parent)
    const shown = text.includes('.') ? parent.fields : parent.fields.filter((field) => key?.fields.includes(field.id))
    for (const field of shown)
      offers.push({ text: referenceText(table, parent, field.name), note: `${displayName(parent)}, ${renderType(field.type)}` })
    if (offers.length > 2000) break
  }
  return fuzzyFilter(text, offers, (offer) => offer.text, mostOffers)
}

const referenceText = (table: Table, parent: Table, column: string): string =>
  renderReference({ schema: parent.schema === table.schema ? null : parent.schema, table: parent.name, column })
