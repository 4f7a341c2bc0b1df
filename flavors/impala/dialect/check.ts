import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { readDefault } from '../../default-value.ts'
import { findingsOfOptions } from '../../options.ts'
import { isNonUnique, storedAsOf, yesNo } from './facts.ts'
import { layoutOf, type Layout } from './layout.ts'
import { columnNameProblem, fold, rawText, tableNameProblem } from './names.ts'
import { tableOptions } from './options.ts'
import { defaultSql, hasDefaults, keptKey, keptReferences, storedColumns } from './table-sql.ts'
import { nativeType, type TypePlace } from './types.ts'

const finding = (code: string, severity: Finding['severity'], path: FindingPath, message: string): Finding => ({ code, severity, path, message, flavor: 'impala' })

const listed = (names: readonly string[]) => (names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', '))

/** Longest comment of a field. Source: Impala manual, COMMENT statement. */
const maxComment = 256
/** Longest spelling of a type. Source: HMS, TYPE_NAME. */
const maxType = 4000

function nameFindings(what: string, name: string, problem: string | null, path: FindingPath): readonly Finding[] {
  if (problem !== null) return [finding('NAME_REFUSED', 'error', path, `The ${what} ${JSON.stringify(name.slice(0, 80))} ${problem}. Choose another.`)]
  return []
}

function textFindings(what: string, text: string, path: FindingPath): readonly Finding[] {
  if (!text.includes('\0') && text.isWellFormed()) {
    if (rawText(text) === text) return []
    return [finding('COMMENT_CHANGED', 'info', path, `Impala keeps a ${what} as it is written between quotes: this one, with both kinds of quotes or a backslash at an odd place, reads back with backslashes more. Leave one kind out.`)]
  }
  return [finding('TEXT_REFUSED', 'error', path, `The ${what} holds a NUL character or half a surrogate pair, which Impala cannot keep. Take it out.`)]
}

/** Names that change: told once a table, since a model of capitals has nothing else. */
function foldedFindings(shape: TableShape): readonly Finding[] {
  const changed = [shape.name, ...shape.columns.map(({ name }) => name)].filter((name) => fold(name) !== name)
  if (changed.length === 0) return []
  return [finding('NAME_FOLDED', 'info', { property: 'name' }, `Impala keeps names in lower case: ${listed(changed)} ${changed.length === 1 ? 'reads' : 'read'} back as ${listed(changed.map(fold))}.`)]
}

function duplicates(shape: TableShape): readonly Finding[] {
  const seen = new Map<string, string>()
  return shape.columns.flatMap(({ name }) => {
    const first = seen.get(fold(name))
    seen.set(fold(name), name)
    return first === undefined ? [] : [finding('NAME_CLASH', 'error', { property: 'name', column: name }, `${name} and ${first} are one name to Impala, which folds case. Rename one.`)]
  })
}

interface Role {
  readonly place: TypePlace
  readonly layout: Layout
  readonly keys: ReadonlySet<string>
  readonly keepsDefault: boolean
}

function columnFindings(column: ColumnShape, { place, layout, keys, keepsDefault }: Role): readonly Finding[] {
  const at = (property: string): FindingPath => ({ property, column: column.name })
  const found: Finding[] = [...nameFindings('field name', column.name, columnNameProblem(column.name), at('name')), ...textFindings('comment', column.comment, at('comment'))]
  const { text, losses } = nativeType(column.type, place)
  for (const loss of losses) found.push({ ...loss, path: at('type') })
  if (text.length > maxType) found.push(finding('TYPE_UNSUPPORTED', 'error', at('type'), `The type is written with ${text.length} characters, and the metastore keeps ${maxType}. Take members out.`))
  if (column.comment.length > maxComment) found.push(finding('COMMENT_TOO_LONG', 'warning', at('comment'), `The comment has ${column.comment.length} characters; metastores that keep ${maxComment} refuse it. Shorten it.`))
  if (column.generated !== null) found.push(finding('FEATURE_UNSUPPORTED', 'warning', at('generated'), 'Impala has no generated fields: this is an ordinary field that nobody fills. Fill it with the rows, or compute it in a view.'))
  if (column.identity !== null) found.push(finding('FEATURE_UNSUPPORTED', 'warning', at('identity'), 'Impala numbers no rows: this is an ordinary field, and who writes the rows gives the numbers. UUID() in a text field needs no counter.'))
  if (column.collation !== '') found.push(finding('FEATURE_UNSUPPORTED', 'info', at('collation'), `Impala compares texts byte by byte: the collation ${column.collation} is left out.`))
  found.push(...defaultFindings(column, text, { layout, keepsDefault }), ...roleFindings(column, text, { layout, keys }))
  return found
}

