import type { Cells } from '../../../app/model/model.ts'
import type { ColumnShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { normalDefault } from './default.ts'
import { isNonUnique, optionOf } from './facts.ts'
import { layoutOf, type Layout } from './layout.ts'
import { fold, rawText } from './names.ts'
import { icebergSpecSql, kuduSpecSql } from './partition-spec.ts'
import { hasDefaults, keptKey, keptReferences, storedColumns } from './table-sql.ts'
import { nativeType, storedType, type TypePlace } from './types.ts'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The table as it reads back from Impala: names in lower case, columns in the order that the table keeps, types as stored, and without what the format
 * has not: NOT NULL and defaults of file tables, unique constraints, checks, indexes, names of keys.
 */
export function normalize(shape: TableShape, version: number): TableShape {
  const layout = layoutOf(shape)
  const place: TypePlace = { format: layout.format, version }
  const key = keptKey(shape, layout, version)
  const keys = new Set(key)
  return {
    schema: fold(shape.schema),
    name: fold(shape.name),
    comment: rawText(shape.comment),
    columns: storedColumns(shape, layout).map((column) => columnOf(column, { place, isKey: keys.has(column.name), keepsDefault: hasDefaults(layout, version) })),
    primaryKey: key.length === 0 ? null : { name: '', columns: key.map(fold) },
    uniques: [],
    checks: [],
    references: keptReferences(shape, layout).map(referenceOf).toSorted((a, b) => byText(JSON.stringify(a), JSON.stringify(b))),
    indexes: [],
    options: optionsOf(shape, layout),
  }
}

interface Role {
  readonly place: TypePlace
  readonly isKey: boolean
  readonly keepsDefault: boolean
}

function columnOf(column: ColumnShape, { place, isKey, keepsDefault }: Role): ColumnShape {
  const type = storedType(column.type, place)
  return {
    name: fold(column.name),
    type,
    nullable: place.format === 'file' || (column.nullable && !isKey),
    default: keepsDefault && column.generated === null ? normalDefault(column, nativeType(column.type, place).text) : null,
    identity: null,
    generated: null,
    comment: rawText(column.comment),
    collation: '',
  }
}

const referenceOf = ({ columns, parent, parentColumns }: ReferenceShape): ReferenceShape => ({
  name: '',
  columns: columns.map(fold),
  parent: { schema: fold(parent.schema), name: fold(parent.name) },
  parentColumns: parentColumns.map(fold),
  onUpdate: 'no action',
  onDelete: 'no action',
  deferrable: 'no',
})

/** Options in one spelling; what says the default, or does nothing, is left out. A value that could not be read stays as it is, to be mended. */
function optionsOf(shape: TableShape, layout: Layout): Cells {
  const bad = new Set(layout.problems.filter(({ severity }) => severity === 'error').map(({ key }) => key))
  const found: [string, string][] = []
  const set = (name: string, value: string) => {
    const key = `IMPALA.${name}`
    if (bad.has(key)) found.push([key, shape.options[key] ?? ''])
    else if (value !== '') found.push([key, value])
  }
  const { stored, format, external, location, partitioned, kudu, iceberg, sort, delimiters, properties } = layout
  const quoted = (names: readonly string[]) => names.map((name) => (/^[a-z_]\w*$/.test(name) ? name : `\`${name}\``)).join(', ')
  set('STORED_AS', stored === 'PARQUET' ? '' : stored)
  set('EXTERNAL', external ? 'yes' : '')
  set('LOCATION', location)
  set('PARTITIONED_BY', quoted(partitioned))
  set('PARTITION_BY', format === 'iceberg' ? icebergSpecSql(iceberg) : kudu === null || optionOf(shape.options, 'PARTITION_BY') === '' ? '' : kuduSpecSql(kudu))
  set('KUDU_BUCKETS', kudu === null || optionOf(shape.options, 'PARTITION_BY') !== '' || kudu.hash[0]?.count === 4 ? '' : String(kudu.hash[0]?.count ?? ''))
  set('SORT_BY', sort === null ? '' : sort.zorder ? `ZORDER (${quoted(sort.columns)})` : quoted(sort.columns))
  set('FIELD_DELIMITER', delimiters.field)
  set('LINE_DELIMITER', delimiters.line)
  set('ESCAPED_BY', delimiters.escape)
  set('TBLPROPERTIES', [...properties].toSorted(([a], [b]) => byText(a, b)).map(([key, value]) => `${guarded(key)}=${guarded(value)}`).join('; '))
  set('NON_UNIQUE_KEY', isNonUnique(shape) ? 'yes' : '')
  set('FOREIGN_KEYS', format === 'file' && /^none$/i.test(optionOf(shape.options, 'FOREIGN_KEYS')) ? 'none' : '')
  return Object.fromEntries(found)
}

/** A side of a property, in quotes where it would be read as something else without. */
const guarded = (text: string): string => (/[;'"=]|^\s|\s$|^$/.test(text) ? (text.includes("'") ? `"${text}"` : `'${text}'`) : text)
