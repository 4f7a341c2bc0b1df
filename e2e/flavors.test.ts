import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { closeBrowser, openPage, outputFolder, startHost, type Host } from './program.ts'
import { Screen } from './screen.ts'

let host: Host
let page: Page
let screen: Screen
let errors: string[]

beforeAll(async () => {
  await mkdir(outputFolder, { recursive: true })
  host = await startHost()
  const opened = await openPage(host.url)
  page = opened.page
  errors = opened.errors
  screen = new Screen(page)
  await page.getByRole('grid', { name: 'Fields' }).waitFor()
})
afterAll(async () => {
  await closeBrowser()
  await host?.stop()
})

const show = (flavor: string) => page.getByRole('radio', { name: flavor, exact: true }).check({ force: true })
const editor = () => page.getByLabel('Preview').locator('.cm-content').first()
const shows = (text: string) => editor().getByText(text).first().waitFor()
/** The colour of the first piece of the text that is exactly this. */
const colourOf = async (text: string) => editor().getByText(text, { exact: true }).first().evaluate((node) => getComputedStyle(node).color)

/** A cell of the sheet of tables, which shows one table: its other columns may be scrolled out of sight. */
async function tableCell(header: string): Promise<Locator> {
  const grid = page.getByRole('grid', { name: 'Tables' })
  const column = await grid.getByRole('columnheader', { name: header, exact: true }).getAttribute('aria-colindex')
  return grid.locator(`[role="row"][aria-rowindex="2"] [aria-colindex="${column}"]`)
}

describe('the preview of six flavors', () => {
  // A word of each flavor that no other would say so, a keyword and a text of it.
  it.each([
    ['PostgreSQL', 'CREATE TABLE "public"."doctor"', 'CREATE'],
    ['SQL Server', 'CREATE TABLE [dbo].[doctor]', 'CREATE'],
    ['MySQL', 'ENGINE=InnoDB', 'CREATE'],
    ['SQLite', 'CREATE TABLE "doctor"', 'CREATE'],
    ['Impala', 'STORED AS PARQUET', 'CREATE'],
    ['Django', 'class Doctor(models.Model):', 'class'],
  ])('%s is written and coloured in its own words', async (flavor, words, keyword) => {
    await screen.openTable('doctor')
    await show(flavor)
    await shows(words)
    const plain = await editor().evaluate((node) => getComputedStyle(node).color)
    await expect.poll(() => colourOf(keyword)).not.toBe(plain)
    expect(await violations(page)).toEqual([])
    await page.screenshot({ path: join(outputFolder, `flavor-${flavor.replaceAll(/\W/g, '')}.png`) })
  })

  it('marks the lines of a field in every flavor, and finds the field of a line', async () => {
    await screen.openTable('doctor')
    for (const [flavor, line] of [['SQL Server', '[email] nvarchar(120)'], ['MySQL', '`email` varchar(120)'], ['Impala', '`email` VARCHAR(120)'], ['Django', 'email = models.CharField']] as const) {
      await show(flavor)
      await (await screen.cell('email', 'Name')).click()
      await editor().locator('.cm-line.is-marked').filter({ hasText: line }).first().waitFor()
      await (await screen.cell('id', 'Name')).click()
      // Near its beginning: the middle of a long line may be out of sight.
      await editor().locator('.cm-line').filter({ hasText: line }).first().click({ position: { x: 30, y: 8 } })
      await editor().locator('.cm-line.is-marked').filter({ hasText: line }).first().waitFor()
    }
  })

  it('takes a line of another table than the focused one for that table', async () => {
    for (const [flavor, line] of [['PostgreSQL', '"floor" smallint'], ['Django', 'floor = models.SmallIntegerField']] as const) {
      await screen.openTable('doctor')
      await page.getByLabel('Explorer').getByText('department', { exact: true }).click({ modifiers: ['Control'] })
      await show(flavor)
      await (await screen.cell('email', 'Name')).click()
      await editor().locator('.cm-line').filter({ hasText: line }).first().click({ position: { x: 30, y: 8 } })
      await editor().locator('.cm-line.is-marked').filter({ hasText: line }).first().waitFor()
      await page.getByRole('textbox', { name: 'Name: floor', exact: true }).waitFor()
    }
  })
})

