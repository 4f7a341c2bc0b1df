// `npm run check [types|lint|layers]`: the quick loop, without servers or a browser.
import { ensureInstalled, node24 } from './lib.mjs'
import { close, runSteps, steps } from './steps.mjs'

ensureInstalled()
const only = process.argv[2]
const list = only ? steps[only] : [...steps.types, ...steps.lint, ...steps.layers, ...steps.tests(['unit'])]
if (!Array.isArray(list)) {
  process.stderr.write(`[metamigrate] unknown check '${only}': types, lint or layers\n`)
  process.exit(2)
}
close(runSteps(node24(), list))
