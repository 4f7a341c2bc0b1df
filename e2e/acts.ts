import type { Locator, Page } from 'playwright-core'

/** Gives a whole number from 0 to below `below`. */
export type Dice = (below: number) => number

/**
 * Something that a person does while a cell is being typed into, from its beginning to a window without dialogs.
 * `text`: what becomes of the typed text. `entered`: it is in its own field (or still in the open cell). `gone`: the act itself takes it away.
 */
export interface Act {
  readonly name: string
  readonly text: 'entered' | 'gone'
  readonly perform: (page: Page, dice: Dice) => Promise<void>
}

const press =
  (...keys: string[]) =>
  async (page: Page) => {
    for (const key of keys) await page.keyboard.press(key)
  }

async function oneOf(all: Locator, dice: Dice): Promise<Locator | null> {
  const count = await all.count()
  return count === 0 ? null : all.nth(dice(count))
}

/** Clicks one of what is there now; nothing there is nothing done. What is covered or gone by then is left alone. */
async function clickOne(all: Locator, dice: Dice, options: Parameters<Locator['click']>[0] = {}): Promise<void> {
  const one = await oneOf(all, dice)
  await one?.click({ timeout: 2_000, ...options }).catch(() => undefined)
}

const explorer = (page: Page) => page.getByRole('tree', { name: 'Tables' }).locator('.tree-item.table')
const topBar = (page: Page, name: string) => page.getByRole('banner').getByRole('button', { name, exact: true })
// Clicked at their edge: a click on the box of a cell is an edit of its own.
const cells = (page: Page) => page.locator('.sheet [role=gridcell]:not([aria-colindex="1"])')
const drawerTab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) })

async function inDrawer(page: Page, dice: Dice, tab: string, lines: string): Promise<void> {
  await drawerTab(page, tab).click()
  await clickOne(page.locator(lines), dice)
}

/** Goes to something by Ctrl+P. */
async function goTo(page: Page, dice: Dice): Promise<void> {
  await page.keyboard.press('Control+p')
  const dialog = page.getByRole('dialog', { name: 'Go to table or field' })
  await dialog.waitFor()
  await page.keyboard.type(['doctor', 'email', 'patient', 'minutes', 'id'][dice(5)] ?? '')
  await dialog.getByRole('option').first().waitFor({ timeout: 2_000 }).catch(() => undefined)
  for (let steps = dice(4); steps > 0; steps--) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden', timeout: 2_000 }).catch(() => page.keyboard.press('Escape'))
}

async function choose(page: Page, command: string): Promise<void> {
  await page.keyboard.press('F1')
  const dialog = page.getByRole('dialog', { name: 'Command palette' })
  await dialog.getByRole('combobox').fill(command)
  await dialog.getByRole('option', { selected: true }).filter({ hasText: command }).waitFor()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
}

async function openAndClose(page: Page, open: () => Promise<unknown>): Promise<void> {
  await open()
  await page.getByRole('dialog').first().waitFor()
  // A dialog hears Esc once it is drawn whole.
  for (let tries = 0; tries < 20 && (await page.getByRole('dialog').count()) > 0; tries++) {
    await page.keyboard.press('Escape')
    await page.waitForTimeout(100)
  }
  await page.getByRole('dialog').first().waitFor({ state: 'hidden', timeout: 2_000 })
}

