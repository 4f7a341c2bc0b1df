import type { ModelDocument } from '../../app/model/document.ts'
import type { Field, Id, Table } from '../../app/model/model.ts'
import { displayName } from '../../app/model/names.ts'
import { renderType } from '../../app/model/render-type.ts'

/** One object that differs from the model as it was opened. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'removed' | 'renamed'
  readonly table: Id
  readonly part: Id | null
  readonly name: string
  readonly detail: string
}

/** What differs between the model as it was opened and as it is: tables by id, then their fields and parts by id. */
export function changesSince(baseline: ReadonlyMap<Id, Table>, document: ModelDocument): readonly Change[] {
  const changes: Change[] = []
  for (const id of document.order) {
    const table = document.table(id)
    const before = baseline.get(id)
    if (!table || table === before) continue
    if (!before) changes.push({ kind: 'added', table: id, part: null, name: displayName(table), detail: `${table.fields.length} fields` })
    else changes.push(...tableChanges(before, table))
  }
  for (const before of baseline.values())
    if (!document.table(before.id))
      changes.push({ kind: 'removed', table: before.id, part: null, name: displayName(before), detail: `${before.fields.length} fields` })
  return changes
}

function tableChanges(before: Table, table: Table): readonly Change[] {
  const changes: Change[] = []
  const at = { table: table.id, name: displayName(table) }
  if (displayName(before) !== displayName(table))
    changes.push({ kind: 'renamed', ...at, part: null, detail: `from ${displayName(before)}` })
  if (before.comment !== table.comment) changes.push({ kind: 'changed', ...at, part: null, detail: 'comment' })
  changes.push(...fieldChanges(before, table))
  for (const list of ['keys', 'references', 'indexes', 'checks'] as const)
    if (before[list] !== table[list] && JSON.stringify(before[list]) !== JSON.stringify(table[list]))
      changes.push({ kind: 'changed', ...at, part: null, detail: list })
  return changes
}

function fieldChanges(before: Table, table: Table): readonly Change[] {
  const changes: Change[] = []
  const old = new Map(before.fields.map((field) => [field.id, field]))
  const now = new Set(table.fields.map((field) => field.id))
  for (const field of table.fields) {
    const was = old.get(field.id)
    const at = { table: table.id, part: field.id, name: `${displayName(table)}.${field.name}` }
    if (!was) changes.push({ kind: 'added', ...at, detail: renderType(field.type) })
    else if (was !== field) {
      if (was.name !== field.name) changes.push({ kind: 'renamed', ...at, detail: `from ${was.name}` })
      const detail = describe(was, field)
      if (detail !== '') changes.push({ kind: 'changed', ...at, detail })
    }
  }
  for (const field of before.fields)
    if (!now.has(field.id))
      changes.push({
        kind: 'removed',
        table: table.id,
        part: null,
        name: `${displayName(table)}.${field.name}`,
        detail: renderType(field.type),
      })
  return changes
}

function describe(before: Field, after: Field): string {
  const parts: string[] = []
  const types = [renderType(before.type), renderType(after.type)]
  if (types[0] !== types[1]) parts.push(`type ${types.join(' to ')}`)
  if (before.nullable !== after.nullable) parts.push(after.nullable ? 'may be null' : 'not null')
  if (before.default !== after.default) parts.push(after.default === null ? 'no default' : `default ${after.default}`)
  for (const key of ['identity', 'generated', 'comment', 'collation', 'previousName'] as const)
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) parts.push(key === 'previousName' ? 'previous name' : key)
  return parts.join(', ')
}