describe('what a flavor loses', () => {
  it('is told under the preview and marked in its cell, for the shown flavor only', async () => {
    await screen.openTable('patient')
    await show('Impala')
    const cell = await screen.cell('blood_group', 'Type')
    await expect.poll(() => cell.getAttribute('class')).toContain('is-lossy')
    await cell.click()
    // It is told in words where the focus is, and is no error of the value.
    await page.getByLabel('Status').getByText(/Impala has no enum|no enum/i).waitFor()
    const input = page.getByRole('combobox', { name: /^Type: enum/ }).or(page.getByRole('textbox', { name: /^Type: enum/ }))
    expect(await input.getAttribute('aria-invalid')).toBeNull()
    expect(await input.getAttribute('aria-describedby')).not.toBeNull()
    const said = await page.getByLabel('Findings of the preview').innerText()
    expect(said).toMatch(/blood_group|enum/i)
    await show('PostgreSQL')
    await expect.poll(() => cell.getAttribute('class')).not.toContain('is-lossy')
  })

  it('is marked at the key and at each reference that causes it, with or without a name', async () => {
    await screen.openTable('appointment')
    await show('Impala')
    for (const [field, header] of [['id', 'PK'], ['patient_id', 'Reference'], ['doctor_id', 'Reference']] as const) {
      const cell = await screen.cell(field, header)
      await expect.poll(() => cell.getAttribute('class')).toContain('is-lossy')
    }
    await show('PostgreSQL')
    await expect.poll(async () => (await screen.cell('doctor_id', 'Reference')).getAttribute('class')).not.toContain('is-lossy')
  })
})

describe('settings of a flavor', () => {
  it('change the text at once, and each flavor keeps its own', async () => {
    await screen.openTable('doctor')
    await show('PostgreSQL')
    await page.getByLabel('Quote names').selectOption('needed')
    await shows('CREATE TABLE public.doctor')
    await show('SQL Server')
    await shows('CREATE TABLE [dbo].[doctor]')
    await show('PostgreSQL')
    await shows('CREATE TABLE public.doctor')
    await page.getByLabel('Quote names').selectOption('always')
    await shows('CREATE TABLE "public"."doctor"')
  })

  it('write Django as one file or as a package, for another version', async () => {
    await show('Django')
    await shows('db_default')
    await page.getByLabel('Django version').selectOption('4.2')
    await expect.poll(() => editor().innerText()).not.toContain('db_default')
    await page.getByRole('combobox', { name: 'Files' }).selectOption('package')
    const files = page.getByRole('group', { name: 'File' }).getByRole('radio')
    await expect.poll(() => files.count()).toBeGreaterThan(1)
    await page.getByRole('combobox', { name: 'Files' }).selectOption('file')
    await page.getByLabel('Django version').selectOption('5.2')
  })
})

describe('options of tables', () => {
  it('are columns of the sheet of tables, offered, checked, undone, and seen in the text', async () => {
    await screen.openTable('doctor')
    await show('Impala')
    await page.getByRole('tab', { name: 'Tables', exact: true }).click()
    const cell = await tableCell('IMPALA.STORED_AS')
    await cell.click()
    await page.keyboard.type('kud')
    await page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option', { name: /KUDU/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await shows('STORED AS KUDU')
    await (await tableCell('IMPALA.STORED_AS')).click()
    await page.keyboard.type('PAPER')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await tableCell('IMPALA.STORED_AS')).getAttribute('aria-invalid')).toBe('true')
    await page.keyboard.press('Control+z')
    await shows('STORED AS KUDU')
    await page.keyboard.press('Control+z')
    await shows('STORED AS PARQUET')
    await page.getByRole('tab', { name: 'Fields', exact: true }).click()
    expect(errors).toEqual([])
  })
})
