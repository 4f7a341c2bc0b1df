import { describe, expect, it } from 'vitest'
import type { DataType } from '../../app/model/data-type.ts'
import type { TableShape } from '../../app/model/shape.ts'
import { dialect } from './dialect/index.ts'
import { column, decimal, impala, table, texts, undos, varchar } from './testing/build.ts'

const old = { schema: '', name: 'old' }
const copy = (to: TableShape, pairs: readonly (readonly [DataType | null, DataType])[]) =>
  texts({ kind: 'copyRows', from: old, to, columns: pairs.map(([from, type], at) => ({ to: column(`c${at}`, type), from: from === null ? null : column(`c${at}`, from) })) })[0]

describe('copying rows', () => {
  it('lists partition fields last, behind PARTITION', () => {
    const columns = [column('Y', 'int32'), column('id', 'int64'), column('M', 'int32')]
    const to = table('t', columns, { schema: 'D', options: impala({ PARTITIONED_BY: 'y, m' }) })
    const statements = dialect.statements({ kind: 'copyRows', from: old, to, columns: columns.map((one) => ({ to: one, from: one })) })
    expect(statements.map(({ text }) => text)).toEqual(['INSERT INTO `d`.`t` (`id`) PARTITION (`y`, `m`)\nSELECT `id`, `y`, `m`\nFROM `old`', 'COMPUTE STATS `d`.`t`'])
    expect(undos(statements)).toEqual([['TRUNCATE TABLE `d`.`t`'], []])
    expect(() => dialect.statements({ kind: 'copyRows', from: old, to, columns: [{ to: column('id', 'int64'), from: column('id', 'int64') }] })).toThrow('d.t: nothing fills y, by which the table is partitioned.')
  })

  it('casts each value by words', () => {
    const to = table('t', [])
    expect(copy(to, [
      [{ kind: 'text' }, varchar(9)], [{ kind: 'int64' }, { kind: 'int32' }], [{ kind: 'bool' }, { kind: 'text' }], [{ kind: 'int32' }, { kind: 'bool' }], [{ kind: 'text' }, { kind: 'bool' }],
      [{ kind: 'bool' }, decimal(3, 0)], [varchar(9), { kind: 'int32' }], [varchar(9), varchar(9)], [{ kind: 'uuid' }, { kind: 'text' }],
    ])).toBe(`INSERT INTO \`t\` (\`c0\`, \`c1\`, \`c2\`, \`c3\`, \`c4\`, \`c5\`, \`c6\`, \`c7\`, \`c8\`)
SELECT CAST(\`c0\` AS VARCHAR(9)), CAST(\`c1\` AS INT), CASE \`c2\` WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END, (\`c3\` <> 0), CASE WHEN LOWER(TRIM(\`c4\`)) IN ('true', 't', 'yes', 'y', 'on', '1') THEN TRUE WHEN LOWER(TRIM(\`c4\`)) IN ('false', 'f', 'no', 'n', 'off', '0') THEN FALSE END, CAST(CASE \`c5\` WHEN TRUE THEN 1 WHEN FALSE THEN 0 END AS DECIMAL(3,0)), CAST(CAST(\`c6\` AS STRING) AS INT), \`c7\`, \`c8\`
FROM \`old\``)
  })

  it('fills what is new from its default, where the table keeps none itself', () => {
    const to = table('t', [])
    const columns = [{ to: column('id', 'int64'), from: column('id', 'int64') }, { to: column('at', { kind: 'timestamptz', precision: null }, { default: 'now()' }), from: null }, { to: column('u', 'uuid', { default: 'gen_random_uuid()' }), from: null }, { to: column('n', 'int32'), from: null }]
    expect(texts({ kind: 'copyRows', from: old, to, columns })[0]).toBe('INSERT INTO `t` (`id`, `at`, `u`)\nSELECT `id`, NOW(), UUID()\nFROM `old`')
    expect(() => texts({ kind: 'copyRows', from: old, to, columns: [...columns, { to: column('x', 'text', { default: "nextval('s')" }), from: null }] })).toThrow("would need nextval('s') in x, which is none of Impala's words")
  })

  it('refuses complex fields, there and in a copy, with the way out', () => {
    const tags: DataType = { kind: 'array', element: { kind: 'text' } }
    const shape = table('t', [column('c0', tags)])
    expect(() => copy(shape, [[tags, tags]])).toThrow('t.c0 is ARRAY<STRING>: Impala reads such a field and writes none. Keep the directory')
    expect(() => texts({ kind: 'copyTable', shape, to: 'b' })).toThrow('t.c0 is ARRAY<STRING>: Impala copies no such field.')
  })
})

