import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { openSqlite, type Outside } from './database.ts'
import { closeBrowser, openPage, root, startHost, type Host } from './program.ts'
import { Screen } from './screen.ts'

let host: Host
let page: Page
let screen: Screen
let folder: string
let outside: Outside

const csv = 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\nperson,id,int64,NO,1\nperson,name,text,YES,\nperson,age,int32,YES,\n'
const yaml = 'name: people\nmodel: people.csv\nconnections:\n  work: { url: "sqlite:people.db", tag: development }\n'

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metamigrate-backups-'))
  await writeFile(join(folder, 'people.csv'), csv)
  await writeFile(join(folder, 'metamigrate.yaml'), yaml)
  host = await startHost({ path: folder, cwd: folder })
  page = (await openPage(host.url)).page
  screen = new Screen(page)
  await screen.openTable('person')
  await screen.run(await screen.openRedeploy())
  await screen.runIs('Done')
  outside = openSqlite(join(folder, 'people.db'))
  await outside.exec("INSERT INTO person VALUES (1, 'Ada', 36), (2, 'Grace', 40)")
  await screen.type('name', 'Name', 'full_name')
  await screen.run(await screen.openRedeploy())
  await screen.runIs('Done')
})
afterEach(async () => {
  await outside.close()
  await page.context().close()
  await host.stop()
  await rm(folder, { recursive: true, force: true })
})
afterAll(() => closeBrowser())

const view = () => page.getByRole('region', { name: 'Backups', exact: true })
const names = async () => (await outside.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'person\\_\\_mm\\_%' ESCAPE '\\'")).length

describe('backups on the screen', () => {
  it('tell what they alone hold, and go when asked, with the count said before', async () => {
    await outside.exec('DELETE FROM person WHERE id = 2')
    await page.getByRole('region', { name: 'Run', exact: true }).getByRole('button', { name: 'Drop backups…' }).click()
    await view().getByText('Only copy of 1 row').waitFor()
    await view().getByRole('alert').filter({ hasText: 'Nowhere else: 1 row.' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violations(page)).toEqual([])
    if (process.env['METAMIGRATE_SHOTS'] !== undefined) {
      await page.screenshot({ path: join(process.env['METAMIGRATE_SHOTS'], 'backups-dark.png') })
      await page.emulateMedia({ colorScheme: 'light' })
      await page.screenshot({ path: join(process.env['METAMIGRATE_SHOTS'], 'backups-light.png') })
    }
    await view().getByRole('button', { name: 'Keep' }).click()
    expect(await names()).toBe(1)
    await view().getByRole('button', { name: /^Drop the backups of run/ }).click()
    await view().getByRole('button', { name: 'Drop the only copy' }).click()
    await view().getByText('This database keeps no backup.').waitFor()
    expect(await names()).toBe(0)
  })

  it('and an undo ask for the name of a production database, wherever that was said', async () => {
    const other = await mkdtemp(join(tmpdir(), 'metamigrate-other-'))
    await writeFile(join(other, 'metamigrate.yaml'), `connections:\n  live: { url: "sqlite:${join(folder, 'people.db')}", tag: production }\n`)
    await promisify(execFile)(process.execPath, [join(root, 'dist', 'main', 'cli.js'), 'config', 'show', '--dir', other], { env: { ...process.env, METAMIGRATE_HOME: host.home } })
    await page.getByRole('region', { name: 'Run', exact: true }).getByRole('button', { name: 'Undo' }).click()
    const name = page.getByRole('textbox', { name: 'Database name' })
    await name.fill('people.db')
    expect(await names()).toBe(1)
    await page.getByRole('button', { name: 'Allow it' }).click()
    await screen.runIs('Undone')
    expect(await names()).toBe(0)
    await rm(other, { recursive: true, force: true })
  })
})
