import { MetaMigrateError } from '../../app/errors.ts'
import type { Dialect } from '../../app/flavor/dialect.ts'
import type { ModelDocument } from '../../app/model/document.ts'
import type { Finding, FindingPath } from '../../app/model/finding.ts'
import type { Id, Table } from '../../app/model/model.ts'
import { shapeOf } from '../../app/model/resolve.ts'
import { validateTable } from '../../app/model/validate.ts'
import { placeFindings } from './place-finding.ts'

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
  const check = (one: Table) => dialect.check(shapeOf(one, (id) => document.table(id)))
  try {
    return placeFindings(table, check(table), check).map((finding) => ({ ...finding, flavor: dialect.name }))
  } catch (error) {
    if (!(error instanceof MetaMigrateError)) throw error
    return [
      { code: error.code, severity: 'error', flavor: dialect.name, path: { table: table.id, property: 'name' }, message: error.message },
    ]
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
