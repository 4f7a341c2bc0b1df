import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { killAgain } from './kills.ts'
import { closeBrowser, openPage, startHost } from './program.ts'
import { Screen } from './screen.ts'
import { diceOf } from './wander.ts'

const csv = 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE\nperson,id,int64,NO\nperson,name,varchar(40),YES\nperson,age,int32,YES\n'
const seed = Number(process.env['METAMIGRATE_EDIT_SEED'] ?? Math.floor(Math.random() * 1e6))

let folder: string
let path: string
let home: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metamigrate-drafts-'))
  path = join(folder, 'people.csv')
  home = join(folder, 'home')
  await writeFile(path, csv)
})
afterEach(() => rm(folder, { recursive: true, force: true }))
afterAll(() => closeBrowser())

const start = async () => {
  const host = await startHost({ path, home })
  const { page } = await openPage(host.url)
  const screen = new Screen(page)
  await screen.openTable('person')
  return { host, page, screen, status: () => page.locator('.status-bar > span').first().innerText() }
}

describe('edits that were not saved', () => {
  it(`outlive kills of host and page (seed ${seed})`, async () => {
    expect(await killAgain(folder, 4, diceOf(seed))).toEqual([])
  })

  it('are offered with what they change, restored as one step, and gone once they are saved', async () => {
    const first = await start()
    await first.screen.type('name', 'Name', 'called')
    await expect.poll(first.status).toBe('Not saved, kept as a draft')
    first.page.on('dialog', (dialog) => void dialog.accept())
    await first.page.reload()
    await first.screen.openTable('person')
    const notice = first.page.getByRole('alert').filter({ hasText: 'Edits of people were not saved' })
    expect(await notice.innerText()).toContain('renamed person.called (from name)')
    expect(await violations(first.page)).toEqual([])
    await notice.getByRole('button', { name: 'Restore' }).click()
    await first.screen.cell('called', 'Name')
    await first.page.getByText(/^Restored the draft/).waitFor()
    expect(await first.status()).toMatch(/^Not saved/)
    await first.page.keyboard.press('Control+z')
    await expect.poll(first.status).toBe('Saved')
    await first.page.keyboard.press('Control+y')
    await first.page.keyboard.press('Control+s')
    await expect.poll(() => readFile(path, 'utf8')).toContain('person,called,')
    await expect.poll(first.status).toBe('Saved')
    // The save and the draft are two files: the draft goes right behind the save.
    await expect.poll(() => readdir(join(home, 'drafts')), { timeout: 5_000 }).toEqual([])
    await first.page.context().close()
    await first.host.kill()
    const second = await start()
    await second.screen.choose('Drafts')
    await second.page.getByRole('dialog').getByText('There are no drafts.').waitFor()
    await second.page.context().close()
    await second.host.stop()
  })

  it('are kept as a draft when that is the answer, and thrown away when that is', async () => {
    const { host, page, screen } = await start()
    await screen.type('name', 'Name', 'called')
    await screen.choose('Open the sample')
    await page.getByRole('dialog').getByRole('button', { name: 'Keep as draft' }).click()
    await screen.openTable('doctor')
    const notice = page.getByRole('alert').filter({ hasText: 'Edits of people were not saved' })
    await notice.getByRole('button', { name: 'Show…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edits that were not saved' })
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Restore' }).click()
    await screen.openTable('person')
    await screen.cell('called', 'Name')
    await screen.choose('Open the sample')
    await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click()
    await screen.openTable('doctor')
    await screen.choose('Drafts')
    await page.getByRole('dialog').getByText('There are no drafts.').waitFor()
    await page.context().close()
    await host.stop()
  })
})

describe('files that someone else changes', () => {
  it('are noticed, and merged beside the edits made here', async () => {
    const { host, page, screen, status } = await start()
    await screen.type('name', 'Name', 'called')
    await writeFile(path, csv.replace('int32,YES', 'int64,NO').concat('person,city,text,YES\n'))
    const notice = page.getByRole('alert').filter({ hasText: 'Another program changed' })
    await notice.waitFor({ timeout: 6_000 })
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+s')
    await page.getByRole('alert').getByText('CHANGED_ON_DISK').waitFor()
    expect(await readFile(path, 'utf8')).toContain('person,name,')
    await notice.getByRole('button', { name: 'Merge' }).click()
    await notice.waitFor({ state: 'hidden' })
    await screen.cell('city', 'Name')
    expect([await (await screen.cell('age', 'Type')).innerText(), await status()]).toEqual(['int64', expect.stringMatching(/^Not saved/)])
    await page.keyboard.press('Control+s')
    await expect.poll(() => readFile(path, 'utf8')).toMatch(/person,called,.*\r?\n.*age.*\r?\n.*city/)
    await page.context().close()
    await host.stop()
  })

  it('are taken over where nothing was edited here', async () => {
    const { host, page, screen, status } = await start()
    await writeFile(path, csv.replace('age', 'years'))
    await page.getByRole('alert').getByRole('button', { name: 'Take over' }).click({ timeout: 6_000 })
    await screen.cell('years', 'Name')
    expect(await status()).toBe('Saved')
    await page.context().close()
    await host.stop()
  })
})

describe('a host that died', () => {
  it('is said within three seconds; edits go on, and the page takes up with the next one', async () => {
    const { host, page, screen, status } = await start()
    await host.kill()
    const killed = Date.now()
    const notice = page.getByRole('alert').filter({ hasText: 'MetaMigrate itself does not answer' })
    await notice.waitFor({ timeout: 3_000 })
    expect(Date.now() - killed).toBeLessThan(3_000)
    await screen.type('name', 'Name', 'called')
    const next = await startHost({ path, home })
    expect(new URL(next.url).origin).toBe(new URL(host.url).origin)
    await notice.waitFor({ state: 'hidden', timeout: 10_000 })
    await expect.poll(status).toBe('Not saved, kept as a draft')
    await page.keyboard.press('Control+s')
    await expect.poll(() => readFile(path, 'utf8')).toContain('person,called,')
    await page.context().close()
    await next.stop()
  })
})
