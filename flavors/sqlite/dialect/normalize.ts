import type { DataType } from '../../../app/model/data-type.ts'
import type { CheckShape, ColumnShape, IndexShape, KeyShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { hasAutoincrement, isRowidKey, isStrict, isWithoutRowid } from './facts.ts'
import { identifier, literal } from './names.ts'
import { normalDefault } from './default.ts'
import { normalExpression } from './expression.ts'
import { affinityOf, canonicalType, declaredText, fromNative, numberDecimal, textDecimal, toNative, type Decimals } from './types.ts'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const sortedBy = <T>(list: readonly T[], key: (one: T) => string): readonly T[] => (list.length < 2 ? list : list.toSorted((a, b) => byText(key(a), key(b))))

/** The table as it reads back from SQLite: no schema, no comments, one kind of identity, enums as checks. New decimals are stored as `decimals` says. */
export const normalizeIn = (decimals: Decimals) => (shape: TableShape): TableShape => normalized(shape, (column, role) => typeReadBack(column, role, decimals), decimals)

/** The normal form but for the types: what a CREATE TABLE is written from. */
export const writable = (shape: TableShape): TableShape => normalized(shape, null, 'number')

interface Role {
  readonly strict: boolean
  readonly identity: boolean
  readonly key: boolean
  readonly single: boolean
  /** The key takes no NULL whatever its columns say: it is the rowid, the table has none, or it is STRICT. Source: sqlite.org/stricttables.html. */
  readonly filled: boolean
}

const typeReadBack = ({ type }: ColumnShape, { strict, identity, key, single }: Role, decimals: Decimals): DataType =>
  canonicalType(declaredText(type, { strict, identity, key: key && single, decimals }), type)

type TypeOf = ((column: ColumnShape, role: Role) => DataType) | null

/** `typeOf` null leaves the types as they are. */
function normalized(shape: TableShape, typeOf: TypeOf, decimals: Decimals): TableShape {
  const strict = isStrict(shape)
  const rowid = isRowidKey(shape)
  const keys = new Set(shape.primaryKey?.columns)
  const columns = shape.columns.map((column) => {
    const key = keys.has(column.name)
    if (typeOf === null && !key && isPlain(column)) return column
    const role = { strict, identity: rowid && key, key, single: keys.size === 1, filled: rowid || strict || isWithoutRowid(shape) }
    const made = columnOf(isDeclaredSo(column, role, typeOf) ? column : undeclared(column), role, typeOf)
    // A shape that nobody read from a file says how its decimals shall be stored.
    return decimals === 'text' && !strict && made.type.kind === 'decimal' && made.declared === undefined ? { ...made, declared: textDecimal(made.type) } : made
  })
  return {
    schema: '',
    name: shape.name,
    comment: '',
    columns,
    primaryKey: shape.primaryKey === null ? null : { name: shape.primaryKey.name, columns: shape.primaryKey.columns },
    uniques: sortedBy(shape.uniques.map(({ name, columns: names }): KeyShape => ({ name, columns: names })), ({ name, columns: names }) => JSON.stringify([name, names])),
    checks: sortedBy(withEnums(shape).map(({ name, expression }): CheckShape => ({ name, expression: normalExpression(expression) })), ({ name, expression }) => JSON.stringify([name, expression])),
    references: sortedBy(shape.references.map(referenceOf), (one) => JSON.stringify(one)),
    indexes: sortedBy(shape.indexes.map((index) => normalIndex(shape, index)), ({ name }) => name),
    options: optionsOf(shape, rowid),
  }
}

/** Whether the declared type still says what the type is: a person may have changed one and not the other. */
function isDeclaredSo(column: ColumnShape, role: Role, typeOf: TypeOf): boolean {
  const { declared } = column
  if (declared === undefined || typeOf === null) return true
  const type = fromNative(declared)
  return type !== null && JSON.stringify(typeOf({ ...column, type }, role)) === JSON.stringify(typeOf(column, role))
}

function undeclared(column: ColumnShape): ColumnShape {
  const { declared: _declared, ...plain } = column
  return plain
}

function columnOf(column: ColumnShape, role: Role, typeOf: TypeOf): ColumnShape {
  const { generated } = column
  return {
    name: column.name,
    type: typeOf === null ? column.type : typeOf(column, role),
    nullable: column.nullable && !(role.key && role.filled),
    default: column.default === null || generated !== null || role.identity ? null : normalDefault(column.default),
    identity: role.identity ? 'default' : null,
    generated: generated === null ? null : { expression: normalExpression(generated.expression), stored: generated.stored },
    comment: '',
    collation: /^binary$/i.test(column.collation) ? '' : column.collation,
    ...(column.declared === undefined ? {} : { declared: column.declared }),
  }
}

/** Nothing but a name and a type. */
const isPlain = ({ default: value, generated, identity, comment, collation }: ColumnShape) => value === null && generated === null && identity === null && comment === '' && collation === ''

/**
 * The model's table with what means the same as in the table that is there said as it is there: the declared types; decimals stored as they are; and a
 * key that may take NULL by the model, where it takes none. See `Dialect.settle`.
 */
export function settle(after: TableShape, before: TableShape, columns: ReadonlyMap<string, string>): TableShape {
  const old = new Map(before.columns.map((column) => [column.name, column]))
  const keys = new Set(after.primaryKey?.columns)
  const isOther = isStrict(after) !== isStrict(before)
  return {
    ...after,
    columns: after.columns.map((column) => {
      const was = old.get(columns.get(column.name) ?? '')
      if (was === undefined) return column
      // PRIMARY KEY means NOT NULL to most people: leaving it out is no wish to let NULL in.
      const nullable = column.nullable && (was.nullable || !keys.has(column.name))
      const declared = isOther ? column.declared : declaredAs(column, was)
      return { ...undeclared(column), nullable, ...(declared === undefined ? {} : { declared }) }
    }),
  }
}

function declaredAs(column: ColumnShape, was: ColumnShape): string | undefined {
  if (was.declared === undefined) return column.declared
  if (JSON.stringify(column.type) === JSON.stringify(was.type)) return was.declared
  const resized = otherSize(was.declared, column.type)
  if (column.type.kind !== 'decimal' || was.type.kind !== 'decimal') return column.declared ?? resized ?? undefined
  if (resized !== null) return resized
  // Other digits are asked for, not another storage.
  return affinityOf(was.declared) === 'text' ? textDecimal(column.type) : numberDecimal(column.type)
}

/** The old word with other numbers, where that is all the new type asks for: `nvarchar(20)` made longer is `nvarchar(90)`. */
function otherSize(declared: string, type: DataType): string | null {
  const size = /\([^()]*\)$/.exec(toNative(type).text)?.[0]
  const word = /^(.*\S)\s*\([^()]*\)$/s.exec(declared)?.[1]
  if (size === undefined || word === undefined) return null
  return JSON.stringify(fromNative(word + size)) === JSON.stringify(type) ? word + size : null
}

/** Checks of the table, with those that an enum stands for. */
function withEnums(shape: TableShape): readonly CheckShape[] {
  const made = shape.columns.flatMap((column): readonly CheckShape[] => {
    if (column.type.kind !== 'enum') return []
    const values = column.type.values.map((value) => literal(value)).join(', ')
    return [{ name: '', expression: `${identifier(column.name)} IN (${values})` }]
  })
  return [...shape.checks, ...made]
}

function referenceOf(reference: ReferenceShape): ReferenceShape {
  const { name, columns, parent, parentColumns, onUpdate, onDelete, deferrable } = reference
  // A check at the end of each statement is what every foreign key gets that is not deferred.
  return { name, columns, parent: { schema: '', name: parent.name }, parentColumns, onUpdate, onDelete, deferrable: deferrable === 'deferred' ? 'deferred' : 'no' }
}

/** An index as it reads back. */
export function normalIndex(shape: { readonly name: string }, index: IndexShape): IndexShape {
  const parts = index.parts.map(({ column, expression, order }) => ({ column, expression: normalExpression(expression), order, nulls: '' as const }))
  return { name: index.name === '' ? indexName(shape, index) : index.name, unique: index.unique, method: '', parts, include: [], predicate: normalExpression(index.predicate) }
}

/** Name of an index that nobody named: table, columns, `idx`. */
export const indexName = (table: { readonly name: string }, index: IndexShape): string => [table.name, ...index.parts.map((part) => part.column ?? 'expr'), 'idx'].join('_')

function optionsOf(shape: TableShape, rowid: boolean): Readonly<Record<string, string>> {
  return {
    ...(isStrict(shape) ? { 'SQLITE.STRICT': 'yes' } : {}),
    ...(isWithoutRowid(shape) ? { 'SQLITE.WITHOUT_ROWID': 'yes' } : {}),
    ...(rowid && hasAutoincrement(shape) ? { 'SQLITE.AUTOINCREMENT': 'yes' } : {}),
  }
}
