import type { FlavorSettings } from '../flavor/dialect.ts'
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Node, Pair, YAMLMap } from 'yaml'
import type { Finding } from '../model/finding.ts'

/** One connection of metamigrate.yaml, its `${VAR}` filled in. */
export interface ProjectConnection {
  readonly name: string
  readonly url: string
  readonly password: string | null
  readonly tag: 'development' | 'test' | 'production'
  readonly policy: 'free' | 'confirm' | 'read-only'
}

/** One step of a macro, as written: the command's name, and its options (a shell step's command line) as plain data. */
export interface MacroStep {
  readonly command: string
  readonly options: unknown
  /** 1-based line of the step. */
  readonly line: number
}

export interface Macro {
  readonly name: string
  readonly steps: readonly MacroStep[]
}

/** What is wrong with a flavor (`setting` null), or with a value of one of its settings, as the end of a sentence; null when nothing is. */
export type SettingCheck = (flavor: string, setting: { readonly name: string; readonly value: string } | null) => string | null

/** metamigrate.yaml as data. Null where a setting is not given. */
export interface Project {
  readonly name: string | null
  /** Path of the model as written, relative to the project. */
  readonly model: string | null
  readonly flavor: string | null
  readonly flavors: FlavorSettings
  readonly connections: readonly ProjectConnection[]
  readonly macros: readonly Macro[]
}

/** A variable of the environment by name; undefined when it is not set. */
export type Environment = (name: string) => string | undefined

/**
 * The project of a YAML text. Whatever is wrong is a finding with line and key; the rest is read. A connection whose URL needs a variable that is not
 * set is left out; one whose password does is kept without (it is asked for). Findings never hold a value of the environment.
 * Codes: PROJECT_SYNTAX, PROJECT_KEY_UNKNOWN, PROJECT_VALUE, PROJECT_VARIABLE, PROJECT_PASSWORD_IN_URL.
 */
export function parseProject(
  text: string,
  environment: Environment,
  { file = 'metamigrate.yaml', settingProblem = () => null }: { readonly file?: string; readonly settingProblem?: SettingCheck } = {},
): { readonly project: Project; readonly findings: readonly Finding[] } {
  const lines = new LineCounter()
  const document = parse(text, lines)
  const reading = new Reading(file, lines, environment)
  for (const problem of [...document.errors, ...document.warnings]) reading.report('PROJECT_SYNTAX', problem.pos[0], '', problem.message)
  const root = document.contents
  const project: Project = { name: null, model: null, flavor: null, flavors: {}, connections: [], macros: [] }
  if (document.errors.length > 0 || root === null) return { project, findings: reading.findings }
  if (!isMap(root)) {
    reading.report('PROJECT_VALUE', root.range?.[0] ?? 0, '', 'expected settings, one per line: name, model, flavor, flavors, connections, macros')
    return { project, findings: reading.findings }
  }
  const settings = reading.entries(root, '', ['name', 'model', 'flavor', 'flavors', 'connections', 'macros'])
  return {
    project: {
      name: reading.text(settings.get('name'), 'name'),
      model: reading.text(settings.get('model'), 'model'),
      flavor: reading.text(settings.get('flavor'), 'flavor'),
      flavors: readFlavors(settings.get('flavors'), reading, settingProblem),
      connections: readConnections(settings.get('connections'), reading),
      macros: readMacros(settings.get('macros'), reading),
    },
    findings: reading.findings,
  }
}

