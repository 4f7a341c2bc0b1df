import { describe, expect, it } from 'vitest'
import { dialect } from './dialect/index.ts'
import { column, created, decimal, found, impala, table, texts, varchar } from './testing/build.ts'

const fields = [
  column('Day', 'date'),
  column('id', 'int64', { nullable: false, comment: "it's" }),
  column('name', varchar(20), { default: "'it''s'" }),
  column('amount', decimal(10, 2), { nullable: false, default: '0' }),
  column('region', { kind: 'char', length: 2 }),
]
const key = { name: 'pk', columns: ['id'] }

describe('CREATE TABLE of a file table', () => {
  it('writes partitions last and apart, and every clause in the order of the grammar', () => {
    const shape = table('Orders', fields, { schema: 'Sales', comment: 'a "b"', primaryKey: key, options: impala({ PARTITIONED_BY: 'region, Day', SORT_BY: 'id, name', LOCATION: 'hdfs://nn/data/orders/', TBLPROPERTIES: 'parquet.compression=ZSTD; note=\'a;b\'' }) })
    expect(created(shape)).toBe(`CREATE TABLE \`sales\`.\`orders\` (
  \`id\` BIGINT COMMENT "it's",
  \`name\` VARCHAR(20),
  \`amount\` DECIMAL(10,2),
  PRIMARY KEY (\`id\`) DISABLE NOVALIDATE RELY
)
PARTITIONED BY (
  \`region\` CHAR(2),
  \`day\` DATE
)
SORT BY (\`id\`, \`name\`)
COMMENT 'a "b"'
STORED AS PARQUET
LOCATION 'hdfs://nn/data/orders'
TBLPROPERTIES ('parquet.compression' = 'ZSTD', 'note' = 'a;b')`)
    expect(found(shape)).toEqual([
      'info NAME_FOLDED name', 'info TYPE_BYTES type name', 'info DEFAULT_LOST default name', 'info DEFAULT_LOST default amount', 'info TYPE_BYTES type region', 'info NOT_NULL_LOST name', 'info KEY_INFORMATIONAL key pk',
    ])
  })

  it('writes the signs of a text file', () => {
    const options = impala({ STORED_AS: 'textfile', FIELD_DELIMITER: '\\t', LINE_DELIMITER: '\\n', ESCAPED_BY: '\\' })
    expect(created(table('t', [column('a', 'text')], { options }))).toBe("CREATE TABLE `t` (\n  `a` STRING\n)\nROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'\nSTORED AS TEXTFILE")
    expect(created(table('t', [column('a', 'text')], { options: impala({ STORED_AS: 'TEXTFILE', FIELD_DELIMITER: ',' }) }))).toBe("CREATE TABLE `t` (\n  `a` STRING\n)\nROW FORMAT DELIMITED FIELDS TERMINATED BY ','\nSTORED AS TEXTFILE")
  })

  it('makes ORC, and says that nothing is written into it', () => {
    const shape = table('t', [column('a', 'text'), column('b', 'int32')], { options: impala({ STORED_AS: 'ORC', SORT_BY: 'zorder(a, b)' }) })
    expect(created(shape)).toBe('CREATE TABLE `t` (\n  `a` STRING,\n  `b` INT\n)\nSORT BY ZORDER (`a`, `b`)\nSTORED AS ORC')
    expect(found(shape)).toEqual(['info OPTION_VALUE IMPALA.STORED_AS'])
    expect(() => texts({ kind: 'copyRows', from: { schema: '', name: 'o' }, to: shape, columns: [] })).toThrow('t is stored as ORC, which Impala reads and does not write.')
  })

  it('makes an external table at its place', () => {
    const shape = table('t', [column('a', 'text')], { options: impala({ EXTERNAL: 'yes', LOCATION: "s3a://b/it's here/" }) })
    expect(created(shape)).toBe('CREATE EXTERNAL TABLE `t` (\n  `a` STRING\n)\nSTORED AS PARQUET\nLOCATION "s3a://b/it\'s here"')
    expect(() => texts({ kind: 'copyRows', from: { schema: '', name: 'o' }, to: shape, columns: [] })).toThrow('t is external: its files stay when a table is dropped')
  })

  it('keeps foreign keys as notes, but none to itself or over a partition, and none when told so', () => {
    const reference = { name: 'fk', columns: ['p'], parent: { schema: '', name: 'parent' }, parentColumns: ['id'], onUpdate: 'no action', onDelete: 'cascade', deferrable: 'no' } as const
    const shape = table('t', [column('id', 'int64'), column('p', 'int64'), column('y', 'int32')], { primaryKey: key, references: [reference, { ...reference, parent: { schema: '', name: 'T' } }] })
    expect(created(shape)).toBe('CREATE TABLE `t` (\n  `id` BIGINT,\n  `p` BIGINT,\n  `y` INT,\n  PRIMARY KEY (`id`) DISABLE NOVALIDATE RELY,\n  FOREIGN KEY (`p`) REFERENCES `parent` (`id`) DISABLE NOVALIDATE RELY\n)\nSTORED AS PARQUET')
    expect(found(shape, '4.5', 'REFERENCE_LOST')).toEqual(['warning REFERENCE_LOST reference fk'])
    expect(dialect.normalize(shape).references).toEqual([{ ...reference, name: '', onDelete: 'no action' }])
    expect(created({ ...shape, options: impala({ FOREIGN_KEYS: 'none' }) })).not.toContain('FOREIGN')
  })

  it('leaves a key out that holds a partition, and says so', () => {
    const shape = table('t', [column('id', 'int64'), column('y', 'int32')], { primaryKey: { name: '', columns: ['id', 'Y'] }, options: impala({ PARTITIONED_BY: 'y' }) })
    expect(created(shape)).toBe('CREATE TABLE `t` (\n  `id` BIGINT\n)\nPARTITIONED BY (\n  `y` INT\n)\nSTORED AS PARQUET')
    expect(found(shape)).toEqual(['warning KEY_LOST key'])
  })
})