function defaultFindings(column: ColumnShape, native: string, { layout, keepsDefault }: Pick<Role, 'layout' | 'keepsDefault'>): readonly Finding[] {
  const path: FindingPath = { property: 'default', column: column.name }
  if (column.default === null || column.generated !== null || readDefault(column.default).kind === 'null') return []
  if (!keepsDefault) {
    const way = layout.format === 'iceberg' ? 'Iceberg keeps one with format-version=3 in IMPALA.TBLPROPERTIES, on Impala 5.0.' : 'Kudu tables keep one.'
    return [finding('DEFAULT_LOST', 'info', path, `${layout.stored} keeps no defaults: new rows hold NULL where nothing is given. ${way}`)]
  }
  if (defaultSql(column, native) !== null) return []
  return [finding('DEFAULT_LOST', 'warning', path, `A default of Impala is a constant that ${native} takes, and ${column.default} is none: it is left out. Give the value when you write the rows, or write a constant.`)]
}

/** Source: KuduUtil.isSupportedKeyType; ScalarType.supportsTablePartitioning. */
const notKuduKey = /^(?:BOOLEAN|FLOAT|DOUBLE|BINARY)/
const notPartition = /^(?:BINARY|ARRAY|MAP|STRUCT|VARIANT)/

function roleFindings(column: ColumnShape, native: string, { layout, keys }: Pick<Role, 'layout' | 'keys'>): readonly Finding[] {
  const path: FindingPath = { property: 'type', column: column.name }
  const name = fold(column.name)
  const found: Finding[] = []
  if (layout.format === 'kudu' && keys.has(column.name) && notKuduKey.test(native)) found.push(finding('KEY_TYPE', 'error', path, `A key field of Kudu is a whole number, text, date, decimal or timestamp, not ${native}. Change the type, or the key.`))
  if (layout.partitioned.includes(name) && notPartition.test(native)) found.push(finding('PARTITION_TYPE', 'error', path, `A table is not partitioned by ${native}. Change the type, or take ${name} out of IMPALA.PARTITIONED_BY.`))
  if (layout.format !== 'file' && column.nullable && keys.has(column.name)) found.push(finding('KEY_NOT_NULL', 'info', { property: 'nullable', column: column.name }, `A key field of ${layout.stored} takes no NULL.`))
  return found
}

/** What a file table does not check, told once. */
function fileFindings(shape: TableShape, layout: Layout): readonly Finding[] {
  if (layout.format !== 'file') return []
  const required = shape.columns.filter(({ nullable }) => !nullable).map(({ name }) => name)
  if (required.length === 0) return []
  return [finding('NOT_NULL_LOST', 'info', { property: 'name' }, `${layout.stored} checks no row: ${listed(required)} take NULL. Kudu and Iceberg tables refuse it.`)]
}

