import { MetaMigrateError } from '../../../app/errors.ts'
import type { ColumnShape, IndexShape, ReferenceShape, TableName, TableShape } from '../../../app/model/shape.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { isBareDefault, isWholeExpression } from './expression.ts'
import { hasAutoincrement, isRowidKey, isStrict, isWithoutRowid } from './facts.ts'
import { easy, identifier, nameProblem, tableSql } from './names.ts'
import { indexName, writable } from './normalize.ts'
import { declaredText } from './types.ts'

/** The CREATE TABLE of a shape, foreign keys included: SQLite has no other place for them. Errors: NAME_REFUSED, EXPRESSION_REFUSED. */
export function createTableSql(given: TableShape): Sql {
  const shape = writable(given)
  const rowid = isRowidKey(shape)
  const lines = [
    ...shape.columns.map((column) => columnSql(shape, column, rowid)),
    ...(shape.primaryKey === null || rowid ? [] : [sql`${constraint(shape.primaryKey.name)}PRIMARY KEY (${names(shape.primaryKey.columns)})`]),
    ...shape.uniques.map((key) => sql`${constraint(key.name)}UNIQUE (${names(key.columns)})`),
    ...shape.checks.map((check) => sql`${constraint(check.name)}CHECK (${expressionSql(check.expression)})`),
    ...shape.references.map(referenceSql),
  ]
  const options = [...(isStrict(shape) ? [sql`STRICT`] : []), ...(isWithoutRowid(shape) ? [sql`WITHOUT ROWID`] : [])]
  const tail = options.length === 0 ? sql`` : sql` ${join(options)}`
  return sql`CREATE TABLE ${checkedName(shape.name)} (\n  ${join(lines, ',\n  ')}\n)${tail}`
}

/** One column as CREATE TABLE and ADD COLUMN write it. */
export function columnSql(shape: TableShape, column: ColumnShape, rowid: boolean): Sql {
  const isKey = shape.primaryKey?.columns.includes(column.name) === true
  const identity = rowid && isKey
  const declared = declaredText(column.type, { strict: isStrict(shape), identity, key: isKey && shape.primaryKey?.columns.length === 1 })
  const type = declared === '' ? nothing : sql` ${verbatim(declared)}`
  const key = identity ? sql` ${constraint(shape.primaryKey?.name ?? '')}PRIMARY KEY${hasAutoincrement(shape) ? sql` AUTOINCREMENT` : nothing}` : nothing
  const collation = column.collation === '' ? nothing : sql` COLLATE ${identifier(column.collation)}`
  const fallback = column.default === null ? nothing : sql` DEFAULT ${defaultSql(column.default)}`
  const generated = column.generated === null ? nothing : sql` GENERATED ALWAYS AS (${expressionSql(column.generated.expression)}) ${column.generated.stored ? sql`STORED` : sql`VIRTUAL`}`
  return sql`${checkedName(column.name)}${type}${key}${collation}${column.nullable || identity ? nothing : notNull}${fallback}${generated}`
}

const nothing = sql``
const notNull = sql` NOT NULL`

/** A literal as it is, an expression in parentheses. */
export const defaultSql = (text: string): Sql => (isBareDefault(text) ? verbatim(text) : sql`(${expressionSql(text)})`)

/** An expression of the model, which is SQL already; one that would end early or swallow what follows is refused. */
export function expressionSql(text: string): Sql {
  if (isWholeExpression(text)) return verbatim(text)
  throw new MetaMigrateError('EXPRESSION_REFUSED', `${JSON.stringify(text)} is not one whole expression: close its quotes and parentheses, and leave out semicolons and comments at the end.`, { flavor: 'sqlite' })
}

export function referenceSql(reference: ReferenceShape): Sql {
  const { name, columns, parent, parentColumns, onUpdate, onDelete, deferrable } = reference
  const action = (event: 'UPDATE' | 'DELETE', what: string) => (what === 'no action' ? sql`` : sql` ON ${verbatim(event)} ${verbatim(what.toUpperCase())}`)
  const deferred = deferrable === 'deferred' ? sql` DEFERRABLE INITIALLY DEFERRED` : sql``
  return sql`${constraint(name)}FOREIGN KEY (${names(columns)}) REFERENCES ${tableSql(parent)} (${names(parentColumns)})${action('UPDATE', onUpdate)}${action('DELETE', onDelete)}${deferred}`
}

export function createIndexSql(table: TableName, given: IndexShape): Sql {
  const name = given.name === '' ? indexName(table, given) : given.name
  const parts = given.parts.map(({ column, expression, order }) => sql`${column === null ? expressionSql(expression) : identifier(column)}${order === 'desc' ? sql` DESC` : sql``}`)
  const predicate = given.predicate === '' ? sql`` : sql` WHERE ${expressionSql(given.predicate)}`
  return sql`CREATE ${given.unique ? sql`UNIQUE ` : sql``}INDEX ${checkedName(name)} ON ${tableSql(table)} (${join(parts)})${predicate}`
}

const constraint = (name: string): Sql => (name === '' ? sql`` : sql`CONSTRAINT ${identifier(name)} `)
export const names = (list: readonly string[]): Sql => join(list.map(identifier))

/** A quoted name that SQLite keeps exactly. Errors: NAME_REFUSED. */
export function checkedName(name: string): Sql {
  if (easy.test(name)) return verbatim(`"${name}"`)
  const problem = nameProblem(name)
  if (problem !== null) throw new MetaMigrateError('NAME_REFUSED', `The name ${JSON.stringify(name.slice(0, 80))} ${problem}. Choose another.`, { flavor: 'sqlite' })
  return identifier(name)
}

/** Columns that hold values of their own. */
export const storedColumns = (shape: TableShape): readonly string[] => shape.columns.filter((column) => column.generated === null).map(({ name }) => name)

