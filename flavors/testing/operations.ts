import { MetaMigrateError } from '../../app/errors.ts'
import type { ColumnShape, TableName, TableShape } from '../../app/model/shape.ts'
import type { CopyColumn, Dialect, Operation, Question, Statement } from '../flavor.ts'
import { nullableOf, type UsableShape } from './usable-shapes.ts'

const plain = ({ schema, name }: TableName): TableName => ({ schema, name })
const at = <T>(list: readonly T[], pick: number): T | undefined => list[pick % list.length]

/** Columns of `to`, each filled from the column of its name in `from`. */
export const copyColumns = (from: TableShape, to: TableShape): readonly CopyColumn[] =>
  to.columns.map((column) => ({ to: column, from: column.generated === null ? (from.columns.find(({ name, generated }) => name === column.name && generated === null) ?? null) : null }))

/** What makes a table with all its parts, in the order of a plan. */
export function creating(dialect: Dialect, { shape }: UsableShape): readonly Operation[] {
  const table = plain(shape)
  return [
    { kind: 'createTable', shape, references: dialect.can.foreignKeys !== 'alter' },
    ...shape.indexes.map((index): Operation => ({ kind: 'createIndex', table, index, nullable: nullableOf(shape, index.parts.map((part) => part.column)) })),
  ]
}

/** Foreign keys of a table, where they are added to one that stands. */
export const referencing = (dialect: Dialect, { shape }: UsableShape): readonly Operation[] =>
  dialect.can.foreignKeys === 'alter' ? shape.references.map((reference) => ({ kind: 'addReference', table: plain(shape), reference })) : []

/** A column as it may be after an edit: each property alone, and all at once, taken from `other`. */
export function variants(dialect: Dialect, column: ColumnShape, other: ColumnShape): readonly ColumnShape[] {
  const typed = { ...column, type: other.type, default: column.default === null ? null : other.default, collation: other.collation }
  const all: readonly ColumnShape[] = [
    { ...column, nullable: !column.nullable, default: column.default === 'NULL' ? null : column.default },
    typed,
    { ...column, default: column.default === null ? at(['NULL'], 0) ?? null : null },
    { ...column, comment: column.comment === '' ? "it's new" : '' },
    { ...typed, nullable: !column.nullable, comment: other.comment, default: null },
  ]
  const isFine = (to: ColumnShape) => (to.default !== 'NULL' || to.nullable) && dialect.castRisk(column.type, to.type) !== 'impossible'
  return column.identity !== null || column.generated !== null ? [] : all.filter(isFine)
}

/** Every operation on a table that stands, each one valid by itself there; `other` gives what an edit brings. */
export function altering(dialect: Dialect, { shape }: UsableShape, other: TableShape, pick: number): readonly Operation[] {
  const { can } = dialect
  const table = plain(shape)
  const bound = new Set([
    ...(shape.primaryKey?.columns ?? []), ...shape.uniques.flatMap(({ columns }) => columns), ...shape.references.flatMap(({ columns }) => columns),
    ...shape.indexes.flatMap((index) => [...index.parts.map(({ column }) => column), ...index.include]),
  ])
  const spoken = [...shape.checks.map(({ expression }) => expression), ...shape.columns.map(({ generated }) => generated?.expression ?? ''), ...shape.indexes.flatMap(({ parts, predicate }) => [predicate, ...parts.map(({ expression }) => expression)])].join(' ')
  const isFree = ({ name, identity, generated }: ColumnShape) => !bound.has(name) && identity === null && generated === null && !spoken.includes(name)
  const free = shape.columns.filter(isFree)
  const target = at(free, pick)
  const brought = at(other.columns.filter(({ generated, identity }) => generated === null && identity === null), pick)
  const added = brought === undefined ? undefined : { ...brought, name: `${brought.name} added`, nullable: true }
  return [
    ...(target !== undefined && brought !== undefined ? variants(dialect, target, brought).map((to): Operation => ({ kind: 'alterColumn', table, from: target, to })) : []),
    ...(added === undefined || !can.addColumn ? [] : [{ kind: 'addColumn', table, column: added } as const]),
    ...(target === undefined || !can.dropColumn || shape.columns.length < 2 ? [] : [{ kind: 'dropColumn', table, column: target } as const]),
    ...(target === undefined || !can.renameColumn ? [] : [{ kind: 'renameColumn', table, from: target.name, to: `${target.name}_renamed` } as const]),
    ...(can.renameTable ? [{ kind: 'renameTable', from: table, to: `${shape.name}_renamed` } as const] : []),
    { kind: 'commentTable', table, from: shape.comment, to: shape.comment === '' ? "it's new" : '' },
    // A counter needs its key in some flavors: it goes first there.
    ...(shape.primaryKey === null || !can.alterKeys || shape.columns.some(({ identity }) => identity !== null) ? [] : [{ kind: 'dropKey', table, key: shape.primaryKey, primary: true } as const]),
    ...(can.alterKeys ? shape.uniques.map((key): Operation => ({ kind: 'dropKey', table, key, primary: false, nullable: nullableOf(shape, key.columns) })) : []),
    ...(can.alterChecks ? shape.checks.map((check): Operation => ({ kind: 'dropCheck', table, check })) : []),
    ...(can.indexes ? shape.indexes.map((index): Operation => ({ kind: 'dropIndex', table, index, nullable: nullableOf(shape, index.parts.map((part) => part.column)) })) : []),
    ...(can.foreignKeys === 'alter' ? shape.references.map((reference): Operation => ({ kind: 'dropReference', table, reference })) : []),
    { kind: 'copyTable', shape, to: `${shape.name}__copy` },
  ]
}