describe('CREATE TABLE of a Kudu table', () => {
  const kudu = table('k', fields, { primaryKey: { name: '', columns: ['id', 'Day'] }, options: impala({ STORED_AS: 'KUDU', PARTITION_BY: "hash(id) partitions 4, range (day) (partition values < date '2026-01-01', partition date '2026-01-01' <= values)" }) })

  it('writes the key first, NOT NULL, constant defaults, hash and range partitions', () => {
    expect(created(kudu)).toBe(`CREATE TABLE \`k\` (
  \`id\` BIGINT NOT NULL COMMENT "it's",
  \`day\` DATE NOT NULL,
  \`name\` VARCHAR(20) DEFAULT CAST('it\\'s' AS VARCHAR(20)),
  \`amount\` DECIMAL(10,2) NOT NULL DEFAULT CAST(0 AS DECIMAL(10,2)),
  \`region\` STRING,
  PRIMARY KEY (\`id\`, \`day\`)
)
PARTITION BY HASH (\`id\`) PARTITIONS 4, RANGE (\`day\`) (
  PARTITION VALUES < DATE '2026-01-01',
  PARTITION DATE '2026-01-01' <= VALUES
)
STORED AS KUDU`)
    expect(found(kudu)).toEqual(['info NAME_FOLDED name', 'info KEY_NOT_NULL nullable Day', 'info TYPE_BYTES type name', 'info TYPE_WIDENED type region', 'info FIELDS_REORDERED key'])
  })

  it('spreads by hash of the key where nothing is said', () => {
    const options = impala({ STORED_AS: 'KUDU', KUDU_BUCKETS: '16', NON_UNIQUE_KEY: 'yes' })
    expect(created(table('k', [column('id', 'int64')], { primaryKey: key, options }))).toBe('CREATE TABLE `k` (\n  `id` BIGINT NOT NULL,\n  NON UNIQUE PRIMARY KEY (`id`)\n)\nPARTITION BY HASH (`id`) PARTITIONS 16\nSTORED AS KUDU')
    expect(created(table('k', [column('id', 'int64')], { primaryKey: key, options: impala({ STORED_AS: 'KUDU' }) }))).toContain('PARTITION BY HASH (`id`) PARTITIONS 4\n')
  })

  it('carries what it has not, and refuses a table without a key, or a key that no Kudu takes', () => {
    const shape = table('k', [column('id', 'float64'), column('tags', { kind: 'array', element: { kind: 'text' } }), column('day', 'date')], { primaryKey: key, options: impala({ STORED_AS: 'KUDU' }) })
    expect(created(shape, '3.4')).toContain('  `id` DOUBLE NOT NULL,\n  `tags` STRING,\n  `day` STRING,\n')
    expect(found(shape, '4.5', 'KEY_TYPE')).toEqual(['error KEY_TYPE type id'])
    expect(found({ ...shape, primaryKey: null }, '4.5', 'KEY_NEEDED')).toEqual(['error KEY_NEEDED key'])
    expect(() => created({ ...shape, primaryKey: null })).toThrow('k: a Kudu table needs a primary key. Give it one, or change IMPALA.STORED_AS.')
  })

  it('copies itself into Kudu with its key, and is filled by what can be repeated', () => {
    expect(texts({ kind: 'copyTable', shape: kudu, to: 'b' })).toEqual(['CREATE TABLE `b`\nPRIMARY KEY (`id`, `day`)\nPARTITION BY HASH (`id`, `day`) PARTITIONS 4\nSTORED AS KUDU\nAS SELECT `id`, `day`, `name`, `amount`, `region`\nFROM `k`'])
    const columns = [{ to: column('id', 'int64'), from: column('id', 'int32') }]
    const statements = dialect.statements({ kind: 'copyRows', from: { schema: '', name: 'o' }, to: kudu, columns })
    expect(statements.map(({ text, undo }) => [text, undo])).toEqual([['UPSERT INTO `k` (`id`)\nSELECT CAST(`id` AS BIGINT)\nFROM `o`', ['DELETE FROM `k`']], ['COMPUTE STATS `k`', []]])
  })
})

