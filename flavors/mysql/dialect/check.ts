import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { findingsOfOptions } from '../../options.ts'
import { checkKeys, expressionFinding } from './check-keys.ts'
import { checkReferences } from './check-references.ts'
import { finding } from './finding.ts'
import { isWhole } from './lexical.ts'
import { meaningFindings } from './meaning.ts'
import { isReservedColumnName, maxNameLength, nameProblem } from './names.ts'
import { optionsOf, tableOptions } from './options.ts'
import type { Server } from './server.ts'
import { sizeOf } from './sizes.ts'
import { nativeType } from './types.ts'

/** Longest comments, in characters; most fields; most bytes of a row. Source: MySQL manual, "CREATE TABLE", "Limits on Table Column Count and Row Size". */
const maxTableComment = 2048
const maxColumnComment = 1024
const maxColumns = 1017
const maxRowBytes = 65_535
/** Bytes of a row on its page, and what InnoDB needs of them for itself. */
const maxPageBytes = 8126
const pageOverhead = 24

function nameFindings(what: string, name: string, path: FindingPath): readonly Finding[] {
  const problem = nameProblem(name)
  if (problem === null) return []
  const isLong = Array.from(name).length > maxNameLength
  return [finding(isLong ? 'NAME_TOO_LONG' : 'NAME_REFUSED', 'error', path, `The ${what} ${JSON.stringify(name.slice(0, 80))} ${problem}. ${isLong ? 'Shorten it.' : 'Choose another.'}`)]
}

const beyond = /[\u{10000}-\u{10FFFF}]/u

function commentFindings(text: string, most: number, path: FindingPath, server: Server): readonly Finding[] {
  if (text.includes('\0') || !text.isWellFormed()) return [finding('TEXT_REFUSED', 'error', path, 'The comment holds a NUL character or half a surrogate pair, which is no text here.')]
  const length = Array.from(text).length
  return [
    ...(length > most ? [finding('COMMENT_TOO_LONG', 'error', path, `The comment has ${length} characters, and MySQL keeps ${most}. Shorten it.`)] : []),
    // Tried on MariaDB 10.11: the sign becomes a question mark without a word. MySQL refuses it.
    ...(beyond.test(text) ? [finding('COMMENT_CHANGED', server.isMariaDb ? 'warning' : 'error', path, `Comments are kept in utf8mb3, which has no characters beyond U+FFFF such as emoji: ${server.isMariaDb ? 'each is kept as ?' : 'MySQL refuses it'}. Leave them out.`)] : []),
  ]
}

const expressionFindings = (what: string, text: string, path: FindingPath): readonly Finding[] => (isWhole(text) ? meaningFindings(what, text, path) : [expressionFinding(what, text, path)])

function columnFindings(column: ColumnShape, server: Server): readonly Finding[] {
  const at = (property: string): FindingPath => ({ property, column: column.name })
  const { generated } = column
  return [
    ...nameFindings('field name', column.name, at('name')),
    ...(isReservedColumnName(column.name) ? [finding('NAME_REFUSED', 'error', at('name'), `The field name ${column.name} is kept for a field of InnoDB's own. Choose another.`)] : []),
    ...commentFindings(column.comment, maxColumnComment, at('comment'), server),
    ...nativeType(column.type, server).losses.map((loss): Finding => ({ ...loss, path: at('type') })),
    ...(column.default === null || generated !== null ? [] : expressionFindings('default', column.default, at('default'))),
    ...(column.collation === '' || /^\w+$/.test(column.collation) ? [] : [finding('COLLATION_REFUSED', 'error', at('collation'), `${JSON.stringify(column.collation.slice(0, 80))} is no collation of MySQL: letters, digits and _ only, such as utf8mb4_bin.`)]),
    ...(generated === null ? [] : expressionFindings('expression', generated.expression, at('generated'))),
    ...(generated !== null && column.default !== null ? [finding('DEFAULT_IGNORED', 'warning', at('default'), 'A generated field has no default: it is left out.')] : []),
    ...(generated !== null && column.identity !== null ? [finding('IDENTITY_IGNORED', 'error', at('identity'), 'A generated field cannot number rows. Take one of the two.')] : []),
    ...(generated !== null && !column.nullable && server.isMariaDb ? [finding('GENERATED_NULL', 'info', at('nullable'), 'MariaDB takes no NOT NULL behind a generated field: it is left out. A check of the field would refuse NULL.')] : []),
  ]
}

