import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { driver } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'metamigrate-scratch-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let number = 0
/** What hangs on each table of a new file with these statements: name and columns that it needs. */
async function dependents(...statements: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const path = join(folder, `${++number}.db`)
  const database = new Database(path)
  for (const text of statements) database.exec(text)
  database.close()
  const connection = await driver.connect({ url: `sqlite:${path}` })
  try {
    const { tables } = await connection.introspect()
    return Object.fromEntries(tables.map(({ shape, dependents: list }) => [shape.name, list.map(({ name, columns }) => `${name} (${columns.join(', ')})`)]))
  } finally {
    await connection.close()
  }
}

const table = 'CREATE TABLE c (id INTEGER PRIMARY KEY, nm TEXT)'

it('reads a view on a view, whose own columns a rename would take away', async () => {
  expect(await dependents(table, 'CREATE VIEW b1 AS SELECT id, nm FROM c', 'CREATE VIEW b2 AS SELECT nm FROM b1')).toEqual({ c: ['view b1 (id, nm)', 'view b2 ()'] })
})

it('reads a file whose view has lost its table, and what the other views need', async () => {
  expect(await dependents(table, 'CREATE VIEW v AS SELECT c.nm, gone.x FROM c, gone', 'CREATE VIEW w AS SELECT nm FROM c')).toEqual({ c: ['view v ()', 'view w (nm)'] })
})

it('reads triggers that write to a full-text index, which makes tables of its own', async () => {
  const trigger = 'CREATE TRIGGER ai AFTER INSERT ON c BEGIN INSERT INTO f (rowid, nm) VALUES (new.id, new.nm); END'
  expect(await dependents(table, "CREATE VIRTUAL TABLE f USING fts5(nm, content='c', content_rowid='id')", trigger, 'CREATE TABLE f_notes (a)')).toEqual({ c: ['trigger ai (id, nm)'], f_notes: [] })
  const four = 'CREATE TRIGGER ai AFTER INSERT ON c BEGIN INSERT INTO f (docid, nm) VALUES (new.id, new.nm); END'
  expect(await dependents(table, 'CREATE VIRTUAL TABLE f USING fts4(content="c", nm)', four)).toEqual({ c: ['trigger ai (id, nm)'] })
})
