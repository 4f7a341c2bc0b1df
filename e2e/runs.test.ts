import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqlite, type Outside } from './database.ts'
import { closeBrowser, openPage, startHost, type Host } from './program.ts'
import { Screen } from './screen.ts'

let host: Host
let page: Page
let screen: Screen
let folder: string
let outside: Outside

const csv = 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\nperson,id,int64,NO,1\nperson,name,text,YES,\nperson,age,int32,YES,\n'
const yaml = 'name: people\nmodel: people.csv\nconnections:\n  work: { url: "sqlite:people.db", tag: development }\n  live: { url: "sqlite:live.db", tag: production }\n'

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metamigrate-runs-'))
  await writeFile(join(folder, 'people.csv'), csv)
  await writeFile(join(folder, 'metamigrate.yaml'), yaml)
  host = await startHost({ path: folder, cwd: folder })
  page = (await openPage(host.url)).page
  screen = new Screen(page)
  await screen.openTable('person')
  await screen.run(await screen.openRedeploy())
  await screen.runIs('Done')
  outside = openSqlite(join(folder, 'people.db'))
})
afterEach(async () => {
  await outside.close()
  await page.context().close()
  await host.stop()
  await rm(folder, { recursive: true, force: true })
})
afterAll(() => closeBrowser())

const button = (name: string) => page.getByRole('region', { name: 'Run', exact: true }).getByRole('button', { name, exact: true })
const redeploy = async () => screen.run(await screen.openRedeploy())

describe('runs on the screen', () => {
  it('cancels a long run at once, leaves the table as it was, and finishes it when asked', async () => {
    await outside.exec("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000) INSERT INTO person SELECT i, 'name ' || i, i FROM n")
    await screen.type('age', 'Type', 'int64')
    await redeploy()
    await button('Cancel').click()
    await screen.runIs('Cancelled')
    expect(await outside.rows("SELECT (SELECT count(*) FROM person) AS n, (SELECT type FROM pragma_table_info('person') WHERE name = 'age') AS type")).toEqual([{ n: 500_000, type: 'INT' }])
    await button('Resume').click()
    await screen.runIs('Done')
    expect(await outside.rows("SELECT (SELECT count(*) FROM person WHERE name = 'name ' || id) AS n, (SELECT type FROM pragma_table_info('person') WHERE name = 'age') AS type")).toEqual([{ n: 500_000, type: 'BIGINT' }])
  })

  it('undoes a run, but drops no row that was written since without being told to', async () => {
    await outside.exec("INSERT INTO person VALUES (1, 'Ada', 36)")
    await screen.type('name', 'Name', 'full_name')
    await redeploy()
    await screen.runIs('Done')
    await outside.exec("INSERT INTO person VALUES (2, 'Grace', 40)")
    await button('Undo').click()
    await page.getByRole('alert').filter({ hasText: 'written to since' }).waitFor()
    expect(await outside.rows('SELECT full_name FROM person ORDER BY id')).toEqual([{ full_name: 'Ada' }, { full_name: 'Grace' }])
    await button('Undo all the same').click()
    await screen.runIs('Undone')
    expect(await outside.rows('SELECT name, age FROM person')).toEqual([{ name: 'Ada', age: 36 }])
    const kept = await outside.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'person\\_\\_mm\\_%' ESCAPE '\\'")
    const rows = await Promise.all(kept.map(({ name }) => outside.rows(`SELECT * FROM "${String(name)}"`)))
    expect(rows.flat()).toContainEqual({ id: 2, full_name: 'Grace', age: 40 })
  })

  it('asks for the name of a production database, and runs nothing before', async () => {
    await page.getByRole('button', { name: /^Target:/ }).click()
    await page.getByRole('menuitemradio', { name: /^live/ }).click()
    const dialog = await screen.openRedeploy()
    expect(await dialog.getByRole('button', { name: /^Run/ }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox', { name: 'Database name' }).fill('people.db')
    expect(await dialog.getByRole('button', { name: /^Run/ }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox', { name: 'Database name' }).fill('live.db')
    await screen.run(dialog)
    await screen.runIs('Done')
    const live = openSqlite(join(folder, 'live.db'))
    expect(await live.rows("SELECT name FROM sqlite_schema WHERE name = 'person'")).toEqual([{ name: 'person' }])
    await live.close()
  })

  it('says in place what stopped a run, and leaves the table as it was', async () => {
    await outside.exec("INSERT INTO person VALUES (1, 'Ada', 36)")
    await screen.type('name', 'Unique', 'yes')
    const dialog = await screen.openRedeploy()
    // Written by someone else once the plan has asked the rows.
    await outside.exec("INSERT INTO person VALUES (2, 'Ada', 40)")
    await screen.run(dialog)
    await screen.runIs('Failed')
    await expect.poll(() => screen.receipt()).toContain('are equal in (name), which becomes unique')
    expect(await outside.rows('SELECT count(*) AS n FROM person')).toEqual([{ n: 2 }])
    expect(await outside.rows("SELECT count(*) AS n FROM sqlite_schema WHERE name LIKE 'person__mm%'")).toEqual([{ n: 0 }])
  })
})
