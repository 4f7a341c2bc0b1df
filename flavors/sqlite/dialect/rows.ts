import type { TableShape } from '../../../app/model/shape.ts'
import { MetaMigrateError } from '../../../app/errors.ts'
import { isRowidKey, isWithoutRowid } from './facts.ts'
import { verbatim, type Sql } from '../../sql.ts'
import { displayTable } from './names.ts'

/**
 * Whether the rows of `to`, which come from `from`, have a number that no column holds and that has to be kept: full-text indexes (content=) and other
 * tables may point at it. Source: sqlite.org/rowidtable.html.
 */
export const keepsNumbers = (from: TableShape, to: TableShape): boolean => !isWithoutRowid(from) && !isWithoutRowid(to) && !isRowidKey(to)

/** Whether the table has numbers of rows at all. */
export const hasNumbers = (shape: TableShape): boolean => !isWithoutRowid(shape)

const aliases = ['rowid', '_rowid_', 'oid']

/** The name under which the number of a row can be read: columns may be called like it. Errors: FLAVOR_UNSUPPORTED when all three names are taken. */
export function rowNumber(shape: TableShape): Sql {
  const taken = new Set(shape.columns.map(({ name }) => name.toLowerCase()))
  const free = aliases.find((alias) => !taken.has(alias))
  if (free !== undefined) return verbatim(free)
  const message = `${displayTable(shape)} has columns called rowid, _rowid_ and oid, so the numbers of its rows can be neither read nor kept, and a rebuild would lose them. Rename one of the three in the database first.`
  throw new MetaMigrateError('FLAVOR_UNSUPPORTED', message, { flavor: 'sqlite', table: shape.name })
}
