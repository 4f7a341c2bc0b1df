import { parse } from 'libpg-query'
import { describe, expect, it } from 'vitest'
import { modelCount, randomModels, textsOfCases, textsOfModels, type Judged } from '../testing/random-texts.ts'
import { dialect } from './dialect/index.ts'

/** What PostgreSQL's own grammar says to each text: nothing, or why it is not one statement. */
async function refusedByGrammar(texts: readonly Judged[]): Promise<readonly string[]> {
  const said: string[] = []
  for (const { text, origin } of texts) {
    const found = await parse(text).then(
      ({ stmts }) => (stmts?.length === 1 ? null : `${stmts?.length ?? 0} statements`),
      (error: unknown) => String(error),
    )
    if (found !== null) said.push(`${origin}: ${found}\n${text}`)
  }
  return said
}

describe("PostgreSQL's own grammar (libpg-query)", () => {
  it('takes every text of the shared cases', async () => {
    expect(await refusedByGrammar(textsOfCases(dialect))).toEqual([])
  })

  it('takes every text of 1,000 random models, there and back', async () => {
    const said = textsOfModels(dialect, randomModels(modelCount(1000)))
    expect(said.usable / said.tables).toBeGreaterThan(0.8)
    expect([...said.refused]).toEqual([])
    expect(await refusedByGrammar(said.texts)).toEqual([])
  })
})
