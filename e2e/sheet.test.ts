import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeBrowser, openPage, startHost, type Host } from './program.ts'
import { Screen } from './screen.ts'

let host: Host
let page: Page
let screen: Screen
let errors: string[]
let folder: string

const csv = 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\nperson,id,int64,NO,1\nperson,name,varchar(40),NO,\nperson,age,int32,YES,\n'

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metamigrate-sheet-'))
  await writeFile(join(folder, 'people.csv'), csv)
  host = await startHost({ path: join(folder, 'people.csv'), cwd: folder })
  const opened = await openPage(host.url)
  page = opened.page
  errors = opened.errors
  screen = new Screen(page)
  await screen.openTable('person')
})
afterEach(async () => {
  expect(errors).toEqual([])
  await page.context().close()
  await host.stop()
  await rm(folder, { recursive: true, force: true })
})
afterAll(() => closeBrowser())

/** Texts of a column, top to bottom, the blank line last. */
async function column(header: string): Promise<readonly string[]> {
  const grid = page.getByRole('grid', { name: 'Fields' })
  const index = await grid.getByRole('columnheader', { name: header, exact: true }).getAttribute('aria-colindex')
  return (await grid.locator(`[role="gridcell"][aria-colindex="${index}"]`).allInnerTexts()).map((text) => text.trim())
}
const active = () => page.evaluate(() => document.activeElement?.closest('[role=gridcell]')?.getAttribute('aria-colindex') ?? '')
const paste = async (text: string) => {
  await page.evaluate((given) => navigator.clipboard.writeText(given), text)
  await page.keyboard.press('Control+v')
}

describe('the sheet by keyboard', () => {
  it('types over, edits with F2, restores with Esc, and takes an emoji and composed text', async () => {
    await (await screen.cell('name', 'Name')).click()
    await page.keyboard.type('full_name')
    await page.keyboard.press('Escape')
    await expect.poll(() => column('Name')).toEqual(['id', 'name', 'age', ''])
    await page.keyboard.press('F2')
    await page.keyboard.type('_2')
    await page.keyboard.press('Enter')
    await expect.poll(() => column('Name')).toEqual(['id', 'name_2', 'age', ''])
    await (await screen.cell('age', 'Name')).click()
    await page.keyboard.insertText('🙂')
    await page.keyboard.press('Enter')
    await expect.poll(() => column('Name')).toEqual(['id', 'name_2', '🙂', ''])
    await (await screen.cell('🙂', 'Name')).click()
    const session = await page.context().newCDPSession(page)
    await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 })
    await session.send('Input.insertText', { text: '日本' })
    await page.keyboard.press('Enter')
    await expect.poll(() => column('Name')).toEqual(['id', 'name_2', '日本', ''])
  })

  it('walks with Tab and returns with Enter, and adds a field in the blank line', async () => {
    await (await screen.cell('age', 'Name')).click()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('city')
    await page.keyboard.press('Tab')
    await page.keyboard.type('varchar(50)')
    await page.keyboard.press('Enter')
    await expect.poll(() => column('Name')).toEqual(['id', 'name', 'age', 'city', ''])
    expect((await column('Type')).slice(0, 4)).toEqual(['int64', 'varchar(40)', 'int32', 'varchar(50)'])
    // Enter after a run of Tabs goes back to where the run began, one line down.
    await page.keyboard.type('zip')
    await page.keyboard.press('Enter')
    await expect.poll(() => column('Name')).toEqual(['id', 'name', 'age', 'city', 'zip', ''])
    await expect.poll(() => screen.previewText()).toContain('"zip"')
  })

  it('moves by arrows, Home, End and to the corners', async () => {
    await (await screen.cell('name', 'Type')).click()
    const start = await active()
    await page.keyboard.press('Home')
    const first = await active()
    await page.keyboard.press('ArrowRight')
    expect(Number(await active())).toBe(Number(first) + 1)
    await page.keyboard.press('ArrowLeft')
    expect(await active()).toBe(first)
    await page.keyboard.press('End')
    expect(Number(await active())).toBeGreaterThan(Number(start))
    await page.keyboard.press('Control+Home')
    expect(await active()).toBe(first)
  })

  it('toggles a box with Space and takes words for it', async () => {
    await (await screen.cell('age', 'Null')).click({ position: { x: 3, y: 3 } })
    await page.keyboard.press('Space')
    await expect.poll(() => screen.previewText()).toMatch(/"age" \S+ NOT NULL/)
    await screen.type('age', 'Null', 'yes')
    await expect.poll(() => screen.previewText()).not.toMatch(/"age" \S+ NOT NULL/)
  })

  it('deletes whole lines, and takes every edit back and forth again', async () => {
    await (await screen.cell('age', 'Name')).click()
    await page.keyboard.press('Control+-')
    await expect.poll(() => column('Name')).toEqual(['id', 'name', ''])
    await screen.type('name', 'Name', 'label')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(() => column('Name')).toEqual(['id', 'name', 'age', ''])
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('Control+y')
    await expect.poll(() => column('Name')).toEqual(['id', 'label', ''])
  })
})