function keyFindings(shape: TableShape, layout: Layout, version: number): readonly Finding[] {
  const { primaryKey } = shape
  const { format, partitioned, stored } = layout
  if (primaryKey === null) return format === 'kudu' ? [finding('KEY_NEEDED', 'error', { property: 'key' }, 'A Kudu table needs a primary key. Give it one, or change IMPALA.STORED_AS.')] : []
  const path: FindingPath = { property: 'key', column: primaryKey.name }
  const moved = storedColumns(shape, layout)
  const found: Finding[] = []
  if (format === 'kudu' && moved.some(({ name }, at) => name !== shape.columns[at]?.name)) found.push(finding('FIELDS_REORDERED', 'info', path, `Kudu keeps the key first: the fields stand as ${listed(moved.map(({ name }) => name))}.`))
  if (isNonUnique(shape)) found.push(finding('KEY_NOT_UNIQUE', 'warning', path, 'IMPALA.NON_UNIQUE_KEY lets the key repeat: Impala adds a hidden field auto_incrementing_id. Clear the option for a key that is enforced.'))
  const isKept = keptKey(shape, layout, version).length > 0
  if (format === 'iceberg' && !isKept) found.push(finding('KEY_LOST', 'warning', path, 'Impala writes keys of Iceberg tables since 4.4: the key is left out. Set the version to 4.4.'))
  else if (format === 'file' && !isKept) {
    found.push(finding('KEY_LOST', 'warning', path, `The primary key names ${primaryKey.columns.filter((name) => partitioned.includes(fold(name))).join(', ')}, a partition, which Impala refuses in a key: the key is left out. Take it out of the key, or of IMPALA.PARTITIONED_BY.`))
  } else if (format !== 'kudu') found.push(finding('KEY_INFORMATIONAL', 'info', path, `${stored} does not enforce the primary key: two rows may hold the same. Only Kudu refuses it.`))
  return found
}

/** An Iceberg key holds every column that the table is partitioned by. Source: IcebergUtil, primary key NOT ENFORCED. */
function icebergFindings(shape: TableShape, { format, iceberg }: Layout): readonly Finding[] {
  if (format !== 'iceberg' || shape.primaryKey === null) return []
  const keys = new Set(shape.primaryKey.columns.map(fold))
  const outside = [...new Set(iceberg.map(({ column }) => column))].filter((name) => !keys.has(name))
  if (outside.length === 0) return []
  return [finding('OPTION_FIELD', 'error', { property: 'IMPALA.PARTITION_BY' }, `The primary key of an Iceberg table holds every field that it is partitioned by: ${outside.join(', ')} is not in it. Put it into the key, or take it out of IMPALA.PARTITION_BY.`)]
}

function referenceFindings(shape: TableShape, layout: Layout): readonly Finding[] {
  const kept = new Set(keptReferences(shape, layout))
  return shape.references.flatMap((reference) => {
    const path: FindingPath = { property: 'reference', column: reference.name }
    const what = `The foreign key to ${reference.parent.name}`
    if (kept.has(reference)) {
      const rules = [reference.onUpdate, reference.onDelete].some((action) => action !== 'no action') || reference.deferrable !== 'no' ? ' Its actions are left out.' : ''
      const { parent, parentColumns } = reference
      return [
        ...(parent.schema === '' ? [] : nameFindings('database', parent.schema, tableNameProblem(parent.schema), path)),
        ...nameFindings('table name', parent.name, tableNameProblem(parent.name), path),
        ...parentColumns.flatMap((name) => nameFindings('field name', name, columnNameProblem(name), path)),
        finding('REFERENCE_INFORMATIONAL', 'info', path, `${what} is a note that Impala does not check.${rules} The parent has to be a file table with these fields as its primary key, and be there first; IMPALA.FOREIGN_KEYS = none leaves it out.`),
      ]
    }
    if (layout.format !== 'file') return [finding('REFERENCE_LOST', 'warning', path, `${layout.stored} has no foreign keys: ${what.toLowerCase()} is left out.`)]
    if (/^none$/i.test(shape.options['IMPALA.FOREIGN_KEYS'] ?? '')) return []
    return [finding('REFERENCE_LOST', 'warning', path, `${what} is left out: a foreign key of Impala names no partition, and no table that is not there yet, as this one itself.`)]
  })
}

