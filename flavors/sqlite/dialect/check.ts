import type { DataType } from '../../../app/model/data-type.ts'
import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { findingsOfOptions } from '../../options.ts'
import { isWholeExpression } from './expression.ts'
import { hasAutoincrement, isRowidKey, isStrict, isYes, yesNo } from './facts.ts'
import { nameProblem } from './names.ts'
import { tableOptions } from './options.ts'
import { comparedAsText } from './text-numbers.ts'
import { affinityOf, declaredText, toNative, type Decimals } from './types.ts'

const finding = (code: string, severity: Finding['severity'], path: FindingPath, message: string): Finding => ({ code, severity, path, message, flavor: 'sqlite' })

function nameFindings(what: string, name: string, path: FindingPath): readonly Finding[] {
  const problem = nameProblem(name)
  return problem === null ? [] : [finding('NAME_REFUSED', 'error', path, `The ${what} ${JSON.stringify(name.slice(0, 80))} ${problem}. Choose another.`)]
}

const expressionFindings = (what: string, text: string, path: FindingPath): readonly Finding[] =>
  isWholeExpression(text) ? [] : [finding('EXPRESSION_REFUSED', 'error', path, `The ${what} ${JSON.stringify(text.slice(0, 80))} is not one whole expression: close its quotes and parentheses.`)]

/** What a type loses, on its field. Limits that SQLite does not look at are told once a table: they are in nearly every field. */
const lossesOf = ({ name, type, declared }: ColumnShape, decimals: Decimals): readonly Finding[] =>
  toNative(type, storageOf(type, declared, decimals)).losses.flatMap((loss): readonly Finding[] => (loss.code === 'TYPE_WIDENED' ? [] : [{ ...loss, path: { property: 'type', column: name } }]))

/** A decimal that is kept as it is declared has the digits of that. */
const storageOf = (type: DataType, declared: string | undefined, decimals: Decimals): Decimals =>
  type.kind !== 'decimal' || declared === undefined ? decimals : affinityOf(declared) === 'text' ? 'text' : 'number'

const listed = (names: readonly string[]) => (names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', '))

function limitFindings(shape: TableShape): readonly Finding[] {
  const limited = shape.columns.filter(({ type }) => toNative(type).losses.some(({ code }) => code === 'TYPE_WIDENED')).map(({ name }) => name)
  if (limited.length === 0) return []
  const way = isStrict(shape) ? '' : ' SQLITE.STRICT at least refuses a text where a number belongs.'
  return [finding('TYPE_WIDENED', 'info', { property: 'name' }, `SQLite checks no range and no length: longer and larger values are taken in ${listed(limited)}. A check would keep the limit.${way}`)]
}

function strictFindings(shape: TableShape): readonly Finding[] {
  if (!isStrict(shape)) return []
  const renamed = shape.columns.filter(({ type }) => {
    const { text } = toNative(type)
    return declaredText(type, { strict: true, identity: false, key: false }) !== text && type.kind !== 'int64'
  })
  if (renamed.length === 0) return []
  return [finding('TYPE_NAME_LOST', 'info', { property: 'name' }, `A STRICT table of SQLite knows INTEGER, REAL, TEXT, BLOB and ANY only: ${listed(renamed.map(({ name }) => name))} read back as one of these.`)]
}

function optionFindings(shape: TableShape): readonly Finding[] {
  const at = (option: string): FindingPath => ({ property: option })
  return [
    ...findingsOfOptions('sqlite', tableOptions, Object.fromEntries(Object.entries(shape.options).map(([key, value]) => [key, yesNo(value)]))),
    ...(isYes(shape.options['SQLITE.WITHOUT_ROWID']) && shape.primaryKey === null ? [finding('OPTION_IGNORED', 'warning', at('SQLITE.WITHOUT_ROWID'), 'A table without rowid needs a primary key: the option is left out. Give the table a key.')] : []),
    ...(hasAutoincrement(shape) && !isRowidKey(shape) ? [finding('OPTION_IGNORED', 'warning', at('SQLITE.AUTOINCREMENT'), 'Autoincrement needs an identity field that is the primary key by itself: the option is left out.')] : []),
  ]
}

