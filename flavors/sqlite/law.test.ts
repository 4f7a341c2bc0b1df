import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MetaMigrateError } from '../../app/errors.ts'
import { modelFromShapes } from '../../app/model/from-shapes.ts'
import { countedIds } from '../../app/model/id.ts'
import { lookupOf, shapeOf } from '../../app/model/resolve.ts'
import { hostileNames, anyType } from '../../app/model/testing/any-type.ts'
import type { ColumnShape, TableShape } from '../../app/model/shape.ts'
import type { Connection, Operation } from '../flavor.ts'
import { nameProblem } from './dialect/names.ts'
import { driver } from './driver/index.ts'

let connection: Connection

beforeAll(async () => {
  connection = await driver.connect({ url: 'sqlite::memory:' })
})
afterAll(() => connection.close())

const usable = hostileNames.filter((name) => nameProblem(name) === null)
const names = fc.uniqueArray(fc.constantFrom(...usable), { minLength: 2, maxLength: 7, selector: (name) => name.toLowerCase() })
const defaults = fc.constantFrom(null, '0', '-1.5', "'it''s'", 'NULL', 'CURRENT_TIMESTAMP', "lower('A' || 'b')", ' ( 1+2 ) ', 'true', "x'00ff'", 'now()')

const column = (name: string): fc.Arbitrary<ColumnShape> =>
  fc.record({ type: anyType, nullable: fc.boolean(), default: defaults, comment: fc.constantFrom('', 'x'), collation: fc.constantFrom('', '', 'NOCASE') })
    .map((rest) => ({ name, identity: null, generated: null, ...rest }))

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Random tables under hostile names, with every part that SQLite can keep. */
const shapes: fc.Arbitrary<TableShape> = names
  .chain(([name = 't', ...columnNames]) => fc.tuple(fc.constant(name), fc.tuple(...columnNames.map(column)), fc.nat(), fc.boolean()))
  .map(([name, given, seed, strict]) => complete(name, given, seed, strict))

function complete(name: string, given: readonly ColumnShape[], seed: number, strict: boolean): TableShape {
  const identity: ColumnShape = { name: 'key', type: { kind: seed % 2 === 0 ? 'int32' : 'int64' }, nullable: false, default: null, identity: 'always', generated: null, comment: '', collation: '' }
  const columns = seed % 3 === 0 ? [identity, ...given] : [...given]
  const [first] = columns
  const last = given.at(-1)
  const generated: ColumnShape = { name: 'made', type: { kind: 'text' }, nullable: true, default: null, identity: null, generated: { expression: `upper( ${quoted(last?.name ?? '')} )`, stored: seed % 2 === 0 }, comment: '', collation: '' }
  if (seed % 5 === 0) columns.push(generated)
  const key = seed % 4 === 3 && seed % 3 !== 0 ? null : { name: seed % 2 === 0 ? '' : 'the key', columns: [first?.name ?? ''] }
  return {
    schema: 'ignored', name, comment: 'lost', columns, primaryKey: key,
    uniques: last === undefined ? [] : [{ name: seed % 2 === 0 ? 'u "1"' : '', columns: [last.name] }],
    checks: last === undefined ? [] : [{ name: '', expression: `(${quoted(last.name)} <> ')' -- why\n or 1)` }],
    references: key === null || seed % 2 === 0 ? [] : [{ name: 'fk', columns: key.columns, parent: { schema: '', name }, parentColumns: key.columns, onUpdate: 'cascade', onDelete: 'set null', deferrable: 'deferred' }],
    indexes: last === undefined ? [] : [{ name: '', unique: false, method: 'btree', parts: [{ column: last.name, expression: '', order: 'desc', nulls: 'last' }, { column: null, expression: `length(${quoted(last.name)})`, order: 'asc', nulls: '' }], include: [], predicate: `${quoted(last.name)} IS NOT NULL` }],
    options: { ...(strict ? { 'SQLITE.STRICT': 'yes' } : {}), ...(seed % 7 === 1 && key !== null ? { 'SQLITE.WITHOUT_ROWID': 'yes' } : {}), ...(seed % 6 === 0 ? { 'SQLITE.AUTOINCREMENT': 'yes' } : {}) },
  }
}

