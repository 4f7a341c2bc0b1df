import type { TableOption } from '../../flavor.ts'
import { storedAs } from './facts.ts'

const yesNo = ['yes', 'no']

/** What a table of Impala can be told. Source: Impala manual, CREATE TABLE statement. */
export const tableOptions: readonly TableOption[] = [
  { key: 'IMPALA.STORED_AS', label: 'Stored as', about: 'Format of the table: PARQUET when left out. Impala writes PARQUET, TEXTFILE, KUDU and ICEBERG, and only reads the others.', values: storedAs },
  { key: 'IMPALA.EXTERNAL', label: 'External', about: 'The files stay when the table is dropped. yes or no; no when left out.', values: yesNo },
  { key: 'IMPALA.LOCATION', label: 'Location', about: 'Directory of the files, as a URI or an absolute path: hdfs://nn/data/t, s3a://bucket/t, /data/t.', values: [] },
  { key: 'IMPALA.PARTITIONED_BY', label: 'Partitioned by', about: 'Fields of a file table whose values name its directories, in that order: year, month.', values: [] },
  { key: 'IMPALA.PARTITION_BY', label: 'Partitions of Kudu or Iceberg', about: 'Kudu: HASH (id) PARTITIONS 4, RANGE (id) (PARTITION VALUES < 1000, PARTITION 1000 <= VALUES). Iceberg: BUCKET(8, id), MONTH(day), region.', values: [] },
  { key: 'IMPALA.SORT_BY', label: 'Sort by', about: 'Fields that the files are sorted by: id, day; or ZORDER (id, day).', values: [] },
  { key: 'IMPALA.FIELD_DELIMITER', label: 'Field delimiter', about: 'What stands between two fields of a text file: one ASCII character, \\t, or a number from -128 to 127. Ctrl-A when left out.', values: [] },
  { key: 'IMPALA.LINE_DELIMITER', label: 'Line delimiter', about: 'What ends a line of a text file: one ASCII character, \\n, or a number. \\n when left out.', values: [] },
  { key: 'IMPALA.ESCAPED_BY', label: 'Escaped by', about: 'The sign before a delimiter that belongs to a value of a text file: one ASCII character, or a number.', values: [] },
  { key: 'IMPALA.TBLPROPERTIES', label: 'Table properties', about: 'Properties as key=value, with ; between them: parquet.compression=ZSTD; format-version=2.', values: [] },
  { key: 'IMPALA.KUDU_BUCKETS', label: 'Kudu buckets', about: 'Number of hash partitions of a Kudu table whose partitions are not written out: 2 or more; 4 when left out.', values: [] },
  { key: 'IMPALA.NON_UNIQUE_KEY', label: 'Key is not unique', about: 'The primary key of a Kudu table may repeat: Impala numbers equal keys in a hidden column. yes or no; no when left out. Impala 4.3.', values: yesNo },
  { key: 'IMPALA.FOREIGN_KEYS', label: 'Foreign keys', about: 'Whether the foreign keys of a file table are written as notes that nobody checks: informational or none; informational when left out.', values: ['informational', 'none'] },
]
