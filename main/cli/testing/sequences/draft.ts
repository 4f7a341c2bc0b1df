import { emptyField, emptyTable } from '../../../../app/model/build.ts'
import type { Field, Key, Model, Reference, Table } from '../../../../app/model/model.ts'
import { parseType } from '../../../../app/model/parse-type.ts'
import type { Shape } from './act.ts'

const tableNames = ['alpha', 'beta', 'Gamma x'] as const

const field = (table: string, name: string, type: string, more: Partial<Field> = {}): Field => ({ ...emptyField(`${table}-${name}`, name, parseType(type)), ...more })

/** The key's fields and what makes them the key. */
function keyOf(id: string, { key }: Shape): { readonly fields: readonly Field[]; readonly keys: readonly Key[] } {
  const primary = (...fields: readonly string[]): readonly Key[] => [{ id: `${id}-pk`, kind: 'primary', name: '', fields: fields.map((name) => `${id}-${name}`) }]
  const whole = { nullable: false }
  switch (key) {
    case 'number': return { fields: [field(id, 'id', 'int64', whole)], keys: primary('id') }
    case 'identity': return { fields: [field(id, 'id', 'int64', { ...whole, identity: 'default' })], keys: primary('id') }
    case 'text': return { fields: [field(id, 'id', 'varchar(20)', whole)], keys: primary('id') }
    case 'pair': return { fields: [field(id, 'id', 'int64', whole), field(id, 'id2', 'int32', whole)], keys: primary('id', 'id2') }
    case 'none': return { fields: [field(id, 'id', 'int64')], keys: [] }
  }
}

/** A child's reference to a parent with a key of one field, from its own `up`. */
export function referenceTo(child: string, parent: Table, onDelete: Shape['onDelete']): Reference | null {
  const key = parent.keys.find(({ kind, fields }) => kind === 'primary' && fields.length === 1)
  if (key === undefined) return null
  const target = { kind: 'id', table: parent.id, fields: key.fields } as const
  return { id: `${child}-up-ref`, name: '', fields: [`${child}-up`], target, onUpdate: 'no action', onDelete, deferrable: 'no' }
}

/** A table as every trial has them: `tag` names a row for good, `note` is a value that may be lost, `num` one that may be cast. */
export function tableOf(id: string, name: string, shape: Shape, upType = 'int64'): Table {
  const { fields, keys } = keyOf(id, shape)
  const isKeyed = keys.length > 0
  const options = { ...(shape.strict ? { 'SQLITE.STRICT': 'yes' } : {}), ...(shape.withoutRowid && isKeyed && shape.key !== 'identity' ? { 'SQLITE.WITHOUT_ROWID': 'yes' } : {}) }
  return { ...emptyTable(id, name), fields: [...fields, field(id, 'tag', 'text'), field(id, 'note', 'text'), field(id, 'num', 'int32'), field(id, 'up', upType)], keys, options }
}

/** The first model of a trial. `project` keeps the ids and names of two projects apart, but for the first table's name, which they share. */
export function firstModel(shapes: readonly Shape[], project: number): Model {
  const idOf = (index: number) => `p${project}t${index}`
  const nameOf = (index: number) => (project === 0 || index === 0 ? (tableNames[index] ?? `table${index}`) : `other${index}`)
  const parentOf = ({ parent }: Shape, index: number) => (parent === 'self' ? index : parent === null ? null : parent % shapes.length)
  const bare = shapes.map((shape, index) => {
    const parent = parentOf(shape, index)
    const upType = parent !== null && shapes[parent]?.key === 'text' ? 'varchar(20)' : 'int64'
    return tableOf(idOf(index), nameOf(index), shape, upType)
  })
  const tables = bare.map((table, index) => {
    const shape = shapes[index]
    const parent = shape === undefined ? null : parentOf(shape, index)
    const to = parent === null ? undefined : bare[parent]
    const reference = to === undefined || shape === undefined ? null : referenceTo(table.id, to, shape.onDelete)
    return reference === null ? table : { ...table, references: [reference] }
  })
  return { name: `project${project}`, tables }
}
