import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from 'mysql2/promise'
import type { Model } from '../../app/model/model.ts'
import { mariadbConnection, sharedMariadb, type SharedMariadb } from '../../scripts/mariadb-server.ts'
import { dtParser } from '../testing/dt-parser.ts'
import { judgeModel } from '../testing/engine-judge.ts'
import { oneOfEachShape, refusals } from '../testing/parser-judge.ts'
import { modelCount, randomModels, textsOfCases, textsOfModels } from '../testing/random-texts.ts'
import { usableShapes } from '../testing/usable-shapes.ts'
import { dialect } from './dialect/index.ts'
import { rules } from './dialect/lexical.ts'
import { falseRefusals } from './testing/false-refusals.ts'
import { mariadbEngine } from './testing/mariadb-engine.ts'

/** Random models without an emoji in a comment, which MySQL refuses. */
const mysqlModels = (count: number) => randomModels(count).map((model): Model => ({
  ...model,
  tables: model.tables.map((table) => ({ ...table, comment: table.comment.replaceAll('🙂', ''), fields: table.fields.map((field) => ({ ...field, comment: field.comment.replaceAll('🙂', '') })) })),
}))

const mariadb = dialect.withSettings({ version: 'mariadb-10.11' })

describe('dt-sql-parser (MySQL)', () => {
  const parse = dtParser('mysql')

  it('takes every text of the shared cases, and one of each shape of random models, there and back', async () => {
    const said = textsOfModels(dialect, mysqlModels(modelCount(1000)))
    expect(said.usable / said.tables).toBeGreaterThan(0.7)
    const { refused, needed } = await refusals(parse, [...textsOfCases(dialect), ...oneOfEachShape(said.texts, rules)], falseRefusals)
    expect(refused).toEqual([])
    expect(needed.size).toBe(falseRefusals.length)
  })

  it('refuses what is no MySQL', async () => {
    const broken = ['CREATE TABLE `t` (`a` int', 'ALTER TABLE `t` MODIFY COLUMN int', 'RENAME TABLE `a` `b`', 'CREATE TABLE `t` (`a` int) ENGINE=,', "COMMENT ON TABLE `t` IS 'x'"]
    expect((await parse(broken)).filter((verdict) => verdict === null)).toEqual([])
  })
})

describe.each([['MySQL', dialect], ['MariaDB', mariadb]] as const)('refusals of %s', (_, asked) => {
  it('are what the server would convert in its own way', () => {
    expect([...textsOfModels(asked, mysqlModels(500)).refused.keys()]).toEqual(['alterColumn FLAVOR_UNSUPPORTED'])
  })
})

describe('a real MariaDB', () => {
  let server: SharedMariadb
  let connection: Connection
  let database: string

  beforeAll(async () => {
    server = await sharedMariadb()
    const url = await server.createDatabase()
    database = new URL(url).pathname.slice(1)
    connection = await mariadbConnection(url)
  })
  afterAll(async () => {
    await connection.end()
    await server.stop()
  })

  it('runs every operation of random models there and back, and stands as before', async () => {
    const count = modelCount(200)
    const engine = mariadbEngine(connection, mariadb, database)
    const complaints: string[] = []
    let undone = 0
    for (const [number, model] of randomModels(count).entries()) {
      const judgement = await judgeModel(engine, mariadb, usableShapes(mariadb, model), number)
      complaints.push(...judgement.complaints)
      undone += judgement.undone
    }
    expect(complaints).toEqual([])
    expect(undone).toBeGreaterThan(count * 10)
  })
})
