import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Capabilities, Dialect } from '../flavors/flavor.ts'
import { flavors } from '../flavors/registry.ts'

const yes = (value: boolean) => (value ? 'yes' : '-')

/** What the table of the README tells of a flavor, row by row; the pages of docs/flavors too. */
export const capabilityRows: readonly (readonly [string, (can: Capabilities, dialect: Dialect) => string])[] = [
  ['Redeploy strategies', (can) => (can.strategies.length === 0 ? '-' : can.strategies.join(', '))],
  ['DDL rolls back', (can) => yes(can.transactionalDdl)],
  ['Schemas', (can) => yes(can.schemas)],
  ['Rename table, column', (can) => `${yes(can.renameTable)}, ${yes(can.renameColumn)}`],
  ['Foreign keys', (can) => `${can.foreignKeys}${can.deferrableForeignKeys ? ', deferrable' : ''}`],
  ['Checks', (can) => yes(can.checks)],
  ['Identity', (can) => `${can.identity === 'primaryKeyOnly' ? 'single primary key' : can.identity === 'none' ? '-' : 'any column'}${can.identityAlways ? ', always or by default' : ''}`],
  ['Generated columns', (can) => (can.generatedColumns === 'none' ? '-' : can.generatedColumns)],
  ['Comments', (can) => (can.comments ? 'yes' : 'in the model only')],
  ['Indexes: partial, expression, include', (can) => [can.partialIndexes, can.expressionIndexes, can.includeColumns].map(yes).join(', ')],
  ['Longest name', (can) => (can.maxIdentifierLength === null ? 'no limit' : `${can.maxIdentifierLength} ${can.identifierUnit}`)],
]

/** The flavors and what they can do, as a Markdown table. */
export function flavorTable(): string {
  const dialects = flavors.map(({ dialect }) => dialect)
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(['', ...dialects.map(({ label }) => label)]), line(['---', ...dialects.map(() => '---')]), ...capabilityRows.map(([title, tell]) => line([title, ...dialects.map((dialect) => tell(dialect.can, dialect))]))].join('\n')
}

const marks = /(<!-- flavors:begin[^>]*-->\n)[\s\S]*?(<!-- flavors:end -->)/

/** A text with the table between its marks. */
export const withTable = (text: string): string => text.replace(marks, (_, begin: string, end: string) => `${begin}${flavorTable()}\n${end}`)

export const readmePath: string = join(import.meta.dirname, '..', 'README.md')

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(readmePath, withTable(readFileSync(readmePath, 'utf8')))