/** YAML as it is; where that fails, with the quotes that a bare `${NAME}` needs inside { } and that people leave out. Lines stay where they are. */
function parse(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> {
  const options = { prettyErrors: false, uniqueKeys: true } as const
  const document = parseDocument(text, { ...options, lineCounter })
  if (document.errors.length === 0) return document
  const quoted = text.replaceAll(/(?<=[:,[{][ \t]*)\$\{[A-Za-z_]\w*\}(?=[ \t]*[,}\]])/gu, (variable) => `"${variable}"`)
  const other = new LineCounter()
  const repaired = parseDocument(quoted, { ...options, lineCounter: other })
  if (repaired.errors.length > 0) return document
  lineCounter.lineStarts = other.lineStarts
  return repaired
}

/** `flavors: { postgres: { quoting: needed } }`. A setting that its flavor refuses is reported and left out. */
function readFlavors(node: Node | undefined, reading: Reading, problem: SettingCheck): FlavorSettings {
  const report = (at: Node | undefined, key: string, message: string | null): boolean => {
    if (message !== null) reading.report('PROJECT_VALUE', at?.range?.[0] ?? 0, key, message)
    return message === null
  }
  const flavors = Array.from(reading.map(node, 'flavors')).flatMap(([flavor, value]) => {
    const key = `flavors.${flavor}`
    if (!report(value, key, problem(flavor, null))) return []
    const settings = Array.from(reading.map(value, key)).flatMap(([name, one]) => {
      const text = reading.text(one, `${key}.${name}`)
      return text !== null && report(one, `${key}.${name}`, problem(flavor, { name, value: text })) ? [[name, text] as const] : []
    })
    return [[flavor, Object.fromEntries(settings)] as const]
  })
  return Object.fromEntries(flavors)
}

const connectionKeys = ['url', 'password', 'tag', 'policy'] as const
const tags = ['development', 'test', 'production'] as const
const policies = ['free', 'confirm', 'read-only'] as const

function readConnections(node: Node | undefined, reading: Reading): readonly ProjectConnection[] {
  const named = reading.map(node, 'connections')
  return Array.from(named).flatMap(([name, value]) => {
    const key = `connections.${name}`
    const map =
      isScalar(value) && typeof value.value === 'string' ? new Map<string, Node>([['url', value]]) : reading.map(value, key, connectionKeys)
    const written = reading.text(map.get('url'), `${key}.url`)
    if (written === null) {
      reading.report(
        'PROJECT_VALUE',
        value?.range?.[0] ?? node?.range?.[0] ?? 0,
        `${key}.url`,
        'expected the address of a database, for instance sqlite:./dev.db',
      )
      return []
    }
    const url = reading.filled(written, map.get('url'), `${key}.url`)
    if (url === null) return []
    if (/^[a-z]+:\/\/[^/@\s]*:[^/@\s]+@/iu.test(written) && !written.includes('${')) {
      reading.report(
        'PROJECT_PASSWORD_IN_URL',
        map.get('url')?.range?.[0] ?? 0,
        `${key}.url`,
        'the URL holds a password; write password: ${VARIABLE} instead',
        'warning',
      )
    }
    const secret = reading.text(map.get('password'), `${key}.password`)
    const password = secret === null ? null : reading.filled(secret, map.get('password'), `${key}.password`, 'warning')
    const tag = reading.word(map.get('tag'), `${key}.tag`, tags) ?? 'development'
    const policy = reading.word(map.get('policy'), `${key}.policy`, policies) ?? (tag === 'production' ? 'confirm' : 'free')
    return [{ name, url, password, tag, policy }]
  })
}

function readMacros(node: Node | undefined, reading: Reading): readonly Macro[] {
  return Array.from(reading.map(node, 'macros')).flatMap(([name, value]) => {
    if (!isSeq(value)) {
      reading.report('PROJECT_VALUE', value?.range?.[0] ?? node?.range?.[0] ?? 0, `macros.${name}`, 'expected a list of steps')
      return []
    }
    return [{ name, steps: value.items.flatMap((item, at) => readStep(item as Node, `macros.${name}[${at}]`, reading)) }]
  })
}

/** `backup`, or `backup: { options }`. */
function readStep(item: Node, key: string, reading: Reading): readonly MacroStep[] {
  const line = reading.line(item.range?.[0] ?? 0)
  if (isScalar(item) && typeof item.value === 'string') return [{ command: item.value, options: null, line }]
  const pair = isMap(item) && item.items.length === 1 ? item.items[0] : undefined
  if (pair === undefined || !isScalar(pair.key) || typeof pair.key.value !== 'string') {
    reading.report(
      'PROJECT_VALUE',
      item.range?.[0] ?? 0,
      key,
      'expected one command with its options, for instance - backup: { schema: clinic }',
    )
    return []
  }
  const options: unknown = isScalar(pair.value) || isMap(pair.value) || isSeq(pair.value) ? pair.value.toJSON() : null
  return [{ command: pair.key.value, options, line }]
}

/** Reads nodes and gathers findings, each with line and key. */
class Reading {
  readonly findings: Finding[] = []
  private readonly file: string
  private readonly lines: LineCounter
  private readonly environment: Environment

  constructor(file: string, lines: LineCounter, environment: Environment) {
    this.file = file
    this.lines = lines
    this.environment = environment
  }

  line(offset: number): number {
    return this.lines.linePos(offset).line
  }

  report(code: string, offset: number, key: string, message: string, severity: Finding['severity'] = 'error'): void {
    const row = this.line(offset)
    const place = `${this.file}, line ${row}${key === '' ? '' : `, ${key}`}`
    this.findings.push({
      code,
      severity,
      path: { file: this.file, row, ...(key === '' ? {} : { property: key }) },
      message: `${place}: ${message}.`,
    })
  }

  /** The entries of a map by name; a name that is not in `known` is reported. */
  entries(map: YAMLMap, key: string, known?: readonly string[]): ReadonlyMap<string, Node> {
    const found = new Map<string, Node>()
    for (const { key: name, value } of map.items as readonly Pair<Node, Node | null>[]) {
      const title = isScalar(name) ? String(name.value) : ''
      const full = key === '' ? title : `${key}.${title}`
      if (known !== undefined && !known.includes(title)) {
        this.report('PROJECT_KEY_UNKNOWN', name.range?.[0] ?? 0, full, `unknown setting; expected one of ${known.join(', ')}`)
      } else if (value !== null && !(isScalar(value) && value.value === null)) found.set(title, value)
    }
    return found
  }

  map(node: Node | undefined, key: string, known?: readonly string[]): ReadonlyMap<string, Node> {
    if (node === undefined) return new Map()
    if (isMap(node)) return this.entries(node, key, known)
    this.report('PROJECT_VALUE', node.range?.[0] ?? 0, key, 'expected a list of names with settings')
    return new Map()
  }

  text(node: Node | undefined, key: string): string | null {
    if (node === undefined) return null
    if (isScalar(node) && typeof node.value === 'string') return node.value
    if (isScalar(node) && typeof node.value !== 'object' && node.source !== undefined) return node.source
    this.report('PROJECT_VALUE', node.range?.[0] ?? 0, key, 'expected a text')
    return null
  }

  word<T extends string>(node: Node | undefined, key: string, words: readonly T[]): T | null {
    const text = this.text(node, key)
    const found = words.find((word) => word === text)
    if (text !== null && found === undefined)
      this.report('PROJECT_VALUE', node?.range?.[0] ?? 0, key, `expected one of ${words.join(', ')}, not "${text}"`)
    return found ?? null
  }

  /** The text with each `${NAME}` replaced; null when one is not set. */
  filled(text: string, node: Node | undefined, key: string, severity: Finding['severity'] = 'error'): string | null {
    const missing = new Set<string>()
    const filled = text.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/gu, (_whole, name: string) => {
      const value = this.environment(name)
      if (value === undefined) missing.add(name)
      return value ?? ''
    })
    for (const name of missing)
      this.report('PROJECT_VARIABLE', node?.range?.[0] ?? 0, key, `the environment variable ${name} is not set`, severity)
    return missing.size === 0 ? filled : null
  }
}
