import { MetaMigrateError, assertNever } from '../../../app/errors.ts'
import type { TableName } from '../../../app/model/shape.ts'
import type { Capabilities, Operation, Statement } from '../../flavor.ts'
import { join, sql } from '../../sql.ts'
import { alterColumn } from './alter-column.ts'
import { commentColumn, commentTable, createTable, dropTable } from './create-table.ts'
import { continueIdentity, copyRows } from './load.ts'
import { convention, defaultSchema, displayTable, identifier, qualified, tableSql } from './names.ts'
import { copyTable, setAside } from './set-aside.ts'
import { transactionSettings } from './settings.ts'
import { statement } from './statement.ts'
import { enumTypesOfColumn, dropEnumType, ensureEnumType, restoreEnumType } from './enum-types.ts'
import { assumedPlace } from './new-value.ts'
import type { Place } from './new-value.ts'
import { checkSql, columnSql, indexSql, keySql, referenceSql } from './table-sql.ts'

/** Statements of an operation, each with its way back. */
export function statements(operation: Operation, can: Capabilities, place: Place = assumedPlace): readonly Statement[] {
  switch (operation.kind) {
    case 'begin':
      return begin(operation.tables)
    case 'commit':
      return [statement(sql`COMMIT`, 'Commit', 'frame', [])]
    case 'createSchema': {
      const schema = identifier(operation.schema === '' ? defaultSchema : operation.schema)
      return [statement(sql`CREATE SCHEMA ${schema}`, `Create schema ${operation.schema}`, 'create', [sql`DROP SCHEMA ${schema}`])]
    }
    case 'createTable':
      return createTable(operation.shape, operation.references, can, operation.handedOn)
    case 'dropTable':
      return dropTable(operation.shape, operation.ifExists === true)
    case 'setAside':
      return setAside(operation.shape, operation.to, operation.handedOn)
    case 'copyTable':
      return copyTable(operation.shape, operation.to)
    case 'copyRows':
      return copyRows(operation.from, operation.to, operation.columns, place)
    case 'continueIdentity':
      return continueIdentity(operation)
    case 'commentTable':
      return commentTable(operation.table, operation.from, operation.to)
    case 'alterColumn':
      return alterColumn(operation.table, operation.from, operation.to, place.zone)
    case 'checkReferences':
      return checkReferences(operation.tables)
    case 'swapTables':
      throw new MetaMigrateError('FLAVOR_UNSUPPORTED', 'PostgreSQL redeploys in one transaction: names are never exchanged.', { flavor: 'postgres', operation: operation.kind })
    case 'renameTable':
    case 'moveTable':
    case 'renameColumn':
      return rename(operation)
    default:
      return parts(operation, can)
  }
}

type Rename = Extract<Operation, { kind: 'renameTable' | 'moveTable' | 'renameColumn' }>
type Part = Exclude<
  Operation,
  | Rename
  | {
      kind:
        | 'begin'
        | 'commit'
        | 'createSchema'
        | 'createTable'
        | 'dropTable'
        | 'setAside'
        | 'copyTable'
        | 'copyRows'
        | 'continueIdentity'
        | 'commentTable'
        | 'alterColumn'
        | 'checkReferences'
        | 'swapTables'
    }
>

/**
 * One transaction that waits a bounded time for its locks (the session's lock_timeout, else 10 s), sees all rows or fails (row security), and is not ended
 * for being slow or idle. Locks are taken in name order, so that two runs cannot wait for each other.
 */
function begin(tables: readonly TableName[]): readonly Statement[] {
  const frame = (text: ReturnType<typeof sql>, summary: string) => statement(text, summary, 'frame', [])
  const ordered = tables.map(tableSql).toSorted()
  const locks =
    ordered.length === 0
      ? []
      : [
          statement(
            sql`LOCK TABLE ${join(ordered)} IN ACCESS EXCLUSIVE MODE`,
            `Lock ${tables.length === 1 ? 'the table' : `${tables.length} tables`}`,
            'frame',
            [],
            'locks',
          ),
        ]
  return [
    frame(sql`BEGIN`, 'Begin'),
    frame(
      sql`SELECT set_config('lock_timeout', CASE current_setting('lock_timeout') WHEN '0' THEN '10s' ELSE current_setting('lock_timeout') END, true)`,
      'Wait a bounded time for locks',
    ),
    frame(sql`SET LOCAL statement_timeout = 0`, 'Let statements take their time'),
    frame(sql`SET LOCAL row_security = off`, 'See every row, or fail'),
    frame(transactionSettings, 'Read and write values and definitions in one way'),
    ...locks,
  ]
}

/** Deferred constraints are checked now, while the run can still turn back; the others were checked as they were made. Gives no row. */
function checkReferences(tables: readonly TableName[]): readonly Statement[] {
  if (tables.length === 0) return []
  return [statement(sql`SET CONSTRAINTS ALL IMMEDIATE`, 'Check every foreign key that waits for the commit', 'verify', [])]
}