describe('CREATE TABLE of an Iceberg table', () => {
  const ice = table('i', [...fields, column('n', 'int8')], { primaryKey: { name: '', columns: ['id', 'day'] }, options: impala({ STORED_AS: 'ICEBERG', PARTITION_BY: 'bucket(8, id), Month(Day)', TBLPROPERTIES: 'format-version=2' }) })

  it('writes transforms, a key that is not enforced, and the types that Iceberg has', () => {
    expect(created(ice)).toBe(`CREATE TABLE \`i\` (
  \`day\` DATE,
  \`id\` BIGINT NOT NULL COMMENT "it's",
  \`name\` STRING,
  \`amount\` DECIMAL(10,2) NOT NULL,
  \`region\` STRING,
  \`n\` INT,
  PRIMARY KEY (\`id\`, \`day\`) NOT ENFORCED
)
PARTITIONED BY SPEC (BUCKET(8, \`id\`), MONTH(\`day\`))
STORED AS ICEBERG
TBLPROPERTIES ('format-version' = '2')`)
    expect(found(ice, '4.5', 'TYPE_WIDENED')).toEqual(['info TYPE_WIDENED type name', 'info TYPE_WIDENED type region', 'info TYPE_WIDENED type n'])
  })

  it('keeps defaults in format version 3, of Impala 5', () => {
    const three = { ...ice, options: { ...ice.options, 'IMPALA.TBLPROPERTIES': 'format-version=3' } }
    expect(created(three, '5.0')).toContain("`amount` DECIMAL(10,2) NOT NULL DEFAULT CAST(0 AS DECIMAL(10,2)),\n")
    expect(created(ice, '5.0')).not.toContain('DEFAULT')
    expect(found(three, '4.5', 'VERSION_NEEDED')).toEqual(['error VERSION_NEEDED IMPALA.TBLPROPERTIES'])
    expect(found(ice, '3.4', 'VERSION_NEEDED')).toEqual(['error VERSION_NEEDED IMPALA.STORED_AS'])
    expect(found(ice, '4.1', 'KEY_LOST')).toEqual(['warning KEY_LOST key'])
  })

  it('wants the partition fields in the key', () => {
    expect(found({ ...ice, primaryKey: key }, '4.5', 'OPTION_FIELD')).toEqual(['error OPTION_FIELD IMPALA.PARTITION_BY'])
  })
})
