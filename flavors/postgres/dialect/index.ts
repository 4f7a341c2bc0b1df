import type { Dialect, Sequences, Setting } from '../../flavor.ts'
import { unquoted } from '../../lexer.ts'
import { quoting, readSettings, rewritten } from '../../settings.ts'
import { bookkeeping } from './bookkeeping.ts'
import { copies } from './copies.ts'
import { capabilitiesOf } from './capabilities.ts'
import { castRisk } from './cast.ts'
import { check } from './check.ts'
import { isPlainName } from './keywords.ts'
import { displayTable } from './names.ts'
import { normalize } from './normalize.ts'
import { question } from './question.ts'
import { sequences } from './sequences.ts'
import { statements } from './statements.ts'
import { takenNames } from './taken-names.ts'
import { types } from './types.ts'
import { rules } from './whole-expression.ts'

const version: Setting = {
  name: 'version',
  label: 'PostgreSQL version',
  about: 'Version of the server: 18 has generated fields that are not stored.',
  values: ['15', '13', '14', '16', '17', '18'],
  fallback: '15',
}
const settings: readonly Setting[] = [version, quoting]

const bare = (text: string): string => unquoted(text, rules, isPlainName)

const bareSequences: Sequences = {
  ...sequences,
  create: (use) => rewritten(sequences.create(use), bare),
  beyond: (table, column) => {
    const text = sequences.beyond(table, column)
    return text === null ? null : bare(text)
  },
}

/** The PostgreSQL dialect of a server version (150018 for 15.18). */
function dialectOf(number: number, quotes: string): Dialect {
  const can = capabilitiesOf(number)
  const isBare = quotes === 'needed'
  return {
    name: 'postgres',
    label: 'PostgreSQL',
    language: 'sql',
    can,
    types,
    statements: (operation) => (isBare ? rewritten(statements(operation, can), bare) : statements(operation, can)),
    question: (asked) => (isBare ? bare(question(asked, number)) : question(asked, number)),
    normalize,
    castRisk,
    check: (shape) => check(shape, can),
    display: displayTable,
    names: takenNames,
    settings,
    withSettings: (values) => {
      const chosen = readSettings('postgres', settings, values)
      // A version that was not named stays: a connection's dialect knows its server.
      return dialectOf(values['version'] === undefined ? number : Number(chosen['version']) * 10_000, chosen['quoting'] ?? quoting.fallback)
    },
    tableOptions: [],
    sequences: isBare ? bareSequences : sequences,
    document: null,
    script: (list) => list.map(({ text }) => `${text};\n`).join('\n'),
    bookkeeping,
    copies,
    forVersion: (known) => dialectOf(known, quotes),
  }
}

/** PostgreSQL as it is when no server was asked: the oldest that is supported by its makers for years to come. */
export const dialect: Dialect = dialectOf(150_000, quoting.fallback)
