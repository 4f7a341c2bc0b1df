import type { DataType } from './data-type.ts'
import type { Field, Id, Key, Model, Reference, Table } from './model.ts'
import { parseType } from './parse-type.ts'

/** A table with nothing in it but an id and a name. */
export const emptyTable = (id: Id, name: string, schema = ''): Table => ({
  id,
  schema,
  name,
  comment: '',
  fields: [],
  keys: [],
  checks: [],
  references: [],
  indexes: [],
  options: {},
  previousName: '',
  extra: {},
  invalid: {},
})

/** A nullable field without default, identity or comment. */
export const emptyField = (id: Id, name: string, type: DataType = { kind: 'text' }): Field => ({
  id,
  name,
  type,
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  comment: '',
  collation: '',
  previousName: '',
  extra: {},
  invalid: {},
})

/** What `field` gives to `table`: ids are made there, from the names. */
export interface FieldSpec extends Partial<Omit<Field, 'id' | 'name' | 'type'>> {
  readonly name: string
  readonly type: DataType
  readonly primaryKey?: boolean
  /** True, or a name shared by the fields of one constraint. */
  readonly unique?: boolean | string
  /** `table.column` of a table made by `table`. */
  readonly references?: string
}

/** A field for `table`, its type as a value or in any spelling, NOT NULL when in the primary key, nullable else. */
export function field(name: string, type: DataType | string, options: Omit<FieldSpec, 'name' | 'type'> = {}): FieldSpec {
  return { name, type: typeof type === 'string' ? parseType(type) : type, nullable: options.primaryKey !== true, ...options }
}

/**
 * A table with ids made from names: the table's id is its name, a field's `table.field`, so that references by id can be written down before the
 * parent exists. Give more parts by spreading: `{ ...table('t', field('a', 'int32')), checks: [...] }`.
 */
export function table(name: string, ...specs: readonly FieldSpec[]): Table {
  const id = (spec: FieldSpec): Id => `${name}.${spec.name}`
  const fields = specs.map(({ primaryKey: _primaryKey, unique: _unique, references: _references, ...spec }) => ({
    ...emptyField(id(spec), spec.name, spec.type),
    ...spec,
  }))
  return {
    ...emptyTable(name, name),
    fields,
    keys: [...primaryKey(name, specs, id), ...uniques(name, specs, id)],
    references: references(name, specs, id),
  }
}

/** A model of these tables. */
export const model = (...tables: readonly Table[]): Model => ({ name: 'test', tables })

type IdOf = (spec: FieldSpec) => Id

function primaryKey(name: string, specs: readonly FieldSpec[], id: IdOf): readonly Key[] {
  const members = specs.filter((spec) => spec.primaryKey === true).map(id)
  return members.length === 0 ? [] : [{ id: `${name}#pk`, kind: 'primary', name: '', fields: members }]
}

function uniques(name: string, specs: readonly FieldSpec[], id: IdOf): readonly Key[] {
  const groups = new Map<string, Key>()
  for (const spec of specs) {
    if (spec.unique === undefined || spec.unique === false) continue
    const group = spec.unique === true ? spec.name : spec.unique
    const key: Key = { id: `${name}#unique.${group}`, kind: 'unique', name: spec.unique === true ? '' : group, fields: [] }
    const before = groups.get(group) ?? key
    groups.set(group, { ...before, fields: [...before.fields, id(spec)] })
  }
  return [...groups.values()]
}

function references(name: string, specs: readonly FieldSpec[], id: IdOf): readonly Reference[] {
  return specs.flatMap((spec) => {
    if (spec.references === undefined) return []
    const parent = spec.references.slice(0, spec.references.lastIndexOf('.'))
    const target = { kind: 'id', table: parent, fields: [spec.references] } as const
    const actions = { onUpdate: 'no action', onDelete: 'no action', deferrable: 'no' } as const
    return [{ id: `${name}#reference.${spec.name}`, name: '', fields: [id(spec)], target, ...actions }]
  })
}
