import { sameValue } from '../diff/compare.ts'
import { foldName, tableKey } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { DataType } from '../model/data-type.ts'
import type { CheckShape, ColumnShape, IndexShape, KeyShape, ReferenceShape, TableShape } from '../model/shape.ts'

/** The parts of a table that stand in lists. */
export const partLists = ['uniques', 'checks', 'references', 'indexes'] as const
export type PartList = (typeof partLists)[number]
export type ListPart = KeyShape | CheckShape | ReferenceShape | IndexShape

export const kindOfList = { uniques: 'unique', checks: 'check', references: 'foreign key', indexes: 'index' } as const satisfies Record<PartList, string>

/** What belongs to a column and may be missing in the model. */
// What numbers a column comes before its default: the default of a serial column is its sequence, and stays with it.
export const columnTraits = ['identity', 'default', 'generated', 'comment', 'collation'] as const
export type ColumnTrait = (typeof columnTraits)[number]

export type PartKind = (typeof kindOfList)[PartList] | ColumnTrait | 'primary key' | 'option'

/** One part of a table that only the database has, or that a plan takes away. `name`: its own, the column's for a trait, '' for the table's comment or an unnamed one. */
export interface Part {
  readonly kind: PartKind
  readonly name: string
  /** As people say it: `index pay_amt`, `default of amount`, `check (amount > 0)`. */
  readonly text: string
}

export const hasTrait = (column: ColumnShape, trait: ColumnTrait): boolean => column[trait] !== null && column[trait] !== ''

export const listPart = (list: PartList, part: ListPart): Part => ({ kind: kindOfList[list], name: part.name, text: textOf(list, part) })

function textOf(list: PartList, part: ListPart): string {
  const kind = kindOfList[list]
  if (part.name !== '') return `${kind} ${part.name}`
  if ('expression' in part) return `${kind} (${part.expression})`
  return 'columns' in part ? `${kind} (${part.columns.join(', ')})` : kind
}

export const traitPart = (kind: ColumnTrait, name: string): Part => ({
  kind,
  name,
  text: name === '' ? kind : kind === 'identity' ? `numbering of ${name}` : kind === 'generated' ? `expression of ${name}` : `${kind} of ${name}`,
})

/** Names of every constraint and index of a table, folded: one of them cannot be there twice. */
export function partNames(shape: TableShape, dialect: Dialect): ReadonlySet<string> {
  const key = shape.primaryKey === null ? [] : [shape.primaryKey]
  const named = [...key, ...partLists.flatMap((list): readonly ListPart[] => shape[list])].filter(({ name }) => name !== '')
  return new Set(named.map(({ name }) => foldName(dialect.can, name)))
}

/** Whether two parts of one list say the same, whatever their names. */
export function saysSame(a: ListPart, b: ListPart, dialect: Dialect): boolean {
  const plain = (part: ListPart) =>
    'parent' in part ? { columns: part.columns, parent: tableKey(dialect.can, part.parent), parentColumns: part.parentColumns } : { ...part, name: '' }
  return sameValue(plain(a), plain(b))
}

/** Columns that a part names. Expressions are searched for each of `columns`. */
export function columnsOfPart(part: ListPart, columns: readonly string[], dialect: Dialect): readonly string[] {
  if ('expression' in part) return columns.filter((column) => mentions(part.expression, column, dialect))
  if (!('parts' in part)) return part.columns
  const texts = [part.predicate, ...part.parts.map(({ expression }) => expression)].filter((text) => text !== '')
  const named = [...part.parts.flatMap(({ column }) => column ?? []), ...part.include]
  return [...new Set([...named, ...columns.filter((column) => texts.some((text) => mentions(text, column, dialect)))])]
}

/** Whether an expression names a column: words outside of string literals are compared, so that nothing that matters is missed. */
export function mentions(expression: string, column: string, { can }: Dialect): boolean {
  const words = expression.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|[\p{L}\p{N}_$]+/gu) ?? []
  const wanted = foldName(can, column)
  return words.some((word) => {
    if (word.startsWith("'")) return false
    const bare = /^["`[]/.test(word) ? word.slice(1, -1).replaceAll('""', '"') : word
    return foldName(can, bare) === wanted
  })
}

/** Types that expressions, keys and indexes treat alike. */
export function family(type: DataType): string {
  if (/^u?int|^decimal$|^float/.test(type.kind)) return 'number'
  if (/char$|^text$/.test(type.kind)) return 'text'
  if (/^date$|^timestamp/.test(type.kind)) return 'moment'
  if (type.kind === 'array') return `array of ${family(type.element)}`
  if (type.kind === 'enum') return `enum ${type.name ?? ''}`
  return type.kind === 'native' ? `native ${type.text}` : type.kind
}

/** Whether rows can be pointed at by these columns: a key or a unique index of the table is over just them. */
export function hasKey(shape: TableShape, columns: readonly string[], { can }: Dialect): boolean {
  const sorted = (names: readonly string[]) => JSON.stringify(names.map((name) => foldName(can, name)).toSorted())
  const wanted = sorted(columns)
  const keys = [...(shape.primaryKey === null ? [] : [shape.primaryKey]), ...shape.uniques]
  if (keys.some((key) => sorted(key.columns) === wanted)) return true
  return shape.indexes.some(
    ({ unique, predicate, parts }) => unique && predicate === '' && parts.every(({ column }) => column !== null) && sorted(parts.flatMap(({ column }) => column ?? [])) === wanted,
  )
}
