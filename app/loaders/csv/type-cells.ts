import type { DataType } from '../../model/data-type.ts'
import { parseType } from '../../model/parse-type.ts'
import type { TypeHint } from '../../model/parse-type.ts'
import { renderType } from '../../model/render-type.ts'

/** The cells that make up a type, as text; '' where the column is not there. */
export interface TypeCells {
  readonly type: string
  readonly length: string
  readonly precision: string
  readonly scale: string
  readonly timePrecision: string
}

/** The columns whose cell is not a number or says something else than DATA_TYPE. */
export type TypeColumn = 'CHARACTER_MAXIMUM_LENGTH' | 'NUMERIC_PRECISION' | 'NUMERIC_SCALE' | 'DATETIME_PRECISION'

interface ReadType {
  readonly type: DataType
  readonly bad: readonly TypeColumn[]
}

/**
 * The type that the cells give together: parameters beside a bare name (`varchar`, 50) complete it, beside `varchar(50)` they must agree.
 * Parameters that the type has no use for are left alone when `isCatalog` (catalogs give 32 bits for an integer), else they are `bad`.
 */
export function readType(cells: TypeCells, hint: TypeHint, isCatalog: boolean): ReadType {
  const type = parseType(cells.type, hint)
  const bad: TypeColumn[] = []
  const number = (column: TypeColumn, text: string): number | null => {
    if (text.trim() === '') return null
    const value = /^\s*-?\d{1,15}\s*$/u.test(text) ? Number(text) : Number.NaN
    if (Number.isNaN(value) || (value < 0 && value !== -1 && column !== 'NUMERIC_SCALE')) bad.push(column)
    return Number.isNaN(value) ? null : value
  }
  const given = {
    CHARACTER_MAXIMUM_LENGTH: number('CHARACTER_MAXIMUM_LENGTH', cells.length),
    NUMERIC_PRECISION: number('NUMERIC_PRECISION', cells.precision),
    NUMERIC_SCALE: number('NUMERIC_SCALE', cells.scale),
    DATETIME_PRECISION: number('DATETIME_PRECISION', cells.timePrecision),
  }
  const used = new Set<TypeColumn>()
  const take = (column: TypeColumn, own: number | null): number | null => {
    used.add(column)
    if (own !== null && given[column] !== null && own !== given[column] && !isCatalog) bad.push(column)
    return own ?? given[column]
  }
  const complete = completed(type, take)
  for (const column of isCatalog ? [] : columns) if (given[column] !== null && !used.has(column)) bad.push(column)
  return { type: complete, bad: [...new Set(bad)] }
}

const columns = ['CHARACTER_MAXIMUM_LENGTH', 'NUMERIC_PRECISION', 'NUMERIC_SCALE', 'DATETIME_PRECISION'] as const

function completed(type: DataType, take: (column: TypeColumn, own: number | null) => number | null): DataType {
  switch (type.kind) {
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
    case 'bit': {
      const length = take('CHARACTER_MAXIMUM_LENGTH', type.length)
      // SQL Server's catalog writes -1 for (max).
      if (length === -1) return type.kind === 'char' || type.kind === 'varchar' ? { kind: 'text' } : { kind: 'blob' }
      return length === type.length ? type : { kind: type.kind, length }
    }
    case 'decimal': {
      const precision = take('NUMERIC_PRECISION', type.precision)
      const scale = precision === null ? null : take('NUMERIC_SCALE', type.scale)
      return precision === type.precision && scale === type.scale ? type : { kind: 'decimal', precision, scale }
    }
    case 'time':
    case 'timestamp':
    case 'timestamptz': {
      const precision = take('DATETIME_PRECISION', type.precision)
      return precision === type.precision ? type : { kind: type.kind, precision }
    }
    default:
      return type
  }
}

/** The cells of a type with its parameters in their own columns. `readType` of them gives it back. */
export function typeCells(type: DataType): TypeCells {
  const none = { length: '', precision: '', scale: '', timePrecision: '' }
  switch (type.kind) {
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
    case 'bit':
      return { ...none, type: type.kind, length: cell(type.length) }
    case 'decimal':
      return { ...none, type: 'decimal', precision: cell(type.precision), scale: cell(type.scale) }
    case 'time':
    case 'timestamp':
      return { ...none, type: type.kind, timePrecision: cell(type.precision) }
    case 'timestamptz':
      return { ...none, type: 'timestamp with time zone', timePrecision: cell(type.precision) }
    default:
      return { ...none, type: renderType(type) }
  }
}

const cell = (value: number | null): string => (value === null ? '' : String(value))
