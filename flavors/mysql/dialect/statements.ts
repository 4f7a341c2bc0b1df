import { assertNever } from '../../../app/errors.ts'
import type { Operation, Statement } from '../../flavor.ts'
import { sql, type Sql } from '../../sql.ts'
import { alterColumn } from './alter-column.ts'
import { begin, commit } from './frame.ts'
import { continueIdentity, copyRows } from './load.ts'
import { columnIdentifier, convention, displayTable, identifier, indexIdentifier, literal, tableSql } from './names.ts'
import { indexWords } from './normalize.ts'
import { runText } from './prepared.ts'
import type { Server } from './server.ts'
import { copyTable, dropCheckSql, renameTable, setAside, swapTables } from './set-aside.ts'
import { statement } from './statement.ts'
import { checkSql, columnSql, createTableSql, indexSql, primaryKeySql, referenceSql, uniqueSql, unsupported } from './table-sql.ts'

/** Statements of an operation, each with its way back. Errors: FLAVOR_UNSUPPORTED, NAME_REFUSED, EXPRESSION_REFUSED, TEXT_REFUSED. */
export function statements(operation: Operation, server: Server): readonly Statement[] {
  switch (operation.kind) {
    case 'begin':
      return begin(server)
    case 'commit':
      return commit(server)
    case 'createSchema':
      return createSchema(operation.schema, server)
    case 'createTable': {
      const { shape, references } = operation
      return [statement(createTableSql(shape, references, server), `Create table ${displayTable(shape)}`, 'create', [sql`DROP TABLE ${tableSql(shape)}`])]
    }
    case 'dropTable': {
      const words = operation.ifExists === true ? sql`DROP TABLE IF EXISTS` : sql`DROP TABLE`
      return [statement(sql`${words} ${tableSql(operation.shape)}`, `Drop table ${displayTable(operation.shape)}`, 'delete', null, 'drops')]
    }
    case 'setAside':
      return setAside(operation.shape, operation.to, server)
    case 'swapTables':
      return swapTables(operation.tables)
    case 'copyTable':
      return copyTable(operation.shape, operation.to, server)
    case 'copyRows':
      return copyRows(operation.from, operation.to, operation.columns, server)
    case 'continueIdentity':
      return continueIdentity(operation.from, operation.to, operation.columns)
    case 'checkReferences':
      // Each foreign key was added, or filled, with checks switched on (see the session frame): the server has looked at every row.
      return []
    case 'renameTable':
      return renameTable(operation.from, { schema: operation.from.schema, name: operation.to }, `Rename ${displayTable(operation.from)} to ${operation.to}`)
    case 'moveTable':
      return renameTable(operation.from, { schema: operation.toSchema, name: operation.from.name }, `Move ${displayTable(operation.from)} to ${operation.toSchema === '' ? 'the connected database' : operation.toSchema}`)
    default:
      return parts(operation, server)
  }
}

type Part = Exclude<Operation, { kind: 'begin' | 'commit' | 'createSchema' | 'createTable' | 'dropTable' | 'setAside' | 'swapTables' | 'copyTable' | 'copyRows' | 'continueIdentity' | 'checkReferences' | 'renameTable' | 'moveTable' }>

/** A database of its own. The way back drops it only while it is empty: DROP DATABASE would take every table with it. */
function createSchema(schema: string, server: Server): readonly Statement[] {
  if (schema === '') return []
  const name = identifier(schema)
  const drop = sql`IF(EXISTS (SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(schema)}) OR EXISTS (SELECT 1 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ${literal(schema)}), 'DO 0', ${literal(`DROP DATABASE ${name}`)})`
  const text = sql`CREATE DATABASE ${name} DEFAULT CHARACTER SET utf8mb4 COLLATE ${collationOf(server)}`
  return [statement(text, `Create database ${schema}`, 'create', runText(drop))]
}

const collationOf = (server: Server): Sql => server.collation as Sql

