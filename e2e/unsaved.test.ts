import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dropFile } from './acts.ts'
import { violations } from './axe.ts'
import { closeBrowser, openPage, startHost, type Host } from './program.ts'
import { Screen } from './screen.ts'

let host: Host
let page: Page
let screen: Screen
let folder: string
let path: string
let errors: string[]

const csv = 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\nperson,id,int64,NO,1\nperson,name,varchar(40),YES,\nperson,age,int32,YES,\n'
const other = 'TABLE_NAME,COLUMN_NAME,DATA_TYPE\nthing,weight,int32\n'

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metamigrate-unsaved-'))
  path = join(folder, 'people.csv')
  await writeFile(path, csv)
  await writeFile(join(folder, 'things.csv'), other)
  host = await startHost({ path })
  ;({ page, errors } = await openPage(host.url))
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

/** What the status bar and the dot of the title say: they must agree. */
async function state(): Promise<string> {
  // Whether a draft is kept already is a matter of when one looks.
  const text = (await page.locator('.status-bar > span').first().innerText()).replace(', kept as a draft', '')
  expect(await page.locator('.model-name .dirty').count()).toBe(text === 'Not saved' ? 1 : 0)
  return text
}
const question = () => page.getByRole('dialog', { name: 'Save the edits of people?' })
const answer = async (button: string) => {
  await question().getByRole('button', { name: button, exact: true }).click()
  await question().waitFor({ state: 'hidden' })
}

/** Whether the browser would ask before the page goes. */
async function asksToLeave(): Promise<boolean> {
  const asked = await page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))
  if (asked) await answer('Go on editing')
  return asked
}

const ways: readonly (readonly [string, () => Promise<void>])[] = [
  ['a file that is dropped', () => dropFile(page, 'things.csv', other)],
  ['the sample', () => screen.choose('Open the sample')],
  ['the model of the target', () => screen.choose('Read the model from the target')],
  ['a file of the folder', async () => {
    await screen.choose('Open model')
    await page.getByRole('list', { name: 'Folder' }).getByRole('button', { name: /things\.csv/ }).click()
  }],
  ['a file that is picked', async () => {
    await screen.choose('Open model')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: /^Choose files/ }).click()
    await (await chooser).setFiles(join(folder, 'things.csv'))
  }],
]

describe('what is not saved', () => {
  it('is known after each single edit, undo, redo, save and paste, and is asked about before the page goes', async () => {
    expect([await state(), await asksToLeave()]).toEqual(['Saved', false])
    await screen.type('name', 'Name', 'called')
    expect([await state(), await asksToLeave()]).toEqual(['Not saved', true])
    await page.keyboard.press('Control+z')
    expect([await state(), await asksToLeave()]).toEqual(['Saved', false])
    await page.keyboard.press('Control+Shift+z')
    expect([await state(), await asksToLeave()]).toEqual(['Not saved', true])
    await page.keyboard.press('Control+s')
    await expect.poll(state).toBe('Saved')
    expect(await asksToLeave()).toBe(false)
    await page.keyboard.press('Control+z')
    expect([await state(), await asksToLeave()]).toEqual(['Not saved', true])
    await page.keyboard.press('Control+y')
    expect([await state(), await asksToLeave()]).toEqual(['Saved', false])
    // Entering what is there already is no edit.
    await (await screen.cell('age', 'Type')).click()
    await page.keyboard.press('F2')
    await page.keyboard.press('Enter')
    expect([await state(), await asksToLeave()]).toEqual(['Saved', false])
    await (await screen.cell('age', 'Name')).click()
    await page.evaluate(() => navigator.clipboard.writeText(Array.from({ length: 5000 }, (_, at) => `f${at}\ttext`).join('\n')))
    await page.keyboard.press('Control+v')
    await page.getByText(/^Pasted/).waitFor()
    expect([await state(), await asksToLeave()]).toEqual(['Not saved', true])
    // A text that is still being typed counts, too.
    await page.keyboard.press('Control+s')
    await expect.poll(state).toBe('Saved')
    await (await screen.cell('called', 'Default')).click()
    await page.keyboard.type('half a sent')
    expect(await asksToLeave()).toBe(true)
    expect(await readFile(path, 'utf8')).not.toContain('half a sent')
  })

  it.each(ways)('is asked about before %s takes its place', async (_, open) => {
    await (await screen.cell('name', 'Name')).click()
    await page.keyboard.type('called')
    await open()
    await question().waitFor()
    expect(await question().innerText()).toMatch(/renamed\s+person\.called\s+from name/)
    expect(await violations(page)).toEqual([])
    await answer('Go on editing')
    if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape')
    expect(await state()).toBe('Not saved')
    await screen.cell('called', 'Name')
    await open()
    await answer('Save')
    await expect.poll(() => page.locator('.model-name').innerText()).not.toContain('people')
    expect(await readFile(path, 'utf8')).toContain('person,called,')
  })

  it('is thrown away when that is the answer, and then the other model is shown clean', async () => {
    await screen.type('name', 'Name', 'called')
    await dropFile(page, 'things.csv', other)
    await answer('Discard')
    await screen.openTable('thing')
    expect(await state()).toBe('Not a file yet')
    expect(await readFile(path, 'utf8')).toBe(csv)
  })

  it('is kept when its save fails: the model stays open', async () => {
    await screen.type('name', 'Name', 'called')
    await rm(folder, { recursive: true })
    await dropFile(page, 'things.csv', other)
    await answer('Save')
    await page.getByRole('alert').getByText(/is not there/).waitFor()
    expect(await state()).toBe('Not saved')
    errors.length = 0
  })
})

describe('an open edit', () => {
  it('is saved with the model, planned, and drawn in the text, in its own cell', async () => {
    await (await screen.cell('name', 'Name')).click()
    await page.keyboard.type('called')
    await page.keyboard.press('Control+s')
    await expect.poll(() => readFile(path, 'utf8')).toContain('person,called,')
    await (await screen.cell('age', 'Name')).click()
    await page.keyboard.type('years')
    await page.keyboard.press('F9')
    await page.getByRole('dialog', { name: /^Redeploy to/ }).getByText(/"years"/).first().waitFor()
    await page.keyboard.press('Escape')
    expect(await state()).toBe('Not saved')
  })

  it('stays in its cell while the focus is elsewhere, and Esc takes it back', async () => {
    await (await screen.cell('name', 'Name')).click()
    await page.keyboard.type('called')
    await page.getByRole('searchbox', { name: 'Filter tables' }).fill('p')
    expect(await page.locator('[data-editing=true]').inputValue()).toBe('called')
    await page.locator('[data-editing=true]').focus()
    await page.keyboard.press('Escape')
    expect([await state(), await (await screen.cell('name', 'Name')).innerText()]).toEqual(['Saved', 'name'])
  })

  it('says when a sheet cannot read it, and leaves the cell as it was', async () => {
    await screen.choose('Show keys')
    const kind = page.getByRole('grid', { name: 'Keys' }).getByRole('gridcell', { name: 'primary', exact: true }).first()
    await kind.click()
    await page.keyboard.type('sort of')
    await page.getByRole('tree', { name: 'Tables' }).getByText('person').click()
    await page.getByText(/Not entered: sort of cannot be read as/).waitFor()
    expect([await state(), await kind.innerText()]).toEqual(['Saved', 'primary'])
  })
})
