import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// `metamigrate --help` against an empty Node process, both measured in turns in this run.

const cli = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'main', 'cli.js')
const rounds = 25

function timeMs(args: readonly string[]): number {
  const started = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`)
  return performance.now() - started
}

// Other work on the machine only ever adds time: the quickest of many is the truest.
const quickest = (times: readonly number[]): number => Math.min(...times)

const empty: number[] = []
const help: number[] = []
for (let round = 0; round < rounds; round++) {
  empty.push(timeMs(['-e', '']))
  help.push(timeMs([cli, '--help']))
}
const ratio = quickest(help) / quickest(empty)
process.stdout.write(
  `empty node ${quickest(empty).toFixed(0)} ms, --help ${quickest(help).toFixed(0)} ms (quickest of ${rounds})\nratio ${ratio.toFixed(2)}\n`,
)
if (ratio > 1.6) process.exitCode = 1
