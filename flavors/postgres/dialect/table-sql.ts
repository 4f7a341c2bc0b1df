import { MetaMigrateError } from '../../../app/errors.ts'
import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape, IndexShape, KeyShape, ReferenceShape, TableName, TableShape } from '../../../app/model/shape.ts'
import { integer, join, sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import type { Capabilities } from '../../flavor.ts'
import { storedType } from './cast.ts'
import { remember } from '../../remember.ts'
import { ownDefault } from './default.ts'
import type { Expression } from './expression-tree.ts'
import { parseExpression } from './expression.ts'
import { byteLength, columnList, convention, identifier, maxNameBytes, qualified, tableSql } from './names.ts'
import { enumTypeSql, nativeType, simpleKinds } from './types.ts'
import { nextval, serialSequence } from './serial.ts'
import { isWholeExpression } from './whole-expression.ts'

/** The enum inside a type, also as an array's element; null when there is none. */
export function enumOf(type: DataType): Extract<DataType, { kind: 'enum' }> | null {
  if (type.kind === 'enum') return type
  return type.kind === 'array' ? enumOf(type.element) : null
}

/** Qualified name of the type of an enum column. */
export function enumTypeOf(table: TableName, column: ColumnShape): string | undefined {
  const type = enumOf(column.type)
  if (type === null) return undefined
  return enumTypeSql(table.schema, type.name === null || type.name === '' ? convention.enumType(table.name, column.name) : type.name)
}

/** Types without parameters, spelled once. */
const plainTypes: Readonly<Record<string, Sql>> = Object.fromEntries(
  simpleKinds.map((kind) => [kind, verbatim(nativeType({ kind }).text)]),
)

/** Type of a column in a DDL. Errors: TYPE_REFUSED where the flavor has none. */
export function columnType(table: TableName, column: ColumnShape): Sql {
  const known = column.type.kind in plainTypes ? plainTypes[column.type.kind] : undefined
  if (known !== undefined) return known
  const native = nativeType(column.type.kind === 'native' ? storedType(column.type) : column.type, enumTypeOf(table, column))
  const refused = native.losses.find((loss) => loss.severity === 'error')
  if (refused !== undefined)
    throw new MetaMigrateError('TYPE_REFUSED', `Column ${column.name} of ${table.name}: ${refused.message}`, {
      flavor: 'postgres',
      table: table.name,
      column: column.name,
    })
  // A type's spelling is SQL: made by the type map, or written by a person as a native type.
  return verbatim(singleText(native.text, column.name))
}

/** A collation is a name, or already written with quotes (`"schema"."name"`). */
function collation(column: ColumnShape): Sql {
  if (column.collation === '') return nothing
  return sql` COLLATE ${column.collation.startsWith('"') ? verbatim(singleText(column.collation, column.name)) : identifier(column.collation)}`
}

/** Text of the model that is SQL by its nature, and must not end the statement it stands in. */
export function singleText(text: string, where: string): string {
  if (text.includes('\0') || !text.isWellFormed())
    throw new MetaMigrateError('TEXT_REFUSED', `The expression of ${where} holds a character that PostgreSQL cannot read.`, {
      flavor: 'postgres',
    })
  // An open line comment would swallow what follows it.
  return /--[^\n]*$/.test(text) ? `${text}\n` : text
}

/** An expression written by a person: SQL by its nature, and one expression only. Errors: TEXT_REFUSED, EXPRESSION_REFUSED. */
export function expressionSql(text: string, where: string): Sql {
  if (isWholeExpression(text)) return text.includes('--') ? verbatim(singleText(text, where)) : verbatim(text)
  singleText(text, where)
  throw new MetaMigrateError('EXPRESSION_REFUSED', `The expression ${JSON.stringify(text.slice(0, 80))} of ${where} is not one whole expression: close its quotes and parentheses, and leave out semicolons.`, {
    flavor: 'postgres',
  })
}

const leaves: ReadonlySet<Expression['kind']> = new Set(['string', 'number', 'word', 'call', 'column', 'bits', 'array', 'case'])

/** What the grammar of DEFAULT takes as it is: operators of signs, no NOT, AND, IS, IN, LIKE, AT TIME ZONE ... */
function isBareTree(tree: Expression): boolean {
  if (tree.kind === 'cast') return isBareTree(tree.value)
  if (tree.kind === 'binary') return !/[a-z]/i.test(tree.operator) && isBareTree(tree.left) && isBareTree(tree.right)
  return leaves.has(tree.kind)
}

/** Whether the grammar of DEFAULT takes the expression without parentheses. */
const isBareDefault = remember((text) => {
  const tree = parseExpression(text)
  return tree !== null && isBareTree(tree)
})

/** A default, in parentheses where it needs them. */
export const defaultSql = (text: string, where: string): Sql => (isBareDefault(text) ? expressionSql(text, where) : sql`(${expressionSql(text, where)})`)

/** The default of a serial column: the one that it states, else the next number of the sequence that is named by convention. */
export const serialDefault = (table: TableName, column: ColumnShape): Sql =>
  column.default === null ? verbatim(nextval(serialSequence(table, column))) : expressionSql(column.default, column.name)

export const sequenceName = (table: TableName, column: string): Sql => qualified(table.schema, convention.sequence(table.name, column))

function identity(table: TableName, column: ColumnShape): Sql {
  const when = column.identity === 'always' ? sql`ALWAYS` : sql`BY DEFAULT`
  // PostgreSQL would cut a long name in its own way; then the name is given.
  const isLong = byteLength(`${table.name}_${column.name}_seq`) > maxNameBytes
  return isLong
    ? sql` GENERATED ${when} AS IDENTITY (SEQUENCE NAME ${sequenceName(table, column.name)})`
    : sql` GENERATED ${when} AS IDENTITY`
}

/** One column of CREATE TABLE or ADD COLUMN. Source: manual, CREATE TABLE. */
export function columnSql(table: TableName, column: ColumnShape, can: Capabilities): Sql {
  const { generated } = column
  if (generated !== null && !generated.stored && can.generatedColumns === 'stored') {
    throw new MetaMigrateError(
      'FLAVOR_UNSUPPORTED',
      `Column ${column.name} of ${table.name} is generated and not stored: PostgreSQL has that since version 18.`,
      { flavor: 'postgres', table: table.name, column: column.name },
    )
  }
  return sql`${identifier(column.name)} ${columnType(table, column)}${collation(column)}${valueSql(table, column)}${column.nullable ? nothing : notNull}`
}

const nothing = sql``
const notNull = sql` NOT NULL`

/** What fills a column: an expression, its numbers, its default. */
function valueSql(table: TableName, column: ColumnShape): Sql {
  const { generated } = column
  if (generated !== null) return sql` GENERATED ALWAYS AS (${expressionSql(generated.expression, column.name)}) ${generated.stored ? sql`STORED` : sql`VIRTUAL`}`
  if (column.identity === 'serial') return sql` DEFAULT ${serialDefault(table, column)}`
  if (column.identity !== null) return identity(table, column)
  return column.default === null ? nothing : sql` DEFAULT ${defaultSql(ownDefault(column.default, column.type), column.name)}`
}

export const keySql = (key: KeyShape, primary: boolean): Sql =>
  sql`CONSTRAINT ${identifier(key.name)} ${primary ? sql`PRIMARY KEY` : sql`UNIQUE`} ${columnList(key.columns)}`
export const checkSql = (check: { readonly name: string; readonly expression: string }): Sql =>
  sql`CONSTRAINT ${identifier(check.name)} CHECK (${expressionSql(check.expression, check.name)})`

const actions: Readonly<Record<ReferenceShape['onDelete'], Sql>> = {
  'no action': sql``,
  restrict: sql`RESTRICT`,
  cascade: sql`CASCADE`,
  'set null': sql`SET NULL`,
  'set default': sql`SET DEFAULT`,
}

export function referenceSql(reference: ReferenceShape): Sql {
  const { onUpdate, onDelete, deferrable } = reference
  return join(
    [
      sql`CONSTRAINT ${identifier(reference.name)} FOREIGN KEY ${columnList(reference.columns)} REFERENCES ${tableSql(reference.parent)} ${columnList(reference.parentColumns)}`,
      onUpdate === 'no action' ? sql`` : sql` ON UPDATE ${actions[onUpdate]}`,
      onDelete === 'no action' ? sql`` : sql` ON DELETE ${actions[onDelete]}`,
      deferrable === 'no' ? sql`` : sql` DEFERRABLE INITIALLY ${deferrable === 'deferred' ? sql`DEFERRED` : sql`IMMEDIATE`}`,
    ],
    '',
  )
}

/** CREATE TABLE with keys and checks, and with foreign keys when asked. `shape` has all its names. */
export function createTableSql(shape: TableShape, references: boolean, can: Capabilities): Sql {
  const lines = [
    ...shape.columns.map((column) => columnSql(shape, column, can)),
    ...(shape.primaryKey === null ? [] : [keySql(shape.primaryKey, true)]),
    ...shape.uniques.map((key) => keySql(key, false)),
    ...shape.checks.map(checkSql),
    ...(references ? shape.references.map(referenceSql) : []),
  ]
  if (lines.length === 0) return sql`CREATE TABLE ${tableSql(shape)} ()`
  return sql`CREATE TABLE ${tableSql(shape)} (\n  ${join(lines, ',\n  ')}\n)`
}

function partSql(part: IndexShape['parts'][number], name: string): Sql {
  const what = part.column === null ? sql`(${expressionSql(part.expression, name)})` : identifier(part.column)
  return sql`${what}${part.order === 'desc' ? sql` DESC` : sql``}${part.nulls === '' ? sql`` : part.nulls === 'first' ? sql` NULLS FIRST` : sql` NULLS LAST`}`
}

/** CREATE INDEX. Source: manual, CREATE INDEX. */
export function indexSql(table: TableName, index: IndexShape): Sql {
  return join(
    [
      sql`CREATE ${index.unique ? sql`UNIQUE ` : sql``}INDEX ${identifier(index.name)} ON ${tableSql(table)}`,
      index.method === '' ? sql`` : sql` USING ${identifier(index.method)}`,
      sql` (${join(index.parts.map((part) => partSql(part, index.name)))})`,
      index.include.length === 0 ? sql`` : sql` INCLUDE ${columnList(index.include)}`,
      index.predicate === '' ? sql`` : sql` WHERE ${expressionSql(index.predicate, index.name)}`,
    ],
    '',
  )
}

/** LIMIT with its blank before it. */
export const limitSql = (rows: number): Sql => sql` LIMIT ${integer(rows)}`
