import fc from 'fast-check'
import { parse } from 'libpg-query'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnShape, TableShape } from '../../app/model/shape.ts'
import { sharedPostgres } from '../../scripts/postgres-server.ts'
import type { SharedPostgres } from '../../scripts/postgres-server.ts'
import { cases, questions } from '../cases.ts'
import type { Connection, Operation } from '../flavor.ts'
import { isPlainName } from './dialect/keywords.ts'
import { dialect } from './dialect/index.ts'
import { driver } from './driver/index.ts'
import { hostileNames, suffixed, tableNamed } from './testing/hostile.ts'
import { createTexts } from './testing/law.ts'
import { tableShapes } from './testing/random-shapes.ts'

const bare = dialect.withSettings({ quoting: 'needed' })
const oddNames = ['plain', 'with_1', 'char', 'Char', 'CHAR', 'name', 'text', 'value', 'order', 'a$b', '1a', '_', '_x', 'é', 'straße', 'e', 'u', 'n', 'x', 'excluded', 'oid', 'ctid', 'public', 'new', 'old', 't']

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

/** The parser's tree without the offsets in the text. */
async function tree(text: string): Promise<unknown> {
  return JSON.parse(JSON.stringify(await parse(text)), (key, value: unknown) => (key === 'location' || key === 'stmt_len' || key === 'stmt_location' || key === 'list_start' || key === 'list_end' ? undefined : value))
}

const textsOf = (made: typeof dialect, operation: Operation): readonly string[] => made.statements(operation).flatMap(({ text, undo }) => [text, ...(undo ?? [])])

async function expectSame(operation: Operation): Promise<void> {
  const [always, needed] = [textsOf(dialect, operation), textsOf(bare, operation)]
  expect(needed).toHaveLength(always.length)
  for (const [at, text] of needed.entries()) expect(await tree(text), text).toEqual(await tree(always[at] ?? ''))
}

describe('names without needless quotes', () => {
  it('stand bare where they mean the same, and quoted elsewhere', () => {
    expect(textsOf(bare, cases.addReference)).toEqual([
      'ALTER TABLE public."order" ADD CONSTRAINT order_person_fk FOREIGN KEY (person_id) REFERENCES public.person (id) ON DELETE CASCADE',
      'ALTER TABLE public."order" DROP CONSTRAINT order_person_fk',
    ])
    expect(bare.question(questions.countValues)).toBe('SELECT count("full name") FROM public.person')
  })

  it('quote every word that any server calls a keyword', async () => {
    const { rows } = await connection.query('SELECT word FROM pg_get_keywords()')
    expect(rows.map(([word]) => String(word)).filter(isPlainName)).toEqual([])
  })

  it('give the same parse tree in every case, every question, and under every odd name', async () => {
    for (const operation of Object.values(cases)) if (operation.kind !== 'swapTables') await expectSame(operation)
    for (const question of Object.values(questions)) expect(await tree(bare.question(question))).toEqual(await tree(dialect.question(question)))
    const { rows } = await connection.query('SELECT word FROM pg_get_keywords()')
    for (const name of [...hostileNames, ...oddNames, ...rows.map(([word]) => String(word))]) {
      const shape = tableNamed(name, suffixed(name))
      await expectSame({ kind: 'createTable', shape, references: true })
      for (const index of shape.indexes) await expectSame({ kind: 'createIndex', table: shape, index })
    }
  })

  it('keep what a person wrote where a bare word would mean something else', async () => {
    const column: ColumnShape = { name: 'a', type: { kind: 'text' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '' }
    const checks = [`U&"a" > 'x'`, `/* /* ' */ "a" */ a > 'say "a" now'`, `"a"IS NOT NULL`, `$q$"a"$q$ < a`, `E'\\'"a"' < a`, `"lower"("a") = a`, `"date" '2020-01-01' < now()`, `a COLLATE "C" > 'b'`]
    const shape: TableShape = {
      schema: '', name: 'written', comment: '', columns: [column], primaryKey: null, uniques: [], references: [], indexes: [], options: {},
      checks: checks.map((expression, at) => ({ name: `c${at}`, expression })),
    }
    await expectSame({ kind: 'createTable', shape, references: true })
    await connection.execute(bare.statements({ kind: 'createTable', shape, references: true })[0]?.text ?? '')
  })

  it('make the same 150 random tables on a real server', async () => {
    await fc.assert(
      fc.asyncProperty(tableShapes, async (shape) => {
        const read = async (quotes: 'always' | 'needed') => {
          await connection.execute('BEGIN')
          try {
            const made = { ...connection, dialect: connection.dialect.withSettings({ quoting: quotes }) }
            for (const { text } of createTexts(made, shape)) await connection.execute(text)
            return (await connection.introspect({ tables: [connection.dialect.normalize(shape)] })).tables.map((table) => table.shape)
          } finally {
            await connection.execute('ROLLBACK')
          }
        }
        expect(await read('needed')).toEqual(await read('always'))
      }),
      { numRuns: 150, endOnFailure: true },
    )
  })
})
