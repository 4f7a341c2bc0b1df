import type { Stored } from './stored.ts'

/** Bytes that a value takes in its row. `max` Infinity: kept outside of the row when it is long, and never part of a key. */
export interface Bytes {
  readonly least: number
  readonly most: number
}

const fixed = (bytes: number): Bytes => ({ least: bytes, most: bytes })
const large: Bytes = { least: 0, most: Infinity }
const simple: Readonly<Record<string, Bytes>> = {
  bit: fixed(1), tinyint: fixed(1), smallint: fixed(2), int: fixed(4), bigint: fixed(8), real: fixed(4), float: fixed(8), money: fixed(8), smallmoney: fixed(4),
  date: fixed(3), datetime: fixed(8), smalldatetime: fixed(4), uniqueidentifier: fixed(16), rowversion: fixed(8),
  hierarchyid: { least: 0, most: 892 }, sql_variant: { least: 0, most: 8016 },
}

/** Size of a stored type. Source: Microsoft Learn, "Data types (Transact-SQL)", one page a type. */
export function bytesOf({ base, size }: Stored): Bytes {
  if (size === 'max') return large
  const length = size ?? 0
  const fraction = length <= 2 ? 0 : length <= 4 ? 1 : 2
  switch (base) {
    case 'decimal':
      return fixed(length <= 9 ? 5 : length <= 19 ? 9 : length <= 28 ? 13 : 17)
    case 'nchar':
      return fixed(2 * length)
    case 'nvarchar':
      return { least: 0, most: 2 * length }
    case 'char':
    case 'binary':
      return fixed(length)
    case 'varchar':
    case 'varbinary':
      return { least: 0, most: length }
    case 'time':
      return fixed(3 + fraction)
    case 'datetime2':
      return fixed(6 + fraction)
    case 'datetimeoffset':
      return fixed(8 + fraction)
    default:
      return simple[base] ?? large
  }
}
