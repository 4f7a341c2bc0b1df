import type { Cells, Table } from '../../../app/model/model.ts'
import { isPlainName } from '../../../app/model/testing/valid-names.ts'

const simple = new Set(['int16', 'int32', 'int64', 'varchar', 'date', 'bool'])

/** Options of Impala for a random table: every format, partitions, places and properties, as far as its fields allow. */
export function tableOptions(table: Table, choice: number): Cells {
  const key = table.keys.find(({ kind }) => kind === 'primary')?.fields ?? []
  const names = (ids: readonly string[]) => table.fields.filter(({ id }) => ids.includes(id)).map(({ name }) => name).join(', ')
  const free = table.fields.filter(({ id, name, type, identity, generated }) => !key.includes(id) && simple.has(type.kind) && isPlainName(name) && identity === null && generated === null)
  const last = free.at(-1)
  const partition: Cells = last === undefined ? {} : { 'IMPALA.PARTITIONED_BY': last.name }
  const sort: Cells = free[0] === undefined || free[0] === last ? {} : { 'IMPALA.SORT_BY': free[0].name }
  const day = table.fields.find(({ type }) => type.kind === 'date' || type.kind === 'timestamp')
  const choices: readonly Cells[] = [
    {}, {}, partition, { ...partition, ...sort },
    { 'IMPALA.STORED_AS': 'TEXTFILE', 'IMPALA.FIELD_DELIMITER': '\\t', 'IMPALA.ESCAPED_BY': '\\', 'IMPALA.LINE_DELIMITER': '\\n' }, { 'IMPALA.STORED_AS': 'TEXTFILE', 'IMPALA.FIELD_DELIMITER': ',', ...partition },
    { 'IMPALA.STORED_AS': 'ORC' }, { 'IMPALA.STORED_AS': 'AVRO' },
    { 'IMPALA.EXTERNAL': 'yes', 'IMPALA.LOCATION': `/data/it's here/${table.id}` }, { 'IMPALA.TBLPROPERTIES': "parquet.compression=ZSTD; it's=quoted", ...sort },
    ...(key.length === 0 ? [] : [
      { 'IMPALA.STORED_AS': 'KUDU' }, { 'IMPALA.STORED_AS': 'KUDU', 'IMPALA.KUDU_BUCKETS': '16' }, { 'IMPALA.STORED_AS': 'KUDU', 'IMPALA.PARTITION_BY': `HASH (${names(key)}) PARTITIONS 3` },
      { 'IMPALA.STORED_AS': 'KUDU', 'IMPALA.NON_UNIQUE_KEY': 'yes' },
    ]),
    { 'IMPALA.STORED_AS': 'ICEBERG' }, { 'IMPALA.STORED_AS': 'ICEBERG', 'IMPALA.TBLPROPERTIES': 'format-version=3' },
    ...(day === undefined || !isPlainName(day.name) ? [] : [{ 'IMPALA.STORED_AS': 'ICEBERG', 'IMPALA.PARTITION_BY': `MONTH(${day.name})` }]),
    ...(last === undefined ? [] : [{ 'IMPALA.STORED_AS': 'ICEBERG', 'IMPALA.PARTITION_BY': last.type.kind === 'bool' ? last.name : `BUCKET(8, ${last.name})` }]),
  ]
  return choices[choice % choices.length] ?? {}
}
