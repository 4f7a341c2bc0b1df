import { MetaMigrateError, assertNever } from '../../../app/errors.ts'
import type { TableName } from '../../../app/model/shape.ts'
import type { Capabilities, Operation, Statement } from '../../flavor.ts'
import { join, sql, type Sql } from '../../sql.ts'
import { normalDefault } from './default.ts'
import { isBareDefault } from './expression.ts'
import { hasAutoincrement } from './facts.ts'
import { keptIndexSql } from './kept-index.ts'
import { keptTableSql } from './kept-table.ts'
import { displayTable, identifier, literal, tableSql } from './names.ts'
import { indexName } from './normalize.ts'
import { continueIdentity, copyRows, copyTable, setAside } from './set-aside.ts'
import { statement } from './statement.ts'
import { checkedName, columnSql, createIndexSql, createTableSql, expressionSql } from './table-sql.ts'

/** Statements of an operation, each with its way back. Errors: FLAVOR_UNSUPPORTED for what SQLite can only do by rebuilding the table. */
export function statements(operation: Operation, can: Capabilities): readonly Statement[] {
  switch (operation.kind) {
    case 'begin':
      // The pragma is ignored inside a transaction, and with foreign keys on, dropping a table empties its children.
      return [
        statement(sql`PRAGMA foreign_keys = OFF`, 'Let a table be dropped without touching its children', 'frame', []),
        statement(sql`BEGIN IMMEDIATE`, 'Begin, as the only writer', 'frame', [], 'locks'),
      ]
    case 'commit':
      return [statement(sql`COMMIT`, 'Commit', 'frame', []), statement(sql`PRAGMA foreign_keys = ON`, 'Enforce foreign keys again', 'frame', [])]
    case 'createTable':
      return [statement(operation.kept === undefined ? createTableSql(operation.shape) : keptTableSql(operation.shape, operation.kept), `Create table ${displayTable(operation.shape)}`, 'create', [sql`DROP TABLE ${tableSql(operation.shape)}`])]
    case 'dropTable': {
      const words = operation.ifExists === true ? sql`DROP TABLE IF EXISTS` : sql`DROP TABLE`
      const drop = statement(sql`${words} ${tableSql(operation.shape)}`, `Drop table ${displayTable(operation.shape)}`, 'delete', null, 'drops')
      // A backup is an ordinary table: SQLite does not know that the counter beside it was its own.
      const counter = statement(sql`DELETE FROM sqlite_sequence WHERE name = ${literal(operation.shape.name)}`, `Forget the counter of ${displayTable(operation.shape)}`, 'delete', null)
      return hasAutoincrement(operation.shape) ? [drop, counter] : [drop]
    }
    case 'setAside':
      return setAside(operation.shape, operation.to, operation.remake)
    case 'copyTable':
      return copyTable(operation.shape, operation.to)
    case 'copyRows':
      return copyRows(operation.from, operation.to, operation.columns, operation.fromShape ?? null)
    case 'continueIdentity':
      return continueIdentity(operation.from, operation.fromShape, operation.to)
    case 'checkReferences':
      return checkReferences(operation.tables)
    default:
      return alterations(operation, can)
  }
}

type Alteration = Exclude<Operation, { kind: 'begin' | 'commit' | 'createTable' | 'dropTable' | 'setAside' | 'copyTable' | 'copyRows' | 'continueIdentity' | 'checkReferences' }>

/** Rows whose parent is missing, of these tables or pointing at them: foreign keys were off, so SQLite has not looked. Gives a row for each. */
function checkReferences(tables: readonly TableName[]): readonly Statement[] {
  if (tables.length === 0) return []
  const list = join(tables.map(({ name }) => literal(name)))
  const text = sql`SELECT "table", rowid, parent FROM pragma_foreign_key_check WHERE "table" COLLATE NOCASE IN (${list}) OR parent COLLATE NOCASE IN (${list})`
  return [statement(text, 'Check every foreign key of these tables', 'verify', [])]
}

function alterations(operation: Alteration, can: Capabilities): readonly Statement[] {
  switch (operation.kind) {
    case 'renameTable': {
      const { from, to } = operation
      const back = sql`ALTER TABLE ${identifier(to)} RENAME TO ${identifier(from.name)}`
      return [statement(sql`ALTER TABLE ${tableSql(from)} RENAME TO ${checkedName(to)}`, `Rename ${displayTable(from)} to ${to}`, 'create', [back], 'locks')]
    }
    case 'renameColumn': {
      const { table, from, to } = operation
      const head = sql`ALTER TABLE ${tableSql(table)} RENAME COLUMN`
      const back = sql`${head} ${identifier(to)} TO ${identifier(from)}`
      return [statement(sql`${head} ${identifier(from)} TO ${checkedName(to)}`, `Rename column ${from} of ${displayTable(table)} to ${to}`, 'create', [back], 'locks')]
    }
    case 'createIndex':
    case 'dropIndex':
      return indexStatements(operation)
    case 'addColumn':
      return addColumn(operation)
    case 'dropColumn':
      return [statement(sql`ALTER TABLE ${tableSql(operation.table)} DROP COLUMN ${identifier(operation.column.name)}`, `Drop column ${operation.column.name} of ${displayTable(operation.table)}`, 'delete', null, 'drops')]
    case 'addCheck':
    case 'dropCheck':
      return checkStatements(operation, can)
    case 'alterColumn':
      return alterColumn(operation, can)
    case 'createSchema':
    case 'moveTable':
    case 'addReference':
    case 'dropReference':
    case 'addKey':
    case 'dropKey':
    case 'commentTable':
    case 'swapTables':
      throw unsupported(operation.kind)
    default:
      return assertNever(operation)
  }
}