/** One part of a table made, changed or taken away. */
function parts(operation: Part, server: Server): readonly Statement[] {
  const table = operation.table
  const alter = sql`ALTER TABLE ${tableSql(table)}`
  const name = displayTable(table)
  switch (operation.kind) {
    case 'createIndex':
    case 'dropIndex':
      return indexParts(operation, server)
    case 'addReference':
    case 'dropReference': {
      const reference = named(operation.reference, () => convention.reference(table.name, operation.reference.columns))
      const drop = sql`${alter} DROP FOREIGN KEY ${identifier(reference.name)}`
      // The index that the server made for the key stays behind when the key goes.
      const index = server.isMariaDb ? [sql`${alter} DROP INDEX IF EXISTS ${indexIdentifier(reference.name)}`] : []
      if (table.schema !== '' && reference.parent.schema === '') {
        throw unsupported(`The foreign key ${reference.name} means ${displayTable(reference.parent)} without a schema, which the server would look for in ${table.schema}.`, { reference: reference.name })
      }
      const add = sql`${alter} ADD ${referenceSql(reference)}`
      if (operation.kind === 'dropReference') return [statement(drop, `Drop foreign key ${reference.name} of ${name}`, 'delete', [add], 'locks')]
      return [statement(add, `Add foreign key ${reference.name} to ${name}`, 'create', [drop, ...index], 'locks')]
    }
    case 'addKey':
    case 'dropKey':
      return keyParts(operation)
    case 'addCheck':
    case 'dropCheck': {
      if (!server.checks) throw unsupported('MySQL has checks since 8.0.16.', { operation: operation.kind })
      const check = named(operation.check, () => convention.check(table.name))
      const [add, drop] = [sql`${alter} ADD ${checkSql(check)}`, sql`${alter} ${dropCheckSql(check.name, server)}`]
      return pair(operation.kind === 'addCheck', add, drop, `check ${check.name}`, name)
    }
    case 'renameColumn': {
      if (!server.renameColumn) throw unsupported(`This ${server.label} cannot rename a column without its definition: rebuild the table.`, { operation: operation.kind })
      const { from, to } = operation
      const rename = (one: string, other: string) => sql`${alter} RENAME COLUMN ${identifier(one)} TO ${columnIdentifier(other)}`
      return [statement(rename(from, to), `Rename column ${from} of ${name} to ${to}`, 'create', [rename(to, from)], 'locks')]
    }
    case 'addColumn':
      return addColumn(operation, server)
    case 'dropColumn':
      return [statement(sql`${alter} DROP COLUMN ${identifier(operation.column.name)}`, `Drop column ${operation.column.name} of ${name}`, 'delete', null, 'drops')]
    case 'alterColumn':
      return alterColumn(table, operation.from, operation.to, server)
    case 'commentTable': {
      const comment = (text: string) => sql`${alter} COMMENT = ${literal(text)}`
      return [statement(comment(operation.to), `Comment on ${name}`, 'create', [comment(operation.from)])]
    }
    default:
      return assertNever(operation)
  }
}

const named = <T extends { readonly name: string }>(part: T, make: () => string): T => (part.name === '' ? { ...part, name: make() } : part)

/** A part that is added or dropped, each the other's way back. */
function pair(isAdded: boolean, add: Sql, drop: Sql, what: string, table: string): readonly Statement[] {
  return [isAdded ? statement(add, `Add ${what} to ${table}`, 'create', [drop], 'locks') : statement(drop, `Drop ${what} of ${table}`, 'delete', [add], 'locks')]
}

function indexParts(operation: Extract<Operation, { kind: 'createIndex' | 'dropIndex' }>, server: Server): readonly Statement[] {
  const index = named(operation.index, () => convention.index(operation.table.name, indexWords(operation.index)))
  const drop = sql`DROP INDEX ${indexIdentifier(index.name)} ON ${tableSql(operation.table)}`
  return pair(operation.kind === 'createIndex', indexSql(operation.table, index, server), drop, `index ${index.name}`, displayTable(operation.table))
}

function keyParts({ kind, table, key: given, primary }: Extract<Operation, { kind: 'addKey' | 'dropKey' }>): readonly Statement[] {
  const alter = sql`ALTER TABLE ${tableSql(table)}`
  const name = displayTable(table)
  if (primary) return pair(kind === 'addKey', sql`${alter} ADD ${primaryKeySql(given)}`, sql`${alter} DROP PRIMARY KEY`, 'the primary key', name)
  const key = named(given, () => convention.unique(table.name, given.columns))
  return pair(kind === 'addKey', sql`${alter} ADD ${uniqueSql(key)}`, sql`${alter} DROP INDEX ${indexIdentifier(key.name)}`, `unique constraint ${key.name}`, name)
}

/** Rows that are there would get 0 or '' for a field that needs a value and has none to take: that is refused. So is a counter, which needs its key at once. */
function addColumn({ kind, table, column }: Extract<Operation, { kind: 'addColumn' }>, server: Server): readonly Statement[] {
  const isMissing = !column.nullable && column.generated === null && (column.default === null || /^null$/i.test(column.default.trim()))
  if (isMissing || column.identity !== null) throw unsupported(`${displayTable(table)}.${column.name} needs a value in rows that are there: give it a default, or rebuild the table.`, { operation: kind })
  const alter = sql`ALTER TABLE ${tableSql(table)}`
  const text = sql`${alter} ADD COLUMN ${columnSql(column, { server, isKey: false, columns: null })}`
  return [statement(text, `Add column ${column.name} to ${displayTable(table)}`, 'create', [sql`${alter} DROP COLUMN ${identifier(column.name)}`], 'locks')]
}
