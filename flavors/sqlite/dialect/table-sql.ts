import { MetaMigrateError } from '../../../app/errors.ts'
import type { CheckShape, ColumnShape, IndexShape, KeyShape, ReferenceShape, TableName, TableShape } from '../../../app/model/shape.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { isBareDefault, isWholeExpression } from './expression.ts'
import { hasAutoincrement, isRowidKey, isStrict, isWithoutRowid } from './facts.ts'
import { easy, identifier, nameProblem, tableSql } from './names.ts'
import { indexName, writable } from './normalize.ts'
import { declaredText, isStrictWord } from './types.ts'

/** The CREATE TABLE of a shape, foreign keys included: SQLite has no other place for them. Errors: NAME_REFUSED, EXPRESSION_REFUSED. */
export function createTableSql(given: TableShape): Sql {
  const shape = writable(given)
  const rowid = isRowidKey(shape)
  const lines = [
    ...shape.columns.map((column) => columnSql(shape, column, rowid)),
    ...(shape.primaryKey === null || rowid ? [] : [primaryKeySql(shape.primaryKey)]),
    ...shape.uniques.map(uniqueSql),
    ...shape.checks.map(checkSql),
    ...shape.references.map(referenceSql),
  ]
  return sql`CREATE TABLE ${checkedName(shape.name)} (\n  ${join(lines, ',\n  ')}\n)${tableOptionsSql(shape)}`
}

export const primaryKeySql = (key: KeyShape): Sql => sql`${constraint(key.name)}PRIMARY KEY (${names(key.columns)})`
export const uniqueSql = (key: KeyShape): Sql => sql`${constraint(key.name)}UNIQUE (${names(key.columns)})`
export const checkSql = (check: CheckShape): Sql => sql`${constraint(check.name)}CHECK (${expressionSql(check.expression)})`

/** What stands behind the closing parenthesis. */
export function tableOptionsSql(shape: TableShape): Sql {
  const options = [...(isStrict(shape) ? [sql`STRICT`] : []), ...(isWithoutRowid(shape) ? [sql`WITHOUT ROWID`] : [])]
  return options.length === 0 ? sql`` : sql` ${join(options)}`
}

/** Declared type of a column in its table: as the file has it where that is known, else our word. */
export function typeSql(shape: TableShape, column: ColumnShape, rowid: boolean): Sql {
  const isKey = shape.primaryKey?.columns.includes(column.name) === true
  const isSingle = isKey && shape.primaryKey?.columns.length === 1
  const { declared } = column
  const text = declaredText(column.type, { strict: isStrict(shape), identity: rowid && isKey, key: isSingle })
  if (declared === undefined || (isStrict(shape) && !isStrictWord(declared))) return verbatim(text)
  // The word INTEGER makes a single key the rowid itself, and no other word does.
  return isSingle && /^integer$/i.test(declared) !== rowid ? verbatim(text) : verbatim(declared)
}

/** One column as CREATE TABLE and ADD COLUMN write it. */
export function columnSql(shape: TableShape, column: ColumnShape, rowid: boolean): Sql {
  const isKey = shape.primaryKey?.columns.includes(column.name) === true
  const identity = rowid && isKey
  const declared = typeSql(shape, column, rowid)
  const type = declared === '' ? nothing : sql` ${declared}`
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

