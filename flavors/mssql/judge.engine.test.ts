import { describe, expect, it } from 'vitest'
import { sqlfluff } from '../../scripts/sqlfluff.ts'
import { oneOfEachShape, refusals } from '../testing/parser-judge.ts'
import { modelCount, randomModels, textsOfCases, textsOfModels } from '../testing/random-texts.ts'
import { dialect } from './dialect/index.ts'
import { rules } from './dialect/lexical.ts'
import { falseRefusals } from './testing/false-refusals.ts'

const parse = (texts: readonly string[]) => sqlfluff('tsql', texts)

describe('sqlfluff (tsql)', () => {
  it('takes every text of the shared cases, and one of each shape of random models, there and back', async () => {
    const said = textsOfModels(dialect, randomModels(modelCount(400)))
    expect(said.usable / said.tables).toBeGreaterThan(0.7)
    // Types that ALTER COLUMN would convert in another way than a rebuild.
    expect([...said.refused.keys()]).toEqual(['alterColumn FLAVOR_UNSUPPORTED'])
    const { refused, needed } = await refusals(parse, [...textsOfCases(dialect), ...oneOfEachShape(said.texts, rules)], falseRefusals)
    expect(refused).toEqual([])
    expect(needed.size).toBe(falseRefusals.length)
  })

  it('refuses what is no Transact-SQL', async () => {
    const broken = ['ALTER TABLE [t] ALTER COLUM [c] int NULL', 'CREATE TABLE [t] ([a] int NULL', 'ALTER TABLE [t] ADD COLUMN [c] int NULL', "EXEC sp_rename N'a, N'b'", 'DROP TABLE IF [t]', 'SELECT TOP (1) FROM [t]']
    expect((await parse(broken)).filter((verdict) => verdict === null)).toEqual([])
  })
})
