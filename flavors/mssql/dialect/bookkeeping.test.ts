import { describe, expect, it } from 'vitest'
import { structureProblems } from '../testing/structure.ts'
import { scan } from '../testing/scan.ts'
import { bookkeeping } from './bookkeeping.ts'

const { tables, ensure, upsertIdentity, ...statements } = bookkeeping

describe('bookkeeping', () => {
  it('makes its own schema and tables where they are missing, in one batch each', () => {
    // The branch of an IF is a whole CREATE TABLE: judged by itself.
    expect(ensure.map((text) => text.replace(/^IF OBJECT_ID\(N'[^']*', N'U'\) IS NULL /, '')).flatMap((text) => structureProblems(text))).toEqual([])
    expect(ensure.slice(1).map((text) => /^IF OBJECT_ID\(N'\[metamigrate\]\.\[(\w+)\]', N'U'\) IS NULL CREATE TABLE \[metamigrate\]\.\[(\w+)\]/.exec(text)?.slice(1))).toEqual(tables.map(({ name }) => [name, name]))
  })

  it('has sound statements with parameters @p1, @p2 ... each once, in order', () => {
    const texts = Object.values(statements).filter((text) => typeof text === 'string')
    expect(texts.flatMap((text) => structureProblems(text))).toEqual([])
    expect(upsertIdentity.split('; ').flatMap((text) => structureProblems(text).filter((problem) => !problem.startsWith('IF has')))).toEqual([])
    for (const text of texts) {
      const used = scan(text).pieces.filter(({ kind, value }) => kind === 'word' && value.startsWith('@')).map(({ value }) => value)
      expect(used).toEqual(used.map((_, at) => `@P${at + 1}`))
    }
  })
})
