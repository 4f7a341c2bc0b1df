import type { DataType } from '../../../../app/model/data-type.ts'
import { sequenceOf } from '../../../../app/model/sequence-default.ts'
import type { ColumnShape, IndexShape, ReferenceShape, TableShape } from '../../../../app/model/shape.ts'
import { types } from '../../dialect/types.ts'
import type { CatalogIndex } from './catalog-index.ts'
import type { ColumnRow, ConstraintRow, IndexRow, RelationRow } from './rows.ts'

/** A table by name, columns by position. What the model cannot say (see `isSpecial`) is left to the dependents. */
export function shapeOf(table: RelationRow, index: CatalogIndex): TableShape {
  const constraints = index.constraints(table.oid)
  const names = (row: ConstraintRow) => (row.columns ?? []).map((number) => index.columnName(table.oid, number))
  const primary = constraints.find((row) => row.kind === 'p')
  const plain = constraints.filter((row) => !row.isSpecial)
  return {
    schema: table.schema,
    name: table.name,
    comment: table.comment ?? '',
    columns: index.columns(table.oid).map((row) => columnOf(row, table, index)),
    primaryKey: primary === undefined ? null : { name: primary.name, columns: names(primary) },
    uniques: plain.filter((row) => row.kind === 'u').map((row) => ({ name: row.name, columns: names(row) })),
    checks: plain.filter((row) => row.kind === 'c').map((row) => ({ name: row.name, expression: row.expression ?? '' })),
    references: plain.filter((row) => row.kind === 'f').flatMap((row) => referenceOf(row, names(row), index) ?? []),
    indexes: index
      .indexes(table.oid)
      .filter((row) => !row.isSpecial)
      .map((row) => indexOf(row, index)),
    options: {},
  }
}

function columnOf(row: ColumnRow, table: RelationRow, index: CatalogIndex): ColumnShape {
  const isGenerated = row.generated !== ''
  return {
    name: row.name,
    type: typeOf(row, table.schema, index),
    nullable: !row.notNull,
    default: isGenerated ? null : row.default,
    identity: row.identity === 'a' ? 'always' : row.identity === 'd' ? 'default' : isSerial(row, index) ? 'serial' : null,
    generated: isGenerated ? { expression: row.default ?? '', stored: row.generated === 's' } : null,
    comment: row.comment ?? '',
    collation: row.collation ?? '',
  }
}

const numbers = /^(?:smallint|integer|bigint|numeric.*)$/

/** Whether the column's default is the next number of a sequence that belongs to it. */
export function isSerial(row: ColumnRow, index: CatalogIndex): boolean {
  const drawn = row.generated === '' && numbers.test(row.type) ? sequenceOf(row.default) : null
  const own = drawn === null ? undefined : index.sequences(row.relation).find((one) => one.tie === 'a' && one.column === row.number && one.name === drawn.name)
  return own !== undefined && (drawn?.schema === '' || drawn?.schema === own.schema)
}

function typeOf(row: ColumnRow, schema: string, index: CatalogIndex): DataType {
  const enumeration = row.enumOid === null ? undefined : index.enums.get(row.enumOid)
  if (enumeration !== undefined) {
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
    const name = enumeration.schema === schema ? enumeration.name : `${quoted(enumeration.schema)}.${quoted(enumeration.name)}`
    const type: DataType = { kind: 'enum', name, values: enumeration.values }
    return row.isArray ? { kind: 'array', element: type } : type
  }
  return types.fromNative(row.type) ?? { kind: 'native', flavor: 'postgres', text: row.type }
}

const actions: Readonly<Record<string, ReferenceShape['onDelete']>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

function referenceOf(row: ConstraintRow, columns: readonly string[], index: CatalogIndex): ReferenceShape | null {
  const parent = index.relation.get(row.parent)
  if (parent === undefined) return null
  return {
    name: row.name,
    columns,
    parent: { schema: parent.schema, name: parent.name },
    parentColumns: (row.parentColumns ?? []).map((number) => index.columnName(row.parent, number)),
    onUpdate: actions[row.onUpdate] ?? 'no action',
    onDelete: actions[row.onDelete] ?? 'no action',
    deferrable: row.deferrable ? (row.deferred ? 'deferred' : 'immediate') : 'no',
  }
}

function indexOf(row: IndexRow, index: CatalogIndex): IndexShape {
  const column = (number: number | undefined) => (number === undefined || number === 0 ? null : index.columnName(row.relation, number))
  return {
    name: row.name,
    unique: row.unique,
    method: row.method,
    parts: row.flags.map((flag, i) => ({
      column: column(row.columns[i]),
      expression: column(row.columns[i]) === null ? (row.expressions[i] ?? '') : '',
      order: (flag & 1) === 1 ? ('desc' as const) : ('asc' as const),
      nulls: (flag & 2) === 2 ? ('first' as const) : ('last' as const),
    })),
    include: row.columns.slice(row.keys).flatMap((number) => column(number) ?? []),
    predicate: row.predicate ?? '',
  }
}
