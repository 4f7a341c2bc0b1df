import type { Dialect, Setting } from '../../flavor.ts'
import { unquoted } from '../../lexer.ts'
import { quoting, readSettings, rewritten } from '../../settings.ts'
import { numbered } from '../../numbered.ts'
import { zoneNoteOf } from '../../zone-note.ts'
import { bookkeeping } from './bookkeeping.ts'
import { capabilitiesOf } from './capabilities.ts'
import { castRisk } from './cast.ts'
import { check } from './check.ts'
import { isPlainName } from './keywords.ts'
import { rules } from './lexical.ts'
import { displayTable } from './names.ts'
import { normalize } from './normalize.ts'
import { tableOptions } from './options.ts'
import { question } from './question.ts'
import { defaultServer, serverOf, type Server } from './server.ts'
import { statements } from './statements.ts'
import { takenNames } from './taken-names.ts'
import { typesOf } from './types.ts'

/** Oldest patch of each version that people name. */
const versions: Readonly<Record<string, number>> = {
  '8.4': 80_400, '8.0': 80_019, '8.0.13': 80_013, '9': 90_000,
  'mariadb-10.6': 100_600, 'mariadb-10.11': 101_100, 'mariadb-11.4': 110_400, 'mariadb-11.8': 110_800, 'mariadb-12': 120_000,
}
const version: Setting = {
  name: 'version',
  label: 'Server',
  about: 'MySQL or MariaDB, and its version: they differ in checks, expression indexes, defaults, uuid and collations.',
  // A key that is a whole number would come before the default.
  values: ['8.4', ...Object.keys(versions).filter((name) => name !== '8.4')],
  fallback: '8.4',
}
const settings: readonly Setting[] = [version, quoting]

const bare = (text: string): string => unquoted(text, rules, isPlainName)

/** The dialect of a server. */
function dialectOf(server: Server, quotes: string): Dialect {
  const isBare = quotes === 'needed'
  return numbered({
    name: 'mysql',
    label: 'MySQL',
    language: 'sql',
    can: capabilitiesOf(server),
    types: typesOf(server),
    statements: (operation) => (isBare ? rewritten(statements(operation, server), bare) : statements(operation, server)),
    question: (asked) => (isBare ? bare(question(asked, server)) : question(asked, server)),
    normalize: (shape) => normalize(shape, server),
    castRisk: (from, to) => castRisk(from, to, server),
    castNote: zoneNoteOf('local times are read and written as UTC, since the session sets time_zone to +00:00. Where the values were written in another time zone, shift them first.'),
    check: (shape) => check(shape, server),
    display: displayTable,
    names: (shape) => takenNames(shape, server),
    settings,
    withSettings: (values) => {
      const chosen = readSettings('mysql', settings, values)
      // A version that was not named stays: a connection's dialect knows its server.
      const named = values['version'] === undefined ? undefined : versions[values['version']]
      return dialectOf(named === undefined ? server : serverOf(named), chosen['quoting'] ?? quoting.fallback)
    },
    tableOptions,
    document: null,
    script: (list) => list.map(({ text }) => `${text};\n`).join('\n'),
    bookkeeping,
    forVersion: (known) => dialectOf(serverOf(known), quotes),
  })
}

/** MySQL and MariaDB; MySQL 8.4 when no server was asked. */
export const dialect: Dialect = dialectOf(defaultServer, quoting.fallback)
