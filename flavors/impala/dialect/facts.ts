import type { Cells } from '../../../app/model/model.ts'
import type { TableShape } from '../../../app/model/shape.ts'

/** What a table is to Impala: files whose rows nobody checks, a Kudu table with an enforced key, or an Iceberg table. */
export type Format = 'file' | 'kudu' | 'iceberg'

/** Formats of files, and the two storage engines, as IMPALA.STORED_AS has them. */
export const storedAs = ['PARQUET', 'ORC', 'TEXTFILE', 'AVRO', 'KUDU', 'ICEBERG', 'RCFILE', 'SEQUENCEFILE', 'JSONFILE'] as const
export type StoredAs = (typeof storedAs)[number]

/** Formats that Impala reads, and cannot write. Source: Impala manual, "How Impala Works with Hadoop File Formats". */
const readOnly: ReadonlySet<StoredAs> = new Set(['ORC', 'AVRO', 'RCFILE', 'SEQUENCEFILE', 'JSONFILE'])

const synonyms: Readonly<Record<string, StoredAs>> = { PARQUETFILE: 'PARQUET', TEXT: 'TEXTFILE', JSON: 'JSONFILE' }

/** An option's value without blanks around it; '' when it is not set. */
export const optionOf = (options: Cells, name: string): string => (options[`IMPALA.${name}`] ?? '').trim()

export const isYes = (value: string): boolean => /^(?:yes|y|true|1|x)$/i.test(value)
/** The word that an option means: people write true, 1 and x too. */
export const yesNo = (value: string): string => (isYes(value) ? 'yes' : /^(?:no|n|false|0|-)$/i.test(value.trim()) ? 'no' : value)

/** The format by its canonical word; PARQUET for what is not set or not known (`check` tells). */
export function storedAsOf(options: Cells): StoredAs {
  const word = optionOf(options, 'STORED_AS').toUpperCase()
  return synonyms[word] ?? storedAs.find((one) => one === word) ?? 'PARQUET'
}

/** The kind of table that the options make. */
export function formatOf(options: Cells): Format {
  const stored = storedAsOf(options)
  return stored === 'KUDU' ? 'kudu' : stored === 'ICEBERG' ? 'iceberg' : 'file'
}

export const isWritable = (options: Cells): boolean => !readOnly.has(storedAsOf(options))
export const isExternal = ({ options }: Pick<TableShape, 'options'>): boolean => isYes(optionOf(options, 'EXTERNAL'))
export const locationOf = ({ options }: Pick<TableShape, 'options'>): string => optionOf(options, 'LOCATION')
/** Whether a table with this location keeps its files when it is dropped. */
export const keepsFiles = (shape: Pick<TableShape, 'options'>): boolean =>
  isExternal(shape) && formatOf(shape.options) !== 'kudu' && !/(?:^|;)\s*external\.table\.purge\s*=\s*true\s*(?:;|$)/i.test(optionOf(shape.options, 'TBLPROPERTIES'))
/** Whether the key of a Kudu table is not unique: Impala adds a hidden column that counts. */
export const isNonUnique = ({ options }: Pick<TableShape, 'options'>): boolean => formatOf(options) === 'kudu' && isYes(optionOf(options, 'NON_UNIQUE_KEY'))
