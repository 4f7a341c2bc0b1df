import type { Finding, Severity } from './finding.ts'
import type { Id, Table } from './model.ts'
import { displayName } from './names.ts'

type Add = (
  code: string,
  message: string,
  at?: { readonly part?: Id; readonly field?: Id; readonly property?: string; readonly severity?: Severity },
) => void

const adder =
  (table: Table, findings: Finding[]): Add =>
  (code, message, { severity = 'error', ...at } = {}) =>
    void findings.push({ code, severity, path: { table: table.id, ...at }, message: `${displayName(table)}: ${message}` })

/** Adds the findings of keys and checks. */
export function checkKeys(table: Table, findings: Finding[]): void {
  const add = adder(table, findings)
  const fields = new Map(table.fields.map((field) => [field.id, field]))
  for (const key of table.keys) {
    const title = `${key.kind === 'primary' ? 'primary key' : 'unique constraint'} ${key.name}`.trim()
    const at = { part: key.id, property: 'key' }
    if (key.fields.length === 0) add('KEY_EMPTY', `the ${title} has no fields; add one or remove it.`, at)
    if (key.fields.some((id) => !fields.has(id))) add('KEY_FIELD_MISSING', `the ${title} names a field that is not in the table.`, at)
    if (new Set(key.fields).size < key.fields.length) add('KEY_FIELD_TWICE', `the ${title} has one field twice.`, at)
    for (const id of key.kind === 'primary' ? key.fields : []) {
      const field = fields.get(id)
      if (field?.nullable === true)
        add('PRIMARY_KEY_NULLABLE', `${field.name} is in the primary key: it takes no NULL anywhere but in SQLite.`, { field: id, property: 'nullable', severity: 'info' })
    }
  }
  for (const key of table.keys.filter((each) => each.kind === 'primary').slice(1)) {
    add('PRIMARY_KEY_MANY', 'there is more than one primary key; make the others unique constraints.', { part: key.id, property: 'key' })
  }
  for (const check of table.checks) {
    if (check.expression.trim() === '')
      add('CHECK_EMPTY', `the check ${check.name} has no expression; write one or remove it.`, { part: check.id, property: 'check' })
  }
}

/** Adds the findings of indexes. */
export function checkIndexes(table: Table, findings: Finding[]): void {
  const add = adder(table, findings)
  const fields = new Set(table.fields.map((field) => field.id))
  for (const index of table.indexes) {
    const at = { part: index.id, property: 'index' }
    const title = `the index ${index.name}`.trim()
    if (index.parts.length === 0) add('INDEX_EMPTY', `${title} has no columns; add one or remove it.`, at)
    const named = [...index.parts.flatMap((part) => part.field ?? []), ...index.include]
    if (named.some((id) => !fields.has(id))) add('INDEX_FIELD_MISSING', `${title} names a field that is not in the table.`, at)
    if (new Set(named).size < named.length) add('INDEX_FIELD_TWICE', `${title} has one field twice.`, { ...at, severity: 'warning' })
    if (index.parts.some((part) => part.field === null && part.expression.trim() === ''))
      add('INDEX_PART_EMPTY', `${title} has a part without column or expression.`, at)
  }
}

/** Adds a finding for each name that two constraints, or two indexes, of the table share. */
export function checkNamesOfParts(table: Table, findings: Finding[]): void {
  const add = adder(table, findings)
  for (const parts of [[...table.keys, ...table.checks, ...table.references], table.indexes]) {
    const seen = new Set<string>()
    for (const part of parts) {
      if (part.name === '') continue
      if (seen.has(part.name))
        add('PART_NAME_DUPLICATE', `the name ${part.name} is used twice; rename one.`, { part: part.id, property: 'name' })
      seen.add(part.name)
    }
  }
}