describe('setting a table aside', () => {
  const fields = [column('id', 'int64')]

  it('copies it and drops it, and makes and fills it again on the way back', () => {
    const statements = dialect.statements({ kind: 'setAside', shape: table('t', fields), to: 'b', remake: [] })
    expect(statements.map(({ text }) => text)).toEqual(['CREATE TABLE `b`\nSTORED AS PARQUET\nAS SELECT `id`\nFROM `t`', 'DROP TABLE `t`'])
    expect(undos(statements)).toEqual([['DROP TABLE `b`'], ['CREATE TABLE `t` (\n  `id` BIGINT\n)\nSTORED AS PARQUET', 'INSERT INTO `t` (`id`)\nSELECT `id`\nFROM `b`', 'COMPUTE STATS `t`']])
  })

  it('does not fill an external table again, whose files are still there, and cannot take back ORC', () => {
    const external = table('t', fields, { options: impala({ EXTERNAL: 'yes', LOCATION: '/x' }) })
    expect(undos(dialect.statements({ kind: 'setAside', shape: external, to: 'b', remake: [] }))[1]).toEqual(["CREATE EXTERNAL TABLE `t` (\n  `id` BIGINT\n)\nSTORED AS PARQUET\nLOCATION '/x'"])
    expect(undos(dialect.statements({ kind: 'setAside', shape: table('t', fields, { options: impala({ STORED_AS: 'ORC' }) }), to: 'b', remake: [] }))[1]).toBe(null)
  })
})

describe('exchanging names', () => {
  const at = (name: string, location: string) => table(name, [column('id', 'int64')], { schema: 'D', options: location === '' ? {} : impala({ LOCATION: location }) })

  it('renames the old table away, then the new one, each with its way back', () => {
    const statements = dialect.statements({ kind: 'swapTables', tables: [{ old: { shape: at('t', '/a'), aside: 't_old' }, fresh: at('t_new', '/b'), to: { schema: 'D', name: 'T' } }] })
    expect(statements.map(({ text, undo }) => [text, undo])).toEqual([
      ['ALTER TABLE `d`.`t` RENAME TO `d`.`t_old`', ['ALTER TABLE `d`.`t_old` RENAME TO `d`.`t`']],
      ['ALTER TABLE `d`.`t_new` RENAME TO `d`.`t`', ['ALTER TABLE `d`.`t` RENAME TO `d`.`t_new`']],
    ])
  })

  it.each([['/a', '/a/'], ['/a', '/a/b'], ['/a/b', '/a']])('refuses two tables in one directory: %s and %s', (one, other) => {
    const swap = { old: { shape: at('t', one), aside: 't_old' }, fresh: at('t_new', other), to: { schema: 'D', name: 't' } }
    expect(() => dialect.statements({ kind: 'swapTables', tables: [swap] })).toThrow('both would hold the same rows, and dropping one would empty the other')
  })
})

