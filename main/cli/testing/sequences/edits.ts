import { emptyField } from '../../../../app/model/build.ts'
import type { Field, Model, Table } from '../../../../app/model/model.ts'
import { parseType } from '../../../../app/model/parse-type.ts'
import type { Edit } from './act.ts'
import { referenceTo, tableOf } from './draft.ts'

/** Names that a field of a kind may have: its kind is told by how its name begins, whoever looks. */
const spare: Readonly<Record<string, readonly string[]>> = {
  tag: ['tag', 'tag_b', 'Tag C'],
  note: ['note', 'note_b', 'Note "C"', 'noté'],
  num: ['num', 'num_b', 'Num C'],
  add: ['add_a', 'add_b', 'Add C', 'order by'],
}
const tableSpare = ['alpha', 'beta', 'Gamma x', 'delta', 'Épsilon', 'select', 'Beta']
const types = { note: ['varchar(4)', 'varchar(200)', 'text', 'int32'], num: ['int64', 'text', 'int16', 'decimal(10,2)', 'int32'], add: ['text', 'int32', 'int64'] } as const

const at = <T>(items: readonly T[], index: number): T | undefined => (items.length === 0 ? undefined : items[index % items.length])
const kindOf = ({ name, id }: Pick<Field, 'name' | 'id'>): string => Object.keys(spare).find((kind) => id.includes(`-${kind}`)) ?? (name.startsWith('id') ? 'id' : 'up')
const isFree = (fields: readonly { readonly name: string }[], name: string) => fields.every((one) => one.name.toLowerCase() !== name.toLowerCase())
const used = (table: Table, id: string) =>
  table.keys.some(({ fields }) => fields.includes(id)) || table.references.some(({ fields }) => fields.includes(id)) || table.indexes.some(({ parts }) => parts.some((part) => part.field === id)) || table.checks.some(({ expression }) => expression.includes(quoted(table.fields.find((one) => one.id === id)?.name ?? '')))

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** The model after an edit; the same model where there is nothing to edit in that way. */
export function edited(model: Model, edit: Edit): Model {
  const table = at(model.tables, edit.table)
  if (edit.how === 'forget ids') return model
  if (table === undefined) return edit.how === 'add table' ? { ...model, tables: [newTable(model, edit)] } : model
  const put = (next: Table): Model => ({ ...model, tables: model.tables.map((one) => (one.id === table.id ? next : one)) })
  switch (edit.how) {
    case 'add table': return model.tables.length >= 4 ? model : { ...model, tables: [...model.tables, newTable(model, edit)] }
    case 'drop table': return dropTable(model, table)
    case 'rename table': {
      const name = at(tableSpare.filter((one) => isFree(model.tables, one)), edit.choice)
      return name === undefined ? model : put({ ...table, name })
    }
    case 'swap tables': {
      const other = at(model.tables.filter(({ id }) => id !== table.id), edit.choice)
      return other === undefined ? model : { ...model, tables: model.tables.map((one) => (one.id === table.id ? { ...one, name: other.name } : one.id === other.id ? { ...one, name: table.name } : one)) }
    }
    default: return put(editedTable(model, table, edit))
  }
}

function newTable(model: Model, { choice, field }: Edit): Table {
  const name = at(tableSpare.filter((one) => isFree(model.tables, one)), choice) ?? 'one_more'
  const number = 1 + Math.max(0, ...model.tables.map(({ id }) => Number(/t(\d+)$/.exec(id)?.[1] ?? 0)))
  const project = /^p(\d)/.exec(model.tables[0]?.id ?? 'p0')?.[1] ?? '0'
  const key = at(['number', 'identity', 'none'] as const, field) ?? 'number'
  return tableOf(`p${project}t${number}`, name, { key, strict: false, withoutRowid: false, parent: null, onDelete: 'no action' })
}

function dropTable(model: Model, table: Table): Model {
  const isParent = model.tables.some(({ id, references }) => id !== table.id && references.some(({ target }) => target.kind === 'id' && target.table === table.id))
  return model.tables.length < 2 || isParent ? model : { ...model, tables: model.tables.filter(({ id }) => id !== table.id) }
}