const unsupported = (kind: string) => new MetaMigrateError('FLAVOR_UNSUPPORTED', `SQLite cannot do ${kind} on a table that stands; redeploy rebuilds the table instead.`, { flavor: 'sqlite', operation: kind })

function indexStatements(operation: Extract<Operation, { kind: 'createIndex' | 'dropIndex' }>): readonly Statement[] {
  const { table, index } = operation
  const name = index.name === '' ? indexName(table, index) : index.name
  const create = operation.kind === 'createIndex' && operation.kept !== undefined ? keptIndexSql(table, index, operation.kept) : createIndexSql(table, index)
  const drop = sql`DROP INDEX ${identifier(name)}`
  return operation.kind === 'createIndex' ? [statement(create, `Create index ${name}`, 'create', [drop])] : [statement(drop, `Drop index ${name}`, 'delete', [create])]
}

/**
 * A field that rows already there can take at once: a stored generated one, a default that is computed, and NOT NULL without a default are refused
 * as soon as the table holds a row. Source: sqlite.org/lang_altertable.html#alter_table_add_column.
 */
function addColumn({ kind, table, column }: Extract<Operation, { kind: 'addColumn' }>): readonly Statement[] {
  const fixed = column.default === null ? null : normalDefault(column.default)
  const isComputed = fixed !== null && (!isBareDefault(fixed) || /^CURRENT_/i.test(fixed))
  const isMissing = !column.nullable && column.generated === null && (fixed === null || /^null$/i.test(fixed))
  if (column.generated?.stored === true || (column.generated === null && (isComputed || isMissing))) throw unsupported(kind)
  const shape = { ...table, comment: '', columns: [column], primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {} }
  const { type, default: value } = column
  const values = type.kind === 'enum' ? sql` CHECK (${identifier(column.name)} IN (${join(type.values.map(literal))}))` : sql``
  const text = sql`ALTER TABLE ${tableSql(table)} ADD COLUMN ${columnSql(shape, value === null ? column : { ...column, default: fixed }, false)}${values}`
  return [statement(text, `Add column ${column.name} to ${displayTable(table)}`, 'create', [sql`ALTER TABLE ${tableSql(table)} DROP COLUMN ${identifier(column.name)}`])]
}

/** Since 3.53 SQLite sets and drops NOT NULL; everything else about a column is a rebuild. Source: sqlite.org/lang_altertable.html. */
function alterColumn({ kind, table, from, to }: Extract<Operation, { kind: 'alterColumn' }>, can: Capabilities): readonly Statement[] {
  const isNullabilityOnly = from.nullable !== to.nullable && JSON.stringify({ ...from, nullable: to.nullable }) === JSON.stringify(to)
  if (can.alterNullability !== 'inPlace' || !isNullabilityOnly) throw unsupported(kind)
  const alter = (nullable: boolean) => sql`ALTER TABLE ${tableSql(table)} ALTER COLUMN ${identifier(to.name)} ${nullable ? sql`DROP NOT NULL` : sql`SET NOT NULL`}`
  return [statement(alter(to.nullable), `Let ${displayTable(table)}.${to.name} ${to.nullable ? 'take' : 'refuse'} NULL`, 'create', [alter(from.nullable)], 'locks')]
}

function checkStatements(operation: Extract<Operation, { kind: 'addCheck' | 'dropCheck' }>, can: Capabilities): readonly Statement[] {
  const { table, check } = operation
  if (can.alterNullability !== 'inPlace' || check.name === '') throw unsupported(operation.kind)
  const head: Sql = sql`ALTER TABLE ${tableSql(table)}`
  const add = sql`${head} ADD CONSTRAINT ${checkedName(check.name)} CHECK (${expressionSql(check.expression)})`
  const drop = sql`${head} DROP CONSTRAINT ${identifier(check.name)}`
  return operation.kind === 'addCheck' ? [statement(add, `Add check ${check.name}`, 'create', [drop])] : [statement(drop, `Drop check ${check.name}`, 'delete', [add])]
}
