import type { TableName, TableShape } from '../../../app/model/shape.ts'
import type { Capabilities, Statement } from '../../flavor.ts'
import { sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { dropEnumType, ensureEnumType, enumTypes, restoreEnumType } from './enum-types.ts'
import { displayTable, identifier, literal, tableSql } from './names.ts'
import { withNames } from './normalize.ts'
import { ownSequences } from './sequences.ts'
import { statement } from './statement.ts'
import { createTableSql } from './table-sql.ts'

const commentText = (text: string): Sql => (text === '' ? sql`NULL` : literal(text))

export const commentColumn = (table: TableName, column: string, text: string): Sql =>
  sql`COMMENT ON COLUMN ${tableSql(table)}.${identifier(column)} IS ${commentText(text)}`

export function commentTable(table: TableName, from: string, to: string): readonly Statement[] {
  const comment = (text: string) => sql`COMMENT ON TABLE ${tableSql(table)} IS ${commentText(text)}`
  return [statement(comment(to), `Comment on ${displayTable(table)}`, 'create', [comment(from)])]
}

/** Enum types first, then the table with its keys and checks, then the sequences that are its own, then comments. The sequences themselves are there already. */
export function createTable(given: TableShape, references: boolean, can: Capabilities, handedOn: readonly string[] = []): readonly Statement[] {
  const shape = withNames(given)
  const name = displayTable(shape)
  const types = enumTypes(shape)
  return [
    ...types.map((type) => statement(ensureEnumType(type), `Have the enum type ${type.name}`, 'create', [restoreEnumType(type)])),
    statement(createTableSql(shape, references, can), `Create table ${name}`, 'create', [sql`DROP TABLE ${tableSql(shape)}`]),
    ...ownSequences(shape, handedOn),
    ...(shape.comment === ''
      ? []
      : [statement(sql`COMMENT ON TABLE ${tableSql(shape)} IS ${literal(shape.comment)}`, `Comment on ${name}`, 'create', [])]),
    ...shape.columns
      .filter((column) => column.comment !== '')
      .map((column) => statement(commentColumn(shape, column.name, column.comment), `Comment on ${name}.${column.name}`, 'create', [])),
  ]
}

/** The table, then the enum types that nothing uses any more. */
export function dropTable(shape: TableShape, ifExists: boolean): readonly Statement[] {
  const table = tableSql(shape)
  return [
    statement(
      ifExists ? sql`DROP TABLE IF EXISTS ${table}` : sql`DROP TABLE ${table}`,
      `Drop table ${displayTable(shape)}`,
      'delete',
      null,
      'drops',
    ),
    ...enumTypes(shape).map((type) =>
      statement(dropEnumType(type), `Drop the enum type ${type.name} when nothing uses it`, 'delete', null),
    ),
  ]
}