function missingFindings(shape: TableShape): readonly Finding[] {
  const at = (property: string, column: string): FindingPath => ({ property, column })
  return [
    ...shape.uniques.map(({ name, columns }) => finding('FEATURE_UNSUPPORTED', 'warning', at('key', name), `Impala has no unique constraints: that ${columns.join(', ')} does not repeat is for who writes the rows. The primary key of a Kudu table is enforced.`)),
    ...shape.checks.map(({ name, expression }) => finding('FEATURE_UNSUPPORTED', 'warning', at('check', name), `Impala has no checks: ${expression.slice(0, 80)} is left out. Look at it where the rows are written.`)),
    ...shape.indexes.map(({ name }) => finding('FEATURE_UNSUPPORTED', 'info', at('index', name), 'Impala has no indexes: it is left out. IMPALA.SORT_BY and partitions help to skip files.')),
  ]
}

/** Formats that came with a version. Source: release notes of Impala. */
function versionFindings(shape: TableShape, layout: Layout, version: number): readonly Finding[] {
  const needs = (least: number, what: string, spelled: string, key: string): readonly Finding[] =>
    version >= least ? [] : [finding('VERSION_NEEDED', 'error', { property: key }, `${what} needs Impala ${spelled}: set the version, or take the option away.`)]
  return [
    ...(layout.stored === 'ICEBERG' ? needs(40_000, 'An Iceberg table', '4.0', 'IMPALA.STORED_AS') : []),
    ...(layout.stored === 'JSONFILE' ? needs(40_400, 'A JSON table', '4.4', 'IMPALA.STORED_AS') : []),
    ...(isNonUnique(shape) ? needs(40_300, 'A key that is not unique', '4.3', 'IMPALA.NON_UNIQUE_KEY') : []),
    ...(layout.properties.get('format-version') === '3' && layout.format === 'iceberg' ? needs(50_000, 'Iceberg format version 3', '5.0', 'IMPALA.TBLPROPERTIES') : []),
  ]
}

function optionFindings(shape: TableShape, layout: Layout): readonly Finding[] {
  const options = Object.fromEntries(
    Object.entries(shape.options).map(([key, value]) => [key, key === 'IMPALA.STORED_AS' && storedAsOf(shape.options) !== 'PARQUET' ? storedAsOf(shape.options) : key === 'IMPALA.STORED_AS' && /^\s*parquetfile\s*$/i.test(value) ? 'PARQUET' : yesNo(value.trim())]),
  )
  return [
    ...findingsOfOptions('impala', tableOptions, options),
    ...layout.problems.map(({ key, code, severity, message }) => finding(code, severity, { property: key }, message)),
  ]
}

/** What Impala of a version makes of a table. */
export function check(shape: TableShape, version: number): readonly Finding[] {
  const layout = layoutOf(shape)
  const role: Role = {
    place: { format: layout.format, version },
    layout,
    keys: new Set(shape.primaryKey?.columns ?? []),
    keepsDefault: hasDefaults(layout, version),
  }
  return [
    ...(shape.schema === '' ? [] : nameFindings('database', shape.schema, tableNameProblem(shape.schema), { property: 'schema' })),
    ...nameFindings('table name', shape.name, tableNameProblem(shape.name), { property: 'name' }),
    ...textFindings('comment', shape.comment, { property: 'comment' }),
    ...(shape.columns.length === 0 ? [finding('TABLE_EMPTY', 'error', { property: 'name' }, 'Impala makes no table without a field. Add one.')] : []),
    ...foldedFindings(shape),
    ...duplicates(shape),
    ...shape.columns.flatMap((column) => columnFindings(column, role)),
    ...fileFindings(shape, layout),
    ...keyFindings(shape, layout, version),
    ...icebergFindings(shape, layout),
    ...referenceFindings(shape, layout),
    ...missingFindings(shape),
    ...optionFindings(shape, layout),
    ...versionFindings(shape, layout, version),
  ]
}
