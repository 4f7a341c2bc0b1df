import type { ColumnShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import type { ClassNames } from './class-names.ts'
import { isUsable } from './expression.ts'
import { fieldWord, free } from './identifiers.ts'
import { isFragile } from './names.ts'
import { keyPlanOf, singleUniques, type KeyPlan } from './key-plan.ts'
import type { Target } from './target.ts'

/** What a column becomes. */
export interface FieldPlan {
  readonly column: ColumnShape
  /** Python name of the field. */
  readonly name: string
  /** Where the value itself is kept: `person_id` of the field `person`. */
  readonly attname: string
  /** The foreign key that the field stands for; null for a plain field. */
  readonly reference: ReferenceShape | null
  /** Why there is no field: a column that the version cannot say, or a name that comes twice. */
  readonly leftOut: 'generated' | 'twice' | null
}

export interface TablePlan {
  readonly shape: TableShape
  readonly className: string
  readonly key: KeyPlan
  /** Columns that are unique by themselves. */
  readonly uniques: ReadonlySet<string>
  /** In the order of the columns. */
  readonly fields: readonly FieldPlan[]
  /** The field of a column; undefined for one that is left out or not there. */
  readonly field: (column: string) => FieldPlan | undefined
}

/** Names and parts of one table's model: hangs on the table and on the names of the others only. */
export function planOf(shape: TableShape, className: string, classes: ClassNames, target: Target): TablePlan {
  const key = keyPlanOf(shape, target)
  const keyFields = new Set(key.kind === 'made' || key.kind === 'composite' ? [] : key.columns.slice(0, 1))
  const seen = new Set<string>()
  const columns = shape.columns.map((column) => {
    const leftOut = seen.has(column.name) ? ('twice' as const) : isLost(column, target) ? ('generated' as const) : null
    seen.add(column.name)
    return { column, leftOut, reference: leftOut === null ? referenceOf(shape, column, classes, target) : null }
  })
  const names = fieldNames(columns, keyFields)
  const fields = columns.map((one, at): FieldPlan => ({ ...one, name: names[at] ?? '', attname: one.reference === null ? (names[at] ?? '') : `${names[at]}_id` }))
  const byColumn = new Map(fields.filter(({ leftOut }) => leftOut === null).map((field) => [field.column.name, field]))
  return { shape, className, key, uniques: singleUniques(shape), fields, field: (column) => byColumn.get(column) }
}

/** The reference that a column's field stands for: the first of this column alone, to one column of a table of the model. */
function referenceOf(shape: TableShape, column: ColumnShape, classes: ClassNames, target: Target): ReferenceShape | null {
  if (column.generated !== null || column.identity !== null || isFragile(column.name, target) || isFragile(shape.name, target)) return null
  const fits = ({ columns, parent, parentColumns }: ReferenceShape) => columns.length === 1 && columns[0] === column.name && parentColumns.length === 1 && classes.of(parent) !== null
  return shape.references.find(fits) ?? null
}

/** Whether a generated column cannot be written: before 5.0, and when its expression is none. */
const isLost = ({ generated }: ColumnShape, { version }: Target): boolean => generated !== null && (version < 50 || !isUsable(generated.expression))

type Wish = Pick<FieldPlan, 'column' | 'leftOut' | 'reference'>

/** One name each: those that need no change first, so that nothing takes their name from them. No two names and places of values are one (models.E006). */
function fieldNames(wishes: readonly Wish[], keyFields: ReadonlySet<string>): readonly string[] {
  const taken = new Set<string>()
  const names: string[] = wishes.map(() => '')
  const word = ({ column }: Wish) => fieldWord(column.name, keyFields.has(column.name))
  const take = (at: number, name: string, attname: string) => {
    names[at] = name
    taken.add(name).add(attname)
  }
  wishes.forEach((wish, at) => {
    if (wish.leftOut === null && wish.reference === null && word(wish) === wish.column.name && !taken.has(wish.column.name)) take(at, wish.column.name, wish.column.name)
  })
  wishes.forEach((wish, at) => {
    if (wish.reference === null || wish.leftOut !== null) return
    const isFree = (name: string) => !taken.has(name) && !taken.has(`${name}_id`)
    const found = referenceWords(wish, word(wish)).find(isFree) ?? free(word(wish), (name) => !isFree(name))
    take(at, found, `${found}_id`)
  })
  wishes.forEach((wish, at) => {
    if (names[at] !== '' || wish.leftOut !== null) return
    const found = free(word(wish), (name) => taken.has(name))
    take(at, found, found)
  })
  return names
}

/** `person_id` is `person`; `id` is named after the parent. */
function referenceWords({ reference }: Wish, word: string): readonly string[] {
  const short = /^(.+)_id$/.exec(word)?.[1]
  if (short !== undefined && short !== '') return [fieldWord(short, false), word]
  return word === 'id' || word === 'id_field' ? [fieldWord(reference?.parent.name ?? '', false), word] : [word]
}
