import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { closeBrowser, openPage, outputFolder, root, startHost, type Host } from './program.ts'
import { Screen } from './screen.ts'

let host: Host

beforeAll(async () => {
  await mkdir(outputFolder, { recursive: true })
})
afterAll(() => closeBrowser())

/** Every screen, one after another; `look` is called at each. */
async function walk(screen: Screen, look: (name: string) => Promise<void>): Promise<void> {
  const { page } = screen
  await page.getByRole('grid', { name: 'Fields' }).waitFor()
  await look('sheet')
  for (const tab of ['Tables', 'Keys', 'References', 'Indexes']) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
    await page.getByRole('grid', { name: tab }).waitFor()
    await look(tab.toLowerCase())
  }
  await page.getByRole('tab', { name: 'Fields', exact: true }).click()
  await screen.openTable('doctor')
  await (await screen.cell('hourly_rate', 'Type')).click()
  await page.keyboard.type('dec')
  await page.getByRole('listbox', { name: 'Suggestions' }).waitFor()
  await look('suggestions')
  await page.keyboard.press('Escape')
  await screen.type('email', 'Name', 'first_name')
  for (const panel of ['Problems', 'Changes', 'Runs', 'History']) {
    await page.getByRole('tab', { name: new RegExp(`^${panel}`) }).click()
    await look(`drawer-${panel.toLowerCase()}`)
  }
  await page.keyboard.press('Control+z')
  for (const [command, dialog, name] of [['Open model', 'Open model', 'open'], ['Save as', 'Save as', 'save-as'], ['Connect a database', 'Connect a database', 'connect']] as const) {
    await screen.choose(command)
    await page.getByRole('dialog', { name: dialog }).waitFor()
    await look(name)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: dialog }).waitFor({ state: 'hidden' })
  }
  await page.keyboard.press('F1')
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor()
  await look('palette')
  await page.keyboard.press('Escape')
  await screen.openRedeploy()
  await look('deploy')
  await page.keyboard.press('Escape')
}

describe('every screen', () => {
  it.each([
    { name: 'light', width: 1440, height: 900, dark: false, contrast: false },
    { name: 'dark', width: 1024, height: 700, dark: true, contrast: false },
    { name: 'contrast', width: 1440, height: 900, dark: false, contrast: true },
  ])('has no violation that axe-core finds: $name, $width x $height', async ({ name, width, height, dark, contrast }) => {
    host = await startHost()
    try {
      const { page, errors } = await openPage(host.url, { width, height, dark })
      const screen = new Screen(page)
      await page.getByRole('grid', { name: 'Fields' }).waitFor()
      if (contrast) await screen.choose('High contrast')
      const found: string[] = []
      await walk(screen, async (place) => {
        found.push(...(await violations(page)).map((line) => `${place}: ${line}`))
        await page.screenshot({ path: join(outputFolder, `${name}-${place}.png`) })
      })
      expect(found).toEqual([])
      expect(errors).toEqual([])
      await page.context().close()
    } finally {
      await host.stop()
    }
  })

  it('makes the picture of the README', async () => {
    host = await startHost()
    try {
      const { page } = await openPage(host.url)
      const screen = new Screen(page)
      await page.getByRole('grid', { name: 'Fields' }).waitFor()
      await screen.openTable('appointment')
      await screen.type('minutes', 'Type', 'int16')
      await (await screen.cell('reason', 'Name')).click()
      await page.keyboard.type('complaint')
      await expect.poll(() => screen.previewText()).toContain('complaint')
      const path = join(outputFolder, 'screenshot.png')
      await page.screenshot({ path })
      // The picture that is kept changes only when someone asks for it, so that a test run leaves no change behind.
      if (process.env['METAMIGRATE_WRITE_SCREENSHOT'] === '1') await copyFile(path, join(root, 'docs', 'screenshot.png'))
      await page.context().close()
    } finally {
      await host.stop()
    }
  })
})
