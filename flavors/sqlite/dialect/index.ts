import type { Dialect } from '../../flavor.ts'
import { readSettings } from '../../settings.ts'
import { bookkeeping } from './bookkeeping.ts'
import { capabilitiesOf } from './capabilities.ts'
import { castRisk } from './cast.ts'
import { check } from './check.ts'
import { displayTable } from './names.ts'
import { normalize } from './normalize.ts'
import { question } from './question.ts'
import { statements } from './statements.ts'
import { takenNames } from './taken-names.ts'
import { types } from './types.ts'

/** The SQLite dialect of a library version (3045001 for 3.45.1). */
function dialectOf(version: number): Dialect {
  const can = capabilitiesOf(version)
  return {
    name: 'sqlite',
    label: 'SQLite',
    language: 'sql',
    can,
    types,
    statements: (operation) => statements(operation, can),
    question,
    normalize,
    castRisk,
    check,
    display: displayTable,
    names: takenNames,
    settings: [],
    withSettings: (values) => {
      readSettings('sqlite', [], values)
      return dialectOf(version)
    },
    tableOptions: [],
    document: null,
    script: (list) => list.map(({ text }) => `${text};\n`).join('\n'),
    bookkeeping,
    forVersion: dialectOf,
  }
}

/** SQLite when no file was opened: the oldest version that is supported. */
export const dialect: Dialect = dialectOf(3_040_000)
