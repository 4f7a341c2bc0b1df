import { MetaMigrateError } from '../../../app/errors.ts'
import type { Operation, Statement } from '../../flavor.ts'
import { sql, type Sql } from '../../sql.ts'
import { nameLiteral } from './literal.ts'
import { defaultSchema, displayTable, identifier, nameProblem, objectNameProblem, qualified, schemaOf, tableSql } from './names.ts'
import { statement } from './statement.ts'

/**
 * sp_rename: the old name is a path in brackets, the new one is bare, since brackets would become part of it.
 * Errors: NAME_REFUSED. Source: Microsoft Learn, "sp_rename".
 */
export function renameSql(path: Sql, to: string, kind: 'OBJECT' | 'COLUMN'): Sql {
  const problem = kind === 'COLUMN' ? nameProblem(to) : objectNameProblem(to)
  if (problem !== null) throw new MetaMigrateError('NAME_REFUSED', `The name ${JSON.stringify(to.slice(0, 80))} ${problem}.`, { flavor: 'mssql', name: to.slice(0, 80) })
  return sql`EXEC sp_rename ${nameLiteral(path)}, ${nameLiteral(to)}, ${nameLiteral(kind)}`
}

type Rename = Extract<Operation, { kind: 'renameTable' | 'moveTable' | 'renameColumn' }>

/** A table renamed or moved, or a column renamed. A column that a check, a computed column or a filter reads is refused by the server (error 15336). */
export function rename(operation: Rename): readonly Statement[] {
  if (operation.kind === 'renameTable') {
    const { from, to } = operation
    const back = renameSql(qualified(from.schema, to), from.name, 'OBJECT')
    return [statement(renameSql(tableSql(from), to, 'OBJECT'), `Rename ${displayTable(from)} to ${to}`, 'create', [back], 'locks')]
  }
  if (operation.kind === 'moveTable') {
    const { from } = operation
    const target = operation.toSchema === '' ? defaultSchema : operation.toSchema
    const move = (schema: string, path: Sql) => sql`ALTER SCHEMA ${identifier(schema)} TRANSFER ${path}`
    const back = move(schemaOf(from), qualified(target, from.name))
    return [statement(move(target, tableSql(from)), `Move ${displayTable(from)} to schema ${target}`, 'create', [back], 'locks')]
  }
  const { table, from, to } = operation
  const path = (column: string) => sql`${tableSql(table)}.${identifier(column)}`
  const back = renameSql(path(to), from, 'COLUMN')
  return [statement(renameSql(path(from), to, 'COLUMN'), `Rename column ${from} of ${displayTable(table)} to ${to}`, 'create', [back], 'locks')]
}

/** CREATE SCHEMA stands alone in its batch: here in one of its own. */
export function createSchema(given: string): readonly Statement[] {
  const name = given === '' ? defaultSchema : given
  const schema = identifier(name)
  const text = sql`IF SCHEMA_ID(${nameLiteral(name)}) IS NULL EXEC (${nameLiteral(sql`CREATE SCHEMA ${schema}`)})`
  return [statement(text, `Create schema ${name}`, 'create', [sql`DROP SCHEMA ${schema}`])]
}
