import type { DataType } from '../model/data-type.ts'
import type { ColumnShape, TableShape } from '../model/shape.ts'
import { sameValue } from './compare.ts'

/** How alike two columns are, 0 to 1, and why; the weights sum to 1. */
export interface Likeness {
  readonly score: number
  readonly why: string
}

/** From this score on, a dropped and an added column are plausibly one renamed column, and a person is asked. */
export const plausibleField = 0.5
/** The same for tables. */
export const plausibleTable = 0.6

/** Likeness of two columns by type, place, name, comment and shape. `castable`: whether values of the old one can become the new one at all. */
export function columnLikeness(
  before: ColumnShape,
  after: ColumnShape,
  place: { readonly before: number; readonly after: number },
  castable: boolean,
): Likeness {
  if (!castable) return { score: 0, why: 'no cast between the types' }
  const same = sameValue(before.type, after.type)
  const parts: readonly (readonly [boolean, number, string])[] = [
    [same, 0.35, 'same type'],
    [!same && family(before.type) === family(after.type), 0.2, 'similar type'],
    [place.before === place.after, 0.2, 'same place'],
    [before.nullable === after.nullable, 0.1, 'same nullability'],
    [before.comment !== '' && before.comment === after.comment, 0.1, 'same comment'],
  ]
  const alike = nameLikeness(before.name, after.name)
  const found = parts.filter(([holds]) => holds)
  const score = found.reduce((sum, [, weight]) => sum + weight, alike * 0.3)
  return { score: Math.min(1, round(score)), why: [...found.map(([, , why]) => why), ...(alike >= 0.5 ? ['similar name'] : [])].join(', ') }
}

/** Likeness of two tables: the share of columns with equal name and type, and how alike the names are. */
export function tableLikeness(before: TableShape, after: TableShape): Likeness {
  const types = new Map(before.columns.map((column) => [column.name, column.type]))
  const shared = after.columns.filter((column) => types.has(column.name) && sameValue(types.get(column.name), column.type)).length
  const all = before.columns.length + after.columns.length - shared
  const share = all === 0 ? 0 : shared / all
  const alike = nameLikeness(before.name, after.name)
  return { score: round(share * 0.8 + alike * 0.2), why: `${shared} of ${all} columns are the same${alike >= 0.5 ? ', similar name' : ''}` }
}

const round = (value: number) => Math.round(value * 100) / 100

/** 0 to 1: shared letter pairs (Dice), blind to case and to `_`. */
function nameLikeness(a: string, b: string): number {
  const left = pairsOf(a)
  const right = pairsOf(b)
  const total = left.length + right.length
  if (total === 0) return a.toLowerCase() === b.toLowerCase() ? 1 : 0
  const rest = [...right]
  let shared = 0
  for (const pair of left) {
    const index = rest.indexOf(pair)
    if (index < 0) continue
    rest.splice(index, 1)
    shared++
  }
  return (2 * shared) / total
}

function pairsOf(name: string): readonly string[] {
  const plain = name.toLowerCase().replaceAll(/[_\s-]+/g, '')
  return Array.from({ length: Math.max(0, plain.length - 1) }, (_, index) => plain.slice(index, index + 2))
}

function family(type: DataType): string {
  if (/^u?int|^decimal|^float/.test(type.kind)) return 'number'
  if (/^(text|char|varchar|enum|uuid|json|xml)$/.test(type.kind)) return 'text'
  if (/^(blob|binary|varbinary|bit)$/.test(type.kind)) return 'binary'
  return /^(date|time)/.test(type.kind) ? 'time' : type.kind
}