const operationsOf = (shape: TableShape): readonly Operation[] => [
  { kind: 'createTable', shape, references: true },
  ...shape.indexes.map((index): Operation => ({ kind: 'createIndex', table: shape, index })),
]

async function readBack(shape: TableShape): Promise<TableShape | undefined> {
  const { dialect } = connection
  await connection.execute('BEGIN')
  try {
    for (const operation of operationsOf(shape)) for (const { text } of dialect.statements(operation)) await connection.execute(text)
    const [table] = (await connection.introspect()).tables
    if (table === undefined) return undefined
    const found = dialect.normalize(table.shape)
    // What a file says beyond the model (declared types) is no difference: the model settles to it, and to nothing else.
    const wanted = dialect.normalize(shape)
    expect(dialect.settle?.(wanted, found, new Map(found.columns.map(({ name }) => [name, name])))).toEqual(found)
    return { ...found, columns: found.columns.map(({ name, type, nullable, default: value, identity, generated, comment, collation }) => ({ name, type, nullable, default: value, identity, generated, comment, collation })) }
  } finally {
    await connection.execute('ROLLBACK')
  }
}

describe('the law on SQLite', () => {
  it('creates random tables that read back as they were said, from the model and from its normal form', async () => {
    await fc.assert(fc.asyncProperty(shapes, async (shape) => {
      const wanted = connection.dialect.normalize(shape)
      expect(await readBack(shape)).toEqual(wanted)
      expect(await readBack(wanted)).toEqual(wanted)
      expect(connection.dialect.normalize(wanted)).toEqual(wanted)
      const model = modelFromShapes([wanted], countedIds())
      expect(connection.dialect.normalize(shapeOf(model.tables[0] ?? expect.fail('no table'), lookupOf(model)))).toEqual(wanted)
    }), { numRuns: 300, endOnFailure: true })
  }, 60_000)

  it('writes text that a second engine takes too', () => {
    fc.assert(fc.property(shapes, (shape) => {
      const database = new DatabaseSync(':memory:')
      for (const operation of operationsOf(shape)) for (const { text } of connection.dialect.statements(operation)) database.exec(text)
      database.close()
    }), { numRuns: 200, endOnFailure: true })
  })
})

describe('hostile names on SQLite', () => {
  it.each(hostileNames.map((name) => [name]))('keeps %j exactly through every statement, or refuses it', async (name) => {
    const { dialect } = connection
    const shape: TableShape = { ...complete(name, [{ name: `${name}c`, type: { kind: 'text' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '' }], 2, false), indexes: [] }
    const work = async () => {
      const run = async (operation: Operation) => {
        const statements = dialect.statements(operation)
        for (const { text } of statements) await connection.execute(text)
        return statements
      }
      await run({ kind: 'createTable', shape, references: true })
      await connection.execute('CREATE TABLE bystander (a)')
      const { remake } = (await connection.introspect()).tables.find((one) => one.shape.name === name) ?? expect.fail('not there')
      const aside = await run({ kind: 'setAside', shape, to: `${name}__bak`, remake })
      for (const { undo } of aside.toReversed()) for (const text of undo ?? []) await connection.execute(text)
      await run({ kind: 'renameColumn', table: shape, from: `${name}c`, to: `${name}d` })
      await run({ kind: 'renameTable', from: shape, to: `${name}2` })
      await run({ kind: 'createIndex', table: { schema: '', name: `${name}2` }, index: { name: `${name}i`, unique: false, method: '', parts: [{ column: `${name}d`, expression: '', order: 'asc', nulls: '' }], include: [], predicate: '' } })
      const tables = (await connection.introspect()).tables.map((one) => one.shape)
      expect(tables.map((one) => one.name).toSorted()).toEqual(['bystander', `${name}2`].toSorted())
      const found = tables.find((one) => one.name === `${name}2`)
      expect(found?.columns.map((one) => one.name)).toContain(`${name}d`)
      expect(found?.indexes.map((one) => one.name)).toEqual([`${name}i`])
    }
    await connection.execute('BEGIN')
    try {
      await work()
    } catch (error) {
      // Refused by us, by name, before SQLite saw it.
      if (!(error instanceof MetaMigrateError) || error.code !== 'NAME_REFUSED') throw error
      expect(nameProblem(name)).not.toBeNull()
    } finally {
      await connection.execute('ROLLBACK')
    }
  })
})
