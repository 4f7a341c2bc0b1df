// `npm run soak -- NAME [OPTIONS]`: runs scripts/soak/NAME.ts on the built program: long random trials that `npm test` holds a small share of.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, node24, root, run, say } from './lib.mjs'

const folder = join(root, 'scripts', 'soak')
const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => name.slice(0, -'.ts'.length))
const [name = '', ...args] = process.argv.slice(2)
if (!names.includes(name) || !existsSync(join(folder, `${name}.ts`))) {
  say(`name a soak: npm run soak -- ${names.join(' | ')} [--help]`)
  process.exit(2)
}
ensureInstalled()
const node = node24()
ensureBuilt(node)
process.exit(run(node, ['--disable-warning=ExperimentalWarning', join('scripts', 'soak', `${name}.ts`), ...args]).status ?? 1)
