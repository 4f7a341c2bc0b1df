// `npm run package`: installers, where Electron's binaries can be had. electron-builder (93 MB) is no part of the default install.
import { spawnSync } from 'node:child_process'
import { ensureBuilt, ensureInstalled, node24, root } from './lib.mjs'

ensureInstalled()
ensureBuilt(node24())
const result = spawnSync('npm', ['exec', '--yes', '--package=electron-builder@26.17.0', '--', 'electron-builder', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
process.exit(result.status ?? 1)
