import { MetaMigrateError } from '../../app/errors.ts'
import type { Dialect } from '../../app/flavor/dialect.ts'
import type { ModelDocument } from '../../app/model/document.ts'
import type { Finding, FindingPath } from '../../app/model/finding.ts'
import type { Id, Table } from '../../app/model/model.ts'
import { shapeOf } from '../../app/model/resolve.ts'
import { validateTable } from '../../app/model/validate.ts'

/** Findings of one table: those of every flavor, and those of the flavor that is shown. [] for a table that is gone. */
export function checkTable(document: ModelDocument, id: Id, dialect: Dialect | undefined): readonly Finding[] {
  const table = document.table(id)
  if (!table) return []
  const own = validateTable(table, { lookup: (other) => document.table(other), names: document.names }).map((finding) => ({
    ...finding,
    path: withProperty(finding.path),
  }))
  return dialect ? [...own, ...checkForFlavor(table, document, dialect)] : own
}

function checkForFlavor(table: Table, document: ModelDocument, dialect: Dialect): readonly Finding[] {
  try {
    return dialect
      .check(shapeOf(table, (id) => document.table(id)))
      .map((finding) => ({ ...finding, flavor: dialect.name, path: locate(table, finding.path) }))
  } catch (error) {
    if (!(error instanceof MetaMigrateError)) throw error
    return [
      { code: error.code, severity: 'error', flavor: dialect.name, path: { table: table.id, property: 'name' }, message: error.message },
    ]
  }
}

/** A dialect names columns and parts; the sheet wants their ids. */
function locate(table: Table, path: FindingPath): FindingPath {
  const field = table.fields.find((each) => each.name === path.column)
  const part = [...table.keys, ...table.references, ...table.indexes, ...table.checks].find(
    (each) => each.name !== '' && each.name === path.part,
  )
  return {
    table: table.id,
    ...(field ? { field: field.id } : {}),
    ...(part && !field ? { part: part.id } : {}),
    property: path.property ?? 'name',
  }
}

const properties: Readonly<Record<string, string>> = {
  COLUMN_NAME: 'name',
  DATA_TYPE: 'type',
  CHARACTER_MAXIMUM_LENGTH: 'type',
  NUMERIC_PRECISION: 'type',
  NUMERIC_SCALE: 'type',
  DATETIME_PRECISION: 'type',
  IS_NULLABLE: 'nullable',
  COLUMN_DEFAULT: 'default',
  PRIMARY_KEY: 'key',
  UNIQUE: 'unique',
  REFERENCES: 'reference',
  IS_IDENTITY: 'identity',
  GENERATION_EXPRESSION: 'generated',
  PREVIOUS_NAME: 'previousName',
}

/** The cell of a finding that only names the header under which the text was kept. */
function withProperty(path: FindingPath): FindingPath {
  if (path.property !== undefined || path.column === undefined) return path
  return { ...path, property: properties[path.column.toUpperCase()] ?? 'name' }
}
