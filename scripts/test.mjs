// `npm test`: everything. Installs what is missing where it may, names what it had to leave out, and ends in a plain line.
import { ensureBuilt, ensureInstalled, ensurePythonTools, ensureSystemPrograms, node24, say } from './lib.mjs'
import { close, runSteps, steps } from './steps.mjs'

ensureInstalled()
const node = node24()
const programs = ensureSystemPrograms(['chromium', 'postgres', 'mariadb', 'python'])
const missing = programs.python ? ensurePythonTools(node) : []
for (const { missing: sentence } of missing) say(sentence)
// The newest Django needs a Python that many systems do not have yet: its judge alone is left out then, and that fails nobody.
const newest = 'django-6.1'
const has = (name) => (name === 'packages of Python' ? missing.every((tool) => tool.name === newest) : programs[name])

/** What each test project needs from the system. */
const projects = [
  { name: 'unit', needs: [] },
  { name: 'engine', needs: ['postgres'] },
  { name: 'mariadb', needs: ['mariadb'] },
  { name: 'python', needs: ['python', 'packages of Python', 'postgres'] },
  { name: 'e2e', needs: ['chromium', 'postgres'] },
]
const lacking = (project) => project.needs.filter((name) => !has(name))
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
if (missing.some((tool) => tool.name === newest)) sum.skipped++
close(sum)
