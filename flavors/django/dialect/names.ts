import type { TableName } from '../../../app/model/shape.ts'
import type { Target } from './target.ts'
import { schemaOf } from './class-names.ts'

/** `schema.name`, quoted where a dot or a blank would mislead. */
export const displayTable = ({ schema, name }: TableName): string => (schema === '' ? shown(name) : `${shown(schema)}.${shown(name)}`)

const shown = (name: string): string => (/^[\p{L}\p{N}_$]+$/u.test(name) ? name : JSON.stringify(name))

const quotes: Readonly<Record<Target['database'], readonly [string, string]>> = { postgres: ['"', '"'], sqlite: ['"', '"'], mysql: ['`', '`'], mssql: ['[', ']'] }

/** A name in the quotes of the database: Django takes what begins and ends with them as it is. */
function quoted(name: string, { database }: Target): string {
  const [open, close] = quotes[database]
  return open + name.replaceAll(close, close + close) + close
}

/** A name as `db_table` and `db_column` take it: Django quotes, but doubles no quote inside, so a name with one comes quoted. */
export function databaseName(name: string, target: Target): string {
  const [open, close] = quotes[target.database]
  return name.includes(open) || name.includes(close) ? quoted(name, target) : name
}

/** Names that Django's own statements break: a quote inside is not doubled in the names it makes, and a percent sign is a parameter. */
export const isFragile = (name: string, target: Target): boolean => name.includes('%') || quotes[target.database].some((quote) => name.includes(quote))

/** `db_table` of a table, with its schema where the database has one. */
export function databaseTable(name: TableName, target: Target): string {
  const schema = schemaOf(name, target)
  const hasSchemas = target.database === 'postgres' || target.database === 'mssql'
  return schema === '' || !hasSchemas ? databaseName(name.name, target) : `${quoted(schema, target)}.${quoted(name.name, target)}`
}