/** The steps of a rebuild of one table, for every strategy of the flavor, with all its questions. */
export function rebuilding(dialect: Dialect, { shape }: UsableShape, other: TableShape): readonly Operation[] {
  const aside = `${shape.name}__mm_0a1b2c3d`
  const table = plain(shape)
  const from = { schema: shape.schema, name: aside }
  const grown: TableShape = { ...shape, columns: [...shape.columns, ...other.columns.filter(({ name, identity, generated }) => identity === null && generated === null && shape.columns.every((one) => one.name !== name)).map((one) => ({ ...one, nullable: true })).slice(0, 1)] }
  const columns = copyColumns(shape, grown)
  const bare = { ...shape, references: [] }
  const identities: readonly Operation[] = shape.columns.some(({ identity }) => identity !== null) ? [{ kind: 'continueIdentity', from, fromShape: { ...shape, name: aside }, to: grown, columns }] : []
  const common: readonly Operation[] = [{ kind: 'begin', tables: [table] }, { kind: 'copyRows', from, to: grown, columns }, ...identities, { kind: 'checkReferences', tables: [table] }, { kind: 'commit' }]
  const swap: Operation = { kind: 'swapTables', tables: [{ old: { shape: bare, aside }, fresh: { ...grown, name: `${shape.name}__new` }, to: table }, { old: null, fresh: { ...other, name: `${other.name}__new` }, to: { ...plain(other), name: `${other.name}__more` } }] }
  return [...common, ...(dialect.can.strategies.includes('swap') ? [swap] : []), ...(dialect.can.strategies.some((one) => one !== 'swap') ? [{ kind: 'setAside', shape: bare, to: aside, remake: [] } as const] : [])]
}

/** Questions about the rows of a table. */
export function asking({ shape }: UsableShape, other: TableShape, pick: number): readonly Question[] {
  const table = plain(shape)
  const key = shape.primaryKey?.columns ?? []
  const from = at(shape.columns.filter(({ generated }) => generated === null), pick)
  const to = at(other.columns, pick)
  const columns = copyColumns(shape, shape)
  return [
    ...(from === undefined || to === undefined ? [] : [{ kind: 'lossyRows', table, column: { from, to: { ...from, type: to.type } }, key, limit: 10 } as const]),
    ...(from === undefined ? [] : [{ kind: 'nullRows', table, column: from.name, key, limit: 1 } as const, { kind: 'countValues', table, column: from.name } as const]),
    { kind: 'anyRows', table, key, limit: 1 }, { kind: 'countRows', table },
    { kind: 'digest', table, columns, side: 'from' }, { kind: 'digest', table, columns, side: 'to' },
  ]
}

const refusals: ReadonlySet<string> = new Set(['FLAVOR_UNSUPPORTED', 'NAME_REFUSED', 'EXPRESSION_REFUSED', 'TYPE_REFUSED'])

/** The answer, or the code of a refusal that a dialect may give. */
export function orRefusal<T>(make: () => T): T | { readonly refused: string; readonly message: string } {
  try {
    return make()
  } catch (error) {
    if (error instanceof MetaMigrateError && refusals.has(error.code)) return { refused: error.code, message: error.message }
    throw error
  }
}

/** Statements of an operation, or the code of its refusal. */
export const rendered = (dialect: Dialect, operation: Operation): readonly Statement[] | { readonly refused: string; readonly message: string } => orRefusal(() => dialect.statements(operation))
