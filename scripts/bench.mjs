// `npm run bench [NAME]`: each script of bench/ prints its figures and, last, its ratio to a limit measured in the same run.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, ensureSystemPrograms, node24, root, run, say } from './lib.mjs'

ensureInstalled()
const node = node24()
ensureBuilt(node)
const { chromium } = ensureSystemPrograms(['chromium'])
const only = process.argv[2]
const names = readdirSync(join(root, 'bench')).filter((name) => name.endsWith('.ts') && (!only || name === `${only}.ts`))
if (names.length === 0) say(`no bench named '${only}'`)
let bad = names.length === 0
for (const name of names) {
  say(name)
  if (run(node, [join('bench', name), ...process.argv.slice(3)], chromium ? { METAMIGRATE_CHROMIUM: chromium } : {}).status !== 0) bad = true
}
process.exit(bad ? 1 : 0)
