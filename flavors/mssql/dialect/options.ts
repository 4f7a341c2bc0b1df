import type { TableShape } from '../../../app/model/shape.ts'
import type { TableOption } from '../../flavor.ts'
import { join, sql, verbatim, type Sql } from '../../sql.ts'
import { identifier } from './names.ts'

/** Options of a table that SQL Server reads. */
export const tableOptions: readonly TableOption[] = [
  { key: 'MSSQL.FILEGROUP', label: 'Filegroup', about: 'The filegroup that holds the table: its name, as the database has it. Empty: the default one.', values: [] },
  { key: 'MSSQL.DATA_COMPRESSION', label: 'Compression', about: 'How the rows are compressed.', values: ['NONE', 'ROW', 'PAGE'] },
  { key: 'MSSQL.CLUSTERED', label: 'Clustered', about: 'Whether the primary key is the order of the rows themselves (yes), or an index beside them (no).', values: ['yes', 'no'] },
]

type Options = Pick<TableShape, 'options'>
const valueOf = ({ options }: Options, key: string): string => (options[key] ?? '').trim()

/** Whether the primary key is the order of the rows. */
export const isClustered = (shape: Options): boolean => valueOf(shape, 'MSSQL.CLUSTERED').toLowerCase() !== 'no'
const compression = (shape: Options): string => {
  const word = valueOf(shape, 'MSSQL.DATA_COMPRESSION').toUpperCase()
  return word === 'ROW' || word === 'PAGE' ? word : ''
}

/** What stands behind the parentheses of CREATE TABLE. Errors: NAME_REFUSED. */
export function optionsSql(shape: Options): Sql {
  const filegroup = valueOf(shape, 'MSSQL.FILEGROUP')
  const word = compression(shape)
  return join([filegroup === '' ? sql`` : sql` ON ${identifier(filegroup)}`, word === '' ? sql`` : sql` WITH (DATA_COMPRESSION = ${verbatim(word)})`], '')
}

/** The options that say something else than what holds anyway, in one spelling. */
export function normalOptions(shape: Options): Readonly<Record<string, string>> {
  const filegroup = valueOf(shape, 'MSSQL.FILEGROUP')
  const word = compression(shape)
  return {
    ...(filegroup === '' ? {} : { 'MSSQL.FILEGROUP': filegroup }),
    ...(word === '' ? {} : { 'MSSQL.DATA_COMPRESSION': word }),
    ...(isClustered(shape) ? {} : { 'MSSQL.CLUSTERED': 'no' }),
  }
}