function columnFindings(shape: TableShape, decimals: Decimals): readonly Finding[] {
  const rowid = isRowidKey(shape)
  return shape.columns.flatMap((column) => {
    const at = (property: string): FindingPath => ({ property, column: column.name })
    const found = [...nameFindings('field name', column.name, at('name')), ...lossesOf(column, decimals)]
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

interface Asked {
  readonly shape: TableShape
  readonly decimals: Decimals
}

/** Expressions over numbers that are kept as texts: true and false come out wrong without a word. */
function comparisons(what: string, text: string, { shape, decimals }: Asked, path: FindingPath): readonly Finding[] {
  const names = comparedAsText(text, shape.columns, decimals)
  if (names.length === 0) return []
  return [finding('COMPARED_AS_TEXT', 'warning', path, `The ${what} ${JSON.stringify(text.slice(0, 80))} compares texts: SQLite keeps ${names.join(', ')} as text, and '10' comes before '9'. Write CAST(${names[0] ?? ''} AS REAL), or keep whole numbers of the smallest unit.`)]
}

/** What SQLite makes of a table, with decimals stored as `decimals` says. */
export const checkIn = (decimals: Decimals) => (shape: TableShape): readonly Finding[] => check({ shape, decimals })

function check(asked: Asked): readonly Finding[] {
  const { shape, decimals } = asked
  const part = (name: string): FindingPath => ({ property: 'name', column: name })
  const partNames = [...(shape.primaryKey === null ? [] : [shape.primaryKey]), ...shape.uniques, ...shape.checks, ...shape.references, ...shape.indexes]
  return [
    ...nameFindings('table name', shape.name, { property: 'name' }),
    ...(shape.schema === '' ? [] : [finding('SCHEMA_IGNORED', 'info', { property: 'schema' }, `SQLite has no schemas: the table is made as ${shape.name}.`)]),
    ...(shape.columns.some((column) => column.generated === null) ? [] : [finding('TABLE_EMPTY', 'error', { property: 'name' }, 'SQLite makes no table without a field that holds values. Add one.')]),
    ...columnFindings(shape, decimals),
    ...limitFindings(shape),
    ...strictFindings(shape),
    ...optionFindings(shape),
    ...duplicates(shape),
    ...partNames.filter(({ name }) => name !== '').flatMap(({ name }) => (name.includes('\0') || !name.isWellFormed() ? nameFindings('name', name, part(name)) : [])),
    ...shape.indexes.filter(({ name }) => name !== '').flatMap(({ name }) => nameFindings('index name', name, part(name))),
    ...shape.checks.flatMap(({ name, expression }) => [...expressionFindings('check', expression, part(name)), ...comparisons('check', expression, asked, part(name))]),
    ...shape.columns.flatMap(({ name, generated }) => (generated === null ? [] : comparisons('expression', generated.expression, asked, { property: 'generated', column: name }))),
    ...shape.indexes.flatMap((index) => [
      ...(index.include.length > 0 ? [finding('FEATURE_UNSUPPORTED', 'warning', part(index.name), `SQLite has no INCLUDE: the index ${index.name} is made without it.`)] : []),
      ...(index.parts.some(({ nulls }) => nulls !== '') ? [finding('FEATURE_UNSUPPORTED', 'warning', part(index.name), `SQLite has no order of NULLs in an index: ${index.name} is made without it.`)] : []),
      ...(index.predicate === '' ? [] : [...expressionFindings('predicate', index.predicate, part(index.name)), ...comparisons('predicate', index.predicate, asked, part(index.name))]),
      ...index.parts.flatMap((one) => (one.column === null ? expressionFindings('index expression', one.expression, part(index.name)) : [])),
    ]),
  ]
}
