import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A set of Python packages that tests use, and the Pythons that can run it: first and last minor version of 3, both included. */
interface Tool {
  readonly from: number
  readonly to: number
}

/** By name of the file in scripts/python-requirements. Django's bounds: docs.djangoproject.com/en/stable/faq/install. */
const tools = {
  lint: { from: 10, to: 14 },
  'django-4.2': { from: 10, to: 12 },
  'django-5.2': { from: 10, to: 14 },
  'django-6.1': { from: 12, to: 14 },
} as const satisfies Record<string, Tool>

export type ToolName = keyof typeof tools

/** The Python of an environment that holds the packages of `tool`, or why there is none. */
export type PythonTool = { readonly python: string } | { readonly missing: string }

const root = join(import.meta.dirname, '..')
const cache = join(root, '.cache', 'python')

/** Every Python 3 in reach, newest first: by minor version, once each. */
function pythons(): ReadonlyMap<number, string> {
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions')
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '' && !folder.endsWith('shims')),
    ...(existsSync(pyenv) ? readdirSync(pyenv).map((version) => join(pyenv, version, 'bin')) : []),
  ]
  const found = new Map<number, string>()
  const look = (path: string) => {
    if (!existsSync(path)) return
    const said = spawnSync(path, ['-c', 'import sys, ensurepip; print(*sys.version_info[:2])'], { encoding: 'utf8' })
    const [major, minor] = (said.stdout ?? '').trim().split(' ').map(Number)
    if (said.status === 0 && major === 3 && minor !== undefined && !found.has(minor)) found.set(minor, path)
  }
  for (const folder of folders) for (const name of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python.exe']) look(join(folder, name))
  return found
}

const stampOf = (requirements: string) => createHash('sha256').update(requirements).digest('hex')
const pythonOf = (folder: string) => (process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python'))

/** The environment as it stands, when it was made from these requirements and its Python still runs. */
function ready(folder: string, stamp: string): string | null {
  const mark = join(folder, '.stamp')
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== stamp) return null
  const python = pythonOf(folder)
  return spawnSync(python, ['-c', ''], { stdio: 'ignore' }).status === 0 ? python : null
}

/** Makes the environment anew beside its place, and moves it there by its stamp: a run that is cut off leaves nothing that looks whole. */
function install(name: ToolName, folder: string, stamp: string, found: ReadonlyMap<number, string>): PythonTool {
  const { from, to } = tools[name]
  const minor = [...found.keys()].filter((one) => one >= from && one <= to).toSorted((a, b) => b - a)[0]
  const base = minor === undefined ? undefined : found.get(minor)
  if (base === undefined) return { missing: `${name} needs Python 3.${from} to 3.${to} with venv (Debian: python3-venv)` }
  process.stderr.write(`[metamigrate] installing ${name} for Python 3.${minor} (once)\n`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  const steps = [
    [base, '-m', 'venv', folder],
    [pythonOf(folder), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '-r', join(import.meta.dirname, 'python-requirements', `${name}.txt`)],
  ]
  for (const [program = '', ...args] of steps) {
    const done = spawnSync(program, args, { encoding: 'utf8' })
    if (done.status !== 0) return { missing: `${name} could not be installed: ${(done.stderr || done.error?.message || '').trim().split('\n').at(-1)}` }
  }
  writeFileSync(join(folder, '.stamp.new'), stamp)
  renameSync(join(folder, '.stamp.new'), join(folder, '.stamp'))
  return { python: pythonOf(folder) }
}

/** Each environment of Python packages for tests, installed under .cache/python when its requirements have changed since. Takes seconds the first time, none later. */
export function pythonTools(names: readonly ToolName[] = Object.keys(tools) as ToolName[]): Readonly<Record<ToolName, PythonTool>> {
  let found: ReadonlyMap<number, string> | null = null
  const entries = names.map((name): readonly [ToolName, PythonTool] => {
    const requirements = readFileSync(join(import.meta.dirname, 'python-requirements', `${name}.txt`), 'utf8')
    const folder = join(cache, name)
    const stamp = stampOf(requirements)
    const python = ready(folder, stamp)
    return [name, python === null ? install(name, folder, stamp, (found ??= pythons())) : { python }]
  })
  return Object.fromEntries(entries) as Record<ToolName, PythonTool>
}

/** The Python that has the packages of `name`. Throws a sentence where it cannot be had. */
export function pythonOfTool(name: ToolName): string {
  const tool = pythonTools([name])[name]
  if ('missing' in tool) throw new Error(tool.missing)
  return tool.python
}

// As a program: installs all, prints one line of JSON, for scripts that run on an older Node.
if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${JSON.stringify(pythonTools())}\n`)
