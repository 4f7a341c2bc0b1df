// Node builtins only: this file runs before anything is installed, on Node 20 or later.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => join(root, ...parts)

/** Talk goes to stderr: stdout belongs to results. */
export function say(text) {
  process.stderr.write(`[metamigrate] ${text}\n`)
}

export function fail(text) {
  say(text)
  process.exit(1)
}

/** `npm run` sets npm_execpath: the same npm is used, and Windows needs no npm.cmd. */
function npm(args) {
  const cli = process.env.npm_execpath
  // Results of npm go to stderr, so that a command line that installs first still prints only its own result on stdout.
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  return cli && /\.c?js$/.test(cli)
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** Installs exactly what the lock file says, when it has changed since the last install here. */
export function ensureInstalled() {
  const want = createHash('sha256').update(readFileSync(at('package-lock.json'))).update(`${process.platform}-${process.arch}`).digest('hex')
  const stamp = at('node_modules', '.metamigrate-install')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return
  say('installing dependencies (first run, about half a minute)')
  const result = npm(['ci', '--loglevel=error', '--no-audit', '--no-fund'])
  if (result.status !== 0) fail('npm ci failed, see above; nothing was started')
  writeFileSync(stamp, want)
}

/** Node 24 or later: the running one when it is new enough, else the one that the lock file brought. */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  for (const name of ['node', 'node.exe']) {
    const path = at('node_modules', '.bin', name)
    if (existsSync(path)) return path
  }
  return fail(`this is Node ${process.versions.node}; MetaMigrate needs Node 24 or later here, because no bundled Node exists for ${process.platform}-${process.arch}`)
}

/** Runs a program of Node 24 in the project's folder, with that Node first in PATH. */
export function run(node, args, env = {}, options = {}) {
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`
  return spawnSync(node, args, { cwd: root, stdio: 'inherit', ...options, env: { ...process.env, PATH, ...env } })
}

const sourceFolders = ['app', 'flavors', 'main', 'renderer', 'assets']
const buildFiles = ['package-lock.json', 'vite.config.ts', 'vite.main.config.ts']

/** Newest change among the inputs of the build. Tests are no input. */
function newestInput() {
  let newest = 0
  for (const file of buildFiles) newest = Math.max(newest, statSync(at(file)).mtimeMs)
  for (const folder of sourceFolders) {
    for (const entry of readdirSync(at(folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.includes('.test.')) continue
      newest = Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs)
    }
  }
  return newest
}

/** Builds window, hosts, command line and preload, when a source is newer than the last build. */
export function ensureBuilt(node) {
  const stamp = at('dist', '.built')
  const newest = newestInput()
  if (existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) >= newest) return
  say('building')
  const vite = at('node_modules', 'vite', 'bin', 'vite.js')
  const builds = [['build'], ['build', '-c', 'vite.main.config.ts'], ['build', '-c', 'vite.main.config.ts', '--mode', 'preload']]
  for (const args of builds) {
    const result = run(node, [vite, ...args, '--logLevel', 'warn'], {}, { stdio: ['ignore', 2, 2] })
    if (result.status !== 0) fail(`the build failed (vite ${args.join(' ')}), see above`)
  }
  mkdirSync(at('dist'), { recursive: true })
  writeFileSync(stamp, String(newest))
}

/** Path of Electron's binary, or undefined. Never require('electron') to find out: that starts a download. */
export function electronBinary(node, { download }) {
  const folder = at('node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  const find = () => {
    if (!existsSync(pathFile)) return undefined
    const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
    return existsSync(binary) ? binary : undefined
  }
  const found = find()
  if (found || !download || !existsSync(join(folder, 'install.js'))) return found
  say('fetching Electron (once)')
  spawnSync(node, [join(folder, 'install.js')], { cwd: root, stdio: 'ignore', timeout: 180_000 })
  return find()
}

/** First of the names that is a program: a path that exists, or a name in PATH. */
export function which(names) {
  for (const name of names) {
    if (name.includes('/') && existsSync(name)) return name
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      if (folder && existsSync(join(folder, name))) return join(folder, name)
    }
  }
  return undefined
}

/** Programs that the tests need from the system: how each is found, and Debian's packages that bring it. */
const systemPrograms = {
  chromium: {
    packages: ['chromium'],
    find: () => process.env.METAMIGRATE_CHROMIUM ?? which(['chromium', 'chromium-browser', 'google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']),
  },
  postgres: {
    packages: ['postgresql'],
    find: () => {
      const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)) : []
      return which([...versions.map((version) => `/usr/lib/postgresql/${version}/bin/initdb`), 'initdb'])
    },
  },
  mariadb: {
    // The core packages hold the programs without a service that would start by itself.
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    find: () => which(['/usr/sbin/mariadbd', 'mariadbd']) && which(['/usr/bin/mariadb-install-db', 'mariadb-install-db']),
  },
  python: {
    packages: ['python3', 'python3-venv'],
    find: () => {
      const python = which(['/usr/bin/python3', 'python3'])
      return python && spawnSync(python, ['-c', 'import ensurepip'], { stdio: 'ignore' }).status === 0 ? python : undefined
    },
  },
}

/** Finds the named programs; installs Debian's packages for missing ones when root and apt-get are there. Gives paths by name, undefined for what is still missing. */
export function ensureSystemPrograms(names) {
  const missing = names.filter((name) => !systemPrograms[name].find())
  if (missing.length > 0 && process.getuid?.() === 0 && which(['apt-get']) && process.env.METAMIGRATE_NO_APT !== '1') {
    const packages = missing.flatMap((name) => systemPrograms[name].packages)
    say(`installing ${packages.join(' ')} with apt-get`)
    const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
  }
  return Object.fromEntries(names.map((name) => [name, systemPrograms[name].find()]))
}

/** Installs the Python packages of the tests, once. Gives what cannot be had: names of scripts/python-requirements with a sentence each. */
export function ensurePythonTools(node) {
  const result = run(node, ['scripts/python-tools.ts'], {}, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })
  if (result.status !== 0) return fail('scripts/python-tools.ts failed, see above')
  return Object.entries(JSON.parse(result.stdout)).flatMap(([name, { missing }]) => (missing ? [{ name, missing }] : []))
}
