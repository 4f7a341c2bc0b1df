import type { Dialect, Setting } from '../../flavor.ts'
import { unquoted } from '../../lexer.ts'
import { quoting, readSettings, rewritten } from '../../settings.ts'
import { numbered } from '../../numbered.ts'
import { bookkeeping } from './bookkeeping.ts'
import { capabilities } from './capabilities.ts'
import { castRisk } from './cast.ts'
import { check } from './check.ts'
import { isPlainName } from './keywords.ts'
import { rules } from './lexical.ts'
import { displayTable } from './names.ts'
import { normalize } from './normalize.ts'
import { tableOptions } from './options.ts'
import { question } from './question.ts'
import { statements } from './statements.ts'
import { takenNames } from './taken-names.ts'
import { typesOf } from './types.ts'

const version: Setting = {
  name: 'version',
  label: 'Impala version',
  about: 'Oldest server that shall run the text: 4.0 has Iceberg tables, 4.3 BINARY and Kudu keys that are not unique, 5.0 defaults in Iceberg.',
  values: ['4.5', '3.4', '4.0', '4.1', '4.2', '4.3', '4.4', '5.0'],
  fallback: '4.5',
}
const settings: readonly Setting[] = [version, quoting]

/** 40500 for `4.5`. */
const numberOf = (text: string): number => {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  return major * 10_000 + minor * 100
}

const bare = (text: string): string => unquoted(text, rules, isPlainName)

/** The Impala dialect of a server version (40501 for 4.5.1). */
function dialectOf(number: number, quotes: string): Dialect {
  const isBare = quotes === 'needed'
  return numbered({
    name: 'impala',
    label: 'Impala',
    language: 'sql',
    can: capabilities,
    types: typesOf(number),
    statements: (operation) => (isBare ? rewritten(statements(operation, number), bare) : statements(operation, number)),
    question: (asked) => (isBare ? bare(question(asked, number)) : question(asked, number)),
    normalize: (shape) => normalize(shape, number),
    castRisk: (from, to) => castRisk(from, to, number),
    check: (shape) => check(shape, number),
    display: displayTable,
    names: takenNames,
    settings,
    withSettings: (values) => {
      const chosen = readSettings('impala', settings, values)
      // A version that was not named stays: a connection's dialect knows its server.
      return dialectOf(values['version'] === undefined ? number : numberOf(chosen['version'] ?? version.fallback), chosen['quoting'] ?? quoting.fallback)
    },
    tableOptions,
    document: null,
    script: (list) => list.map(({ text }) => `${text};\n`).join('\n'),
    bookkeeping,
    forVersion: (known) => dialectOf(known, quotes),
  })
}

/** Impala when no server was asked. */
export const dialect: Dialect = dialectOf(numberOf(version.fallback), quoting.fallback)
