import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { findingsOfOptions } from '../../options.ts'
import { checkKeys } from './check-keys.ts'
import { checkReferences } from './check-references.ts'
import { collationProblem } from './column-sql.ts'
import { maxCommentLength } from './comment.ts'
import { finding } from './finding.ts'
import { expressionProblem } from './lexical.ts'
import { folded, maxNameLength, nameProblem, objectNameProblem, schemaOf } from './names.ts'
import { isRowVersion, isText } from './native.ts'
import { tableOptions } from './options.ts'
import { bytesOf } from './sizes.ts'
import { storedOf } from './stored.ts'
import { nativeType, utf16Code } from './types.ts'
import type { Features } from './version.ts'

function nameFindings(what: string, name: string, path: FindingPath, problem: string | null): readonly Finding[] {
  if (problem === null) return []
  const isLong = name.length > maxNameLength
  return [finding(isLong ? 'NAME_TOO_LONG' : 'NAME_REFUSED', 'error', path, `The ${what} ${JSON.stringify(name.slice(0, 80))} ${problem}. ${isLong ? 'Shorten it.' : 'Choose another.'}`)]
}

function commentFindings(text: string, path: FindingPath): readonly Finding[] {
  if (text.includes('\0') || !text.isWellFormed()) return [finding('TEXT_REFUSED', 'error', path, 'The comment holds a NUL character or half a surrogate pair, which SQL Server cannot be sent.')]
  if (text.length <= maxCommentLength) return []
  return [finding('COMMENT_TOO_LONG', 'error', path, `The comment has ${text.length} UTF-16 units, and SQL Server keeps ${maxCommentLength}. Shorten it.`)]
}

function expressionFindings(what: string, text: string, path: FindingPath): readonly Finding[] {
  const problem = expressionProblem(text)
  return problem === null ? [] : [finding('EXPRESSION_REFUSED', 'error', path, `The ${what} ${JSON.stringify(text.slice(0, 80))} ${problem}.`)]
}

function columnFindings(column: ColumnShape, features: Features): readonly Finding[] {
  const at = (property: string): FindingPath => ({ property, column: column.name })
  const stored = storedOf(column.type, features)
  const collation = column.collation === '' ? null : collationProblem(column.collation)
  return [
    ...nameFindings('field name', column.name, at('name'), nameProblem(column.name)),
    ...commentFindings(column.comment, at('comment')),
    ...nativeType(column.type, features).losses.map((loss): Finding => ({ ...loss, path: at('type') })),
    ...(column.default === null ? [] : expressionFindings('default', column.default, at('default'))),
    ...(collation === null ? [] : [finding('COLLATION_REFUSED', 'error', at('collation'), `${JSON.stringify(column.collation.slice(0, 80))} ${collation}.`)]),
    ...(column.collation !== '' && collation === null && !isText(stored) ? [finding('COLLATION_IGNORED', 'info', at('collation'), `${stored.text} has no collation: it is left out.`)] : []),
    ...(isRowVersion(stored) ? [finding('ROWVERSION_NEW', 'info', at('type'), 'A rebuild of the table gives every row a new version: the old ones are not kept.')] : []),
    ...(column.default !== null && isRowVersion(stored) ? [finding('FEATURE_UNSUPPORTED', 'error', at('default'), 'A row version takes no default: the server alone gives its values.')] : []),
    ...generatedFindings(column, at),
    ...identityFindings(column, at, features),
  ]
}

