import { describe, expect, it } from 'vitest'
import { dialect } from './dialect/index.ts'
import { column, created, impala, table } from './testing/build.ts'

const columns = [column('id', 'int64'), column('day', 'date'), column('b', 'text')]
const shape = (options: Record<string, string>) => table('t', columns, { primaryKey: { name: '', columns: ['id'] }, options: impala(options) })
const messages = (options: Record<string, string>) => dialect.check(shape(options)).filter(({ code }) => code.startsWith('OPTION')).map(({ code, severity, path, message }) => `${severity} ${code} ${path.property}: ${message}`)

describe('options of a table', () => {
  it.each([
    [{ STORED_AS: 'PARQUETT' }, 'error OPTION_VALUE IMPALA.STORED_AS: IMPALA.STORED_AS is one of PARQUET, ORC, TEXTFILE, AVRO, KUDU, ICEBERG, RCFILE, SEQUENCEFILE, JSONFILE, not "PARQUETT".'],
    [{ STOREDAS: 'ORC' }, 'warning OPTION_UNKNOWN IMPALA.STOREDAS: IMPALA.STOREDAS is no option of impala, and does nothing: it has IMPALA.STORED_AS, IMPALA.EXTERNAL, IMPALA.LOCATION, IMPALA.PARTITIONED_BY, IMPALA.PARTITION_BY, IMPALA.SORT_BY, IMPALA.FIELD_DELIMITER, IMPALA.LINE_DELIMITER, IMPALA.ESCAPED_BY, IMPALA.TBLPROPERTIES, IMPALA.KUDU_BUCKETS, IMPALA.NON_UNIQUE_KEY, IMPALA.FOREIGN_KEYS.'],
    [{ LOCATION: 'data/t' }, 'error OPTION_VALUE IMPALA.LOCATION: IMPALA.LOCATION is a URI or an absolute path (hdfs://nn/data/t, s3a://bucket/t, /data/t), not "data/t".'],
    [{ PARTITIONED_BY: 'year' }, 'error OPTION_FIELD IMPALA.PARTITIONED_BY: IMPALA.PARTITIONED_BY names year, which is no field of the table. Write a field that there is, or take it out.'],
    [{ PARTITIONED_BY: 'day, DAY' }, 'error OPTION_VALUE IMPALA.PARTITIONED_BY: IMPALA.PARTITIONED_BY names day twice.'],
    [{ PARTITIONED_BY: 'day; DROP TABLE x' }, 'error OPTION_VALUE IMPALA.PARTITIONED_BY: IMPALA.PARTITIONED_BY has "day ; DROP TABLE x" where the name of a field is expected.'],
    [{ PARTITIONED_BY: 'id, day, b' }, 'error OPTION_VALUE IMPALA.PARTITIONED_BY: IMPALA.PARTITIONED_BY names every field: a table needs one that is kept in its files. Take one out.'],
    [{ PARTITION_BY: 'HASH (id) PARTITIONS 4' }, 'warning OPTION_IGNORED IMPALA.PARTITION_BY: IMPALA.PARTITION_BY is for Kudu and Iceberg tables (file tables have IMPALA.PARTITIONED_BY); this table is PARQUET, and the option is left out. Clear it, or change IMPALA.STORED_AS.'],
    [{ SORT_BY: 'day', PARTITIONED_BY: 'day' }, 'error OPTION_FIELD IMPALA.SORT_BY: IMPALA.SORT_BY names day, which is a partition and the same in a whole file. Take it out.'],
    [{ FIELD_DELIMITER: ',' }, 'warning OPTION_IGNORED IMPALA.FIELD_DELIMITER: IMPALA.FIELD_DELIMITER is for TEXTFILE tables; this table is PARQUET, and the option is left out. Clear it, or change IMPALA.STORED_AS.'],
    [{ STORED_AS: 'TEXTFILE', FIELD_DELIMITER: '||' }, 'error OPTION_VALUE IMPALA.FIELD_DELIMITER: IMPALA.FIELD_DELIMITER is one ASCII character, \\t, \\n, or a number from -128 to 127, not "||".'],
    [{ STORED_AS: 'TEXTFILE', FIELD_DELIMITER: '10' }, 'error OPTION_VALUE IMPALA.FIELD_DELIMITER: IMPALA.FIELD_DELIMITER and IMPALA.LINE_DELIMITER are the same sign: a row would have no end. Change one.'],
    [{ TBLPROPERTIES: 'a' }, 'error OPTION_VALUE IMPALA.TBLPROPERTIES: IMPALA.TBLPROPERTIES has "a" where key=value is expected, with ; between two of them, 256 characters a key and 4000 a value.'],
    [{ STORED_AS: 'KUDU', KUDU_BUCKETS: '1' }, 'error OPTION_VALUE IMPALA.KUDU_BUCKETS: IMPALA.KUDU_BUCKETS is a whole number from 2, not "1".'],
    [{ STORED_AS: 'KUDU', PARTITION_BY: 'HASH (day) PARTITIONS 4' }, 'error OPTION_FIELD IMPALA.PARTITION_BY: IMPALA.PARTITION_BY spreads by day, which is not in the primary key: Kudu spreads by key fields only. Put it into the key, or take it out.'],
    [{ STORED_AS: 'KUDU', PARTITION_BY: 'RANGE (id) (PARTITION VALUES < 1); DROP TABLE t' }, 'error OPTION_VALUE IMPALA.PARTITION_BY: IMPALA.PARTITION_BY has "RANGE ( id ) ( PARTITION VALUES < 1 ) ; DROP TABLE t" where RANGE (field) (PARTITION ..., PARTITION ...) is expected.'],
    [{ STORED_AS: 'KUDU', PARTITION_BY: 'RANGE (id) (PARTITION VALUE = (1, 2))' }, 'error OPTION_VALUE IMPALA.PARTITION_BY: IMPALA.PARTITION_BY gives bounds that do not fit RANGE (id): VALUE = (a, b), or (a, b) <= VALUES, with a value for each field.'],
    [{ STORED_AS: 'ICEBERG', PARTITION_BY: 'BUCKET(id)' }, 'error OPTION_VALUE IMPALA.PARTITION_BY: IMPALA.PARTITION_BY has "BUCKET ( id )" where a field, BUCKET(n, field), TRUNCATE(n, field), YEAR(field), MONTH(field), DAY(field), HOUR(field) or VOID(field) is expected.'],
    [{ STORED_AS: 'KUDU', EXTERNAL: 'yes' }, 'error OPTION_VALUE IMPALA.EXTERNAL: An external Kudu table takes its fields from Kudu, and none from here. Clear IMPALA.EXTERNAL, or add external.table.purge=true to IMPALA.TBLPROPERTIES.'],
    [{ STORED_AS: 'ICEBERG', PARTITIONED_BY: 'day' }, 'warning OPTION_IGNORED IMPALA.PARTITIONED_BY: IMPALA.PARTITIONED_BY is for file tables (Kudu and Iceberg have IMPALA.PARTITION_BY); this table is ICEBERG, and the option is left out. Clear it, or change IMPALA.STORED_AS.'],
    [{ FOREIGN_KEYS: 'some' }, 'error OPTION_VALUE IMPALA.FOREIGN_KEYS: IMPALA.FOREIGN_KEYS is one of informational, none, not "some".'],
  ])('tells of %j', (options, expected) => expect(messages(options)[0]).toBe(expected))

  it.each([{}, { STORED_AS: 'text' }, { STORED_AS: ' parquet ' }, { STORED_AS: 'KUDU', PARTITION_BY: 'HASH PARTITIONS 2, RANGE (PARTITION VALUE = 1, PARTITION 2 <= VALUES < 9)' }, { STORED_AS: 'TEXTFILE', FIELD_DELIMITER: '|', ESCAPED_BY: '\\\\' }, { EXTERNAL: 'false' }])(
    'takes %j', (options) => expect(messages(options)).toEqual([]),
  )

  it('stops a table whose options make none', () => {
    expect(() => created(shape({ PARTITIONED_BY: 'year' }))).toThrow('t: IMPALA.PARTITIONED_BY names year, which is no field of the table. Write a field that there is, or take it out.')
  })

  it('reads one value from many spellings', () => {
    const options = impala({ STORED_AS: 'kudu', PARTITION_BY: 'hash ( ID )  partitions 3', EXTERNAL: 'no', LOCATION: '/x', KUDU_BUCKETS: '', 'NOTHING': '1' })
    expect(dialect.normalize(table('t', columns, { primaryKey: { name: '', columns: ['id'] }, options: { ...options, 'MYSQL.ENGINE': 'x' } })).options).toEqual({ 'IMPALA.STORED_AS': 'KUDU', 'IMPALA.PARTITION_BY': 'HASH (`id`) PARTITIONS 3' })
  })
})