/** A generated field over the counter, which no server takes. */
function countedFindings(shape: TableShape): readonly Finding[] {
  const counter = shape.columns.find(({ identity, generated }) => identity !== null && generated === null)
  if (counter === undefined) return []
  const word = new RegExp(`(?<![\\w$])${counter.name.replaceAll(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i')
  return shape.columns
    .filter(({ generated }) => generated !== null && word.test(generated.expression))
    .map(({ name }) => finding('FEATURE_UNSUPPORTED', 'error', { property: 'generated', column: name }, `A generated field cannot be over ${counter.name}, which is AUTO_INCREMENT.`))
}

/** Fields of one name, more fields or bytes than a row holds. */
function tableFindings(shape: TableShape, server: Server): readonly Finding[] {
  const seen = new Map<string, string>()
  const clashes = shape.columns.flatMap(({ name }) => {
    const first = seen.get(name.toLowerCase())
    seen.set(name.toLowerCase(), name)
    return first === undefined ? [] : [finding('NAME_CLASH', 'error', { property: 'name', column: name }, first === name ? `Two fields are called ${name}. Rename one.` : `${name} and ${first} are one name to MySQL, which ignores case. Rename one.`)]
  })
  const bytes = shape.columns.reduce((sum, column) => sum + (column.generated?.stored === false ? 0 : sizeOf(column, shape, server).row), 0)
  return [
    ...clashes,
    ...(shape.columns.length === 0 ? [finding('TABLE_EMPTY', 'error', { property: 'name' }, 'MySQL makes no table without a field. Add one.')] : []),
    ...(shape.columns.length > maxColumns ? [finding('TOO_MANY_FIELDS', 'error', { property: 'name' }, `InnoDB has at most ${maxColumns} fields in a table, not ${shape.columns.length}.`)] : []),
    ...(bytes > maxRowBytes ? [finding('ROW_TOO_WIDE', 'error', { property: 'name' }, `The fields take up to ${bytes} bytes of a row, which has ${maxRowBytes}; a character of utf8mb4 counts 4. Use text for long values: it is kept beside the row.`)] : []),
    ...(bytes > maxRowBytes ? [] : pageFindings(shape, server)),
  ]
}

function pageFindings(shape: TableShape, server: Server): readonly Finding[] {
  if (optionsOf(shape.options, server).engine !== 'InnoDB') return []
  const kept = shape.columns.filter(({ generated }) => generated?.stored !== false)
  const bytes = pageOverhead + Math.ceil(kept.filter(({ nullable }) => nullable).length / 8) + kept.reduce((sum, column) => sum + sizeOf(column, shape, server).inPlace, 0)
  if (bytes <= maxPageBytes) return []
  return [finding('ROW_TOO_WIDE', server.isMariaDb ? 'error' : 'warning', { property: 'name' }, `The fields take up to ${bytes} bytes on the page of a row, where InnoDB has ${maxPageBytes}. Use text for long values, or two tables.`)]
}

function checkFindings(shape: TableShape, server: Server): readonly Finding[] {
  const found = shape.checks.flatMap(({ name, expression }) => [
    ...(name === '' ? [] : nameFindings('name of the check', name, { property: 'name', column: name })),
    ...expressionFindings('check', expression, { property: 'check', column: name }),
  ])
  if (server.checks || shape.checks.length === 0) return found
  return [...found, finding('FEATURE_UNSUPPORTED', 'warning', { property: 'name' }, 'MySQL keeps checks since 8.0.16: this version reads them and forgets them, so they are left out.')]
}

const option = /^\w+$/

function optionFindings(shape: TableShape, server: Server): readonly Finding[] {
  const refused = (key: string, message: string): Finding => finding('OPTION_VALUE', 'error', { property: key }, message)
  const value = (key: string) => shape.options[key] ?? ''
  const { charset, collation } = optionsOf(shape.options, server)
  return [
    ...findingsOfOptions('mysql', tableOptions, shape.options),
    ...['MYSQL.CHARSET', 'MYSQL.COLLATE'].flatMap((key) => (value(key) === '' || option.test(value(key)) ? [] : [refused(key, `${key} is a word of letters, digits and _, such as ${key === 'MYSQL.CHARSET' ? 'utf8mb4' : 'utf8mb4_bin'}, not ${JSON.stringify(value(key))}.`)])),
    ...(value('MYSQL.AUTO_INCREMENT') === '' || /^[1-9]\d{0,19}$/.test(value('MYSQL.AUTO_INCREMENT')) ? [] : [refused('MYSQL.AUTO_INCREMENT', `MYSQL.AUTO_INCREMENT is a whole number from 1, not ${JSON.stringify(value('MYSQL.AUTO_INCREMENT'))}.`)]),
    ...(value('MYSQL.COLLATE') !== '' && value('MYSQL.CHARSET') !== '' && option.test(value('MYSQL.COLLATE')) && !collation.startsWith(charset) && !collation.startsWith('uca1400_')
      ? [refused('MYSQL.COLLATE', `The collation ${collation} does not belong to the character set ${charset}. Take one that begins with ${charset}_.`)]
      : []),
  ]
}

/** What MySQL would refuse, change or widen in one table. */
export function check(shape: TableShape, server: Server): readonly Finding[] {
  return [
    ...(shape.schema === '' ? [] : nameFindings('schema', shape.schema, { property: 'schema' })),
    ...nameFindings('table name', shape.name, { property: 'name' }),
    ...(/^metamigrate_/i.test(shape.name) ? [finding('NAME_REFUSED', 'error', { property: 'name' }, `The table name ${JSON.stringify(shape.name.slice(0, 80))} begins with metamigrate_, which MetaMigrate keeps for its own records. Choose another.`)] : []),
    ...commentFindings(shape.comment, maxTableComment, { property: 'comment' }, server),
    ...tableFindings(shape, server),
    ...shape.columns.flatMap((column) => columnFindings(column, server)),
    ...countedFindings(shape),
    ...checkFindings(shape, server),
    ...checkKeys(shape, server),
    ...checkReferences(shape, server),
    ...optionFindings(shape, server),
  ]
}
