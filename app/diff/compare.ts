import type { ColumnShape, TableShape } from '../model/shape.ts'
import { byText } from './names.ts'

/** One difference of two tables as plain data. `name` is the part's name; `properties` are those that differ, in the sheet's words. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly part: 'table' | 'column' | 'primary key' | 'unique' | 'check' | 'reference' | 'index'
  readonly name: string
  readonly properties: readonly string[]
}

/**
 * What differs between two tables in one flavor's normal form, from `before` to `after`; [] when nothing does.
 * Columns pair by name: rename `before` first (see `renameShape`) where columns were renamed. A unique, check or index pairs by name.
 */
export function compareShapes(before: TableShape, after: TableShape): readonly Difference[] {
  return [
    ...compareTable(before, after),
    ...compareParts('column', before.columns, after.columns),
    ...compareOrder(before.columns, after.columns),
    ...compareParts('primary key', listOf(before.primaryKey), listOf(after.primaryKey)),
    ...compareParts('unique', before.uniques, after.uniques),
    ...compareParts('check', before.checks, after.checks),
    ...compareParts('reference', before.references, after.references),
    ...compareParts('index', before.indexes, after.indexes),
  ]
}

const listOf = <T>(value: T | null): readonly T[] => (value === null ? [] : [value])

function compareTable(before: TableShape, after: TableShape): readonly Difference[] {
  const properties = (['schema', 'name', 'comment', 'options'] as const).filter((property) => !sameValue(before[property], after[property]))
  return properties.length === 0 ? [] : [{ kind: 'changed', part: 'table', name: after.name, properties }]
}

function compareParts<T extends { readonly name: string }>(
  part: Difference['part'],
  before: readonly T[],
  after: readonly T[],
): readonly Difference[] {
  const old = new Map(before.map((item) => [item.name, item]))
  const kept = new Set(after.map((item) => item.name))
  const found: Difference[] = []
  for (const item of after) {
    const was = old.get(item.name)
    if (was === undefined) found.push({ kind: 'added', part, name: item.name, properties: [] })
    else if (!sameValue(was, item)) found.push({ kind: 'changed', part, name: item.name, properties: changedProperties(was, item) })
  }
  for (const item of before) if (!kept.has(item.name)) found.push({ kind: 'removed', part, name: item.name, properties: [] })
  return found
}

/** The kept columns stand in another order: a difference of the table, since the column list of the new one follows the model. */
function compareOrder(before: readonly ColumnShape[], after: readonly ColumnShape[]): readonly Difference[] {
  if (sameValue(sharedNames(before, after), sharedNames(after, before))) return []
  return [{ kind: 'changed', part: 'table', name: '', properties: ['order'] }]
}

function sharedNames(columns: readonly ColumnShape[], other: readonly ColumnShape[]): readonly string[] {
  const names = new Set(other.map((column) => column.name))
  return columns.filter((column) => names.has(column.name)).map((column) => column.name)
}

function changedProperties(before: object, after: object): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted(byText)
  return names.filter((name) => !sameValue(Reflect.get(before, name), Reflect.get(after, name)))
}

/** Whether two JSON-safe values are deeply equal, whatever the order of their keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, index) => sameValue(value, b[index]))
  }
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(Reflect.get(a, name), Reflect.get(b, name)))
  )
}
