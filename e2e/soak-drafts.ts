import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killAgain } from './kills.ts'
import { closeBrowser } from './program.ts'
import { diceOf } from './wander.ts'

// `npm run soak -- drafts [KILLS] [SEED]`: edits outlive kills of host and page, but for the last second. Ten kills to a data folder.

const [kills = 200, first = Math.floor(Math.random() * 1e6)] = process.argv.slice(2).map(Number)
const perFolder = 10

let failed = false
for (let done = 0, seed = first; done < kills && !failed; done += perFolder, seed++) {
  const folder = await mkdtemp(join(tmpdir(), 'metamigrate-drafts-'))
  process.stdout.write(`drafts: seed ${seed}\n`)
  const wrong = await killAgain(folder, Math.min(perFolder, kills - done), diceOf(seed), (line) => process.stdout.write(`  ${line}\n`))
  failed = wrong.length > 0
  if (failed) process.stdout.write(`FAILED\n${wrong.join('\n')}\n`)
  await rm(folder, { recursive: true, force: true })
}
await closeBrowser()
process.exitCode = failed ? 1 : 0