function generatedFindings({ generated, nullable, default: value }: ColumnShape, at: (property: string) => FindingPath): readonly Finding[] {
  if (generated === null) return []
  return [
    ...expressionFindings('expression', generated.expression, at('generated')),
    ...(/^[\s(]*(?:try_)?(?:cast|convert)\b/i.test(generated.expression)
      ? []
      : [finding('COMPUTED_TYPE', 'info', at('type'), 'A computed field has the type that its expression gives. Write CONVERT(type, ...) around it to be sure of the type.')]),
    ...(!nullable && !generated.stored ? [finding('COMPUTED_NULL', 'warning', at('nullable'), 'NOT NULL is left out: only a stored computed field can refuse NULL. Store it.')] : []),
    ...(value === null ? [] : [finding('DEFAULT_IGNORED', 'warning', at('default'), 'A computed field has no default: it is left out.')]),
  ]
}

const numbered = new Set(['tinyint', 'smallint', 'int', 'bigint'])

function identityFindings(column: ColumnShape, at: (property: string) => FindingPath, features: Features): readonly Finding[] {
  if (column.identity === null || column.generated !== null) return []
  const stored = storedOf(column.type, features)
  const isWhole = numbered.has(stored.base) || (stored.base === 'decimal' && stored.scale === 0)
  return [
    ...(isWhole ? [] : [finding('IDENTITY_TYPE', 'error', at('identity'), `An identity field is tinyint, smallint, int, bigint or a decimal without fraction, not ${stored.text}.`)]),
    ...(column.default === null ? [] : [finding('DEFAULT_IGNORED', 'warning', at('default'), 'An identity field has no default: it is left out.')]),
    ...(column.identity === 'default' ? [finding('IDENTITY_ALWAYS', 'info', at('identity'), 'SQL Server takes a value of your own for this field only while IDENTITY_INSERT is on.')] : []),
  ]
}

/** Fields of one name, several counters, more fields or bytes than a row holds. */
function tableFindings(shape: TableShape, features: Features): readonly Finding[] {
  const seen = new Map<string, string>()
  const clashes = shape.columns.flatMap(({ name }) => {
    const first = seen.get(folded(name))
    seen.set(folded(name), name)
    return first === undefined || first === name ? [] : [finding('NAME_CLASH', 'error', { property: 'name', column: name }, `${name} and ${first} are one name to SQL Server, which ignores case. Rename one.`)]
  })
  const counters = shape.columns.filter(({ identity, generated }) => identity !== null && generated === null).slice(1)
  const bytes = shape.columns.reduce((sum, column) => sum + (column.generated !== null && !column.generated.stored ? 0 : bytesOf(storedOf(column.type, features)).least), 0)
  return [
    ...clashes,
    ...counters.map(({ name }) => finding('IDENTITY_TWICE', 'error', { property: 'identity', column: name }, 'A table has one identity field. Take it off this one.')),
    ...(shape.columns.some(({ generated }) => generated === null) ? [] : [finding('TABLE_EMPTY', 'error', { property: 'name' }, 'SQL Server makes no table without a field that holds values. Add one.')]),
    ...(shape.columns.length > 1024 ? [finding('TOO_MANY_FIELDS', 'error', { property: 'name' }, `A table has at most 1024 fields, not ${shape.columns.length}.`)] : []),
    ...(bytes > 8053 ? [finding('ROW_TOO_WIDE', 'error', { property: 'name' }, `The fields of fixed size take ${bytes} bytes, and a row has 8060, its head among them. Use nvarchar and varbinary for long values.`)] : []),
  ]
}

/** Indexes of a table, those of its keys among them, have names of their own. */
function indexNameFindings(shape: TableShape): readonly Finding[] {
  const seen = new Set<string>()
  const named = [...(shape.primaryKey === null ? [] : [shape.primaryKey]), ...shape.uniques, ...shape.indexes].filter(({ name }) => name !== '')
  return named.flatMap(({ name }) => {
    const isTaken = seen.has(folded(name))
    seen.add(folded(name))
    return isTaken ? [finding('NAME_CLASH', 'error', { property: 'name', column: name }, `Two keys or indexes of the table are called ${name}. Rename one.`)] : []
  })
}

const ownSchemas = new Set(['sys', 'information_schema', 'metamigrate'])

function partFindings(shape: TableShape): readonly Finding[] {
  const part = (what: string, name: string, problem: (name: string) => string | null) =>
    name === '' ? [] : nameFindings(`name of ${what}`, name, { property: 'name', column: name }, problem(name))
  return [
    ...(shape.primaryKey === null ? [] : part('the primary key', shape.primaryKey.name, objectNameProblem)),
    ...shape.uniques.flatMap(({ name }) => part('the unique constraint', name, objectNameProblem)),
    ...shape.checks.flatMap(({ name, expression }) => [...part('the check', name, objectNameProblem), ...expressionFindings('check', expression, { property: 'check', column: name })]),
    ...shape.references.flatMap(({ name }) => part('the foreign key', name, objectNameProblem)),
    ...shape.indexes.flatMap(({ name, predicate }) => [
      ...part('the index', name, nameProblem),
      ...(predicate === '' ? [] : expressionFindings('condition', predicate, { property: 'predicate', column: name })),
    ]),
  ]
}

/** What SQL Server would refuse, change or widen in one table. */
export function check(shape: TableShape, features: Features): readonly Finding[] {
  const schema = schemaOf(shape)
  let toldUnits = false
  const columns = shape.columns.flatMap((column) => columnFindings(column, features))
  return [
    ...nameFindings('schema', schema, { property: 'schema' }, nameProblem(schema)),
    ...(ownSchemas.has(folded(schema)) ? [finding('NAME_REFUSED', 'error', { property: 'schema' }, `The schema ${schema} holds no tables of yours. Choose another.`)] : []),
    ...nameFindings('table name', shape.name, { property: 'name' }, objectNameProblem(shape.name)),
    ...commentFindings(shape.comment, { property: 'comment' }),
    ...tableFindings(shape, features),
    // True of every length: told at the first, or the sheet would be full of it.
    ...columns.filter(({ code }) => {
      if (code !== utf16Code) return true
      const isFirst = !toldUnits
      toldUnits = true
      return isFirst
    }),
    ...findingsOfOptions('mssql', tableOptions, shape.options),
    ...optionFindings(shape),
    ...partFindings(shape),
    ...indexNameFindings(shape),
    ...checkKeys(shape, features),
    ...checkReferences(shape),
  ]
}

function optionFindings({ options }: TableShape): readonly Finding[] {
  const filegroup = (options['MSSQL.FILEGROUP'] ?? '').trim()
  return filegroup === '' ? [] : nameFindings('filegroup', filegroup, { property: 'MSSQL.FILEGROUP' }, nameProblem(filegroup))
}
