import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { acts, type Act, type Dice } from './acts.ts'
import { readFields, type FieldLine } from './fields-file.ts'

/** The same numbers for the same seed (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below | 0
  }
}

/** Columns that are typed into: header of the sheet, header of the file. */
const typed: readonly (readonly [string, string])[] = [['Name', 'COLUMN_NAME'], ['Type', 'DATA_TYPE'], ['Default', 'COLUMN_DEFAULT'], ['Comment', 'COLUMN_COMMENT']]

interface Round {
  readonly field: string
  readonly header: string
  readonly way: string
  readonly act: Act
  readonly text: string
}

/**
 * Types into random cells of an open model folder and does a random act each time. Looks at the saved files after each round, as another program would:
 * the text must stand in its own field or be gone where the act takes it away, and nothing else may have changed. Gives what went wrong, with the rounds
 * that led there; [] when nothing did.
 */
export async function wander(page: Page, folder: string, rounds: number, seed: number): Promise<readonly string[]> {
  const dice = diceOf(seed)
  const path = join(folder, 'fields.csv')
  await page.getByRole('grid', { name: 'Fields' }).waitFor()
  let before = await readFields(path)
  const done: Round[] = []
  for (let at = 0; at < rounds; at++) {
    const cell = await pickCell(page, dice, before)
    if (!cell) continue
    const text = `w${at}x${dice(100)}`
    const way = dice(3) === 0 && !cell.isBlank ? 'F2' : 'over'
    await cell.click()
    if (way === 'F2') await page.keyboard.press('F2')
    await page.keyboard.type(text)
    const act = acts[dice(acts.length)] as Act
    const round = { field: cell.id, header: cell.header, way, act, text }
    done.push(round)
    try {
      await act.perform(page, dice)
    } catch (error) {
      return [`round ${at}: ${act.name} could not be done: ${String(error).split('\n')[0]}`, ...tell(done)]
    }
    let problem: string | null = ''
    let after = before
    // A save takes a moment; what is wrong stays wrong.
    for (let tries = 0; tries < 12 && problem !== null; tries++) {
      if (tries % 4 === 0) await page.keyboard.press('Control+s')
      await page.waitForTimeout(tries === 0 ? 60 : 150)
      after = await readFields(path)
      problem = problemOf(before, after, round, cell.table)
    }
    if (problem !== null) return [`round ${at}: ${problem}`, ...tell(done)]
    before = after
  }
  return []
}

const tell = (rounds: readonly Round[]): readonly string[] =>
  rounds.slice(-6).map(({ field, header, way, act, text }) => `  typed ${text} (${way}) into ${header} of ${field}, then: ${act.name}`)

interface Target {
  readonly id: string
  readonly table: string
  readonly header: string
  readonly isBlank: boolean
  click(): Promise<void>
}

/** A random cell that is in sight now, with the id of its field. */
async function pickCell(page: Page, dice: Dice, fields: ReadonlyMap<string, FieldLine>): Promise<Target | null> {
  await page.getByRole('tab', { name: 'Fields', exact: true }).click()
  const grid = page.getByRole('grid', { name: 'Fields' })
  await grid.waitFor()
  if (dice(3) === 0) await page.locator('.tree-item.table').nth(dice(8)).click({ timeout: 2_000 }).catch(() => undefined)
  const [title, header] = typed[dice(4) === 0 ? 0 : dice(typed.length)] ?? ['Name', 'COLUMN_NAME']
  await page.locator('.sheet-grid').evaluate((element, top) => element.scrollTo(0, top), dice(5) === 0 ? 0 : dice(900))
  await page.waitForTimeout(50)
  const found = await grid.evaluate((element, wanted) => {
    const columns = [...element.querySelectorAll('[role=columnheader]')].map((head) => [head.textContent?.trim() ?? '', head.getAttribute('aria-colindex')] as const)
    const indexOf = (name: string) => columns.find(([text]) => text === name)?.[1] ?? null
    const rows = [...element.querySelectorAll('[role=row]')].filter((row) => row.querySelector('[role=gridcell]'))
    const area = element.getBoundingClientRect()
    const textAt = (row: Element, index: string | null) => row.querySelector(`[role=gridcell][aria-colindex="${index}"]`)?.textContent?.trim() ?? ''
    return rows.flatMap((row) => {
      const cell = row.querySelector(`[role=gridcell][aria-colindex="${indexOf(wanted)}"]`)
      const box = cell?.getBoundingClientRect()
      if (!cell || !box || box.top < area.top + 32 || box.bottom > area.bottom - 16 || box.right > area.right) return []
      return [{ row: row.getAttribute('aria-rowindex') ?? '', col: indexOf(wanted) ?? '', name: textAt(row, indexOf('Name')), table: textAt(row, indexOf('Table')), isBlank: textAt(row, '1') === '+' }]
    })
  }, title)
  const shown = (await page.locator('.shown-tables').innerText()).trim()
  const usable = found.flatMap((each) => {
    const table = each.table === '' ? shown : each.table
    const id = each.isBlank ? '' : ([...fields].find(([, line]) => line['TABLE_NAME'] === table && line['COLUMN_NAME'] === each.name)?.[0] ?? '')
    return (each.isBlank && title === 'Name') || id !== '' ? [{ ...each, id, table }] : []
  })
  const one = usable[dice(Math.max(1, usable.length))]
  if (!one) return null
  const cell = grid.locator(`[role="row"][aria-rowindex="${one.row}"] [aria-colindex="${one.col}"]`)
  return { id: one.id, table: one.table, header, isBlank: one.isBlank, click: () => cell.click({ position: { x: 20, y: 12 } }) }
}

/** What is wrong with the files after a round; null when nothing is. */
function problemOf(before: ReadonlyMap<string, FieldLine>, after: ReadonlyMap<string, FieldLine>, round: Round, table: string): string | null {
  const isBlank = round.field === ''
  const changed: string[] = []
  let own = false
  for (const [id, line] of after) {
    const old = before.get(id)
    if (!old) {
      if (isBlank && !own && round.act.text === 'entered' && line['COLUMN_NAME'] === round.text && (table === '' || line['TABLE_NAME'] === table || !hasShownTable(table, before))) own = true
      else changed.push(`a field ${line['TABLE_NAME']}.${line['COLUMN_NAME']} came`)
      continue
    }
    for (const [header, value] of Object.entries(line)) {
      if (value === old[header]) continue
      const isOwn = id === round.field && (header === round.header || (round.header === 'DATA_TYPE' && /PRECISION|SCALE|LENGTH/.test(header)))
      if (!isOwn) changed.push(`${header} of ${line['TABLE_NAME']}.${line['COLUMN_NAME']} became ${value}`)
      else if (header !== round.header) continue
      else if (round.act.text === 'gone') changed.push(`${header} is ${value} though ${round.act.name} takes it away`)
      else if (value.includes(round.text)) own = true
      else changed.push(`its own ${header} became ${value}`)
    }
  }
  for (const [id, line] of before) if (!after.has(id)) changed.push(`the field ${line['TABLE_NAME']}.${line['COLUMN_NAME']} went`)
  if (changed.length > 0) return changed.join('; ')
  return own || round.act.text === 'gone' ? null : `the text is nowhere`
}

/** The blank line belongs to the last table of those shown; with several shown, the sheet does not say which. */
const hasShownTable = (table: string, fields: ReadonlyMap<string, FieldLine>): boolean => [...fields.values()].some((line) => line['TABLE_NAME'] === table)