/** Drops a CSV file on the window. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content ?? ''], file ?? '', { type: 'text/csv' }))
      return transfer
    },
    [name, text],
  )
  await page.dispatchEvent('.window', 'drop', { dataTransfer: data })
}

/** Says to the question before a model is left that one goes on editing. The typed text made the model dirty, so the question must come. */
async function stays(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Save the edits of/ })
  await dialog.getByRole('button', { name: 'Go on editing' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

const entered = (name: string, perform: Act['perform']): Act => ({ name, text: 'entered', perform })

/** Everything that may happen to a view while a cell is open. */
export const acts: readonly Act[] = [
  entered('show a table', (page, dice) => clickOne(explorer(page), dice)),
  entered('show one more table', (page, dice) => clickOne(explorer(page), dice, { modifiers: ['Control'] })),
  entered('show tables up to one', (page, dice) => clickOne(explorer(page), dice, { modifiers: ['Shift'] })),
  entered('show the whole model', (page, dice) => clickOne(page.getByRole('button', { name: 'Show the whole model' }), dice)),
  entered('go to a table or field', goTo),
  entered('click a line of the preview', (page, dice) => clickOne(page.getByLabel('Preview').locator('.cm-line'), dice)),
  entered('click a problem', (page, dice) => inDrawer(page, dice, 'Problems', 'button.problem-line')),
  entered('click a change', (page, dice) => inDrawer(page, dice, 'Changes', 'button.change-line')),
  { name: 'go back in the history', text: 'gone', perform: async (page) => {
    await drawerTab(page, 'History').click()
    const steps = page.locator('.history-line')
    // The step that was done last, or the start: what is typed comes after both.
    const last = page.locator('.history-line[aria-current=step]')
    await ((await last.count()) > 0 ? last.first() : steps.last()).click({ timeout: 2_000 }).catch(() => topBar(page, 'Undo').click({ force: true }))
  } },
  entered('close or open the drawer', press('Control+j')),
  entered('show another sheet', (page, dice) => clickOne(page.getByRole('tablist', { name: 'Sheets' }).getByRole('tab'), dice)),
  entered('show the next sheet', press('Alt+PageDown')),
  entered('show the sheet before', press('Alt+PageUp')),
  entered('click another cell', (page, dice) => clickOne(cells(page), dice, { position: { x: 5, y: 12 } })),
  entered('add a cell to the selection', (page, dice) => clickOne(cells(page), dice, { modifiers: ['Control'], position: { x: 5, y: 12 } })),
  entered('select up to a cell', (page, dice) => clickOne(cells(page), dice, { modifiers: ['Shift'], position: { x: 5, y: 12 } })),
  entered('click the head of a column', (page, dice) => clickOne(page.locator('.sheet [role=columnheader]'), dice)),
  entered('click the number of a line', (page, dice) => clickOne(page.locator('.sheet [role=gridcell][aria-colindex="1"]'), dice)),
  entered('drag over cells', async (page, dice) => {
    const from = await (await oneOf(cells(page), dice))?.boundingBox()
    const to = await (await oneOf(cells(page), dice))?.boundingBox()
    if (!from || !to) return
    await page.mouse.move(from.x + 5, from.y + 12)
    await page.mouse.down()
    await page.mouse.move(to.x + 5, to.y + 12, { steps: 4 })
    await page.mouse.up()
  }),
  entered('scroll', async (page, dice) => {
    await page.locator('.sheet-grid').hover({ timeout: 2_000 }).catch(() => undefined)
    await page.mouse.wheel(0, dice(1200) - 600)
  }),
  entered('Tab', press('Tab')),
  entered('Shift+Tab', press('Shift+Tab')),
  entered('Enter', press('Enter')),
  entered('Shift+Enter', press('Shift+Enter')),
  { name: 'Esc', text: 'gone', perform: press('Escape') },
  { name: 'the button Undo', text: 'gone', perform: (page) => topBar(page, 'Undo').click({ force: true }) },
  entered('the button Redo', (page) => topBar(page, 'Redo').click({ force: true })),
  entered('save', press('Control+s')),
  entered('plan a redeploy', (page) => openAndClose(page, () => page.keyboard.press('F9'))),
  entered('next problem', press('F8')),
  entered('problem before', press('Shift+F8')),
  entered('next part of the window', press('F6')),
  entered('another flavor', (page, dice) => clickOne(page.getByRole('group', { name: 'Flavor' }).locator('.choice-item'), dice)),
  entered('another command of the preview', (page, dice) => clickOne(page.getByRole('group', { name: 'Command' }).locator('.choice-item'), dice)),
  entered('hide and show the explorer', press('Control+b', 'Control+b')),
  entered('filter the explorer', async (page) => {
    const filter = page.getByLabel('Explorer').getByRole('searchbox')
    await filter.fill('zz')
    await filter.fill('')
  }),
  entered('show or hide columns', (page) => choose(page, 'Show or hide collation')),
  entered('another theme', async (page, dice) => choose(page, ['Theme: light', 'Theme: dark'][dice(2)] ?? '')),
  entered('open and leave Save as', (page) => openAndClose(page, () => page.keyboard.press('Control+Shift+S'))),
  entered('open and leave Open', (page) => openAndClose(page, () => page.keyboard.press('Control+o'))),
  entered('drop a file and stay', async (page) => {
    await dropFile(page, 'other.csv', 'TABLE_NAME,COLUMN_NAME,DATA_TYPE\nother,x,int32\n')
    await stays(page)
  }),
  entered('open the sample and stay', async (page) => {
    await choose(page, 'Open the sample')
    await stays(page)
  }),
  entered('read the target and stay', async (page) => {
    await choose(page, 'Read the model from the target')
    await stays(page)
  }),
  entered('make the window smaller and larger', async (page) => {
    await page.setViewportSize({ width: 1000, height: 600 })
    await page.setViewportSize({ width: 1900, height: 900 })
  }),
  entered('turn to another window and back', (page) => page.evaluate(() => (window.dispatchEvent(new Event('blur')), window.dispatchEvent(new Event('focus')))).then(() => undefined)),
  entered('copy the SQL', (page) => page.getByRole('button', { name: 'Copy the SQL' }).click()),
  entered('open and leave the menu of targets', async (page) => {
    await page.getByRole('button', { name: /^Target:/ }).click()
    await page.keyboard.press('Escape')
  }),
  entered('make a table and take it back', async (page) => {
    await page.keyboard.press('Alt+n')
    await topBar(page, 'Undo').click({ force: true })
  }),
  entered('delete the line and take that back', async (page) => {
    await choose(page, 'Delete lines')
    await topBar(page, 'Undo').click({ force: true })
  }),
  entered('insert a line above and take that back', async (page) => {
    await choose(page, 'Insert lines above')
    await topBar(page, 'Undo').click({ force: true })
  }),
]
