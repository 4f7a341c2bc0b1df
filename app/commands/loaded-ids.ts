import type { IdentityRecord } from '../diff/match.ts'
import { foldName, tableKey } from '../diff/names.ts'
import type { NameRules } from '../diff/names.ts'
import type { ShapeIds } from '../model/from-shapes.ts'
import { loadedFieldId, loadedTableId } from '../model/loaded-ids.ts'
import type { Id } from '../model/model.ts'
import type { TableShape } from '../model/shape.ts'

/**
 * Ids for tables that are read from a database: those that the database recorded for them, else ids made from their names. No id is given twice.
 * `recorded`: identity rows of the target.
 */
export function idsForLoaded(
  shapes: readonly TableShape[],
  recorded: readonly IdentityRecord[],
  rules: NameRules,
): (shape: TableShape) => ShapeIds | undefined {
  const byName = new Map<string, IdentityRecord[]>()
  for (const row of recorded) {
    const key = tableKey(rules, { schema: row.schema, name: row.table })
    byName.set(key, [...(byName.get(key) ?? []), row])
  }
  const taken = new Set<Id>()
  const take = (id: Id | undefined, made: (attempt: number) => Id): Id => {
    let chosen = id !== undefined && !taken.has(id) ? id : made(0)
    for (let attempt = 1; taken.has(chosen); attempt++) chosen = made(attempt)
    taken.add(chosen)
    return chosen
  }
  const known = (shape: TableShape) => byName.get(tableKey(rules, shape)) ?? []
  const rowOf = (shape: TableShape, column: string) =>
    known(shape).find((row) => row.fieldId !== '' && foldName(rules, row.column) === foldName(rules, column))
  // What is recorded goes first: an id that is made from a name must not be one that another object has already.
  const tables = new Map(shapes.map((shape) => [shape, known(shape).find(({ fieldId }) => fieldId === '')?.tableId] as const))
  const reserved = new Set(shapes.flatMap((shape) => [tables.get(shape) ?? [], ...shape.columns.map(({ name }) => rowOf(shape, name)?.fieldId ?? [])].flat()))
  const free = (made: (attempt: number) => Id) => (attempt: number) => {
    let at = attempt
    while (reserved.has(made(at))) at++
    return made(at)
  }
  const ids = new Map(
    shapes.map((shape): readonly [TableShape, ShapeIds] => [
      shape,
      {
        table: take(tables.get(shape), free((attempt) => loadedTableId(shape, attempt))),
        fields: new Map(
          shape.columns.map(({ name }) => [name, take(rowOf(shape, name)?.fieldId, free((attempt) => loadedFieldId(shape, name, attempt)))]),
        ),
      },
    ]),
  )
  return (shape) => ids.get(shape)
}
