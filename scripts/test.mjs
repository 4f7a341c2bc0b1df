// `npm test`: everything. Installs what is missing where it may, names what it had to leave out, and ends in a plain line.
import { ensureBuilt, ensureInstalled, ensureSystemPrograms, node24, say } from './lib.mjs'
import { close, runSteps, steps } from './steps.mjs'

ensureInstalled()
const node = node24()
const programs = ensureSystemPrograms(['chromium', 'postgres'])

/** What each test project needs from the system. */
const projects = [
  { name: 'unit', needs: [] },
  { name: 'engine', needs: ['postgres'] },
  { name: 'e2e', needs: ['chromium', 'postgres'] },
]
const lacking = (project) => project.needs.filter((name) => !programs[name])
const leftOut = projects.filter((project) => lacking(project).length > 0)
for (const project of leftOut) {
  say(`the ${project.name} tests are LEFT OUT: ${lacking(project).join(' and ')} not found (install it, or run as root on Debian)`)
}

ensureBuilt(node)
const run = projects.filter((project) => !leftOut.includes(project)).map((project) => project.name)
const list = [...steps.types, ...steps.lint, ...steps.layers, ...steps.bundle, ...run.flatMap((name) => steps.tests([name]))]
const sum = runSteps(node, list, programs.chromium ? { METAMIGRATE_CHROMIUM: programs.chromium } : {})
// A left-out project is never silent: skipped for a person, failed where everything can be had.
if (process.env.CI) sum.failed += leftOut.length
else sum.skipped += leftOut.length
close(sum)
