import { foldName } from '../diff/names.ts'
import type { NameRules } from '../diff/names.ts'
import type { Model, Table } from '../model/model.ts'
import type { Selection } from './plan.ts'

/** The whole model. */
export const everything: Selection = { schemas: [], tables: [] }

/**
 * Tables of the model that the selection names, in model order. A schema or a table may hold the globs `*` and `?`; a table is `name` or `schema.name`.
 * Schemas and tables both given: a table must satisfy both. Empty lists select everything.
 */
export function selectTables(model: Model, selection: Selection, rules: NameRules): readonly Table[] {
  const schemas = selection.schemas.map((glob) => matcher(glob, rules))
  const tables = selection.tables.map((glob) => matcher(glob, rules))
  if (schemas.length === 0 && tables.length === 0) return model.tables
  return model.tables.filter((table) => {
    const schema = table.schema === '' ? rules.defaultSchema : table.schema
    const inSchema = schemas.length === 0 || schemas.some((matches) => matches(schema) || matches(table.schema))
    return inSchema && (tables.length === 0 || tables.some((matches) => matches(table.name) || matches(`${schema}.${table.name}`)))
  })
}

/** The first schema and the first table of a selection that name nothing in the model. */
export function unmatched(model: Model, selection: Selection, rules: NameRules): { readonly schema: string | undefined; readonly table: string | undefined } {
  const isIdle = (one: Selection) => selectTables(model, one, rules).length === 0
  return {
    schema: selection.schemas.find((schema) => isIdle({ schemas: [schema], tables: [] })),
    table: selection.tables.find((table) => isIdle({ schemas: [], tables: [table] })),
  }
}

/** Whether a text matches a glob with `*` (any run) and `?` (one character). */
function matcher(glob: string, rules: NameRules): (text: string) => boolean {
  const source = foldName(rules, glob)
    .replaceAll(/[.+^${}()|[\]\\/]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const pattern = new RegExp(`^${source}$`, 'su')
  return (text) => pattern.test(foldName(rules, text))
}
