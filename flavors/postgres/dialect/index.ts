import type { Dialect, Sequences, Setting } from '../../flavor.ts'
import { unquoted } from '../../lexer.ts'
import { quoting, readSettings, rewritten } from '../../settings.ts'
import { bookkeeping } from './bookkeeping.ts'
import { copiesIn } from './copies.ts'
import { capabilitiesOf } from './capabilities.ts'
import { castRisk, storedType } from './cast.ts'
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
import { assumedZone, zoneNote } from './zone.ts'
import type { Zone } from './zone.ts'

const version: Setting = {
  name: 'version',
  label: 'PostgreSQL version',
  about: 'Version of the server: 18 has generated fields that are not stored.',
  values: ['15', '13', '14', '16', '17', '18'],
  fallback: '15',
}
const timezone: Setting = {
  name: 'timezone',
  label: 'Time zone',
  about: 'By which values with and without a time zone become each other (Europe/Berlin): the zone of the database when nothing is set, UTC where none is asked.',
  values: [],
  fallback: '',
}
const settings: readonly Setting[] = [version, quoting, timezone]

const bare = (text: string): string => unquoted(text, rules, isPlainName)

const bareSequences: Sequences = {
  ...sequences,
  create: (use) => rewritten(sequences.create(use), bare),
  beyond: (table, column) => {
    const text = sequences.beyond(table, column)
    return text === null ? null : bare(text)
  },
}

const chosenZone = (name: string, known: Zone): Zone => (name.trim() === '' ? known : { name: name.trim(), from: 'chosen' })

/** The PostgreSQL dialect of a server version (150018 for 15.18). */
function dialectOf(number: number, quotes: string, zone: Zone): Dialect {
  const can = capabilitiesOf(number)
  const isBare = quotes === 'needed'
  return {
    name: 'postgres',
    label: 'PostgreSQL',
    language: 'sql',
    can,
    types,
    statements: (operation) => (isBare ? rewritten(statements(operation, can, { version: number, zone }), bare) : statements(operation, can, { version: number, zone })),
    question: (asked) => (isBare ? bare(question(asked, number, zone)) : question(asked, number, zone)),
    normalize,
    castRisk,
    castNote: (from, to) => zoneNote(storedType(from), storedType(to), zone),
    check: (shape) => check(shape, can),
    display: displayTable,
    names: takenNames,
    settings,
    withSettings: (values) => {
      const chosen = readSettings('postgres', settings, values)
      // A version that was not named stays: a connection's dialect knows its server.
      return dialectOf(values['version'] === undefined ? number : Number(chosen['version']) * 10_000, chosen['quoting'] ?? quoting.fallback, chosenZone(chosen['timezone'] ?? '', zone))
    },
    tableOptions: [],
    sequences: isBare ? bareSequences : sequences,
    document: null,
    script: (list) => list.map(({ text }) => `${text};\n`).join('\n'),
    bookkeeping,
    copies: copiesIn(zone),
    forVersion: (known) => dialectOf(known, quotes, zone),
  }
}

/** PostgreSQL as it is when no server was asked: the oldest that is supported by its makers for years to come. */
export const dialect: Dialect = dialectOf(150_000, quoting.fallback, assumedZone)

/** The dialect for a database whose new sessions have this time zone. */
export const dialectFor = (number: number, zone: string): Dialect => dialectOf(number, quoting.fallback, { name: zone, from: 'database' })
