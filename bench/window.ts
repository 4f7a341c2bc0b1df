import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'
import { saveCsvModel } from '../app/exporters/csv.ts'
import { field, model, table } from '../app/model/build.ts'

/** Opens 5,000 tables of 20 fields in Chromium over the loopback host, and times the opening and each key press until it is painted with its preview. */
const limits = { openMs: 2000, keyMs: 50 }
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

const big = model(
  ...Array.from({ length: 5000 }, (_table, at) =>
    table(
      `table_${at}`,
      field('id', 'int64', { primaryKey: true }),
      ...(at === 0 ? [] : [field('parent_id', 'int64', { references: `table_${at - 1}.id` })]),
      ...Array.from({ length: at === 0 ? 19 : 18 }, (_field, place) => field(`field_${place}`, place % 3 === 0 ? 'text' : 'int32', { comment: `What ${place} says` })),
    ),
  ),
)

/** Starts the host on a folder; gives its address, and a function that ends it. */
async function startHost(folder: string, home: string): Promise<{ readonly url: string; readonly stop: () => void }> {
  const built = 'dist/main/host.js'
  const program = existsSync(built) ? built : 'main/web/host.ts'
  const child = spawn(process.execPath, [program, folder, '--no-open'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, METAMIGRATE_HOME: home } })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(line)?.[0]
    if (url !== undefined) return { url, stop: () => child.kill() }
  }
  throw new Error('the host ended before it gave its address')
}

/** From each key press to the first task after the frame that shows it, in ms. */
const watchKeys = `window.painted = []; addEventListener('keydown', () => {
  const start = performance.now()
  requestAnimationFrame(() => { const next = new MessageChannel(); next.port1.onmessage = () => window.painted.push(performance.now() - start); next.port2.postMessage(0) })
}, true)`

async function typeIntoCell(page: Page): Promise<readonly number[]> {
  await page.locator('[role=grid] [aria-rowindex="4"] > [aria-colindex="3"]').click()
  await page.evaluate(watchKeys)
  for (const key of 'a_name_that_is_typed_into_one_cell_of_the_sheet') {
    await page.keyboard.press(key)
    await page.waitForTimeout(30)
  }
  const preview = await page.locator('.cm-content').textContent()
  if (preview?.includes('a_name_that_is_typed') !== true) throw new Error('the preview does not show what was typed')
  return page.evaluate<number[]>('window.painted')
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const folder = await mkdtemp(join(tmpdir(), 'metamigrate-bench-'))
const source = join(folder, 'model')
await mkdir(source)
for (const { name, bytes } of saveCsvModel(big, { kind: 'directory' })) await writeFile(join(source, name), bytes)
const browser = await chromium.launch({ executablePath: process.env['METAMIGRATE_CHROMIUM'] ?? '/usr/bin/chromium', args: flags })
const host = await startHost(source, join(folder, 'home'))
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(host.url)
  await page.locator('[role=grid] [aria-rowindex="10"]').waitFor()
  const firstMs = await page.evaluate<number>('performance.now()')
  await page.reload()
  await page.locator('[role=grid] [aria-rowindex="10"]').waitFor()
  const againMs = await page.evaluate<number>('performance.now()')
  const keyMs = median(await typeIntoCell(page))
  console.log(`100,000 fields open in the window in ${firstMs.toFixed(0)} ms the first time, in ${againMs.toFixed(0)} ms again`)
  console.log(`a key press is painted with its preview in ${keyMs.toFixed(1)} ms (median)`)
  console.log(`ratio to the limits: open ${(firstMs / limits.openMs).toFixed(2)}, key ${(keyMs / limits.keyMs).toFixed(2)}`)
  process.exitCode = firstMs > limits.openMs || keyMs > limits.keyMs ? 1 : 0
} finally {
  await browser.close()
  host.stop()
  await rm(folder, { recursive: true, force: true })
}
