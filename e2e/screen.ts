import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'

/** The window as a person's hands know it. */
export class Screen {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Shows one table in the sheet. */
  async openTable(name: string): Promise<void> {
    await this.page.getByRole('complementary', { name: 'Explorer' }).or(this.page.getByLabel('Explorer')).first().getByText(name, { exact: true }).click()
    await this.page.getByRole('grid', { name: 'Fields' }).waitFor()
  }

  /** The cell of the field called `field` under a column header. */
  async cell(field: string, header: string): Promise<Locator> {
    const grid = this.page.getByRole('grid', { name: 'Fields' })
    const column = await grid.getByRole('columnheader', { name: header, exact: true }).getAttribute('aria-colindex')
    const row = grid.getByRole('row').filter({ has: this.page.getByRole('gridcell', { name: field, exact: true }) }).first()
    const index = await row.getAttribute('aria-rowindex')
    return grid.locator(`[role="row"][aria-rowindex="${index}"] [aria-colindex="${column}"]`)
  }

  /** Types over a cell as a person does: click, type, Enter. */
  async type(field: string, header: string, text: string): Promise<void> {
    await (await this.cell(field, header)).click()
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Enter')
  }

  async previewText(): Promise<string> {
    return this.page.getByLabel('Preview').locator('.cm-content').first().innerText()
  }

  /** Opens the deploy dialog of a target and waits for its plan. */
  async openRedeploy(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Redeploy', exact: true }).click()
    const dialog = this.page.getByRole('dialog', { name: /^Redeploy to/ })
    await dialog.getByRole('button', { name: /^Run( \d+ statements?)?$/ }).waitFor()
    return dialog
  }

  async run(dialog: Locator): Promise<void> {
    await dialog.getByRole('button', { name: /^Run \d+ statements?$/ }).click()
  }

  /** Waits until the followed run says this word. */
  async runIs(word: string): Promise<void> {
    await this.page.getByRole('region', { name: 'Run', exact: true }).getByRole('heading', { name: word, exact: true }).waitFor({ timeout: 60_000 })
  }

  async receipt(): Promise<string> {
    return this.page.getByRole('region', { name: 'Run', exact: true }).innerText()
  }

  /** Runs a command from the palette. */
  async choose(command: string): Promise<void> {
    await this.page.keyboard.press('F1')
    await this.pick('Command palette', command)
  }

  /** Types into an open palette and takes its first answer, once that is what was typed. */
  async pick(palette: string, text: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: palette })
    await dialog.getByRole('combobox').fill(text)
    await dialog.getByRole('option', { selected: true }).filter({ hasText: text }).waitFor()
    await this.page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
  }

  async connect(url: string, name: string): Promise<void> {
    await this.choose('Connect a database')
    const dialog = this.page.getByRole('dialog', { name: 'Connect a database' })
    await dialog.getByRole('textbox', { name: 'URL' }).fill(url)
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await dialog.getByRole('button', { name: 'Test' }).click()
    await dialog.getByText(/PostgreSQL \d+/).waitFor()
    // What was typed as a password is never shown again.
    expect(await dialog.innerText()).not.toContain(decodeURIComponent(new URL(url).password))
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }

  /** Chooses a target; its password, which no restart remembers, is asked for at once. */
  async givePassword(target: string, password: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Target:/ }).click()
    await this.page.getByRole('menuitemradio', { name: new RegExp(`^${target}`) }).click()
    const dialog = this.page.getByRole('dialog', { name: /^Password of/ })
    await dialog.getByRole('textbox', { name: 'Password' }).fill(password)
    await dialog.getByRole('button', { name: 'Use it' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
}
