// `npm start [-- PATH] [--web] [--port N] [--no-open]`: the desktop window where Electron can run, else the same designer on loopback.
import { spawn } from 'node:child_process'
import { electronBinary, ensureBuilt, ensureInstalled, node24, root, say } from './lib.mjs'

const given = process.argv.slice(2)
const web = given.includes('--web') || process.env.METAMIGRATE_WEB === '1'
const args = given.filter((arg) => arg !== '--web')

ensureInstalled()
const node = node24()
ensureBuilt(node)

function whyNoWindow() {
  if (web) return 'asked for'
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'no display'
  // Electron refuses to run as root with its sandbox on, and the sandbox stays on.
  if (process.getuid?.() === 0) return 'running as root'
  return undefined
}

const reason = whyNoWindow()
const electron = reason === undefined ? electronBinary(node, { download: true }) : undefined
if (!electron) say(`serving the designer on loopback (${reason ?? 'no Electron here'})`)

const child = electron
  ? spawn(electron, ['dist/main/electron.js', ...args], { cwd: root, stdio: 'inherit' })
  : spawn(node, ['dist/main/host.js', ...args], { cwd: root, stdio: ['pipe', 'inherit', 'inherit'] })

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))

// npm and its shell die of a signal without telling us; then this process gets a new parent and must end its child.
const parent = process.ppid
setInterval(() => { if (process.ppid !== parent) child.kill('SIGTERM') }, 500).unref()

child.on('exit', (code, signal) => process.exit(signal ? 0 : (code ?? 1)))
