import { ownDefault } from './default.ts'
import type { DataType } from '../../../app/model/data-type.ts'
import type { CheckShape, ColumnShape, IndexShape, KeyShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { storedType } from './cast.ts'
import { convention, bounded, defaultSchema } from './names.ts'
import type { Columns } from './normal-expression.ts'
import { normalDefault, normalExpression } from './normal-expression.ts'
import { nextval, serialSequence } from './serial.ts'
import { valueTypeOf } from './value-type.ts'

/** Equal tables deeply equal: names made, types as stored, expressions in one spelling, parts by name, no options (there are none). Still valid input for `statements`, and means the same. */
export function normalize(shape: TableShape): TableShape {
  const columns: Columns = new Map(shape.columns.map((column) => [column.name, valueTypeOf(column.type)]))
  const named = withNames(shape)
  const keyColumns = new Set(shape.primaryKey?.columns ?? [])
  return {
    ...named,
    columns: named.columns.map((column) => normalColumn(column, shape, keyColumns, columns)),
    checks: named.checks.map((check) => ({ ...check, expression: normalExpression(check.expression, columns) })).toSorted(byName),
    uniques: named.uniques.toSorted(byName),
    references: named.references.toSorted(byName),
    indexes: named.indexes.map((index) => normalIndex(index, columns)).toSorted(byName),
    options: {},
  }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

/** `shape` with its schema and with a name for each part that has none: PostgreSQL's own convention, the second of a kind with 1 behind it. */
export function withNames(shape: TableShape): TableShape {
  let known: Set<string> | undefined
  const fresh = (name: string) => {
    const taken = (known ??= namesOf(shape))
    let free = name
    for (let n = 1; taken.has(free); n++) free = bounded(`${name}${n}`)
    taken.add(free)
    return free
  }
  const named = <T extends { readonly name: string }>(part: T, name: string): T =>
    part.name === '' ? { ...part, name: fresh(name) } : part
  const { name: table } = shape
  return {
    ...shape,
    schema: shape.schema === '' ? defaultSchema : shape.schema,
    primaryKey: shape.primaryKey === null ? null : named(shape.primaryKey, convention.primaryKey(table)),
    uniques: shape.uniques.map((key): KeyShape => named(key, convention.unique(table, key.columns))),
    checks: shape.checks.map((check): CheckShape => named(check, convention.check(table))),
    references: shape.references.map((reference) => normalReference(named(reference, convention.reference(table, reference.columns)))),
    indexes: shape.indexes.map((index) =>
      named(
        index,
        convention.index(
          table,
          index.parts.map((part) => part.column ?? 'expr'),
        ),
      ),
    ),
  }
}

function namesOf(shape: TableShape): Set<string> {
  const taken = new Set([...shape.uniques, ...shape.checks, ...shape.references, ...shape.indexes].map((part) => part.name))
  if (shape.primaryKey !== null) taken.add(shape.primaryKey.name)
  return taken
}

const normalReference = (reference: ReferenceShape): ReferenceShape =>
  reference.parent.schema === '' ? { ...reference, parent: { ...reference.parent, schema: defaultSchema } } : reference

function normalColumn(column: ColumnShape, shape: TableShape, keyColumns: ReadonlySet<string>, columns: Columns): ColumnShape {
  const type = namedEnum(storedType(column.type), shape.name, column.name)
  // A serial column may take NULL: only its default numbers it.
  const fixed = (column.identity !== null && column.identity !== 'serial') || keyColumns.has(column.name)
  return {
    ...column,
    type,
    nullable: column.nullable && !fixed,
    default: defaultOf(column, shape, type),
    generated:
      column.generated === null ? null : { ...column.generated, expression: normalExpression(column.generated.expression, columns) },
    collation: column.collation === 'default' ? '' : column.collation,
  }
}

function defaultOf(column: ColumnShape, shape: TableShape, type: DataType): string | null {
  if (column.generated !== null) return null
  if (column.identity === 'serial' && column.default === null) return nextval(serialSequence({ ...shape, schema: shape.schema === '' ? defaultSchema : shape.schema }, column))
  if (column.default === null || (column.identity !== null && column.identity !== 'serial')) return null
  return normalDefault(ownDefault(column.default, type), type)
}

/** An enum without a type name gets the one that its table and column make. */
function namedEnum(type: DataType, table: string, column: string): DataType {
  if (type.kind === 'array') return { ...type, element: namedEnum(type.element, table, column) }
  return type.kind === 'enum' && (type.name === null || type.name === '') ? { ...type, name: convention.enumType(table, column) } : type
}

function normalIndex(index: IndexShape, columns: Columns): IndexShape {
  const parts = index.parts.map((part) => {
    const expression = part.column === null ? normalExpression(part.expression, columns) : ''
    const plain = part.column === null && columns.has(expression) ? expression : part.column
    const usual = part.order === 'desc' ? 'first' : 'last'
    return {
      column: plain,
      expression: plain === null ? expression : '',
      order: part.order,
      nulls: part.nulls === usual ? ('' as const) : part.nulls,
    }
  })
  return {
    ...index,
    method: index.method.toLowerCase() === 'btree' ? '' : index.method.toLowerCase(),
    parts,
    predicate: index.predicate === '' ? '' : normalExpression(index.predicate, columns),
  }
}
