import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Dice } from './acts.ts'
import { openPage, startHost, type Host } from './program.ts'

const fields = ['alpha', 'beta', 'gamma', 'delta']
const csv = `TABLE_NAME,COLUMN_NAME,DATA_TYPE,ID\n${fields.map((name, at) => `person,${name},text,id0000${at}`).join('\n')}\n`

/** Most that a kill may take: edits of the last second. */
const keptWithinMs = 1_000

async function namesOf(page: Page): Promise<readonly string[]> {
  const grid = page.getByRole('grid', { name: 'Fields' })
  await grid.waitFor()
  const index = await grid.getByRole('columnheader', { name: 'Name', exact: true }).getAttribute('aria-colindex')
  return (await grid.locator(`[role="gridcell"][aria-colindex="${index}"]`).allInnerTexts()).map((text) => text.trim()).filter((text) => text !== '')
}

/** Types a new name into the field at a line, and says when it was entered. */
async function rename(page: Page, at: number, name: string): Promise<number> {
  const grid = page.getByRole('grid', { name: 'Fields' })
  const index = await grid.getByRole('columnheader', { name: 'Name', exact: true }).getAttribute('aria-colindex')
  await grid.locator(`[role="row"][aria-rowindex="${at + 2}"] [aria-colindex="${index}"]`).click()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  return Date.now()
}

const victims = ['host', 'page', 'both'] as const

/**
 * Edits a model and kills the host, the page or both in the middle, again and again; each time the next start must offer the draft, and what it restores
 * must be the state after some edit, no more than a second back. Gives what went wrong; [] when nothing did.
 */
export async function killAgain(folder: string, kills: number, dice: Dice, tell: (line: string) => void = () => undefined): Promise<readonly string[]> {
  const path = join(folder, 'people.csv')
  const home = join(folder, 'home')
  await writeFile(path, csv)
  let host: Host = await startHost({ path, home })
  let { page } = await openPage(host.url)
  let state: readonly string[] = await namesOf(page)
  for (let kill = 0; kill < kills; kill++) {
    const states: { readonly names: readonly string[]; readonly at: number }[] = [{ names: state, at: 0 }]
    for (let edits = 1 + dice(5); edits > 0; edits--) {
      const at = dice(fields.length)
      const name = `${fields[at]}_${kill}_${edits}`
      const entered = await rename(page, at, name)
      states.push({ names: (states.at(-1)?.names ?? []).with(at, name), at: entered })
      await page.waitForTimeout(dice(500))
    }
    await page.waitForTimeout(dice(1200))
    const victim = victims[dice(victims.length)] ?? 'both'
    const killed = Date.now()
    if (victim !== 'page') await host.kill()
    await page.context().close()
    if (victim === 'page') await host.kill()
    host = await startHost({ path, home })
    ;({ page } = await openPage(host.url))
    await namesOf(page)
    const restore = page.getByRole('alert').getByRole('button', { name: 'Restore' })
    const due = states.findLastIndex(({ at }) => at <= killed - keptWithinMs)
    const isOffered = await restore.waitFor({ timeout: due > 0 || kill > 0 ? 15_000 : 3_000 }).then(() => true, () => false)
    if (isOffered) {
      await restore.click()
      await page.getByText(/^Restored the draft/).waitFor()
    }
    state = await namesOf(page)
    const found = states.findLastIndex(({ names }) => names.join() === state.join())
    tell(`kill ${kill} of the ${victim}: ${states.length - 1} edits, ${found} restored, at least ${Math.max(0, due)} due`)
    if (found < Math.max(0, due)) return [`kill ${kill} of the ${victim}: restored ${state.join()}, the state after edit ${found} of ${states.map(({ names }) => names.join()).join(' | ')}; at least that after edit ${due} was due`]
  }
  await page.context().close()
  await host.stop()
  await rm(home, { recursive: true, force: true })
  return []
}