describe('questions', () => {
  const asked = (from: DataType, to: DataType) => /IS NOT NULL AND NOT COALESCE\((.*), FALSE\) LIMIT 1$/.exec(dialect.question({ kind: 'lossyRows', table: old, column: { from: column('a', from), to: column('a', to) }, key: [], limit: 1 }))?.[1]

  it.each<[DataType, DataType, string]>([
    [{ kind: 'int64' }, { kind: 'int32' }, '(CASE WHEN `a` BETWEEN -2147483648 AND 2147483647 THEN CAST(CAST(`a` AS INT) AS BIGINT) IS NOT DISTINCT FROM `a` ELSE FALSE END)'],
    [{ kind: 'text' }, decimal(10, 2), "`a` RLIKE '^-?(0|[1-9][0-9]{0,7})([.][0-9]{1,2})?$'"],
    [{ kind: 'text' }, decimal(2, 2), "`a` RLIKE '^-?0([.][0-9]{1,2})?$'"],
    [{ kind: 'text' }, { kind: 'int32' }, 'CAST(CAST(`a` AS INT) AS STRING) IS NOT DISTINCT FROM `a`'],
    [{ kind: 'text' }, { kind: 'date' }, 'CAST(CAST(CAST(`a` AS TIMESTAMP) AS DATE) AS STRING) IS NOT DISTINCT FROM `a`'],
    [varchar(9), varchar(5), 'LENGTH(CAST(`a` AS STRING)) <= 5'],
    [{ kind: 'float64' }, decimal(10, 2), '(CASE WHEN `a` BETWEEN -99999999.99 AND 99999999.99 THEN CAST(CAST(`a` AS DECIMAL(10,2)) AS DOUBLE) IS NOT DISTINCT FROM `a` ELSE FALSE END)'],
    [{ kind: 'timestamp', precision: null }, { kind: 'date' }, 'CAST(CAST(`a` AS DATE) AS TIMESTAMP) IS NOT DISTINCT FROM `a`'],
    [{ kind: 'int32' }, { kind: 'bool' }, '`a` IN (0, 1)'],
  ])('%j to %j survives where %s', (from, to, expected) => expect(asked(from, to)).toBe(expected))

  it('hashes floating numbers themselves, and leaves complex fields out', () => {
    const columns = [column('f', 'float64'), column('t', { kind: 'array', element: { kind: 'text' } })].map((one) => ({ to: one, from: one }))
    expect(dialect.question({ kind: 'digest', table: old, columns, side: 'to' })).toBe("SELECT COUNT(*), COALESCE(SUM(CAST(FNV_HASH(CONCAT_WS('|', NVL(CAST(FNV_HASH(`f`) AS STRING), '~'))) AS DECIMAL(38,0))), 0) FROM `old`")
    expect(dialect.question({ kind: 'digest', table: old, columns: columns.slice(1), side: 'to' })).toBe('SELECT COUNT(*), 0 FROM `old`')
  })
})

describe('castRisk', () => {
  it.each<[DataType, DataType, string]>([
    [{ kind: 'uuid' }, { kind: 'text' }, 'same'], [{ kind: 'int8' }, { kind: 'int64' }, 'exact'], [{ kind: 'int64' }, { kind: 'int8' }, 'lossy'], [{ kind: 'int64' }, decimal(19, 0), 'exact'], [{ kind: 'int64' }, decimal(18, 0), 'lossy'],
    [{ kind: 'float32' }, { kind: 'float64' }, 'exact'], [{ kind: 'int32' }, { kind: 'float32' }, 'lossy'], [varchar(5), varchar(9), 'exact'], [varchar(9), varchar(5), 'lossy'], [varchar(9), { kind: 'text' }, 'exact'],
    [{ kind: 'text' }, varchar(9), 'lossy'], [{ kind: 'date' }, varchar(10), 'exact'], [{ kind: 'int64' }, varchar(20), 'exact'], [{ kind: 'int64' }, varchar(19), 'lossy'], [{ kind: 'int32' }, { kind: 'date' }, 'impossible'],
    [{ kind: 'int64' }, { kind: 'timestamp', precision: null }, 'impossible'], [{ kind: 'date' }, { kind: 'timestamp', precision: null }, 'lossy'], [{ kind: 'blob' }, { kind: 'text' }, 'exact'], [{ kind: 'blob' }, { kind: 'int32' }, 'impossible'],
    [decimal(9, 0), { kind: 'int32' }, 'exact'], [decimal(10, 0), { kind: 'int32' }, 'lossy'], [decimal(10, 2), decimal(12, 3), 'exact'], [decimal(10, 2), decimal(12, 5), 'lossy'], [{ kind: 'array', element: { kind: 'text' } }, { kind: 'text' }, 'impossible'],
    [{ kind: 'bool' }, { kind: 'int32' }, 'exact'], [{ kind: 'int32' }, { kind: 'bool' }, 'lossy'], [{ kind: 'timestamptz', precision: 6 }, { kind: 'timestamp', precision: null }, 'same'],
  ])('%j to %j is %s', (from, to, risk) => expect(dialect.castRisk(from, to)).toBe(risk))
})
