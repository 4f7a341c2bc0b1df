import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import type { Capabilities } from '../../flavor.ts'
import { findingsOfOptions } from '../../options.ts'
import { byteLength, defaultSchema, nameProblem } from './names.ts'
import { nativeType } from './types.ts'
import { isWholeExpression } from './whole-expression.ts'

const finding = (code: string, severity: Finding['severity'], path: FindingPath, message: string): Finding => ({
  code,
  severity,
  path,
  message,
  flavor: 'postgres',
})

function nameFindings(what: string, name: string, path: FindingPath): readonly Finding[] {
  const problem = nameProblem(name)
  if (problem === null) return []
  const isLong = name !== '' && byteLength(name) > 63
  return [
    finding(
      isLong ? 'NAME_TOO_LONG' : 'NAME_REFUSED',
      'error',
      path,
      `The ${what} ${JSON.stringify(name.slice(0, 80))} ${problem}.${isLong ? ' Shorten it.' : ''}`,
    ),
  ]
}

/** A part's own name; '' is named by convention and always fits. */
const partFindings = (what: string, name: string): readonly Finding[] =>
  name === '' ? [] : nameFindings(`name of ${what}`, name, { property: 'name', column: name })

/** Text that no PostgreSQL text holds. */
function textFindings(what: string, text: string, path: FindingPath): readonly Finding[] {
  if (!text.includes('\0') && text.isWellFormed()) return []
  return [
    finding('TEXT_REFUSED', 'error', path, `The ${what} holds a NUL character or half a surrogate pair, which PostgreSQL cannot keep.`),
  ]
}

/** An expression that PostgreSQL could not read as one. */
function expressionFindings(what: string, text: string, path: FindingPath): readonly Finding[] {
  const found = textFindings(what, text, path)
  if (found.length > 0 || isWholeExpression(text)) return found
  return [finding('EXPRESSION_REFUSED', 'error', path, `The ${what} ${JSON.stringify(text.slice(0, 80))} is not one whole expression: close its quotes and parentheses, and leave out semicolons.`)]
}

function columnFindings(shape: TableShape, can: Capabilities): readonly Finding[] {
  return shape.columns.flatMap((column) => {
    const at = (property: string): FindingPath => ({ property, column: column.name })
    const found: Finding[] = [
      ...nameFindings('field name', column.name, at('name')),
      ...textFindings('comment', column.comment, at('comment')),
    ]
    for (const loss of nativeType(column.type).losses) found.push({ ...loss, path: at('type') })
    if (column.default !== null) found.push(...expressionFindings('default', column.default, at('default')))
    const { generated } = column
    if (generated !== null) found.push(...expressionFindings('expression', generated.expression, at('generated')))
    if (generated !== null && !generated.stored && can.generatedColumns === 'stored') {
      found.push(
        finding('FEATURE_UNSUPPORTED', 'error', at('generated'), 'A generated field that is not stored needs PostgreSQL 18. Store it.'),
      )
    }
    const isInteger = /^(?:smallint|integer|bigint)$/.test(nativeType(column.type).text)
    if (column.identity !== null && !isInteger)
      found.push(
        finding(
          'IDENTITY_TYPE',
          'error',
          at('identity'),
          `An identity field is smallint, integer or bigint, not ${nativeType(column.type).text}.`,
        ),
      )
    return found
  })
}

/** What PostgreSQL would refuse, change or widen in one table. */
export function check(shape: TableShape, can: Capabilities): readonly Finding[] {
  return [
    ...nameFindings('schema', shape.schema === '' ? defaultSchema : shape.schema, { property: 'schema' }),
    ...(shape.schema.startsWith('pg_')
      ? [finding('NAME_REFUSED', 'error', { property: 'schema' }, 'Schemas whose name begins with pg_ belong to the server.')]
      : []),
    ...nameFindings('table name', shape.name, { property: 'name' }),
    ...textFindings('comment', shape.comment, { property: 'comment' }),
    ...(shape.columns.length > 1600
      ? [finding('TOO_MANY_FIELDS', 'error', { property: 'name' }, `A table has at most 1600 fields, not ${shape.columns.length}.`)]
      : []),
    ...columnFindings(shape, can),
    ...findingsOfOptions('postgres', [], shape.options),
    ...(shape.primaryKey === null ? [] : partFindings('the primary key', shape.primaryKey.name)),
    ...shape.uniques.flatMap((key) => partFindings('the unique constraint', key.name)),
    ...shape.checks.flatMap((one) => [
      ...partFindings('the check', one.name),
      ...expressionFindings('check', one.expression, { property: 'check', column: one.name }),
    ]),
    ...shape.references.flatMap((reference) => partFindings('the foreign key', reference.name)),
    ...shape.indexes.flatMap((index) => [
      ...partFindings('the index', index.name),
      ...(index.predicate === '' ? [] : expressionFindings('predicate', index.predicate, { property: 'predicate', column: index.name })),
      ...index.parts.flatMap((part) => (part.column === null ? expressionFindings('index expression', part.expression, { property: 'columns', column: index.name }) : [])),
    ]),
  ]
}
