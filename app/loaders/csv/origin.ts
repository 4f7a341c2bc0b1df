import type { DataType } from '../../model/data-type.ts'
import type { TypeHint } from '../../model/parse-type.ts'
import type { CsvTable } from './read.ts'

/**
 * The flavor in whose words a file is to be read; null when it is nobody's or ours.
 * A file with our ID column was saved by us: its types are then in our words, whatever columns it has kept.
 */
export const originOf = (table: CsvTable): TypeHint => (table.places.has('ID') ? null : catalogOf(table))

/**
 * The flavor whose catalog a file came from, by columns that only it has, whether or not it was saved by us since.
 * Source: the manuals' chapters on information_schema.columns of PostgreSQL, MySQL, MariaDB and SQL Server.
 */
export function catalogOf(table: CsvTable): TypeHint {
  const headers = new Set(table.columns.map((column) => column.header.trim().toUpperCase()))
  if (!headers.has('TABLE_CATALOG')) return null
  if (headers.has('UDT_NAME')) return 'postgres'
  if (headers.has('COLUMN_TYPE') && headers.has('EXTRA')) return 'mysql'
  return headers.has('DOMAIN_CATALOG') && headers.has('CHARACTER_SET_CATALOG') ? 'mssql' : null
}

/** Schemas that hold a server's own tables. They are in every unfiltered catalog query, and never part of a model. */
export const systemSchemas: ReadonlySet<string> = new Set(['pg_catalog', 'information_schema', 'pg_toast'])

/** The same, but only in a file whose origin is MySQL or MariaDB. */
export const mysqlSystemSchemas: ReadonlySet<string> = new Set(['mysql', 'performance_schema', 'sys'])

const nulls = new Set(['NULL', '\\N', '[NULL]', '(NULL)', '<NULL>'])

/** A cell of a catalog query, the client's way of writing NULL taken as empty. */
export const catalogCell = (text: string): string => (nulls.has(text.toUpperCase()) ? '' : text)

/** A catalog's default as an expression; null when there is none. Literals lose the catalog's casts and wrappers. */
export function catalogDefault(text: string, origin: TypeHint, type: DataType, extra: string): string | null {
  const value = catalogCell(text)
  if (value === '') return null
  if (origin === 'postgres') return postgresDefault(value)
  if (origin === 'mssql') return mssqlDefault(value)
  return origin === 'mysql' ? mysqlDefault(value, type, extra) : value
}

/** PostgreSQL adds a cast to each literal: `'a'::text`. */
function postgresDefault(value: string): string | null {
  if (/^NULL::/iu.test(value)) return null
  return (
    /^('(?:[^']|'')*')::(?:character varying|text|jsonb?|bpchar|character|date|uuid|timestamp with(?:out)? time zone|numeric|integer|bigint|smallint)(?:\(\d+\))?$/u.exec(
      value,
    )?.[1] ?? value
  )
}

/** SQL Server wraps in parentheses and marks Unicode text: `((1))`, `(N'x')`. */
function mssqlDefault(value: string): string {
  let bare = value
  while (bare.startsWith('(') && closes(bare)) bare = bare.slice(1, -1)
  return /^N'(?:[^']|'')*'$/u.test(bare) ? bare.slice(1) : bare
}

/** Whether the first parenthesis is closed by the last sign. */
function closes(text: string): boolean {
  let level = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "'") at = text.indexOf("'", at + 1)
    if (at === -1) return false
    if (text[at] === '(') level++
    if (text[at] === ')' && --level === 0) return at === text.length - 1
  }
  return false
}

/** MySQL gives the bare value of a literal, MariaDB (10.2.7 and later) an expression. */
function mysqlDefault(value: string, type: DataType, extra: string): string {
  if (/DEFAULT_GENERATED/iu.test(extra) || /^'.*'$/su.test(value)) return value
  if (/^(?:current_timestamp|now|localtime|localtimestamp|curdate|current_date|uuid)\b/iu.test(value) || /^b'[01]*'$/u.test(value))
    return value
  return quotedKinds.has(type.kind) ? `'${value.replaceAll("'", "''")}'` : value
}

const quotedKinds = new Set<DataType['kind']>([
  'char',
  'varchar',
  'text',
  'enum',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'json',
  'uuid',
])
