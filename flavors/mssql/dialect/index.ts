import type { Dialect } from '../../flavor.ts'
import { unquoted } from '../../lexer.ts'
import { quoting, readSettings, rewritten } from '../../settings.ts'
import { numbered } from '../../numbered.ts'
import { zoneNoteOf } from '../../zone-note.ts'
import { bookkeeping } from './bookkeeping.ts'
import { capabilities } from './capabilities.ts'
import { castRisk } from './cast.ts'
import { check } from './check.ts'
import { rules } from './lexical.ts'
import { displayTable } from './names.ts'
import { normalize } from './normalize.ts'
import { tableOptions } from './options.ts'
import { question } from './question.ts'
import { isPlainName } from './reserved.ts'
import { script } from './script.ts'
import { statements } from './statements.ts'
import { takenNames } from './taken-names.ts'
import { typesOf } from './types.ts'
import { featuresOf, versionOf, versionSetting } from './version.ts'

const settings = [versionSetting, quoting]

const bare = (text: string): string => unquoted(text, rules, isPlainName)

/** The SQL Server dialect of a version (15004430 for 15.0.4430); `needed`: names are bracketed only where they have to be. */
function dialectOf(version: number, needed: boolean): Dialect {
  const features = featuresOf(version)
  return numbered({
    name: 'mssql',
    label: 'SQL Server',
    language: 'sql',
    can: capabilities,
    types: typesOf(features),
    statements: (operation) => (needed ? rewritten(statements(operation, features), bare) : statements(operation, features)),
    question: (asked) => (needed ? bare(question(asked, features)) : question(asked, features)),
    normalize: (shape) => normalize(shape, features),
    castRisk: (from, to) => castRisk(from, to, features),
    castNote: zoneNoteOf('local times are read and written with the offset +00:00. Where the values were written in another time zone, shift them first (AT TIME ZONE).'),
    check: (shape) => check(shape, features),
    display: displayTable,
    names: (shape) => takenNames(shape, features),
    settings,
    withSettings: (values) => {
      const chosen = readSettings('mssql', settings, values)
      // A dialect of a server keeps that server's version unless another is asked for.
      return dialectOf(values['version'] === undefined ? version : versionOf(values['version']), chosen['quoting'] === 'needed')
    },
    tableOptions,
    document: null,
    script,
    bookkeeping,
    forVersion: (number) => dialectOf(number, needed),
  })
}

/** SQL Server when no server was asked: 2019. */
export const dialect: Dialect = dialectOf(versionOf(versionSetting.fallback), false)
