import type { Cells } from '../../model/model.ts'
import type { CsvColumn } from './columns.ts'

/** No cells; shared, since most objects have none. */
export const noCells: Cells = {}

/** Adds one cell under any name, `__proto__` too. */
export function addCell(cells: Record<string, string>, key: string, value: string): void {
  if (key === '__proto__') Object.defineProperty(cells, key, { value, enumerable: true, configurable: true, writable: true })
  else cells[key] = value
}

/** The cell of this name; '' when there is none. Never something inherited. */
export const cellOf = (cells: Cells, key: string): string => (cells !== noCells && Object.hasOwn(cells, key) ? (cells[key] ?? '') : '')

/** The non-empty cells of the columns that nobody knows. */
export function extraReader(columns: readonly CsvColumn[]): (cells: readonly string[]) => Cells {
  const unknown = columns.flatMap(({ key, known, option }, at) => (known === null && option === null ? [{ key, at }] : []))
  if (unknown.length === 0) return () => noCells
  return (cells) => {
    let found: Record<string, string> | null = null
    for (const { key, at } of unknown) {
      const value = cells[at]
      if (value !== undefined && value !== '') addCell((found ??= {}), key, value)
    }
    return found ?? noCells
  }
}
