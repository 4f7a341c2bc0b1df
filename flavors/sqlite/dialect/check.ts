import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { isWholeExpression } from './expression.ts'
import { isRowidKey } from './facts.ts'
import { nameProblem } from './names.ts'
import { toNative } from './types.ts'

const finding = (code: string, severity: Finding['severity'], path: FindingPath, message: string): Finding => ({ code, severity, path, message, flavor: 'sqlite' })

function nameFindings(what: string, name: string, path: FindingPath): readonly Finding[] {
  const problem = nameProblem(name)
  return problem === null ? [] : [finding('NAME_REFUSED', 'error', path, `The ${what} ${JSON.stringify(name.slice(0, 80))} ${problem}. Choose another.`)]
}

const expressionFindings = (what: string, text: string, path: FindingPath): readonly Finding[] =>
  isWholeExpression(text) ? [] : [finding('EXPRESSION_REFUSED', 'error', path, `The ${what} ${JSON.stringify(text.slice(0, 80))} is not one whole expression: close its quotes and parentheses.`)]

function columnFindings(shape: TableShape): readonly Finding[] {
  const rowid = isRowidKey(shape)
  return shape.columns.flatMap((column) => {
    const at = (property: string): FindingPath => ({ property, column: column.name })
    const found = [...nameFindings('field name', column.name, at('name')), ...toNative(column.type).losses.map((loss): Finding => ({ ...loss, path: at('type') }))]
    if (column.default !== null) found.push(...expressionFindings('default', column.default, at('default')))
    if (column.generated !== null) found.push(...expressionFindings('expression', column.generated.expression, at('generated')))
    if (column.identity !== null && !(rowid && shape.primaryKey?.columns.includes(column.name) === true)) {
      found.push(finding('IDENTITY_NOT_KEY', 'error', at('identity'), 'SQLite numbers only a single primary key field. Make it the primary key, or take the identity off.'))
    }
    if (rowid && column.identity === 'always') found.push(finding('IDENTITY_ALWAYS', 'info', at('identity'), 'SQLite takes a given value for this field too.'))
    return found
  })
}

function duplicates(shape: TableShape): readonly Finding[] {
  const seen = new Map<string, string>()
  return shape.columns.flatMap(({ name }) => {
    // Only ASCII letters are one to SQLite.
    const key = name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
    const first = seen.get(key)
    seen.set(key, name)
    return first === undefined || first === name ? [] : [finding('NAME_CLASH', 'error', { property: 'name', column: name }, `${name} and ${first} are one name to SQLite. Rename one.`)]
  })
}

/** What SQLite makes of a table. */
export function check(shape: TableShape): readonly Finding[] {
  const part = (name: string): FindingPath => ({ property: 'name', column: name })
  const partNames = [...(shape.primaryKey === null ? [] : [shape.primaryKey]), ...shape.uniques, ...shape.checks, ...shape.references, ...shape.indexes]
  return [
    ...nameFindings('table name', shape.name, { property: 'name' }),
    ...(shape.schema === '' ? [] : [finding('SCHEMA_IGNORED', 'info', { property: 'schema' }, `SQLite has no schemas: the table is made as ${shape.name}.`)]),
    ...(shape.columns.some((column) => column.generated === null) ? [] : [finding('TABLE_EMPTY', 'error', { property: 'name' }, 'SQLite makes no table without a field that holds values. Add one.')]),
    ...columnFindings(shape),
    ...duplicates(shape),
    ...partNames.filter(({ name }) => name !== '').flatMap(({ name }) => (name.includes('\0') || !name.isWellFormed() ? nameFindings('name', name, part(name)) : [])),
    ...shape.indexes.filter(({ name }) => name !== '').flatMap(({ name }) => nameFindings('index name', name, part(name))),
    ...shape.checks.flatMap(({ name, expression }) => expressionFindings('check', expression, part(name))),
    ...shape.indexes.flatMap((index) => [
      ...(index.include.length > 0 ? [finding('FEATURE_UNSUPPORTED', 'warning', part(index.name), `SQLite has no INCLUDE: the index ${index.name} is made without it.`)] : []),
      ...(index.parts.some(({ nulls }) => nulls !== '') ? [finding('FEATURE_UNSUPPORTED', 'warning', part(index.name), `SQLite has no order of NULLs in an index: ${index.name} is made without it.`)] : []),
      ...(index.predicate === '' ? [] : expressionFindings('predicate', index.predicate, part(index.name))),
      ...index.parts.flatMap((one) => (one.column === null ? expressionFindings('index expression', one.expression, part(index.name)) : [])),
    ]),
  ]
}
