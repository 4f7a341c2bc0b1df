// The checks and test runs, each one process of Node 24. Counts are gathered so that the last line can be plain.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, say } from './lib.mjs'

const tsc = 'node_modules/typescript/bin/tsc'
const oxlint = ['node_modules/oxlint/bin/oxlint', '--type-aware', '--quiet', 'app', 'flavors', 'main', 'renderer', 'e2e', 'bench', 'scripts']

export const steps = {
  types: [['types (core, hosts)', [tsc, '-p', '.']], ['types (window)', [tsc, '-p', 'renderer']], ['types (e2e)', [tsc, '-p', 'e2e']]],
  lint: [['lint', oxlint]],
  layers: [['layers', ['scripts/layers.ts']]],
  bundle: [['bundle holds no driver', ['scripts/bundle.ts']]],
  tests: (projects) => [[`tests (${projects.join(', ')})`, ['node_modules/vitest/vitest.mjs', 'run', ...projects.flatMap((name) => ['--project', name])]]],
}

/** Runs the steps in order, all of them, and gives the sum: a check counts as one, a test run as its tests. */
export function runSteps(node, list, env = {}) {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  const folder = mkdtempSync(join(tmpdir(), 'metamigrate-counts-'))
  for (const [name, args] of list) {
    const started = Date.now()
    const countsFile = join(folder, 'counts.json')
    const result = run(node, args, { ...env, METAMIGRATE_COUNTS: countsFile }, { stdio: ['ignore', 'inherit', 'inherit'] })
    const ok = result.status === 0
    say(`${name}: ${ok ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
    if (existsSync(countsFile)) {
      const counts = JSON.parse(readFileSync(countsFile, 'utf8'))
      for (const key of Object.keys(sum)) sum[key] += counts[key]
      // A run that died after counting (a crashed worker, an unhandled error) is a failure even when every test passed.
      if (!ok && counts.failed === 0) sum.failed++
      rmSync(countsFile)
    } else if (ok) sum.passed++
    else sum.failed++
  }
  rmSync(folder, { recursive: true })
  return sum
}

/** The plain last line, and the exit code. */
export function close(sum) {
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`)
  process.exit(sum.failed > 0 ? 1 : 0)
}
