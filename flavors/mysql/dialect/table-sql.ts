import type { DataType } from '../../../app/model/data-type.ts'
import { MetaMigrateError } from '../../../app/errors.ts'
import type { CheckShape, ColumnShape, IndexShape, KeyShape, ReferenceShape, TableName, TableShape } from '../../../app/model/shape.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { defaultClause } from './default.ts'
import { expressionSql, type KnownColumns } from './expression.ts'
import { columnIdentifier, columnList, identifier, indexIdentifier, literal, names, tableSql } from './names.ts'
import { indexMethod, prefixOf, withNames } from './normalize.ts'
import { charsetOf, optionsOf } from './options.ts'
import type { Server } from './server.ts'
import { nativeType, storedType } from './types.ts'

export const unsupported = (what: string, details: Readonly<Record<string, string>> = {}): MetaMigrateError => new MetaMigrateError('FLAVOR_UNSUPPORTED', what, { flavor: 'mysql', ...details })

/** What a column is in its table. */
export interface ColumnContext {
  readonly server: Server
  readonly isKey: boolean
  readonly columns: KnownColumns
}

const wordOnly = /^[A-Za-z0-9_]+$/

/** A collation with its character set, which it brings along; nothing where the column says none. Errors: NAME_REFUSED. */
function collationSql(collation: string): Sql {
  if (collation === '') return sql``
  if (!wordOnly.test(collation)) throw new MetaMigrateError('NAME_REFUSED', `${JSON.stringify(collation.slice(0, 80))} is no collation of MySQL: letters, digits and _ only.`, { flavor: 'mysql' })
  const charset = charsetOf(collation)
  return sql` CHARACTER SET ${verbatim(charset)} COLLATE ${verbatim(collation)}`
}

/** Everything about a column: MODIFY forgets what is not said. Source: MySQL manual, "CREATE TABLE", column_definition. Errors: NAME_REFUSED, EXPRESSION_REFUSED. */
export function columnSql(column: ColumnShape, context: ColumnContext): Sql {
  const { server, isKey } = context
  const native = typeSql(column.type, server)
  const type = column.collation !== '' && isTextual(column, server) ? sql`${native}${collationSql(column.collation)}` : native
  const comment = column.comment === '' ? nothing : sql` COMMENT ${literal(column.comment)}`
  const isRequired = !column.nullable || isKey || column.identity !== null
  if (column.generated !== null) {
    const { expression, stored } = column.generated
    // MariaDB takes no NOT NULL behind a generated column.
    const notNull = isRequired && !server.isMariaDb ? sql` NOT NULL` : sql``
    return sql`${columnIdentifier(column.name)} ${type} GENERATED ALWAYS AS (${expressionSql(expression, context.columns)}) ${stored ? sql`STORED` : sql`VIRTUAL`}${notNull}${comment}`
  }
  // Older servers make a timestamp NOT NULL with a default of its own where nothing is said.
  const nullable = !isRequired && isMoment(column.type, server) ? sql` NULL` : nothing
  const identity = column.identity === null ? nothing : sql` AUTO_INCREMENT`
  const value = column.identity === null && column.default !== null ? defaultClause(column, context) : nothing
  return sql`${columnIdentifier(column.name)} ${type}${isRequired ? notNullSql : nullable}${value}${identity}${comment}`
}

const typeTexts = new WeakMap<Server, WeakMap<DataType, Sql>>()

/** A type's text, made once for each type object: fields that are spelled alike share theirs. */
function typeSql(type: DataType, server: Server): Sql {
  const own = typeTexts.get(server) ?? new WeakMap<DataType, Sql>()
  typeTexts.set(server, own)
  const known = own.get(type) ?? verbatim(nativeType(type, server).text)
  own.set(type, known)
  return known
}

const nothing = sql``
const notNullSql = sql` NOT NULL`

/** Whether a type is kept as `timestamp`. Of the logical ones just one is. */
const isMoment = (type: DataType, server: Server): boolean => type.kind === 'timestamptz' || (type.kind === 'native' && storedType(type, server).kind === 'timestamptz')

function isTextual(column: ColumnShape, server: Server): boolean {
  const type = storedType(column.type, server)
  return type.kind === 'text' || type.kind === 'varchar' || type.kind === 'char' || type.kind === 'enum' || (type.kind === 'native' && type.text.startsWith('set('))
}

export const primaryKeySql = (key: KeyShape): Sql => sql`PRIMARY KEY ${columnList(key.columns)}`
export const uniqueSql = (key: KeyShape): Sql => sql`UNIQUE KEY ${indexIdentifier(key.name)} ${columnList(key.columns)}`
export const checkSql = (check: CheckShape, columns: KnownColumns = null): Sql => sql`CONSTRAINT ${identifier(check.name)} CHECK (${expressionSql(check.expression, columns)})`

