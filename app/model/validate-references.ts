import type { DataType } from './data-type.ts'
import type { Finding, Severity } from './finding.ts'
import type { Field, Id, Reference, Table } from './model.ts'
import { displayName } from './names.ts'
import { renderType } from './render-type.ts'
import { fieldOf, primaryKeyOf } from './resolve.ts'
import type { TableLookup } from './resolve.ts'

/** Adds the findings of a table's foreign keys: what they point at, and whether the types fit. */
export function checkReferences(table: Table, lookup: TableLookup, findings: Finding[]): void {
  for (const reference of table.references) {
    const add = (code: string, message: string, severity: Severity = 'error'): void => {
      const [field] = reference.fields
      const path = { table: table.id, part: reference.id, property: 'reference', ...(field === undefined ? {} : { field }) }
      findings.push({ code, severity, path, message: `${displayName(table)}: ${message}` })
    }
    checkReference(table, reference, lookup, add)
  }
}

type Add = (code: string, message: string, severity?: Severity) => void

function checkReference(table: Table, reference: Reference, lookup: TableLookup, add: Add): void {
  const title = reference.name === '' ? 'a reference' : `the reference ${reference.name}`
  const children = reference.fields.flatMap((id) => fieldOf(table, id) ?? [])
  if (children.length !== reference.fields.length) return add('REFERENCE_FIELD_MISSING', `${title} uses a field that is not in the table.`)
  if (children.length === 0) return add('REFERENCE_EMPTY', `${title} has no fields; add one or remove it.`)
  if (reference.onDelete === 'set null' || reference.onUpdate === 'set null') {
    const fixed = children.find((field) => !field.nullable)
    if (fixed !== undefined) add('REFERENCE_SET_NULL', `${title} sets ${fixed.name} to NULL, which it does not allow.`, 'warning')
  }
  const { target } = reference
  if (target.kind === 'name') {
    const parent = displayName({ schema: target.schema, name: target.table })
    return add(
      'REFERENCE_TABLE_MISSING',
      `${title} points to ${[parent, ...target.fields].join('.')}, which is not in the model; correct the name or add it.`,
    )
  }
  const parent = lookup(target.table)
  if (parent === undefined)
    return add('REFERENCE_TABLE_MISSING', `${title} points to a table that is no longer in the model; remove or redirect it.`)
  const ids = target.fields.length === 0 ? (primaryKeyOf(parent)?.fields ?? []) : target.fields
  if (ids.length === 0)
    return add('REFERENCE_NO_KEY', `${title} points to ${displayName(parent)}, which has no primary key; name the columns or add a key.`)
  const parents = ids.flatMap((id) => fieldOf(parent, id) ?? [])
  if (parents.length !== ids.length)
    return add('REFERENCE_FIELD_MISSING', `${title} points to a field that ${displayName(parent)} does not have.`)
  if (parents.length !== children.length) {
    return add(
      'REFERENCE_COUNT',
      `${title} has ${children.length} field(s) but points to ${parents.length} of ${displayName(parent)}; they must be as many.`,
    )
  }
  if (!isUnique(parent, ids))
    add('REFERENCE_NOT_UNIQUE', `${title} points to fields of ${displayName(parent)} that are neither its primary key nor unique.`)
  children.forEach((child, at) => checkTypes(child, parents[at], title, add))
}

/** A primary key, unique constraint or whole unique index over exactly these fields, in any order. */
function isUnique(parent: Table, ids: readonly Id[]): boolean {
  const wanted = new Set(ids)
  const same = (fields: readonly (Id | null)[]): boolean =>
    fields.length === wanted.size && fields.every((id) => id !== null && wanted.has(id))
  return (
    parent.keys.some((key) => same(key.fields)) ||
    parent.indexes.some((index) => index.unique && index.predicate === '' && same(index.parts.map((part) => part.field)))
  )
}

function checkTypes(child: Field, parent: Field | undefined, title: string, add: Add): void {
  if (parent === undefined || renderType(child.type) === renderType(parent.type)) return
  const alike = familyOf(child.type) === familyOf(parent.type)
  const message = `${title}: ${child.name} is ${renderType(child.type)} but ${parent.name} is ${renderType(parent.type)}; give both the same type.`
  add('REFERENCE_TYPE', message, alike ? 'warning' : 'error')
}

function familyOf({ kind }: DataType): string {
  if (/^u?int\d|^decimal$/u.test(kind)) return 'number'
  if (kind === 'char' || kind === 'varchar' || kind === 'text' || kind === 'enum') return 'text'
  if (kind === 'timestamp' || kind === 'timestamptz') return 'timestamp'
  return kind === 'binary' || kind === 'varbinary' || kind === 'blob' ? 'binary' : kind
}
