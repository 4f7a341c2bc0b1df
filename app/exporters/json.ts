import type { Model } from '../model/model.ts'
import { modelFormat } from '../loaders/json.ts'

/** The model as JSON text: names of objects in a fixed order, two-space indent, a newline at the end. Equal models give equal bytes. */
export const saveJsonModel = (model: Model): string => `${JSON.stringify(sorted({ format: modelFormat, model }), null, 2)}\n`

/** The same JSON value with the properties of each object in order of their names, so that how it came about does not show. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}
