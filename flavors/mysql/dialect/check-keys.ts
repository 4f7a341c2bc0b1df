import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { IndexShape, TableShape } from '../../../app/model/shape.ts'
import { finding } from './finding.ts'
import { isWhole } from './lexical.ts'
import { isReservedIndexName, nameProblem } from './names.ts'
import { indexMethod, prefixOf } from './normalize.ts'
import { optionsOf } from './options.ts'
import type { Server } from './server.ts'
import { sizeOf } from './sizes.ts'
import { nativeType } from './types.ts'

/** Longest key of InnoDB with its usual row format. Source: MySQL manual, "InnoDB Limits". */
const maxKeyBytes = 3072
const maxKeyParts = 16

const partPath = (name: string, property = 'name'): FindingPath => ({ property, column: name })

/** Keys and indexes: their names, what they are over, how long they are. */
export function checkKeys(shape: TableShape, server: Server): readonly Finding[] {
  const { primaryKey, uniques, indexes } = shape
  return [
    ...(primaryKey === null ? [] : sizeFindings(shape, primaryKey.columns, 'primary key', { property: 'key', column: primaryKey.columns[0] ?? '' }, server, false)),
    ...uniques.flatMap((key) => [...nameFindings('unique constraint', key.name), ...sizeFindings(shape, key.columns, `unique constraint over ${key.columns.join(', ')}`, { property: 'unique', column: key.columns[0] ?? '' }, server, server.longUniques)]),
    ...indexes.flatMap((index) => [...nameFindings('index', index.name), ...indexFindings(shape, index, server)]),
    ...twice([...uniques, ...indexes]),
    ...identityFindings(shape, server),
  ]
}

function nameFindings(what: string, name: string): readonly Finding[] {
  if (name === '') return []
  const problem = isReservedIndexName(name) ? "is kept for the server's own index" : nameProblem(name)
  return problem === null ? [] : [finding('NAME_REFUSED', 'error', partPath(name), `The name of the ${what} ${JSON.stringify(name.slice(0, 80))} ${problem}. Choose another.`)]
}

function twice(parts: readonly { readonly name: string }[]): readonly Finding[] {
  const seen = new Set<string>()
  return parts.filter(({ name }) => name !== '').flatMap(({ name }) => {
    const isTaken = seen.has(name.toLowerCase())
    seen.add(name.toLowerCase())
    return isTaken ? [finding('NAME_CLASH', 'error', partPath(name), `Two keys or indexes of the table are called ${name}. Rename one.`)] : []
  })
}

/** Columns without a bound in a key, keys that are too long. `hashed`: the server keeps what is too long unique by a hash. */
function sizeFindings(shape: TableShape, columns: readonly string[], what: string, path: FindingPath, server: Server, hashed: boolean): readonly Finding[] {
  const known = shape.columns.filter(({ name }) => columns.includes(name))
  const sizes = known.map((column) => ({ name: column.name, size: sizeOf(column, shape, server).key }))
  const unbounded = sizes.filter(({ size }) => size === null)
  if (columns.length > maxKeyParts) return [finding('KEY_TOO_LONG', 'error', path, `A key has at most ${maxKeyParts} fields, the ${what} has ${columns.length}.`)]
  if (hashed) return []
  const bytes = sizes.reduce((sum, { size }) => sum + (size ?? maxKeyBytes + 1), 0)
  if (bytes <= maxKeyBytes) return []
  // Tried on MariaDB 10.11: an index that is not unique is made over as many bytes as fit.
  if (server.isMariaDb && path.property === 'index') return [finding('INDEX_PREFIX', 'warning', path, `The ${what} takes more than the ${maxKeyBytes} bytes of a key: MariaDB makes it over the beginning of the values. Say how much with left(field, n).`)]
  if (unbounded.length > 0) {
    return unbounded.map(({ name }) => finding('KEY_NEEDS_LENGTH', 'error', { ...path, column: name }, `The ${what} is over ${name}, whose values have no bound: give the field a varchar or varbinary with a length.`))
  }
  return [finding('KEY_TOO_LONG', 'error', path, `The ${what} takes up to ${bytes} bytes, and a key has ${maxKeyBytes}. Shorten the fields; a character of utf8mb4 counts 4.`)]
}

