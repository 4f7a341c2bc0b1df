import type { Capabilities } from '../flavor/capabilities.ts'
import type { TableName } from '../model/shape.ts'

/** The parts of a flavor that decide whether two spellings are one name. */
export type NameRules = Pick<Capabilities, 'identifierComparison' | 'defaultSchema'>

/** A key that is equal exactly when two names are the same name to the flavor. Only ASCII letters fold: that is what SQLite does, and it never joins two names that are apart. */
export function foldName(rules: NameRules, name: string): string {
  return rules.identifierComparison === 'exact' ? name : name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** The same for a table: schema (the default one filled in) and name. */
export function tableKey(rules: NameRules, { schema, name }: TableName): string {
  return `${foldName(rules, schema === '' ? rules.defaultSchema : schema)}\u0000${foldName(rules, name)}`
}

/** Stable order of text by code units: the same on every machine, whatever its locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Stable order of tables by schema, then name. */
export function byTableName(a: TableName, b: TableName): number {
  return byText(a.schema, b.schema) || byText(a.name, b.name)
}
