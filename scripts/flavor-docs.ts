import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MetaMigrateError } from '../app/errors.ts'
import { parseType } from '../app/model/parse-type.ts'
import { renderType } from '../app/model/render-type.ts'
import { cases, type CaseName } from '../flavors/cases.ts'
import type { Dialect, Operation, Statement } from '../flavors/flavor.ts'
import { flavors } from '../flavors/registry.ts'
import { logicalTypes, nativeSpellings, titles } from './flavor-docs-samples.ts'
import { capabilityRows } from './flavor-table.ts'

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const code = (text: string) => (text === '' ? '' : `\`${escaped(text)}\``)

/** Logical type, native type, what is lost on the way. */
function typeTable({ types }: Dialect): string {
  const rows = logicalTypes.map((text) => {
    const native = types.toNative(parseType(text))
    return [code(text), code(native.text), escaped(native.losses.map(({ severity, message }) => `${severity}: ${message}`).join(' '))]
  })
  return table(['logical', 'native', 'what is lost'], rows)
}

/** Native spellings that the flavor knows, by the logical type that they mean. */
function spellingTable({ types }: Dialect): string {
  const read = nativeSpellings.flatMap((spelling) => {
    const type = types.fromNative(spelling)
    return type === null ? [] : [[code(spelling), type.kind === 'native' ? 'kept as it is' : code(renderType(type))]]
  })
  return table(['native', 'logical'], read)
}

/** A case under names that every flavor takes: hostile ones are the tests' matter. */
function plainCase(name: CaseName): Operation {
  const plain = JSON.stringify(cases[name]).replaceAll('my \\"own\\"', 'archive').replaceAll('per\\"son', 'people').replaceAll('every type', 'every_type').replaceAll('full name', 'full_name')
  return JSON.parse(plain) as Operation
}

/** The statements of a change; null where the flavor has none. */
function made(dialect: Dialect, operation: Operation): readonly Statement[] | null {
  try {
    return dialect.statements(operation)
  } catch (error) {
    if (error instanceof MetaMigrateError && error.code === 'FLAVOR_UNSUPPORTED') return null
    throw error
  }
}

/** How the flavor does what is asked, by asking it. */
function operationTable(dialect: Dialect): string {
  const rows = (Object.keys(cases) as CaseName[]).flatMap((name) => {
    const title = titles[name]
    if (title === null) return []
    const statements = made(dialect, plainCase(name))
    if (statements === null) return [[title, otherWay(name, dialect), '']]
    return [[title, statements.length === 0 ? 'nothing to do' : 'in place', statements.every(({ undo }) => undo !== null) ? 'yes' : 'no']]
  })
  return table(['change', 'how', 'can be taken back by a statement'], rows)
}

/** A table that stands is rebuilt for what cannot be altered. What is no change of a table, or what the flavor has not at all, is not done. */
function otherWay(name: CaseName, { can }: Dialect): string {
  const has: Partial<Record<CaseName, boolean>> = {
    createSchema: can.schemas, moveTable: can.schemas, commentColumn: can.comments, commentTable: can.comments, addIdentity: can.identity !== 'none', dropIdentity: can.identity !== 'none',
    addPrimaryKey: can.primaryKeys, dropPrimaryKey: can.primaryKeys, addUnique: can.uniqueConstraints, dropUnique: can.uniqueConstraints, addCheck: can.checks, dropCheck: can.checks,
    addReference: can.foreignKeys !== 'none', dropReference: can.foreignKeys !== 'none', addGeneratedColumn: can.generatedColumns !== 'none',
    createIndex: false, createIndexWithInclude: false, createUniqueOnNullable: false, createIndexOnExpression: false, dropIndex: false,
  }
  const isCreation = /^(?:create|drop)Table|^create(?:Every|Without)|^copyTable/.test(name)
  return can.strategies.length > 0 && !isCreation && has[name] !== false ? 'by rebuild' : 'not'
}

const settingTable = ({ settings }: Dialect): string =>
  settings.length === 0 ? 'None.' : table(['setting', 'values, the default first', 'what it does'], settings.map(({ name, values, about, fallback }) => [code(name), values.length === 0 ? `any text; ${code(fallback)}` : values.map(code).join(', '), escaped(about)]))

const optionTable = ({ tableOptions }: Dialect): string =>
  tableOptions.length === 0 ? 'None.' : table(['column of tables.csv', 'values', 'what it does'], tableOptions.map(({ key, values, about }) => [code(key), values.length === 0 ? 'text' : values.map(code).join(', '), escaped(about)]))

const rebuilding = 'A redeploy renames in place, and rebuilds a table for every other change, its rows kept and compared.'

/** Everything of a page that the code knows. */
export function factsOf(dialect: Dialect): string {
  const operations = dialect.document === null ? ['## Changes', '', `How the text does one change by itself. ${rebuilding}`, '', operationTable(dialect), ''] : []
  return [
    '## Settings', '', `In \`metamigrate.yaml\` under \`flavors: { ${dialect.name}: { ... } }\`, by \`--set NAME=VALUE\`, or in the preview pane.`, '', settingTable(dialect), '',
    '## Options of a table', '', optionTable(dialect), '',
    '## Capabilities', '', table(['', dialect.label], capabilityRows.map(([title, tell]) => [title, tell(dialect.can, dialect)])), '',
    ...operations,
    '## Types', '', typeTable(dialect), '', '## Native types that are read', '', spellingTable(dialect),
  ].join('\n')
}

const marks = /(<!-- facts:begin[^>]*-->\n)[\s\S]*?(<!-- facts:end -->)/

/** A page with what the code says between its marks. */
export const withFacts = (page: string, dialect: Dialect): string => page.replace(marks, (_, begin: string, end: string) => `${begin}${factsOf(dialect)}\n${end}`)

export const pagePath = (name: string): string => join(import.meta.dirname, '..', 'docs', 'flavors', `${name}.md`)

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { dialect } of flavors) {
    const path = pagePath(dialect.name)
    if (existsSync(path)) writeFileSync(path, withFacts(readFileSync(path, 'utf8'), dialect))
    else process.stderr.write(`docs/flavors/${dialect.name}.md is missing: write its text, with the marks of the other pages.\n`)
  }
}
