import type { KnownColumn } from '../../loaders/csv/columns.ts'
import { typeCells } from '../../loaders/csv/type-cells.ts'
import type { TypeCells } from '../../loaders/csv/type-cells.ts'
import type { DataType } from '../../model/data-type.ts'
import type { Field, Table } from '../../model/model.ts'
import { renderType } from '../../model/render-type.ts'

/** Writes the cells of fields; types are few, so each is spelled once. */
export type FieldCells = (table: Table, field: Field, at: number, column: KnownColumn) => string

/** A writer for a file with these known columns: parameters that have no column of their own go into DATA_TYPE. */
export function fieldCells(there: ReadonlySet<KnownColumn>): FieldCells {
  const spelled = new Map<DataType, TypeCells>()
  const typeOf = (type: DataType): TypeCells => {
    const before = spelled.get(type)
    if (before !== undefined) return before
    const made = spell(type, there)
    spelled.set(type, made)
    return made
  }
  return (table, field, at, column) => {
    switch (column) {
      case 'TABLE_SCHEMA':
        return table.schema
      case 'TABLE_NAME':
        return table.name
      case 'TABLE_ID':
        return table.id
      case 'ID':
        return field.id
      case 'COLUMN_NAME':
        return field.name
      case 'ORDINAL_POSITION':
        return String(at + 1)
      case 'DATA_TYPE':
        return typeOf(field.type).type
      case 'COLUMN_TYPE':
        return renderType(field.type)
      case 'CHARACTER_MAXIMUM_LENGTH':
        return typeOf(field.type).length
      case 'NUMERIC_PRECISION':
        return typeOf(field.type).precision
      case 'NUMERIC_SCALE':
        return typeOf(field.type).scale
      case 'DATETIME_PRECISION':
        return typeOf(field.type).timePrecision
      default:
        return plainCell(field, column, there)
    }
  }
}

function plainCell(field: Field, column: KnownColumn, there: ReadonlySet<KnownColumn>): string {
  switch (column) {
    case 'IS_NULLABLE':
      return field.nullable ? 'YES' : 'NO'
    case 'NOT_NULL':
      return field.nullable ? 'NO' : 'YES'
    case 'COLUMN_DEFAULT':
      return field.default ?? ''
    case 'IS_IDENTITY':
      if (field.identity === null) return 'NO'
      return there.has('IDENTITY_GENERATION') ? 'YES' : generation(field)
    case 'IDENTITY_GENERATION':
      return generation(field)
    case 'IS_GENERATED':
      return field.generated === null ? 'NEVER' : field.generated.stored ? 'STORED' : 'VIRTUAL'
    case 'GENERATION_EXPRESSION':
      return field.generated?.expression ?? ''
    case 'COLUMN_COMMENT':
      return field.comment
    case 'COLLATION_NAME':
      return field.collation
    case 'PREVIOUS_NAME':
      return field.previousName
    default:
      return ''
  }
}

const generations = { always: 'ALWAYS', default: 'BY DEFAULT', serial: 'SERIAL' } as const
const generation = (field: Field): string => (field.identity === null ? '' : generations[field.identity])

function spell(type: DataType, there: ReadonlySet<KnownColumn>): TypeCells {
  const cells = typeCells(type)
  const isWhole =
    (cells.length === '' || there.has('CHARACTER_MAXIMUM_LENGTH')) &&
    (cells.precision === '' || there.has('NUMERIC_PRECISION')) &&
    (cells.scale === '' || there.has('NUMERIC_SCALE')) &&
    (cells.timePrecision === '' || there.has('DATETIME_PRECISION'))
  return isWhole ? cells : { type: renderType(type), length: '', precision: '', scale: '', timePrecision: '' }
}

/** The columns beyond the usual that a field needs to be told whole. */
export function addNeeded(field: Field, needed: Set<KnownColumn>): void {
  if (!field.nullable) needed.add('IS_NULLABLE')
  if (field.default !== null) needed.add('COLUMN_DEFAULT')
  if (field.identity !== null) needed.add('IS_IDENTITY')
  if (field.generated !== null) needed.add('GENERATION_EXPRESSION')
  if (field.generated?.stored === false) needed.add('IS_GENERATED')
  if (field.comment !== '') needed.add('COLUMN_COMMENT')
  if (field.collation !== '') needed.add('COLLATION_NAME')
  if (field.previousName !== '') needed.add('PREVIOUS_NAME')
}
