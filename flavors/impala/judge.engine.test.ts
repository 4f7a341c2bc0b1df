import { describe, expect, it } from 'vitest'
import { sqlfluff } from '../../scripts/sqlfluff.ts'
import { dtParser } from '../testing/dt-parser.ts'
import { oneOfEachShape, refusals, type Parser } from '../testing/parser-judge.ts'
import { modelCount, randomModels, textsOfCases, textsOfModels } from '../testing/random-texts.ts'
import { dialect } from './dialect/index.ts'
import { rules } from './dialect/lexical.ts'
import { falseRefusalsOfDt, falseRefusalsOfSqlfluff } from './testing/false-refusals.ts'
import { tableOptions } from './testing/table-options.ts'

const textsOf = (count: number) => [...textsOfCases(dialect), ...oneOfEachShape(textsOfModels(dialect, randomModels(count, { optionsOf: tableOptions })).texts, rules)]
const broken = ['CREATE TABLE `t` (`a` INT', 'CREATE TABLE `t` (`a` INT) STORED PARQUET', 'ALTER TABLE `t` RENAMED TO `u`', 'SELECT FROM `t`', "CREATE TABLE `t` (`a` INT) LOCATION '/x' STORED AS PARQUET", 'INSERT INTO `t` (`a` SELECT 1']

describe.each([
  { judge: 'dt-sql-parser (ImpalaSQL)', parse: dtParser('impala'), known: falseRefusalsOfDt, models: 1000 },
  { judge: 'sqlfluff (impala)', parse: ((texts) => sqlfluff('impala', texts)) satisfies Parser, known: falseRefusalsOfSqlfluff, models: 300 },
])('$judge', ({ parse, known, models }) => {
  it('takes every text of the shared cases, and one of each shape of random models, there and back', async () => {
    const { refused, needed } = await refusals(parse, textsOf(modelCount(models)), known)
    expect(refused).toEqual([])
    expect(known.filter((one) => !needed.has(one))).toEqual([])
  })

  it('refuses what is not SQL of Impala', async () => {
    const verdicts = await parse(broken)
    expect(broken.filter((_, at) => verdicts[at] === null)).toEqual([])
  })
})

describe('refusals of Impala', () => {
  it('are what its formats cannot', () => {
    const said = textsOfModels(dialect, randomModels(300, { optionsOf: tableOptions }))
    expect(said.usable / said.tables).toBeGreaterThan(0.7)
    expect([...said.refused.keys()].toSorted()).toEqual(['addColumn', 'alterColumn', 'copyRows', 'copyTable', 'setAside', 'swapTables'].map((kind) => `${kind} FLAVOR_UNSUPPORTED`))
  })
})
