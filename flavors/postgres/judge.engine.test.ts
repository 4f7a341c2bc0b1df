import { parse } from 'libpg-query'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedPostgres, type SharedPostgres } from '../../scripts/postgres-server.ts'
import type { Connection } from '../flavor.ts'
import { judgeModel } from '../testing/engine-judge.ts'
import { modelCount, randomModels, textsOfCases, textsOfModels, type Judged } from '../testing/random-texts.ts'
import { transactionalEngine } from '../testing/transactional-engine.ts'
import { usableShapes, withoutKind } from '../testing/usable-shapes.ts'
import { dialect } from './dialect/index.ts'
import { driver } from './driver/index.ts'

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
    const said = textsOfModels(dialect, randomModels(1000))
    expect(said.usable / said.tables).toBeGreaterThan(0.8)
    expect([...said.refused]).toEqual([])
    expect(await refusedByGrammar(said.texts)).toEqual([])
  })
})

describe('a real PostgreSQL', () => {
  let server: SharedPostgres
  let connection: Connection

  beforeAll(async () => {
    server = await sharedPostgres()
    connection = await driver.connect({ url: await server.createDatabase() })
  })
  afterAll(async () => {
    await connection.close()
    await server.stop()
  })

  it('runs every operation of random models there and back, and stands as before', async () => {
    const engine = transactionalEngine(connection)
    const complaints: string[] = []
    let undone = 0
    for (const [number, model] of randomModels(modelCount(60)).entries()) {
      const judgement = await judgeModel(engine, connection.dialect, usableShapes(connection.dialect, withoutKind(model, 'geometry', { kind: 'blob' })), number)
      complaints.push(...judgement.complaints)
      undone += judgement.undone
    }
    expect(complaints).toEqual([])
    expect(undone).toBeGreaterThan(300)
  })
})