function editedTable(model: Model, table: Table, edit: Edit): Table {
  const free = table.fields.filter(({ id }) => kindOf({ id, name: '' }) !== 'up' && !id.endsWith('-id') && !id.endsWith('-id2'))
  const loose = free.filter((one) => !one.id.includes('-tag') && !used(table, one.id))
  const field = at(edit.how === 'rename field' ? free : loose, edit.field)
  const put = (next: Field): Table => ({ ...table, fields: table.fields.map((one) => (one.id === next.id ? next : one)) })
  switch (edit.how) {
    case 'add field': return addField(table, edit)
    case 'rename field': return field === undefined ? table : renameField(table, field, edit.choice)
    case 'drop field': return field === undefined ? table : { ...table, fields: table.fields.filter(({ id }) => id !== field.id) }
    case 'retype field': {
      const kind = field === undefined ? 'none' : kindOf(field)
      const text = field === undefined || !(kind in types) ? undefined : at(types[kind as keyof typeof types], edit.choice)
      return field === undefined || text === undefined ? table : put({ ...field, type: parseType(text), default: null })
    }
    case 'swap fields': {
      const [one, other] = [at(loose, edit.field), at(loose, edit.field + 1)]
      if (one === undefined || other === undefined || one.id === other.id) return table
      return { ...table, fields: table.fields.map((it) => (it.id === one.id ? { ...it, name: other.name } : it.id === other.id ? { ...it, name: one.name } : it)) }
    }
    default: return editedParts(model, table, edit)
  }
}

function addField(table: Table, { choice, field }: Edit): Table {
  const name = at((spare['add'] ?? []).filter((one) => isFree(table.fields, one)), choice)
  if (name === undefined) return table
  const number = 1 + Math.max(0, ...table.fields.map(({ id }) => Number(/-add(\d+)$/.exec(id)?.[1] ?? 0)))
  const base = emptyField(`${table.id}-add${number}`, name, parseType(at(types.add, field) ?? 'text'))
  const isText = base.type.kind === 'text'
  // Nullable; not null with a default; not null without one, which rows that are there refuse.
  const more = [{}, { nullable: false, default: isText ? "'new'" : '7' }, { nullable: false }][choice % 3]
  return { ...table, fields: [...table.fields, { ...base, ...more }] }
}

function renameField(table: Table, field: Field, choice: number): Table {
  const name = at((spare[kindOf(field)] ?? []).filter((one) => isFree(table.fields, one)), choice)
  if (name === undefined) return table
  const checks = table.checks.map((check) => ({ ...check, expression: check.expression.replaceAll(quoted(field.name), quoted(name)) }))
  return { ...table, checks, fields: table.fields.map((one) => (one.id === field.id ? { ...one, name } : one)) }
}

/** Indexes, uniques, checks and references: put there when missing, taken away when there. */
function editedParts(model: Model, table: Table, { how, choice }: Edit): Table {
  const num = table.fields.find(({ id }) => id === `${table.id}-num`)
  const tag = table.fields.find(({ id }) => id === `${table.id}-tag`)
  if (how === 'index') {
    const part = { field: tag?.id ?? null, expression: '', order: 'asc', nulls: '' } as const
    return { ...table, indexes: table.indexes.length > 0 ? [] : [{ id: `${table.id}-ix`, name: `ix_${table.id}`, unique: choice % 3 === 0, method: '', parts: [part], include: [], predicate: '' }] }
  }
  if (how === 'unique') {
    const rest = table.keys.filter(({ kind }) => kind === 'primary')
    // `tag` holds no value twice, `num` may.
    const field = choice % 2 === 0 ? tag : num
    return { ...table, keys: rest.length < table.keys.length || field === undefined ? rest : [...rest, { id: `${table.id}-uq`, kind: 'unique', name: choice % 3 === 0 ? `uq_${table.id}` : '', fields: [field.id] }] }
  }
  if (how === 'check') {
    const limit = choice % 2 === 0 ? 1_000_000 : 5
    const isNumber = num?.type.kind.startsWith('int') === true
    return { ...table, checks: table.checks.length > 0 || !isNumber ? [] : [{ id: `${table.id}-ck`, name: `ck_${table.id}`, expression: `${quoted(num.name)} < ${limit}` }] }
  }
  if (how !== 'reference' || table.references.length > 0) return how === 'reference' ? { ...table, references: [] } : table
  const parent = at(model.tables, choice)
  const up = table.fields.find(({ id }) => id === `${table.id}-up`)
  const key = parent?.fields.find(({ id }) => id === `${parent.id}-id`)
  if (parent === undefined || up === undefined || key === undefined || JSON.stringify(up.type) !== JSON.stringify(key.type)) return table
  const reference = referenceTo(table.id, parent, 'no action')
  return reference === null ? table : { ...table, references: [reference] }
}
