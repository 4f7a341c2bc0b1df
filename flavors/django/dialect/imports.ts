import { width } from './width.ts'

/** Import lines as isort and ruff sort them: standard library, Django, each `import x` before `from x import y`. */
export function importLines(used: ReadonlySet<string>): string {
  const modules = new Map<string, string[]>()
  for (const one of used) {
    const [module = '', name] = one.split(':')
    const names = modules.get(module) ?? []
    if (name !== undefined) names.push(name)
    modules.set(module, names)
  }
  const sorted = [...modules].toSorted(([a], [b]) => compare(a, b))
  const line = ([module, names]: readonly [string, readonly string[]]) => (names.length === 0 ? `import ${module}` : fromLine(module, names.toSorted(byKind)))
  const isDjango = ([module]: readonly [string, readonly string[]]) => module.startsWith('django')
  const group = (wanted: boolean) => {
    const own = sorted.filter((one) => isDjango(one) === wanted)
    return [...own.filter(([, names]) => names.length === 0), ...own.filter(([, names]) => names.length > 0)].map(line).join('\n')
  }
  return [group(false), group(true)].filter((block) => block !== '').join('\n\n')
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

// Constants first, then classes, then the rest.
const rank = (name: string): number => (/^[A-Z0-9_]+$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2)
const byKind = (a: string, b: string): number => rank(a) - rank(b) || compare(a, b)

function fromLine(module: string, names: readonly string[]): string {
  const line = `from ${module} import ${names.join(', ')}`
  return width(line) <= 88 ? line : `from ${module} import (\n${names.map((name) => `    ${name},\n`).join('')})`
}
