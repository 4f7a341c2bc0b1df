import type { Cells } from '../../../app/model/model.ts'
import type { TableOption } from '../../flavor.ts'
import type { Server } from './server.ts'

/** What a table of MySQL can be told. Source: MySQL manual, "CREATE TABLE", table options. */
export const tableOptions: readonly TableOption[] = [
  { key: 'MYSQL.ENGINE', label: 'Engine', about: 'What keeps the rows. InnoDB when left out; the others have no foreign keys, and no transactions.', values: ['InnoDB', 'MyISAM', 'MEMORY', 'ARCHIVE', 'CSV', 'Aria', 'ROCKSDB', 'NDB'] },
  { key: 'MYSQL.CHARSET', label: 'Character set', about: 'Characters that texts of the table can hold: utf8mb4 when left out, which holds all.', values: [] },
  { key: 'MYSQL.COLLATE', label: 'Collation', about: 'How texts of the table compare and sort, such as utf8mb4_bin. The newest general one of the server when left out, which takes upper and lower case for the same.', values: [] },
  { key: 'MYSQL.ROW_FORMAT', label: 'Row format', about: 'How rows are laid out. DYNAMIC when left out.', values: ['DYNAMIC', 'COMPACT', 'REDUNDANT', 'COMPRESSED', 'FIXED', 'PAGE'] },
  { key: 'MYSQL.AUTO_INCREMENT', label: 'First number', about: 'The number that the identity field gives first: a whole number from 1. 1 when left out.', values: [] },
]

/** Options with their defaults filled in. */
export interface Options {
  readonly engine: string
  readonly charset: string
  readonly collation: string
  readonly rowFormat: string
  readonly autoIncrement: string
}

const word = /^[A-Za-z0-9_]+$/

/** Character set that a collation belongs to. */
export const charsetOf = (collation: string): string => (collation.startsWith('uca1400_') ? 'utf8mb4' : (collation.split('_')[0] ?? ''))

const spelledAs = (key: string, value: string): string =>
  tableOptions.find((one) => one.key === key)?.values.find((one) => one.toLowerCase() === value.toLowerCase()) ?? ''

/** What the options say; what is not written rightly counts as not said (`check` reports it). */
export function optionsOf(options: Cells, server: Server): Options {
  const text = (key: string) => (word.test(options[key] ?? '') ? (options[key] ?? '').toLowerCase() : '')
  const collate = text('MYSQL.COLLATE')
  const charset = text('MYSQL.CHARSET') || (collate === '' ? 'utf8mb4' : charsetOf(collate))
  return {
    engine: spelledAs('MYSQL.ENGINE', options['MYSQL.ENGINE'] ?? '') || 'InnoDB',
    charset,
    // Of another character set its own default collation is meant.
    collation: collate === '' && charset === 'utf8mb4' ? server.collation : collate,
    rowFormat: spelledAs('MYSQL.ROW_FORMAT', options['MYSQL.ROW_FORMAT'] ?? ''),
    autoIncrement: /^[1-9]\d{0,19}$/.test(options['MYSQL.AUTO_INCREMENT'] ?? '') ? (options['MYSQL.AUTO_INCREMENT'] ?? '') : '',
  }
}

/** Only what is not the default. */
export function normalOptions(options: Cells, server: Server): Cells {
  const { engine, charset, collation, rowFormat, autoIncrement } = optionsOf(options, server)
  return {
    ...(engine === 'InnoDB' ? {} : { 'MYSQL.ENGINE': engine }),
    ...(charset === 'utf8mb4' ? {} : { 'MYSQL.CHARSET': charset }),
    ...(collation === '' || collation === server.collation ? {} : { 'MYSQL.COLLATE': collation }),
    ...(rowFormat === '' || rowFormat === 'DYNAMIC' ? {} : { 'MYSQL.ROW_FORMAT': rowFormat }),
    ...(autoIncrement === '' || autoIncrement === '1' ? {} : { 'MYSQL.AUTO_INCREMENT': autoIncrement }),
  }
}
