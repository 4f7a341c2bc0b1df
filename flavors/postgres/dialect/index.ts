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

/** The PostgreSQL dialect of a server version (150018 for 15.18). */
function dialectOf(version: number): Dialect {
  const can = capabilitiesOf(version)
  return {
    name: 'postgres',
    label: 'PostgreSQL',
    language: 'sql',
    can,
    types,
    statements: (operation) => statements(operation, can),
    question: (asked) => question(asked, version),
    normalize,
    castRisk,
    check: (shape) => check(shape, can),
    display: displayTable,
    names: takenNames,
    settings: [],
    withSettings: (values) => {
      readSettings('postgres', [], values)
      return dialectOf(version)
    },
    tableOptions: [],
    document: null,
    script: (list) => list.map(({ text }) => `${text};\n`).join('\n'),
    bookkeeping,
    forVersion: dialectOf,
  }
}

/** PostgreSQL as it is when no server was asked: the oldest that is supported by its makers for years to come. */
export const dialect: Dialect = dialectOf(150_000)