function rename(operation: Rename): readonly Statement[] {
  if (operation.kind === 'renameTable') {
    const { from, to } = operation
    const back = sql`ALTER TABLE ${qualified(from.schema, to)} RENAME TO ${identifier(from.name)}`
    return [
      statement(
        sql`ALTER TABLE ${tableSql(from)} RENAME TO ${identifier(to)}`,
        `Rename ${displayTable(from)} to ${to}`,
        'create',
        [back],
        'locks',
      ),
    ]
  }
  if (operation.kind === 'moveTable') {
    const { from, toSchema } = operation
    const target = toSchema === '' ? defaultSchema : toSchema
    const back = sql`ALTER TABLE ${qualified(target, from.name)} SET SCHEMA ${identifier(from.schema === '' ? defaultSchema : from.schema)}`
    return [
      statement(
        sql`ALTER TABLE ${tableSql(from)} SET SCHEMA ${identifier(target)}`,
        `Move ${displayTable(from)} to schema ${target}`,
        'create',
        [back],
        'locks',
      ),
    ]
  }
  const { table, from, to } = operation
  const head = sql`ALTER TABLE ${tableSql(table)} RENAME COLUMN`
  return [
    statement(
      sql`${head} ${identifier(from)} TO ${identifier(to)}`,
      `Rename column ${from} of ${displayTable(table)} to ${to}`,
      'create',
      [sql`${head} ${identifier(to)} TO ${identifier(from)}`],
      'locks',
    ),
  ]
}

/** One part of a table made or taken away; each is the other's way back. */
function parts(operation: Part, can: Capabilities): readonly Statement[] {
  const table = tableSql(operation.table)
  const name = displayTable(operation.table)
  const constraint = (made: boolean, part: { readonly name: string }, body: ReturnType<typeof sql>, what: string): readonly Statement[] => {
    const add = sql`ALTER TABLE ${table} ADD ${body}`
    const drop = sql`ALTER TABLE ${table} DROP CONSTRAINT ${identifier(part.name)}`
    const summary = `${made ? 'Add' : 'Drop'} ${what} ${part.name} ${made ? 'to' : 'of'} ${name}`
    return [statement(made ? add : drop, summary, made ? 'create' : 'delete', [made ? drop : add], 'locks')]
  }
  switch (operation.kind) {
    case 'createIndex':
    case 'dropIndex': {
      const index = named(operation.index, () =>
        convention.index(
          operation.table.name,
          operation.index.parts.map((part) => part.column ?? 'expr'),
        ),
      )
      const [create, drop] = [indexSql(operation.table, index), sql`DROP INDEX ${qualified(operation.table.schema, index.name)}`]
      const isMade = operation.kind === 'createIndex'
      return [
        statement(
          isMade ? create : drop,
          `${isMade ? 'Create' : 'Drop'} index ${index.name}`,
          isMade ? 'create' : 'delete',
          [isMade ? drop : create],
          'locks',
        ),
      ]
    }
    case 'addReference':
    case 'dropReference': {
      const reference = named(operation.reference, () => convention.reference(operation.table.name, operation.reference.columns))
      return constraint(operation.kind === 'addReference', reference, referenceSql(reference), 'foreign key')
    }
    case 'addKey':
    case 'dropKey': {
      const { primary, key: given } = operation
      const key = named(given, () =>
        primary ? convention.primaryKey(operation.table.name) : convention.unique(operation.table.name, given.columns),
      )
      return constraint(operation.kind === 'addKey', key, keySql(key, primary), primary ? 'primary key' : 'unique constraint')
    }
    case 'addCheck':
    case 'dropCheck': {
      const check = named(operation.check, () => convention.check(operation.table.name))
      return constraint(operation.kind === 'addCheck', check, checkSql(check), 'check')
    }
    case 'addColumn': {
      const { column } = operation
      const types = enumTypesOfColumn(operation.table, column)
      const drop = sql`ALTER TABLE ${table} DROP COLUMN ${identifier(column.name)}`
      const text = sql`ALTER TABLE ${table} ADD COLUMN ${columnSql(operation.table, column, can)}`
      return [
        ...types.map((type) => statement(ensureEnumType(type), `Have the enum type ${type.name}`, 'create', [restoreEnumType(type)])),
        statement(text, `Add column ${column.name} to ${name}`, 'create', [drop], 'locks'),
        ...(column.comment === ''
          ? []
          : [statement(commentColumn(operation.table, column.name, column.comment), `Comment on ${name}.${column.name}`, 'create', [])]),
      ]
    }
    case 'dropColumn': {
      const { column } = operation
      return [
        statement(
          sql`ALTER TABLE ${table} DROP COLUMN ${identifier(column.name)}`,
          `Drop column ${column.name} of ${name}`,
          'delete',
          null,
          'drops',
        ),
        ...enumTypesOfColumn(operation.table, column).map((type) =>
          statement(dropEnumType(type), `Drop the enum type ${type.name} when nothing uses it`, 'delete', null),
        ),
      ]
    }
    default:
      return assertNever(operation)
  }
}

const named = <T extends { readonly name: string }>(part: T, make: () => string): T => (part.name === '' ? { ...part, name: make() } : part)
