import { MetaMigrateError } from '../errors.ts'
import type { CodeDocument, Dialect } from '../flavor/dialect.ts'
import type { Finding } from '../model/finding.ts'
import type { Id, Model, Table } from '../model/model.ts'
import { shapeOf } from '../model/resolve.ts'
import type { TableLookup } from '../model/resolve.ts'
import type { TableName } from '../model/shape.ts'
import { placedFinding } from './static-findings.ts'

export interface CodeInput {
  readonly model: Model
  /** Tables to be written, in the order of the model. */
  readonly tables: readonly Table[]
  readonly lookup: TableLookup
  readonly dialect: Dialect
}

export interface CodePreview {
  readonly files: CodeDocument['files']
  /** All files, each under a comment with its path where there are several. */
  readonly text: string
  readonly findings: readonly Finding[]
}

/** Code of these tables for a flavor that writes code. Errors: FLAVOR_UNSUPPORTED for a flavor that does not. */
export function previewCode({ model, tables, lookup, dialect }: CodeInput): CodePreview {
  if (dialect.document === null)
    throw new MetaMigrateError('FLAVOR_UNSUPPORTED', `${dialect.label} writes no code.`, { flavor: dialect.name })
  const now = model.tables.map(({ id }) => lookup(id)).filter((table) => table !== undefined)
  const shape = (table: Table) => shapeOf(table, lookup)
  const { files, findings } = dialect.document({
    tables: tables.map(shape),
    names: namesOf(now),
    related: relatedOf(now, tables).map(shape),
  })
  const text = files.length === 1 ? (files[0]?.text ?? '') : files.map((file) => `# ${file.path}\n${file.text}`).join('\n')
  return { files, text, findings: findings.map(({ table, ...finding }) => placedFinding(finding, ownerOf(tables, table))) }
}

let lastNames: readonly TableName[] = []

/** Names of the tables; the same list as the last time when they are the same: what a dialect makes of all names is then made once. */
function namesOf(tables: readonly Table[]): readonly TableName[] {
  const isSame =
    tables.length === lastNames.length &&
    tables.every(({ schema, name }, at) => lastNames[at]?.name === name && lastNames[at]?.schema === schema)
  if (!isSame) lastNames = tables.map(({ schema, name }) => ({ schema, name }))
  return lastNames
}

const ownerOf = (tables: readonly Table[], { schema, name }: { readonly schema: string; readonly name: string }) =>
  tables.find((one) => one.schema === schema && one.name === name) ?? null

/** Parents of the tables, the other children of those parents, and the tables' own children. */
function relatedOf(all: readonly Table[], tables: readonly Table[]): readonly Table[] {
  const parentsOf = (table: Table): readonly Id[] => table.references.flatMap(({ target }) => (target.kind === 'id' ? [target.table] : []))
  const shown = new Set(tables.map(({ id }) => id))
  const parents = new Set(tables.flatMap(parentsOf))
  return all.filter((table) => parents.has(table.id) || parentsOf(table).some((id) => parents.has(id) || shown.has(id)))
}
