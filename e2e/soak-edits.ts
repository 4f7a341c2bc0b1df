import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeBrowser, openPage, root, startHost } from './program.ts'
import { wander } from './wander.ts'

// `npm run soak -- edits [ROUNDS] [SEED]`: an open edit belongs to its field, whatever is done meanwhile. Fresh window every 100 rounds.

const [rounds = 500, first = Math.floor(Math.random() * 1e6)] = process.argv.slice(2).map(Number)
const perWindow = 100

let failed = false
for (let done = 0, seed = first; done < rounds && !failed; done += perWindow, seed++) {
  const folder = await mkdtemp(join(tmpdir(), 'metamigrate-edits-'))
  await cp(join(root, 'assets', 'sample'), folder, { recursive: true })
  const host = await startHost({ path: folder })
  const { page, errors } = await openPage(host.url, { width: 1900 })
  const wrong = [...(await wander(page, folder, Math.min(perWindow, rounds - done), seed)), ...errors]
  failed = wrong.length > 0
  process.stdout.write(`edits: seed ${seed}, ${Math.min(perWindow, rounds - done)} rounds: ${failed ? `FAILED\n${wrong.join('\n')}` : 'every text stood in its own field'}\n`)
  if (failed) await page.screenshot({ path: join(root, 'e2e', 'output', 'edits.png') })
  await page.context().close()
  await host.stop()
  await rm(folder, { recursive: true, force: true })
}
await closeBrowser()
process.exitCode = failed ? 1 : 0
