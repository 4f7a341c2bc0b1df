import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What one room may import: rooms of ours (path prefixes), packages, and Node's own modules. */
interface Room {
  readonly name: string
  /** The file is in this room; the first that matches wins. */
  readonly holds: (file: string) => boolean
  readonly rooms: readonly string[]
  readonly packages: readonly string[]
  readonly node: boolean
}

const model = ['app/errors.ts', 'app/model/']
const contract = [...model, 'app/flavor/']
const pureApp = [...contract, 'app/diff/', 'app/loaders/', 'app/exporters/', 'app/commands/', 'app/project/', 'app/run/', 'app/api/']
/** What every flavor may use, one idea each. */
const shared = ['flavors/sql.ts', 'flavors/flavor.ts', 'flavors/lexer.ts', 'flavors/names.ts', 'flavors/default-value.ts', 'flavors/carrier.ts', 'flavors/settings.ts', 'flavors/options.ts', 'flavors/remember.ts', 'flavors/numbered.ts', 'flavors/zone-note.ts']
const under = (prefix: string) => (file: string) => file.startsWith(prefix)
const flavorOf = (file: string) => `flavors/${file.split('/')[1]}/`
const anything = ['app/', 'flavors/', 'main/', 'scripts/', 'renderer/', 'e2e/', 'bench/', 'assets/']

/** The house, from the inside out. Tests may look around in their own storey; see `isTest`. */
export const rooms: readonly Room[] = [
  { name: 'app/errors', holds: (file) => file === 'app/errors.ts', rooms: [], packages: [], node: false },
  { name: 'app/model', holds: under('app/model/'), rooms: model, packages: [], node: false },
  { name: 'app/flavor', holds: under('app/flavor/'), rooms: contract, packages: [], node: false },
  { name: 'app/diff', holds: under('app/diff/'), rooms: [...contract, 'app/diff/'], packages: [], node: false },
  { name: 'app/loaders', holds: under('app/loaders/'), rooms: [...contract, 'app/loaders/'], packages: [], node: false },
  { name: 'app/exporters', holds: under('app/exporters/'), rooms: [...contract, 'app/loaders/', 'app/exporters/'], packages: [], node: false },
  { name: 'app/project', holds: under('app/project/'), rooms: [...contract, 'app/project/'], packages: ['yaml'], node: false },
  { name: 'app/commands', holds: under('app/commands/'), rooms: [...contract, 'app/diff/', 'app/commands/'], packages: [], node: false },
  { name: 'app/run', holds: under('app/run/'), rooms: [...contract, 'app/diff/', 'app/commands/', 'app/run/'], packages: [], node: false },
  { name: 'app/api', holds: under('app/api/'), rooms: [...contract, 'app/diff/', 'app/commands/', 'app/run/', 'app/api/'], packages: ['zod'], node: false },
  { name: 'flavors/*/dialect', holds: (file) => /^flavors\/[^/]+\/dialect\//.test(file), rooms: [...contract, ...shared, 'OWN/dialect/'], packages: [], node: false },
  { name: 'flavors/*/driver', holds: (file) => /^flavors\/[^/]+\/driver\//.test(file), rooms: [...contract, ...shared, 'OWN/'], packages: ['better-sqlite3', 'pg'], node: true },
  { name: 'flavors', holds: under('flavors/'), rooms: [...contract, 'flavors/'], packages: [], node: false },
  { name: 'main/electron', holds: under('main/electron/'), rooms: ['app/', 'flavors/registry.ts', 'flavors/flavor.ts', 'main/'], packages: ['electron'], node: true },
  { name: 'main', holds: under('main/'), rooms: ['app/', 'flavors/', 'main/', 'package.json'], packages: ['better-sqlite3', 'zod', 'commander', 'yaml'], node: true },
  { name: 'renderer', holds: under('renderer/'), rooms: [...pureApp, 'flavors/registry.ts', 'flavors/flavor.ts', 'flavors/*/dialect/', 'renderer/'], packages: ['react', 'react-dom', 'react-data-grid', 'zustand', '@base-ui/react', '@codemirror/', '@lezer/'], node: false },
  { name: 'e2e', holds: under('e2e/'), rooms: ['app/api/', 'app/run/report.ts', 'scripts/', 'e2e/'], packages: ['playwright-core', 'axe-core', 'vitest', 'pg', 'better-sqlite3'], node: true },
  { name: 'tools', holds: (file) => file.startsWith('bench/') || file.startsWith('scripts/') || !file.includes('/'), rooms: anything, packages: ['*'], node: true },
]

const isTest = (file: string) => /\.(test|bench)\.tsx?$/.test(file) || /(^|\/)testing?\//.test(file)
// `from` needs a blank behind it: `side: 'from' | 'to'` is no import.
const importPattern = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+|\bnew URL\(\s*)(['"])([^'"\n]+)\1/g

/** Every module that a source names, type-only imports included. */
export function importsOf(source: string): string[] {
  const withoutComments = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  return [...withoutComments.matchAll(importPattern)].map((match) => match[2] ?? '')
}

/** Why `file` may not import `target`, or null. `target` is a path from the root for ours, else the bare name. */
export function violation(file: string, target: string): string | null {
  const room = rooms.find((candidate) => candidate.holds(file))
  if (!room) return `${file} is in no room: add it to scripts/layers.ts`
  if (target.startsWith('node:')) return room.node || isTest(file) ? null : `${file} (${room.name}) may not use ${target}`
  if (/^(app|flavors|main|renderer|e2e|scripts|bench|assets|package\.json)(\/|$)/.test(target)) return ownViolation(room, file, target)
  if (isTest(file)) return null
  const allowed = room.packages.some((name) => name === '*' || target === name || target.startsWith(name.endsWith('/') ? name : `${name}/`))
  return allowed ? null : `${file} (${room.name}) may not use the package ${target}`
}

function ownViolation(room: Room, file: string, target: string): string | null {
  // A test of the core may drive real flavors and the store; a test of the window still knows no host.
  if (isTest(file) && !file.startsWith('renderer/')) return null
  if (isTest(file) && (target.startsWith('renderer/') || target.startsWith('assets/') || target.startsWith('flavors/') && !target.includes('/driver/'))) return null
  const fits = (prefix: string) => {
    if (prefix.startsWith('OWN/')) return target.startsWith(flavorOf(file) + prefix.slice(4))
    if (prefix.includes('*')) return new RegExp(`^${prefix.replace('*', '[^/]+')}`).test(target)
    return target.startsWith(prefix)
  }
  const crossesFlavor = /^flavors\/[^/]+\/(dialect|driver)\//.test(file) && /^flavors\/[^/]+\//.test(target) && !target.startsWith(flavorOf(file))
  const listsFlavors = file === 'flavors/registry.ts'
  if (!crossesFlavor && (listsFlavors || room.rooms.some(fits))) return null
  return `${file} (${room.name}) may not import ${target}`
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folders = ['app', 'flavors', 'main', 'renderer', 'e2e', 'bench', 'scripts']

function sourceFiles(): string[] {
  return folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')))
}

/** Every import of the tree that goes the wrong way, as sentences. */
export function violations(): string[] {
  return sourceFiles().flatMap((file) => importsOf(readFileSync(join(root, file), 'utf8')).flatMap((name) => {
    const target = name.startsWith('.') ? posix.join(posix.dirname(file), name) : name
    return violation(file, target) ?? []
  }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = violations()
  for (const line of found) process.stderr.write(`${line}\n`)
  process.stderr.write(`layers: ${sourceFiles().length} files, ${found.length} imports against the rules\n`)
  process.exitCode = found.length > 0 ? 1 : 0
}
