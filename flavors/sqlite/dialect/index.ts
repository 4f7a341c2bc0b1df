import type { Dialect, Setting } from '../../flavor.ts'
import { quoting, readSettings, rewritten } from '../../settings.ts'
import { numbered } from '../../numbered.ts'
import { zoneNoteOf } from '../../zone-note.ts'
import { bareQuestion, bareText } from './bare-names.ts'
import { bookkeeping } from './bookkeeping.ts'
import { copies } from './copies.ts'
import { capabilitiesOf } from './capabilities.ts'
import { castRisk } from './cast.ts'
import { changes } from './changes.ts'
import { checkIn } from './check.ts'
import { displayTable } from './names.ts'
import { normalizeIn, settle } from './normalize.ts'
import { tableOptions } from './options.ts'
import { question } from './question.ts'
import { statements } from './statements.ts'
import { takenNames } from './taken-names.ts'
import { typesIn, type Decimals } from './types.ts'

const versions: Readonly<Record<string, number>> = { '3.40': 3_040_000, '3.53': 3_053_000 }
const version: Setting = {
  name: 'version',
  label: 'SQLite version',
  about: 'Oldest library that shall run the text: 3.53 changes NOT NULL and checks of a table that stands.',
  values: Object.keys(versions),
  fallback: '3.40',
}
const decimal: Setting = {
  name: 'decimals',
  label: 'Decimals',
  about:
    'How a new decimal is stored. number: compares, sorts and adds as a number, with 15 significant digits. text: keeps every digit, but 10 comes before 9, max and CHECK compare texts, and sums lose the digits again. A column that is there stays as it is.',
  values: ['number', 'text'],
  fallback: 'number',
}
const settings: readonly Setting[] = [version, quoting, decimal]

/** The SQLite dialect of a library version (3045001 for 3.45.1). */
function dialectOf(number: number, quotes: string, decimals: Decimals): Dialect {
  const can = capabilitiesOf(number)
  const isBare = quotes === 'needed'
  return numbered({
    name: 'sqlite',
    label: 'SQLite',
    language: 'sql',
    can,
    types: typesIn(decimals),
    statements: (operation) => (isBare ? rewritten(statements(operation, can), bareText(operation)) : statements(operation, can)),
    question: (asked) => (isBare ? bareQuestion(asked, question(asked)) : question(asked)),
    normalize: normalizeIn(decimals),
    settle,
    changes,
    castRisk,
    castNote: zoneNoteOf('SQLite keeps the texts as they are: one without an offset gets none, and what reads it decides by which time zone. SQLite itself takes it as UTC.'),
    check: checkIn(decimals),
    display: displayTable,
    names: takenNames,
    settings,
    withSettings: (values) => {
      const chosen = readSettings('sqlite', settings, values)
      // A version that was not named stays: an opened file's dialect knows its library.
      const named = values['version'] === undefined ? undefined : versions[values['version']]
      return dialectOf(named ?? number, chosen['quoting'] ?? quoting.fallback, chosen['decimals'] === 'text' ? 'text' : 'number')
    },
    tableOptions,
    document: null,
    script: (list) => list.map(({ text }) => `${text};\n`).join('\n'),
    bookkeeping,
    copies,
    forVersion: (known) => dialectOf(known, quotes, decimals),
  })
}

/** SQLite when no file was opened: the oldest version that is supported. */
export const dialect: Dialect = dialectOf(3_040_000, quoting.fallback, 'number')
