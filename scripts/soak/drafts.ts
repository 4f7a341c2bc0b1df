import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// `npm run soak -- drafts [KILLS] [SEED]`: e2e/soak-drafts.ts, which drives the page and so belongs to the tests of the window.

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
process.exitCode = spawnSync(process.execPath, [join(root, 'e2e', 'soak-drafts.ts'), ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1
