import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../flavor.ts'
import { judgeModel } from '../testing/engine-judge.ts'
import { modelCount, randomModels, textsOfModels } from '../testing/random-texts.ts'
import { transactionalEngine } from '../testing/transactional-engine.ts'
import { usableShapes } from '../testing/usable-shapes.ts'
import { driver } from './driver/index.ts'

let connection: Connection

beforeAll(async () => {
  connection = await driver.connect({ url: 'sqlite::memory:' })
})
afterAll(() => connection.close())

describe('SQLite judges itself', () => {
  it('runs every operation of random models there and back, and stands as before', async () => {
    const count = modelCount(500)
    const engine = transactionalEngine(connection)
    // As the plan's frame has it: a rebuild drops tables that others point at.
    await connection.execute('PRAGMA foreign_keys = OFF')
    const complaints: string[] = []
    let undone = 0
    for (const [number, model] of randomModels(count).entries()) {
      const judgement = await judgeModel(engine, connection.dialect, usableShapes(connection.dialect, model), number)
      complaints.push(...judgement.complaints)
      undone += judgement.undone
    }
    expect(complaints).toEqual([])
    expect(undone).toBeGreaterThan(count * 10)
  })

  it('refuses only what a rebuild does instead', () => {
    const said = textsOfModels(connection.dialect, randomModels(1000))
    expect(said.usable / said.tables).toBeGreaterThan(0.9)
    // A check without a name cannot be dropped by name; a field with a default that is no constant cannot be added.
    expect([...said.refused.keys()].toSorted()).toEqual(['addColumn', 'alterColumn', 'commentTable', 'dropCheck'].map((kind) => `${kind} FLAVOR_UNSUPPORTED`))
  })
})