/** A foreign key. Errors: FLAVOR_UNSUPPORTED for SET DEFAULT: MySQL refuses it, and MariaDB reads it and does RESTRICT. */
export function referenceSql({ name, columns, parent, parentColumns, onUpdate, onDelete }: ReferenceShape): Sql {
  if (onUpdate === 'set default' || onDelete === 'set default') {
    throw unsupported(`The foreign key ${name} sets the default, which InnoDB does not: MariaDB would read it and restrict instead. Take set null, cascade or no action.`, { reference: name })
  }
  const action = (event: 'UPDATE' | 'DELETE', what: string) => (what === 'no action' || what === 'restrict' ? sql`` : sql` ON ${verbatim(event)} ${verbatim(what.toUpperCase())}`)
  return sql`CONSTRAINT ${identifier(name)} FOREIGN KEY ${columnList(columns)} REFERENCES ${tableSql(parent)} ${columnList(parentColumns)}${action('DELETE', onDelete)}${action('UPDATE', onUpdate)}`
}

/** ENGINE and what follows the parentheses of CREATE TABLE. Character set and collation are always said: a server's own may be latin1. */
export function tableTail(shape: Pick<TableShape, 'options' | 'comment'>, server: Server): Sql {
  if (shape.comment === '' && Object.keys(shape.options).length === 0) return plainTail(server)
  return tailOf(shape, server)
}

const plainTails = new WeakMap<Server, Sql>()

/** The tail of a table without options and comment, made once a server. */
function plainTail(server: Server): Sql {
  const known = plainTails.get(server) ?? tailOf({ options: {}, comment: '' }, server)
  plainTails.set(server, known)
  return known
}

function tailOf(shape: Pick<TableShape, 'options' | 'comment'>, server: Server): Sql {
  const { engine, charset, collation, rowFormat, autoIncrement } = optionsOf(shape.options, server)
  return join([
    sql`ENGINE=${verbatim(engine)}`,
    ...(autoIncrement === '' ? [] : [sql`AUTO_INCREMENT=${verbatim(autoIncrement)}`]),
    sql`DEFAULT CHARSET=${verbatim(charset)}`,
    ...(collation === '' ? [] : [sql`COLLATE=${verbatim(collation)}`]),
    ...(rowFormat === '' ? [] : [sql`ROW_FORMAT=${verbatim(rowFormat)}`]),
    ...(shape.comment === '' ? [] : [sql`COMMENT=${literal(shape.comment)}`]),
  ], ' ')
}

/** The names of the columns are gathered when an expression asks for them: most tables have none. */
function contextOf({ columns }: TableShape, server: Server, isKey: boolean): ColumnContext {
  let names: KnownColumns = null
  return {
    server,
    isKey,
    get columns() {
      return (names ??= new Set(columns.map(({ name }) => name)))
    },
  }
}

/** CREATE TABLE with keys and checks; foreign keys when they are asked for; indexes never. */
export function createTableSql(given: TableShape, references: boolean, server: Server): Sql {
  const shape = withNames(given)
  const keys = shape.primaryKey?.columns ?? []
  const [plain, key] = [contextOf(shape, server, false), contextOf(shape, server, true)]
  const lines = [
    ...shape.columns.map((column) => columnSql(column, keys.includes(column.name) ? key : plain)),
    ...(shape.primaryKey === null ? [] : [primaryKeySql(shape.primaryKey)]),
    ...shape.uniques.map(uniqueSql),
    ...(server.checks ? shape.checks.map((check) => checkSql(check, plain.columns)) : []),
    ...(references ? shape.references.map(referenceSql) : []),
  ]
  return sql`CREATE TABLE ${tableSql(shape)} (\n  ${join(lines, ',\n  ')}\n) ${tableTail(shape, server)}`
}

function partSql(part: IndexShape['parts'][number], server: Server): Sql {
  const order = part.order === 'desc' ? sql` DESC` : sql``
  if (part.column !== null) return sql`${identifier(part.column)}${order}`
  const prefix = prefixOf(part.expression)
  if (prefix !== null) return sql`${identifier(prefix.column)}(${verbatim(String(prefix.length))})${order}`
  if (!server.expressionIndexes) throw unsupported(`${server.label} has no index over an expression: index a generated field instead.`, { expression: part.expression.slice(0, 80) })
  return sql`(${expressionSql(part.expression)})${order}`
}

/** CREATE INDEX. Errors: FLAVOR_UNSUPPORTED for a unique index with a predicate, which would forbid more without it. */
export function indexSql(table: TableName, index: IndexShape, server: Server): Sql {
  if (index.unique && index.predicate !== '') throw unsupported(`MySQL has no index over some rows only, and without its predicate ${index.name} would forbid more.`, { index: index.name })
  const method = indexMethod(index.method, '')
  const kind = method === '' || method === 'hash' ? (index.unique ? sql`UNIQUE ` : sql``) : sql`${verbatim(method.toUpperCase())} `
  const using = method === 'hash' ? sql` USING HASH` : sql``
  const parts = join(index.parts.map((part) => partSql(kind === 'FULLTEXT ' || kind === 'SPATIAL ' ? { ...part, order: 'asc' } : part, server)))
  return sql`CREATE ${kind}INDEX ${indexIdentifier(index.name)}${using} ON ${tableSql(table)} (${parts})`
}

/** Columns that hold values of their own. */
export const storedColumns = (shape: TableShape): readonly string[] => shape.columns.filter((column) => column.generated === null).map(({ name }) => name)

export { names }
