import { MetaMigrateError } from '../../../app/errors.ts'
import type { Dialect } from '../../flavor.ts'
import { numbered } from '../../numbered.ts'
import { capabilities } from './capabilities.ts'
import { castRisk } from './cast.ts'
import { check } from './check.ts'
import { document } from './document.ts'
import { displayTable } from './names.ts'
import { normalize } from './normalize.ts'
import { settings, targetOf, type Target } from './target.ts'
import { takenNames } from './taken-names.ts'
import { typesOf } from './types.ts'

function refuse(what: string): never {
  throw new MetaMigrateError('FLAVOR_UNSUPPORTED', `Django writes models, no ${what}: use the preview or the export of its code, and the flavor of the database itself for SQL.`, { flavor: 'django' })
}

function dialectOf(target: Target): Dialect {
  return numbered({
    name: 'django',
    label: 'Django',
    language: 'python',
    can: capabilities,
    types: typesOf(target),
    statements: () => refuse('statements'),
    question: () => refuse('queries'),
    normalize: (shape) => normalize(shape, target),
    castRisk: (from, to) => castRisk(from, to, target),
    check: (shape) => check(shape, target),
    display: displayTable,
    names: (shape) => takenNames(shape, target),
    settings,
    withSettings: (values) => dialectOf(targetOf(values)),
    tableOptions: [],
    document: (request) => document(request, target),
    script: (list) => list.map(({ text }) => `${text}\n`).join('\n'),
    bookkeeping: null,
    forVersion: () => dialectOf(target),
  })
}

/** Django models for the version and the database that the settings name. */
export const dialect: Dialect = dialectOf(targetOf({}))