function indexFindings(shape: TableShape, index: IndexShape, server: Server): readonly Finding[] {
  const path = partPath(index.name, 'index')
  const method = indexMethod(index.method, optionsOf(shape.options, server).engine)
  const needsExpression = index.parts.filter(({ column, expression }) => column === null && prefixOf(expression) === null)
  const over = index.parts.flatMap(({ column }) => column ?? [])
  const called = index.name === '' ? `over ${over.join(', ')}` : index.name
  return [
    ...index.parts.flatMap(({ column, expression }) => (column === null && !isWhole(expression) ? [expressionFinding('index expression', expression, path)] : [])),
    ...(index.predicate === '' || isWhole(index.predicate) ? [] : [expressionFinding('predicate', index.predicate, path)]),
    ...(index.predicate === '' ? [] : [index.unique
      ? finding('FEATURE_UNSUPPORTED', 'error', path, `MySQL has no index over some rows only, and without its predicate the unique index ${called} would forbid more. Make it unique over a generated field that is NULL in the other rows.`)
      : finding('FEATURE_UNSUPPORTED', 'warning', path, `MySQL has no index over some rows only: ${called} is made over all.`)]),
    ...(needsExpression.length === 0 || server.expressionIndexes ? [] : [index.unique
      ? finding('FEATURE_UNSUPPORTED', 'error', path, `${server.label} has no index over an expression, so ${called} cannot be unique there. Put the expression into a generated field, and the index over that.`)
      : finding('FEATURE_UNSUPPORTED', 'warning', path, `${server.label} has no index over an expression: ${called} is left out. Put the expression into a generated field, and the index over that.`)]),
    ...(index.include.length > 0 ? [finding('FEATURE_UNSUPPORTED', 'warning', path, `MySQL has no INCLUDE: the index ${called} is made without ${index.include.join(', ')}.`)] : []),
    ...(index.parts.some(({ nulls }) => nulls !== '') ? [finding('FEATURE_UNSUPPORTED', 'info', path, `MySQL puts NULLs first: the order of NULLs in ${called} is left out.`)] : []),
    ...(index.method !== '' && method === '' && !/^btree$/i.test(index.method) ? [finding('FEATURE_UNSUPPORTED', 'info', path, `InnoDB has no ${index.method} index: ${called} is a tree.`)] : []),
    ...(method === 'fulltext' || method === 'spatial' || method === 'vector' ? [] : sizeFindings(shape, over, `index ${called}`, index.unique ? { ...path, property: 'unique' } : path, server, index.unique && server.longUniques)),
  ]
}

export const expressionFinding = (what: string, text: string, path: FindingPath): Finding =>
  finding('EXPRESSION_REFUSED', 'error', path, `The ${what} ${JSON.stringify(text.slice(0, 80))} is not one whole expression: close its quotes and parentheses, and leave out semicolons and comments at the end.`)

const whole = /^(?:tinyint|smallint|mediumint|int|bigint)\b/

/** One counter, a whole number, first in some key. */
function identityFindings(shape: TableShape, server: Server): readonly Finding[] {
  const counters = shape.columns.filter(({ identity, generated }) => identity !== null && generated === null)
  const at = (column: string): FindingPath => ({ property: 'identity', column })
  const firsts = new Set([shape.primaryKey?.columns[0], ...shape.uniques.map(({ columns }) => columns[0])])
  return [
    ...counters.slice(1).map(({ name }) => finding('IDENTITY_TWICE', 'error', at(name), 'A table has one identity field. Take it off this one.')),
    ...counters.flatMap((column) => [
      ...(whole.test(sizeText(column, server)) ? [] : [finding('IDENTITY_TYPE', 'error', at(column.name), 'An identity field is a whole number of 8 to 64 bits.')]),
      ...(firsts.has(column.name) ? [] : [finding('IDENTITY_KEY', 'error', at(column.name), 'AUTO_INCREMENT asks for a key that begins with the field: make it the primary key, or unique.')]),
      ...(column.default === null ? [] : [finding('DEFAULT_IGNORED', 'warning', { property: 'default', column: column.name }, 'An identity field has no default: it is left out.')]),
      ...(column.identity === 'always' ? [finding('IDENTITY_ALWAYS', 'info', at(column.name), 'AUTO_INCREMENT always takes a value that is given: nothing keeps writers from giving one.')] : []),
    ]),
  ]
}

const sizeText = (column: TableShape['columns'][number], server: Server): string => nativeType(column.type, server).text