describe('the clipboard', () => {
  it('pastes a block with quotes and line breaks, makes the fields that are missing, in one step back', async () => {
    await (await screen.cell('age', 'Name')).click()
    await paste('years\tint16\nnick\t"varchar(20)"\n"say ""hi"""\ttext\n')
    await expect.poll(() => column('Name')).toEqual(['id', 'name', 'years', 'nick', 'say "hi"', ''])
    expect((await column('Type')).slice(2, 5)).toEqual(['int16', 'varchar(20)', 'text'])
    await page.keyboard.press('Control+z')
    await expect.poll(() => column('Name')).toEqual(['id', 'name', 'age', ''])
  })

  it('copies a block that pastes back as it was', async () => {
    await (await screen.cell('name', 'Name')).click()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Control+c')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('name\tvarchar(40)\nage\tint32')
  })

  it('lands a value that does not fit as typed, marked, and blocks the deploy with its name', async () => {
    await screen.type('age', 'Type', 'intt32')
    await expect.poll(async () => (await screen.cell('age', 'Type')).getAttribute('aria-invalid')).toBe('true')
    await page.getByRole('tab', { name: /^Problems/ }).click()
    await page.getByLabel('Problems').getByText(/intt32/).first().waitFor()
    const dialog = await screen.openRedeploy()
    expect(await dialog.getByRole('button', { name: /^Run/ }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
  })
})

describe('files', () => {
  it('saves what was edited, beside what nobody knows, and opens it again', async () => {
    await screen.type('name', 'Name', 'full_name')
    await page.keyboard.press('Control+s')
    await expect.poll(() => readFile(join(folder, 'people.csv'), 'utf8')).toContain('person,full_name,')
    await page.reload()
    await screen.openTable('person')
    await expect.poll(() => column('Name')).toEqual(['id', 'full_name', 'age', ''])
  })

  it('saves as a folder of CSV files', async () => {
    await screen.choose('Save as')
    const dialog = page.getByRole('dialog', { name: 'Save as' })
    await dialog.getByRole('textbox').first().fill('as-folder')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect((await readdir(join(folder, 'as-folder'))).toSorted()).toContain('fields.csv')
    // What is edited from now on is saved there.
    await screen.type('name', 'Name', 'full_name')
    await page.keyboard.press('Control+s')
    await expect.poll(() => readFile(join(folder, 'as-folder', 'fields.csv'), 'utf8')).toContain('person,full_name,')
    expect(await readFile(join(folder, 'people.csv'), 'utf8')).toBe(csv)
  })

  it('opens a CSV that was picked, and lists its cells that cannot be read', async () => {
    await screen.choose('Open model')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('dialog', { name: 'Open model' }).getByRole('button', { name: /^Choose files/ }).click()
    await (await chooser).setFiles({ name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from('TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE\nthing,a,int32,PERHAPS\nthing,b,text,YES\n') })
    await screen.openTable('thing')
    await expect.poll(() => column('Name')).toEqual(['a', 'b', ''])
    await page.getByRole('tab', { name: /^Problems/ }).click()
    await page.getByLabel('Problems').getByText(/PERHAPS/).first().waitFor()
  })
})

describe('finding one\'s way', () => {
  it('goes to a field by name, and runs any command from the palette', async () => {
    await page.keyboard.press('Control+p')
    await screen.pick('Go to table or field', 'age')
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role=row]')?.textContent ?? '')).toContain('age')
    await screen.choose('Theme: dark')
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toContain('dark')
  })

  it('selects the field whose line of the preview is clicked', async () => {
    await page.getByLabel('Preview').locator('.cm-line').filter({ hasText: '"age"' }).first().click()
    await expect.poll(() => page.locator('[role=grid] [role=row]:has([role=gridcell][aria-selected=true])').first().innerText()).toContain('age')
  })
})
