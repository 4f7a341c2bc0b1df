import type { Finding } from './finding.ts'
import type { Id, Model, Table } from './model.ts'
import { createNameIndex } from './name-index.ts'
import type { NameIndex } from './name-index.ts'
import { displayName } from './names.ts'
import { lookupOf } from './resolve.ts'
import type { TableLookup } from './resolve.ts'
import { checkField } from './validate-field.ts'
import { checkIndexes, checkKeys, checkNamesOfParts } from './validate-keys.ts'
import { checkReferences } from './validate-references.ts'

/** What a table is checked against: a document gives both (`document.table`, `document.names`) up to date at no cost. */
export interface ValidateContext {
  readonly lookup: TableLookup
  readonly names: Pick<NameIndex, 'exact' | 'alike'>
}

/**
 * Findings of one table that hold for every flavor, O(table). References look at their parent, so a change of a table also asks for its children
 * again (`document.referencing`), and a rename for the tables of the old and the new name.
 */
export function validateTable(table: Table, context: ValidateContext): readonly Finding[] {
  const findings: Finding[] = []
  checkTableName(table, context, findings)
  checkFieldNames(table, findings)
  for (const field of table.fields) checkField(table, field, findings)
  checkInvalid(table.id, undefined, table.invalid, findings)
  for (const field of table.fields) checkInvalid(table.id, field.id, field.invalid, findings)
  checkKeys(table, findings)
  checkIndexes(table, findings)
  checkNamesOfParts(table, findings)
  checkReferences(table, context.lookup, findings)
  return findings
}

/** Findings of every table, in the model's order. */
export function validateModel(model: Model): readonly Finding[] {
  const context: ValidateContext = { lookup: lookupOf(model), names: createNameIndex(model.tables) }
  return model.tables.flatMap((table) => validateTable(table, context))
}

function checkTableName(table: Table, { names, lookup }: ValidateContext, findings: Finding[]): void {
  const path = { table: table.id, property: 'name' }
  const title = displayName(table)
  if (table.name === '') findings.push({ code: 'TABLE_NAME_EMPTY', severity: 'error', path, message: 'A table has no name; give it one.' })
  else if (names.exact(table.schema, table.name).length > 1) {
    findings.push({
      code: 'TABLE_NAME_DUPLICATE',
      severity: 'error',
      path,
      message: `Another table is also named ${title}; rename one of them.`,
    })
  } else if (names.alike(table.schema, table.name).length > 1) {
    findings.push({
      code: 'TABLE_NAME_ALIKE',
      severity: 'warning',
      path,
      message: `Another table's name differs from ${title} in case alone; some databases take them for one.`,
    })
  }
  if (table.fields.length === 0)
    findings.push({ code: 'TABLE_EMPTY', severity: 'warning', path, message: `Table ${title} has no fields; most databases refuse it.` })
  if (table.previousName === '' || table.previousName === table.name) return
  const holder = names.exact(table.schema, table.previousName).map(lookup)[0]
  if (holder !== undefined && holder.previousName === '') {
    const message = `Table ${title} says that it was named ${table.previousName}, but that table is still there; clear the previous name or rename the other table.`
    findings.push({ code: 'PREVIOUS_NAME_CLASH', severity: 'error', path: { table: table.id, property: 'previousName' }, message })
  }
}

function checkFieldNames(table: Table, findings: Finding[]): void {
  const exact = countBy(table.fields.map((field) => field.name))
  const alike = countBy(table.fields.map((field) => field.name.toLowerCase()))
  const previous = countBy(table.fields.map((field) => field.previousName))
  const kept = new Set(table.fields.filter((field) => field.previousName === '').map((field) => field.name))
  for (const field of table.fields) {
    const path = { table: table.id, field: field.id, property: 'name' }
    const title = `${displayName(table)}.${field.name}`
    if (field.name === '')
      findings.push({
        code: 'FIELD_NAME_EMPTY',
        severity: 'error',
        path,
        message: `A field of table ${displayName(table)} has no name; give it one.`,
      })
    else if ((exact.get(field.name) ?? 0) > 1) {
      findings.push({
        code: 'FIELD_NAME_DUPLICATE',
        severity: 'error',
        path,
        message: `Another field is also named ${title}; rename one of them.`,
      })
    } else if ((alike.get(field.name.toLowerCase()) ?? 0) > 1) {
      findings.push({
        code: 'FIELD_NAME_ALIKE',
        severity: 'warning',
        path,
        message: `Another field's name differs from ${title} in case alone; some databases take them for one.`,
      })
    }
    if (field.previousName === '' || field.previousName === field.name) continue
    if ((previous.get(field.previousName) ?? 0) > 1 || kept.has(field.previousName)) {
      const message = `${title} says that it was named ${field.previousName}, but so does, or is, another field; clear the previous name of one.`
      findings.push({ code: 'PREVIOUS_NAME_CLASH', severity: 'error', path: { ...path, property: 'previousName' }, message })
    }
  }
}

function checkInvalid(table: Id, field: Id | undefined, invalid: Table['invalid'], findings: Finding[]): void {
  for (const [column, text] of Object.entries(invalid)) {
    const path = field === undefined ? { table, column } : { table, field, column }
    findings.push({
      code: 'CELL_INVALID',
      severity: 'error',
      path,
      message: `Column ${column} holds "${text.slice(0, 80)}", which could not be read; correct or empty it.`,
    })
  }
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
