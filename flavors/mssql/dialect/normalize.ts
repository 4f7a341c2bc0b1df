import type { CheckShape, ColumnShape, IndexShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { normalDefault } from './default.ts'
import { render, type Expression } from './expression-tree.ts'
import { bracketed, convention, folded } from './names.ts'
import { isText } from './native.ts'
import { normalExpression, normalTree } from './normal-expression.ts'
import { normalOptions } from './options.ts'
import { columnsOf, type Columns } from './parse-expression.ts'
import { indexMethod } from './part-sql.ts'
import { normalType, storedOf } from './stored.ts'
import { textValues } from './text-values.ts'
import type { Features } from './version.ts'
import { withNames } from './with-names.ts'

/** Equal tables deeply equal: names made, types as stored, expressions in one spelling, parts by name. Still valid input for `statements`, and means the same. */
export function normalize(shape: TableShape, features: Features): TableShape {
  const named = withNames(shape, features)
  const keyed = new Set(named.primaryKey?.columns)
  const names = columnsOf(named.columns.map(({ name }) => name))
  const plain = named.columns.map((column) => normalColumn(column, keyed.has(column.name), names, features))
  const checks = named.checks.map(({ name, expression }) => ({ name, expression: normalExpression(expression, names) }))
  const { columns, rest } = withoutImplied(named.name, plain, checks, features)
  const nullable = new Set(columns.filter((column) => column.nullable).map(({ name }) => bracketed(name) as string))
  return {
    ...named,
    columns,
    checks: rest.toSorted(byName),
    uniques: named.uniques.toSorted(byName),
    references: named.references.map(normalReference).toSorted(byName),
    indexes: named.indexes.map((index) => normalIndex(index, names, nullable)).toSorted(byName),
    options: normalOptions(shape),
  }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

function normalColumn(column: ColumnShape, inKey: boolean, names: Columns, features: Features): ColumnShape {
  const { generated, identity } = column
  const value = generated !== null || identity !== null ? null : normalDefault(column, features)
  return {
    ...column,
    type: normalType(column.type, features),
    nullable: column.nullable && (identity === null || generated !== null) && !inKey,
    default: value === null ? null : normalExpression(value, noColumns),
    identity: generated !== null || identity === null ? null : 'default',
    generated: generated === null ? null : { ...generated, expression: normalExpression(generated.expression, names) },
    collation: /^database_default$/i.test(column.collation) || !isText(storedOf(column.type, features)) ? '' : column.collation,
  }
}

const noColumns: Columns = new Map()

/** Checks that only say what an enum or JSON means become the type of their column again: by their name and their words they are ours. */
function withoutImplied(table: string, columns: readonly ColumnShape[], checks: readonly CheckShape[], features: Features): { readonly columns: readonly ColumnShape[]; readonly rest: readonly CheckShape[] } {
  const gone = new Set<CheckShape>()
  const typed = columns.map((column) => {
    if (column.generated !== null) return column
    const own = checks.find(({ name }) => folded(name) === folded(convention.check(table, [column.name])))
    const type = own === undefined ? null : impliedType(column, own.expression, features)
    if (own === undefined || type === null) return column
    gone.add(own)
    return { ...column, type }
  })
  return { columns: typed, rest: checks.filter((check) => !gone.has(check)) }
}

function impliedType(column: ColumnShape, expression: string, features: Features): ColumnShape['type'] | null {
  const stored = storedOf(column.type, features)
  if (stored.base !== 'nvarchar') return null
  const name = bracketed(column.name)
  const isJson = expression === `isjson(${name}) = 1` || expression === `isjson(${name}, VALUE) = 1`
  if (isJson && stored.size === 'max' && !features.jsonType) return { kind: 'json' }
  const values = textValues(expression, name)
  const type = values === null || new Set(values).size < values.length ? null : ({ kind: 'enum', name: null, values } as const)
  return type !== null && storedOf(type, features).text === stored.text ? type : null
}

const normalReference = (reference: ReferenceShape): ReferenceShape => {
  const action = (what: ReferenceShape['onDelete']) => (what === 'restrict' ? 'no action' : what)
  return { ...reference, onUpdate: action(reference.onUpdate), onDelete: action(reference.onDelete), deferrable: 'no' }
}

/** A unique index says nothing of the NULLs that are left out of it anyway. */
function normalIndex(index: IndexShape, names: Columns, nullable: ReadonlySet<string>): IndexShape {
  const keys = new Set(index.unique ? index.parts.flatMap(({ column }) => (column === null ? [] : [bracketed(column) as string])) : [])
  const tree = index.predicate === '' ? null : normalTree(index.predicate, names)
  const isLeftOut = (part: Expression) => part.kind === 'null' && !part.is && keys.has(render(part.value)) && nullable.has(render(part.value))
  const conditions = tree === null ? null : (tree.kind === 'and' ? tree.items : [tree]).filter((part) => !isLeftOut(part))
  const [only] = conditions ?? []
  const kept = conditions === null ? normalExpression(index.predicate, names) : conditions.length > 1 ? render({ kind: 'and', items: conditions }) : only === undefined ? '' : render(only)
  return {
    ...index,
    method: indexMethod(index.method),
    parts: index.parts.map((part) => ({ ...part, expression: part.column === null ? normalExpression(part.expression, names) : '', nulls: '' })),
    predicate: index.predicate === '' ? '' : kept,
  }
}
